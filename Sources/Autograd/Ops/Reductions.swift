// Reductions over dimensions.

extension Tensor {
  /// The sum over the dimensions `dim`, or over all if none is named.
  ///
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  /// - Returns: for integers and bool an int64 tensor, as in PyTorch. The sum of nothing is 0.
  public func sum(dim: Int..., keepdim: Bool = false) -> Tensor { sum(dims: dim, keepdim: keepdim) }

  /// The sum over the dimensions `dims`, or over all if empty.
  public func sum(dims: [Int], keepdim: Bool = false) -> Tensor {
    let over = shape.dimensions(dims, op: #function).sorted()
    let x = dtype.isFloatingPoint ? self : cast(to: .int64)
    return x.reduced(.sum, over, keepdim: keepdim, op: #function)
      .wrt(self) { [shape] g in g.spread(over, keepdim, to: shape) }
  }

  /// Undoes the shape of a reduction over `dims` (sorted), repeating along them.
  func spread(_ dims: [Int], _ keepdim: Bool, to target: [Int]) -> Tensor {
    let kept = keepdim ? self : reshape(target.indices.map { dims.contains($0) ? 1 : target[$0] })
    return kept.expand(target)
  }

  /// The sum over what broadcasting added, so that the result has the shape `target`.
  func sum(to target: [Int], rule: StaticString = "rule") -> Tensor {
    if shape == target { return self }
    let added = ndim - target.count
    require(
      added >= 0 && target.indices.allSatisfy { target[$0] == shape[$0 + added] || target[$0] == 1 },
      "\(opName(rule)): its derivative has shape \(shape), which is not that of the input, \(target), nor broadcast from it"
    )
    let over = shape.indices.filter { $0 < added || (target[$0 - added] == 1 && shape[$0] != 1) }
    return sum(dims: over, keepdim: true).reshape(target)
  }
}
