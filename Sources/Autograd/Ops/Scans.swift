// Running reductions along a dimension.

extension Tensor {
  /// The running sum along dimension `dim`: element i of the result is the sum of elements 0 … i.
  ///
  /// Integers and bool give int64, as in PyTorch.
  public func cumsum(dim: Int) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    let x = dtype.isFloatingPoint ? self : cast(to: .int64)
    return x.scanned(Kernels.table(x.dtype).pointee.cumsum, d)
      .wrt(self) { g in g.flip([d]).cumsum(dim: d).flip([d]) }
  }
}
