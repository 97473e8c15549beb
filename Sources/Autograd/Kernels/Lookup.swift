import CKernels

/// The one place where an element type and an instruction set become a kernel.
///
/// The column, a set of kernels for one instruction set, is what the machine runs best, or what the
/// environment variable `AUTOGRAD_KERNELS` names.
enum Kernels {
  // Constant: the C library chooses before main runs.
  private nonisolated(unsafe) static let column = ck_chosen()!

  /// The kernels of an element type; a field is nil where the kernel has no meaning for the type.
  static func table(_ dtype: DType) -> UnsafePointer<ck_table> { ck_table_of(column, dtype.c) }

  /// The kernel, or nil where it has no meaning for the type.
  static func map(_ kernel: ck_map, _ dtype: DType) -> ck_map_fn? {
    ck_map_kernel(column, dtype.c, kernel)
  }

  static func map(_ kernel: ck_map, _ dtype: DType, op: StaticString) -> ck_map_fn {
    guard let function = ck_map_kernel(column, dtype.c, kernel) else { unsupported(op, dtype) }
    return function
  }

  /// The type that `kernel` calculates in: `dtype`, or the default floating-point type where the kernel
  /// is made for real numbers and `dtype` is none.
  static func domain(_ kernel: ck_map, _ dtype: DType) -> DType {
    if ck_map_kernel(column, dtype.c, kernel) != nil || dtype.isFloatingPoint { return dtype }
    return ck_map_kernel(column, DType.int64.c, kernel) == nil ? .default : dtype
  }

  static func cast(_ from: DType, _ to: DType) -> ck_map_fn {
    ck_cast_kernel(column, from.c, to.c)!
  }

  static func reduction(_ kernel: ck_reduction, _ dtype: DType, op: StaticString) -> ck_reduce_fn {
    guard let function = ck_reduce_kernel(column, dtype.c, kernel) else { unsupported(op, dtype) }
    return function
  }

  /// The kernel `kernel` at places; the sum and the product of truth values are "or" and "and".
  static func at(_ kernel: ck_at, _ dtype: DType) -> ck_map_fn {
    let truth: ck_at = kernel == .add ? .max : kernel == .mul ? .min : kernel
    return ck_at_kernel(column, dtype.c, dtype == .bool ? truth : kernel)!
  }

  static func update(_ kernel: ck_update, _ dtype: DType, op: StaticString) -> ck_update_fn {
    guard let function = ck_update_kernel(column, dtype.c, kernel) else { unsupported(op, dtype) }
    return function
  }

  // Those that do not depend on the element type.
  static let checkIndices = column.pointee.check_indices!
  static let countTrue = column.pointee.count_true!
  static let placesOfTrue = column.pointee.places_of_true!

  static func unsupported(_ op: StaticString, _ dtype: DType) -> Never {
    fail("\(opName(op)): not defined for \(dtype) tensors; cast with to(.float32)")
  }
}
