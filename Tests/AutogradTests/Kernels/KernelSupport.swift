import CKernels
import Testing

@testable import Autograd

/// The kernels of one instruction set that this machine supports.
struct Column: Sendable, CustomStringConvertible {
  private nonisolated(unsafe) let pointer: UnsafePointer<ck_column>

  /// The baseline, which is the reference, and the others.
  static let all: [Column] = (0...).lazy
    .map { ck_runnable(Int32($0)) }.prefix { $0 != nil }
    .map { Column(pointer: $0!) }
  static let baseline = all[0]
  static let others = Array(all.dropFirst())

  var description: String { String(cString: pointer.pointee.name) }

  func map(_ kernel: ck_map, _ dtype: DType) -> ck_map_fn? {
    ck_map_kernel(pointer, dtype.c, kernel)
  }
  func cast(_ from: DType, _ to: DType) -> ck_map_fn { ck_cast_kernel(pointer, from.c, to.c)! }
  func reduction(_ kernel: ck_reduction, _ dtype: DType) -> ck_reduce_fn? {
    ck_reduce_kernel(pointer, dtype.c, kernel)
  }
  func at(_ kernel: ck_at, _ dtype: DType) -> ck_map_fn? { ck_at_kernel(pointer, dtype.c, kernel) }
  /// The kernels that do not depend on the element type.
  var kernels: ck_column { pointer.pointee }
  func table(_ dtype: DType) -> ck_table { ck_table_of(pointer, dtype.c).pointee }
}

/// Elements of one type, for kernels to read and write.
struct Cells: Equatable {
  let dtype: DType
  private(set) var bytes: [UInt8]

  var count: Int { bytes.count / dtype.itemSize }

  /// `count` elements filled with the byte 0xA5, which no kernel writes by chance.
  init(_ dtype: DType, unwritten count: Int) {
    self.dtype = dtype
    bytes = Array(repeating: 0xA5, count: count * dtype.itemSize)
  }

  /// `numbers`, converted to `dtype`.
  init(_ dtype: DType, _ numbers: [Double]) {
    let tensor = Tensor(numbers, shape: [numbers.count], dtype: .float64).cast(to: dtype)
    self.dtype = dtype
    bytes = Array(UnsafeRawBufferPointer(start: tensor.base, count: numbers.count * dtype.itemSize))
  }

  /// The numbers, as `Double`.
  var values: [Double] {
    bytes.withUnsafeBytes { raw in
      let tensor = Tensor(uninitialized: [count], dtype)
      if !raw.isEmpty { tensor.base.copyMemory(from: raw.baseAddress!, byteCount: raw.count) }
      return tensor.array(of: Double.self)
    }
  }

  func elements<T>(as type: T.Type = T.self) -> [T] {
    bytes.withUnsafeBytes { Array($0.bindMemory(to: type)) }
  }

  /// Elements `0, stride, 2·stride, …`, `n` of them; a negative stride starts at the end.
  func strided(_ n: Int, by stride: Int) -> Cells {
    if stride == 1 && n == count { return self }
    let item = dtype.itemSize
    var result = Cells(dtype, unwritten: n)
    let start = stride < 0 ? (n - 1) * -stride : 0
    for i in 0..<n {
      let from = (start + i * stride) * item
      for b in 0..<item { result.bytes[i * item + b] = bytes[from + b] }
    }
    return result
  }

  /// These elements at distance `stride`, with filler between them.
  func spread(by stride: Int) -> Cells {
    if stride == 1 { return self }
    let item = dtype.itemSize
    var result = Cells(dtype, unwritten: max(1, (count - 1) * abs(stride) + 1))
    let start = stride < 0 ? (count - 1) * -stride : 0
    for i in 0..<count {
      let to = (start + i * stride) * item
      for b in 0..<item { result.bytes[to + b] = bytes[i * item + b] }
    }
    return result
  }

  /// Calls `body` with the address of the first of `n` elements at distance `stride`.
  mutating func withStart<R>(
    _ n: Int, by stride: Int, _ body: (UnsafeMutableRawPointer) -> R
  ) -> R {
    let offset = stride < 0 ? max(0, n - 1) * -stride * dtype.itemSize : 0
    return bytes.withUnsafeMutableBytes { raw in
      // An empty array has no address, and a kernel for no elements reads none.
      body((raw.baseAddress ?? UnsafeMutableRawPointer(bitPattern: 64)!) + offset)
    }
  }
}

/// Calls an element-wise kernel on `n` elements of each input. `strides` has the output's first.
/// Returns the whole output array, including the filler between elements.
func callMap(
  _ function: ck_map_fn, _ n: Int, _ output: DType, _ inputs: [Cells], strides: [Int]? = nil,
  parameters: ck_params = ck_params()
) -> Cells {
  let strides = strides ?? Array(repeating: 1, count: inputs.count + 1)
  var y = Cells(output, unwritten: n == 0 ? 0 : (n - 1) * abs(strides[0]) + 1)
  var inputs = inputs
  y.withStart(n, by: strides[0]) { y in
    var pointers: [UnsafeMutableRawPointer?] = [y]
    for k in inputs.indices {
      // The arrays outlive the call: nothing else touches them here.
      inputs[k].withStart(n, by: strides[k + 1]) { pointers.append($0) }
    }
    function(Int64(n), pointers, strides.map(Int64.init), parameters)
  }
  withExtendedLifetime(inputs) {}
  return y
}

extension Column {
  /// `kernel` of each element of `x`, whose type is `dtype`'s.
  func apply<T: BinaryFloatingPoint>(_ kernel: ck_map, _ dtype: DType, _ x: [T]) -> [T] {
    var y = x
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        ck_map1(map(kernel, dtype)!, Int64(x.count), y.baseAddress, x.baseAddress, ck_params())
      }
    }
    return y
  }
}
