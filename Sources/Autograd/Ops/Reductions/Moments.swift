// Variances and standard deviations over dimensions.

extension Tensor {
  /// The variance over the dimensions `dim`, or over all if none is named:
  /// Σ (x − mean)² / (n − correction).
  ///
  /// Where n ≤ `correction` the divisor is 0, as in PyTorch: the variance and its derivative are
  /// infinite, and NaN where a deviation is 0. The tensor must be floating-point.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative; all elements if left out.
  ///   - correction: 1 gives the unbiased estimate for a sample, 0 the mean square deviation; any
  ///     real number.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  public func `var`(dim: some IntList = [], correction: Double = 1, keepdim: Bool = false) -> Tensor
  {
    requireFloating(op: #function)
    let over = reductionDims(dim.ints, op: #function)
    let freedom = freedom(over, correction)
    let (sum, scale, shift) = squaredDeviations(over, keepdim: keepdim, op: #function)
    let isOfAll = dim.ints.isEmpty
    return elementwise(.div, sum, .float(freedom)).scaled(by: scale).scaled(by: scale)
      .wrt(self) { [x = Saved(self)] g in
        let x = x.value
        let deviation = x.deviation(over, scale, shift)
        // As in PyTorch: without degrees of freedom the derivative is infinite; over all elements
        // it is so without a sign.
        let isUnsigned = isOfAll && freedom == 0
        return (g * (2 / freedom)).unreduced(over, keepdim, to: x.shape)
          * (isUnsigned ? deviation.abs() : deviation)
      }
  }

  /// The standard deviation over the dimensions `dim`, or over all if none is named: the square
  /// root of the variance.
  ///
  /// The derivative of a standard deviation of 0 is 0. Unlike PyTorch's, neither value nor
  /// derivative depends on whether squares of the elements fit the range of the dtype.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative; all elements if left out.
  ///   - correction: 1 divides by n − 1, 0 by n.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  public func std(dim: some IntList = [], correction: Double = 1, keepdim: Bool = false) -> Tensor {
    requireFloating(op: #function)
    let over = reductionDims(dim.ints, op: #function)
    let freedom = freedom(over, correction)
    let (sum, scale, shift) = squaredDeviations(over, keepdim: keepdim, op: #function)
    return elementwise(.sqrt, elementwise(.div, sum, .float(freedom))).scaled(by: scale)
      .wrt(self) { [x = Saved(self)] g, y in
        let x = x.value
        // Masked on both sides of the division, so that no derivative of the quotient is 0 / 0.
        let isZero = y .== 0
        let share = g.maskedFill(isZero, 0) / freedom
        let divisor = y.maskedFill(isZero, 1).unreduced(over, keepdim, to: x.shape)
        let slope = x.deviation(over, scale, shift) / divisor
        return share.unreduced(over, keepdim, to: x.shape) * slope
      }
  }

  /// The variance and the mean, over the dimensions `dim` or over all.
  public func varMean(
    dim: some IntList = [], correction: Double = 1, keepdim: Bool = false
  ) -> (var: Tensor, mean: Tensor) {
    _ = reductionDims(dim.ints, op: #function)
    return (
      self.var(dim: dim, correction: correction, keepdim: keepdim),
      mean(dim: dim, keepdim: keepdim)
    )
  }

  /// The standard deviation and the mean, over the dimensions `dim` or over all.
  public func stdMean(
    dim: some IntList = [], correction: Double = 1, keepdim: Bool = false
  ) -> (std: Tensor, mean: Tensor) {
    _ = reductionDims(dim.ints, op: #function)
    return (
      std(dim: dim, correction: correction, keepdim: keepdim), mean(dim: dim, keepdim: keepdim)
    )
  }

  /// n − `correction`, or 0 if that is negative, as in PyTorch.
  private func freedom(_ over: [Int], _ correction: Double) -> Double {
    Swift.max(0, Double(count(over)) - correction)
  }

  /// The distance of each element from the mean over `over`.
  ///
  /// It is measured from one of the elements: numbers that differ only in their last digits keep
  /// these digits, and equal numbers have the distance 0 exactly. With a `scale`, that of
  /// ``scaledSum(scale:sum:)``, no sum on the way overflows. `shift` is the mean,
  /// measured from the same element and divided by the scale, if it is known.
  package func deviation(
    _ over: [Int], _ scale: Tensor? = nil, _ shift: Tensor? = nil
  ) -> Tensor {
    noGrad { () -> Tensor in
      let x = scale.map { detach() / $0 } ?? detach()
      let shifted = x.measuredFromFirst(over)
      let deviation = shifted.sub_(shift ?? shifted.mean(dim: over, keepdim: true))
      return scale.map { deviation.mul_($0) } ?? deviation
    }
    .wrt(self, op: "deviation") { g in g.deviation(over) }
  }

  /// The difference of each element to the first over `over`, which is a constant of derivatives.
  func measuredFromFirst(_ over: [Int]) -> Tensor {
    if numel == 0 { return clone() }
    return self - over.reduce(detach()) { $0.narrow(dim: $1, start: 0, length: 1) }
  }

  /// Σ (x − mean)² over `over`, its scale, and the mean, as ``deviation(_:_:_:)`` takes it; off the
  /// tape.
  private func squaredDeviations(
    _ over: [Int], keepdim: Bool, op: StaticString
  ) -> (sum: Tensor, scale: Tensor?, mean: Tensor?) {
    var mean: Tensor?
    let (sum, scale) = scaledSum(
      scale: { $0.binaryMagnitude(over, op: op) },
      sum: {
        let shifted = $0.detach().measuredFromFirst(over)
        mean = shifted.mean(dim: over, keepdim: true)
        return shifted.sub_(mean!).reduced(.sum, of: .square, over, keepdim: keepdim, op: op)
      })
    return (sum, scale, mean)
  }
}
