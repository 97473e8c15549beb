// Differences of neighbours, and what is estimated from them: integrals and slopes of sampled functions.

// MARK: - Differences

extension Tensor {
  /// The differences of neighbours along dimension `dim`, x[i + 1] − x[i], taken `n` times.
  ///
  /// Each time shortens the dimension by one, until nothing is left. Truth values differ or they do not:
  /// their difference is "exclusive or".
  ///
  /// - Parameters:
  ///   - n: how many times, 0 or more; for 0 the result is a copy, without `prepend` and `append`.
  ///   - dim: counted from the end if negative.
  ///   - prepend: what to put in front first: like this tensor but for the size of `dim`.
  ///   - append: what to put behind first: like this tensor but for the size of `dim`.
  public func diff(
    n: Int = 1, dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil
  ) -> Tensor {
    require(
      ndim > 0, "diff: a 0-d tensor has no neighbours; use reshape([1]) for a single element")
    require(n >= 0, "diff: n is the number of times, not negative, but this one is \(n)")
    let d = shape.dimension(dim, op: #function)
    for (name, part) in [("prepend", prepend), ("append", append)] {
      guard let part else { continue }
      require(
        part.ndim == ndim && shape.indices.allSatisfy { $0 == d || part.shape[$0] == shape[$0] },
        """
        diff: \(name) has shape \(part.shape), which does not continue \(shape) along dimension \(d); \
        all other sizes must agree
        """)
    }
    if n == 0 { return clone() }
    let parts = [prepend, self, append].compactMap { $0 }
    let whole = parts.count > 1 ? Autograd.cat(parts, dim: d) : self
    return (0..<Swift.min(n, whole.size(d))).reduce(whole) { x, _ in
      let (left, right) = x.neighbours(d)
      return x.dtype == .bool ? right.logicalXor(left) : right - left
    }
  }

  /// All elements but the last, and all but the first, along dimension `d`.
  private func neighbours(_ d: Int) -> (left: Tensor, right: Tensor) {
    let length = Swift.max(0, shape[d] - 1)
    return (
      narrow(dim: d, start: 0, length: length),
      narrow(dim: d, start: shape[d] - length, length: length)
    )
  }
}

// MARK: - Integrals

extension Tensor {
  /// The integral along dimension `dim` by the trapezoidal rule, of samples that are `dx` apart.
  ///
  /// PyTorch's `torch.trapezoid(y, dx=…)` and `torch.trapz`. Fewer than two samples give 0.
  /// - Parameters:
  ///   - dx: the distance of neighbouring samples.
  ///   - dim: counted from the end if negative.
  public func trapezoid(dx: Double = 1, dim: Int = -1) -> Tensor {
    let d = sampleDimension(dim, op: #function)
    let sum = sum(dim: d)
    if shape[d] == 0 { return sum }
    return (sum - (select(dim: d, index: 0) + select(dim: d, index: -1)) * 0.5) * dx
  }

  /// The integral along dimension `dim` by the trapezoidal rule, of samples at the points `x`.
  ///
  /// PyTorch's `torch.trapezoid(y, x)` and `torch.trapz`. Fewer than two samples give 0.
  /// - Parameters:
  ///   - x: a 1-d tensor of points along `dim`, or points for each sample, which broadcast.
  ///   - dim: counted from the end if negative.
  public func trapezoid(_ x: Tensor, dim: Int = -1) -> Tensor {
    let d = sampleDimension(dim, op: #function)
    return areas(x, d, op: #function).sum(dim: d) / 2
  }

  /// The running integral along dimension `dim` by the trapezoidal rule, of samples that are `dx` apart:
  /// element i of the result is the integral from sample 0 to sample i + 1.
  ///
  /// - Parameters:
  ///   - dx: the distance of neighbouring samples.
  ///   - dim: counted from the end if negative.
  public func cumulativeTrapezoid(dx: Double = 1, dim: Int = -1) -> Tensor {
    let d = sampleDimension(dim, op: #function)
    let (left, right) = neighbours(d)
    return ((left + right) * (dx / 2)).cumsum(dim: d)
  }

  /// The running integral along dimension `dim` by the trapezoidal rule, of samples at the points `x`:
  /// element i of the result is the integral from sample 0 to sample i + 1.
  ///
  /// - Parameters:
  ///   - x: a 1-d tensor of points along `dim`, or points for each sample, which broadcast.
  ///   - dim: counted from the end if negative.
  public func cumulativeTrapezoid(_ x: Tensor, dim: Int = -1) -> Tensor {
    let d = sampleDimension(dim, op: #function)
    return (areas(x, d, op: #function) / 2).cumsum(dim: d)
  }

  /// Twice the area of each trapezoid between neighbouring samples.
  private func areas(_ x: Tensor, _ d: Int, op: StaticString) -> Tensor {
    require(
      x.dtype != .bool, "\(opName(op)): not defined for bool points x; cast with to(.float32)")
    require(
      x.ndim > 0 && x.ndim <= ndim,
      """
      \(opName(op)): the points x, of shape \(x.shape), do not broadcast to the samples, \(shape); give \
      a 1-d tensor, or a point for each sample
      """)
    let aligned =
      x.ndim == 1
      ? x.reshape(shape.indices.map { $0 == d ? x.numel : 1 })
      : x.reshape(Array(repeating: 1, count: ndim - x.ndim) + x.shape)
    require(
      aligned.size(d) == shape[d],
      """
      \(opName(op)): \(aligned.size(d)) points x, of shape \(x.shape), are not one for each of the \
      \(shape[d]) samples along dimension \(d) of the shape \(shape)
      """)
    let (left, right) = neighbours(d)
    return (left + right) * aligned.diff(dim: d)
  }

  private func sampleDimension(_ dim: Int, op: StaticString) -> Int {
    require(
      ndim > 0, "\(opName(op)): a 0-d tensor has no samples along a dimension; unsqueeze(0) it")
    require(dtype != .bool, "\(opName(op)): not defined for bool tensors; cast with to(.float32)")
    return shape.dimension(dim, op: op)
  }
}
