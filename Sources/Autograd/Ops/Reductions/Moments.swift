// Variances and standard deviations over dimensions.

extension Tensor {
  /// The variance over the dimensions `dim`, or over all if none is named:
  /// Σ (x − mean)² / (n − correction).
  ///
  /// Where n ≤ `correction` the divisor is 0, as in PyTorch: NaN for one element. The tensor must
  /// be floating-point.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative; all elements if left out.
  ///   - correction: 1 gives the unbiased estimate for a sample, 0 the mean square deviation; any
  ///     real number.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  public func `var`(dim: some IntList = [], correction: Double = 1, keepdim: Bool = false) -> Tensor
  {
    requireFloating(op: #function)
    let over = reductionDims(dim.ints, op: #function)
    let freedom = Double(count(over)) - correction
    return variance(over, freedom, keepdim: keepdim)
      .wrt(self) { [x = Saved(self)] g in
        let x = x.value
        return (g * (2 / freedom)).unreduced(over, keepdim, to: x.shape) * x.deviation(over)
      }
  }

  /// The standard deviation over the dimensions `dim`, or over all if none is named: the square
  /// root of the variance.
  ///
  /// The derivative of a standard deviation of 0 is 0.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative; all elements if left out.
  ///   - correction: 1 divides by n − 1, 0 by n.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  public func std(dim: some IntList = [], correction: Double = 1, keepdim: Bool = false) -> Tensor {
    requireFloating(op: #function)
    let over = reductionDims(dim.ints, op: #function)
    let freedom = Double(count(over)) - correction
    return elementwise(.sqrt, variance(over, freedom, keepdim: keepdim))
      .wrt(self) { [x = Saved(self)] g, y in
        let x = x.value
        // Masked on both sides of the division, so that no derivative of the quotient is 0 / 0.
        let isZero = y .== 0
        let scale = g.maskedFill(isZero, 0) / (y.maskedFill(isZero, 1) * freedom)
        return scale.unreduced(over, keepdim, to: x.shape) * x.deviation(over)
      }
  }

  /// The variance and the mean, over the dimensions `dim` or over all.
  public func varMean(
    dim: some IntList = [], correction: Double = 1, keepdim: Bool = false
  ) -> (var: Tensor, mean: Tensor) {
    (
      self.var(dim: dim, correction: correction, keepdim: keepdim),
      mean(dim: dim, keepdim: keepdim)
    )
  }

  /// The standard deviation and the mean, over the dimensions `dim` or over all.
  public func stdMean(
    dim: some IntList = [], correction: Double = 1, keepdim: Bool = false
  ) -> (std: Tensor, mean: Tensor) {
    (
      std(dim: dim, correction: correction, keepdim: keepdim), mean(dim: dim, keepdim: keepdim)
    )
  }

  /// The distance of each element from the mean over `over`.
  private func deviation(_ over: [Int]) -> Tensor { self - mean(dim: over, keepdim: true) }

  /// Σ (x − mean)² / `freedom`, or / 0 if that is negative; off the tape.
  private func variance(_ over: [Int], _ freedom: Double, keepdim: Bool) -> Tensor {
    noGrad {
      // The distances are from one of the elements first: numbers that differ only in their last
      // digits keep these digits, and equal numbers have the variance 0 exactly.
      let shifted =
        numel == 0 ? self : self - over.reduce(self) { $0.narrow(dim: $1, start: 0, length: 1) }
      return elementwise(.square, shifted.deviation(over))
        .reduced(.sum, over, keepdim: keepdim, op: "var") / Swift.max(0, freedom)
    }
  }
}
