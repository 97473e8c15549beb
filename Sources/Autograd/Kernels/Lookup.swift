import CKernels

/// The table lookup from dtype and instruction set to kernel; only this file makes it.
///
/// A column is the set of kernels for one instruction set: the best that the processor supports, or
/// the one that the environment variable `AUTOGRAD_KERNELS` names.
enum Kernels {
  // Constant: the C library sets it before `main` runs.
  private nonisolated(unsafe) static let column = ck_chosen()!

  /// The kernels of a dtype; a field is nil if a kernel does not support it.
  static func table(_ dtype: DType) -> UnsafePointer<ck_table> { ck_table_of(column, dtype.c) }

  static func unsupported(_ op: StaticString, _ dtype: DType) -> Never {
    fail("\(opName(op)): not defined for \(dtype) tensors; cast with to(.float32)")
  }
}

// MARK: - Element-wise

extension Kernels {
  /// The kernel, or nil if it does not support the dtype.
  static func elementwise(_ kernel: ElementwiseKernel, _ dtype: DType) -> ck_map_fn? {
    ck_map_kernel(column, dtype.c, kernel)
  }

  static func elementwise(
    _ kernel: ElementwiseKernel, _ dtype: DType, op: StaticString
  ) -> ck_map_fn {
    guard let function = ck_map_kernel(column, dtype.c, kernel) else { unsupported(op, dtype) }
    return function
  }

  /// The dtype that `kernel` computes in: `dtype`, or the default floating-point type if `dtype` is
  /// not floating-point and the kernel supports no other types.
  static func domain(_ kernel: ElementwiseKernel, _ dtype: DType) -> DType {
    if ck_map_kernel(column, dtype.c, kernel) != nil || dtype.isFloatingPoint { return dtype }
    return ck_map_kernel(column, DType.int64.c, kernel) == nil ? .default : dtype
  }

  static func cast(_ from: DType, _ to: DType) -> ck_map_fn {
    ck_cast_kernel(column, from.c, to.c)!
  }
}

// MARK: - Along dimensions

extension Kernels {
  static func reduction(
    _ kernel: ReductionKernel, _ dtype: DType, op: StaticString
  ) -> ck_reduce_fn {
    guard let function = ck_reduce_kernel(column, dtype.c, kernel) else { unsupported(op, dtype) }
    return function
  }

  static func scan(_ kernel: ScanKernel, _ dtype: DType, op: StaticString) -> ck_scan_fn {
    let table = table(dtype).pointee
    let function =
      switch kernel {
      case .cumsum: table.cumsum
      case .cumprod: table.cumprod
      case .logcumsumexp: table.logcumsumexp
      }
    guard let function else { unsupported(op, dtype) }
    return function
  }

  static func extreme(_ kernel: ExtremeKernel, _ dtype: DType) -> ck_extreme_fn {
    switch kernel {
    case .max: table(dtype).pointee.max_index
    case .min: table(dtype).pointee.min_index
    }
  }

  static func runningExtreme(_ kernel: ExtremeKernel, _ dtype: DType) -> ck_running_extreme_fn {
    switch kernel {
    case .max: table(dtype).pointee.cummax
    case .min: table(dtype).pointee.cummin
    }
  }

  static func softmax(_ kernel: SoftmaxKernel, _ dtype: DType) -> ck_softmax_fn {
    switch kernel {
    case .softmax: table(dtype).pointee.softmax
    case .logSoftmax: table(dtype).pointee.log_softmax
    case .softmaxGrad: table(dtype).pointee.softmax_grad
    case .logSoftmaxGrad: table(dtype).pointee.log_softmax_grad
    }
  }
}

// MARK: - At indices

extension Kernels {
  /// The kernel at indices; for bool the sum is "or" and the product is "and".
  static func indexed(_ kernel: IndexedKernel, _ dtype: DType) -> ck_map_fn {
    let logical: IndexedKernel = kernel == .add ? .max : kernel == .mul ? .min : kernel
    return ck_at_kernel(column, dtype.c, dtype == .bool ? logical : kernel)!
  }

  /// The same for rows.
  static func indexedRows(_ kernel: IndexedKernel, _ dtype: DType) -> ck_at_rows_fn {
    let logical: IndexedKernel = kernel == .add ? .max : kernel == .mul ? .min : kernel
    return ck_at_rows_kernel(column, dtype.c, dtype == .bool ? logical : kernel)!
  }

  // These do not depend on the dtype.
  static let checkIndices = column.pointee.check_indices!
  static let countTrue = column.pointee.count_true!
  static let positionsOfTrue = column.pointee.places_of_true!
}

// MARK: - Recurrent layers

extension Kernels {
  static func recurrent(_ kind: ck_recurrent_kind, _ dtype: DType) -> ck_recurrent_fn {
    ck_recurrent_kernel(column, dtype.c, kind)!
  }

  static func recurrentGradient(_ kind: ck_recurrent_kind, _ dtype: DType) -> ck_recurrent_fn {
    ck_recurrent_grad_kernel(column, dtype.c, kind)!
  }
}

// MARK: - Optimizer steps

extension Kernels {
  static func update(_ kernel: ck_update, _ dtype: DType, op: StaticString) -> ck_update_fn {
    guard let function = ck_update_kernel(column, dtype.c, kernel) else { unsupported(op, dtype) }
    return function
  }
}

extension DType {
  /// The dtype in the kernel table.
  var c: ck_dtype { ck_dtype(rawValue: rawValue)! }
}
