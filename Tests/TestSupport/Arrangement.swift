import Autograd

/// A memory layout that an input may have.
public enum Arrangement: CaseIterable, Sendable {
  /// The dimensions in reverse order.
  case transposed
  /// Every other element of the last dimension, beginning with the second.
  case strided
  /// Contiguous, with an offset into the storage.
  case shifted

  /// A leaf with the elements of `x` in this layout. The elements between them are NaN, or invalid
  /// as indices.
  public func arranged(_ x: Tensor) -> Tensor {
    let count = x.numel
    let rowMajor = Tensor.empty(x.shape).strides
    let (strides, offset) =
      switch self {
      case .transposed: (Array(Tensor.empty(x.shape.reversed()).strides.reversed()), 0)
      case .strided: (rowMajor.map { 2 * $0 }, 1)
      case .shifted: (rowMajor, 3)
      }
    let memory = x.newFull([2 * count + 3], x.dtype.isFloatingPoint ? Double.nan : -1e9)
    let y = memory.asStrided(x.shape, strides, storageOffset: offset)
    y.copy_(x.detach())
    y.requiresGrad = x.requiresGrad
    return y
  }
}
