// Covariances and correlations of variables, each a row of observations.

extension Tensor {
  /// The covariance matrix of variables, the rows of this matrix, whose columns are observations: Σ
  /// w·(x − x̄)(y − ȳ) / norm.
  ///
  /// Without weights the norm is the number of observations minus `correction`, and the means are
  /// unweighted. A norm that is not positive is taken as 0, as in PyTorch. Integers are converted
  /// to floating point.
  ///
  /// - Parameters:
  ///   - correction: 1 gives the unbiased estimate for a sample, 0 the mean over the observations.
  ///   - fweights: the number of times each observation occurs: integers, not negative, one for
  ///     each column.
  ///   - aweights: the weight of each observation: real numbers, not negative, one for each column.
  /// - Returns: [variables, variables]; 0-d for one variable, which may be a 1-d tensor.
  public func cov(
    correction: Int = 1, fweights: Tensor? = nil, aweights: Tensor? = nil
  ) -> Tensor {
    require(
      ndim <= 2,
      "cov: the tensor must have at most 2 dimensions, but its shape is \(shape); flatten it")
    require(dtype != .bool, "cov: not defined for bool tensors; cast with to(.float32)")
    let x = asVariables()
    let observations = x.size(1)
    let frequencies = fweights.map {
      $0.asWeights(observations, .integer, "fweights", "integers", op: #function)
    }
    let importances = aweights.map {
      $0.asWeights(observations, .floating, "aweights", "real numbers", op: #function)
    }
    guard let weights = [frequencies, importances].compactMap({ $0 }).product else {
      let deviations = x.deviation([1], x.detach().binaryMagnitude([1], op: #function))
      let freedom = Swift.max(0, Double(observations) - Double(correction))
      return deviations.matmul(deviations.T).squeeze() / freedom
    }
    // Weights of float32 beside observations of float64 leave their rounding errors in the result;
    // in this order they are PyTorch's.
    let total = weights.sum()
    require(
      total.item() != 0, "cov: the weights must not add up to 0")
    let shifted = x.measuredFromFirst([1])
    let mean = (shifted * weights).sum(dim: 1) / total
    var norm = total
    if let importances, correction != 0 {
      // `correction` times the mean weight of an observation.
      norm = total - (weights * importances).sum() * Double(correction) / total
    } else {
      norm = total - Double(correction)
    }
    if norm.item() <= 0 { norm = .zerosLike(norm) }
    let deviations = shifted - mean.unsqueeze(1)
    return (deviations.matmul((deviations * weights).T) / norm).squeeze()
  }

  /// The correlation matrix of variables, the rows of this matrix, whose columns are observations:
  /// the covariances divided by both standard deviations, clamped to −1…1.
  ///
  /// The correlations of a constant variable are NaN. Integers are converted to floating point.
  /// - Returns: [variables, variables]; 0-d for one variable, which may be a 1-d tensor.
  public func corrcoef() -> Tensor {
    require(
      ndim <= 2,
      """
      corrcoef: the rows of a matrix are the variables, but the shape is \(shape); flatten it to 2 \
      dimensions
      """)
    require(dtype != .bool, "corrcoef: not defined for bool tensors; cast with to(.float32)")
    // The scales cancel out, but the squares of large and small variables have a range without them.
    let x = asVariables()
    let covariances = (x / x.detach().binaryMagnitude([1], op: #function)).cov()
    if covariances.ndim == 0 { return covariances / covariances }
    let deviations = covariances.diagonal().sqrt()
    return (covariances / deviations.unsqueeze(1) / deviations).clamp(min: -1, max: 1)
  }

  /// The variables, each a row, as real numbers.
  private func asVariables() -> Tensor {
    (ndim == 2 ? self : reshape([1, numel])).to(dtype.computeType)
  }

  /// This tensor, checked to be weights of as many observations.
  private func asWeights(
    _ observations: Int, _ category: DType.Category, _ name: String, _ kind: String,
    op: StaticString
  ) -> Tensor {
    let op = opName(op)
    require(
      ndim <= 1,
      "\(op): \(name) must be 1-d, one weight for each observation, but has shape \(shape)")
    require(dtype.category == category, "\(op): \(name) holds \(kind), but is \(dtype)")
    require(
      numel == observations,
      "\(op): \(name) has \(numel) elements, but there are \(observations) observations")
    require(
      numel == 0 || amin().item() >= 0,
      "\(op): \(name) must not be negative, but one weight is \(amin().item())")
    return self
  }
}

extension [Tensor] {
  fileprivate var product: Tensor? { first.map { dropFirst().reduce($0, *) } }
}
