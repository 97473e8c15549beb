// Covariances and correlations of variables, of which a row each holds the observations.

extension Tensor {
  /// The covariance matrix of the variables that the rows of this matrix hold, an observation in
  /// each column: Σ w·(x − x̄)(y − ȳ) / norm.
  ///
  /// Without weights the norm is the number of observations less `correction`, and the mean the
  /// plain one. Where the norm is not positive the quotient is by 0, as in PyTorch. Integers are
  /// taken as real numbers.
  ///
  /// - Parameters:
  ///   - correction: 1 gives the unbiased estimate for a sample, 0 the plain average.
  ///   - fweights: how often each observation was made: integers, not negative, one for each
  ///     column.
  ///   - aweights: how much each observation counts: real numbers, not negative, one for each
  ///     column.
  /// - Returns: [variables, variables]; for one variable, or a 1-d tensor, which is one, a 0-d
  ///   tensor.
  public func cov(
    correction: Int = 1, fweights: Tensor? = nil, aweights: Tensor? = nil
  ) -> Tensor {
    require(
      ndim <= 2,
      "cov: the rows of a matrix are the variables, but the shape is \(shape); flatten it to 2 dimensions"
    )
    require(dtype != .bool, "cov: not defined for bool tensors; cast with to(.float32)")
    let x = ndim == 2 ? self : reshape([1, numel])
    let observations = x.size(1)
    let frequencies = fweights.map {
      $0.asWeights(observations, .integer, "fweights", "integers", op: #function)
    }
    let importances = aweights.map {
      $0.asWeights(observations, .floating, "aweights", "real numbers", op: #function)
    }
    guard let weights = [frequencies, importances].compactMap({ $0 }).product else {
      let deviations = x - x.sum(dim: 1, keepdim: true) / observations
      return deviations.matmul(deviations.T).squeeze() / Swift.max(0, observations - correction)
    }
    // Weights of float32 beside observations of float64 leave their rounding errors in the result;
    // in this order they are PyTorch's.
    let total = weights.sum()
    require(
      total.item() != 0, "cov: the weights add up to 0, which leaves nothing to divide by")
    let mean = (x * weights).sum(dim: 1) / total
    var norm = total
    if let importances, correction != 0 {
      // What the sample is short of: `correction` times the weight that an observation has on
      // average.
      norm = total - (weights * importances).sum() * correction / total
    } else {
      norm = total - correction
    }
    if norm.item() <= 0 { norm = .zerosLike(norm) }
    let deviations = x - mean.unsqueeze(1)
    return (deviations.matmul((deviations * weights).T) / norm).squeeze()
  }

  /// The correlation matrix of the variables that the rows of this matrix hold, an observation in
  /// each column: the covariances divided by both standard deviations, kept between −1 and 1.
  ///
  /// A variable that does not vary has NaN correlations. Integers are taken as real numbers.
  /// - Returns: [variables, variables]; for one variable, or a 1-d tensor, which is one, a 0-d
  ///   tensor.
  public func corrcoef() -> Tensor {
    require(
      ndim <= 2,
      """
      corrcoef: the rows of a matrix are the variables, but the shape is \(shape); flatten it to 2 \
      dimensions
      """)
    require(dtype != .bool, "corrcoef: not defined for bool tensors; cast with to(.float32)")
    let covariances = cov()
    if covariances.ndim == 0 { return covariances / covariances }
    let deviations = covariances.diagonal().sqrt()
    return (covariances / deviations.unsqueeze(1) / deviations).clamp(min: -1, max: 1)
  }

  /// This tensor, checked to be weights of as many observations.
  private func asWeights(
    _ observations: Int, _ category: DType.Category, _ name: String, _ kind: String,
    op: StaticString
  ) -> Tensor {
    let op = opName(op)
    require(
      ndim <= 1, "\(op): \(name) is 1-d, a weight for each observation, but has shape \(shape)")
    require(dtype.category == category, "\(op): \(name) holds \(kind), but is \(dtype)")
    require(
      numel == observations,
      "\(op): \(name) has \(numel) elements, but there are \(observations) observations")
    require(
      numel == 0 || amin().item() >= 0,
      "\(op): \(name) is not negative, but this one has \(amin().item())")
    return self
  }
}

extension [Tensor] {
  fileprivate var product: Tensor? { first.map { dropFirst().reduce($0, *) } }
}
