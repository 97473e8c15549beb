// Vector norms over dimensions.

extension Tensor {
  /// The p-norm over the dimensions `dim`, or over all if none is named: (Σ |x|ᵖ)^(1/p).
  ///
  /// `p` may be any number: 0 counts the elements that are not zero, ∞ and −∞ give the largest and
  /// the smallest magnitude. The tensor must be floating-point.
  ///
  /// The derivative is 0 where the norm is 0 (higher ones are NaN there), and split evenly over
  /// ties for p = ±∞. The norm of an empty tensor is 0; for negative `p` and for ∞ it is an error.
  /// - Parameters:
  ///   - p: the order; the Euclidean norm by default.
  ///   - dim: counted from the end if negative.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  ///   - dtype: the type to cast to first; the tensor's own by default.
  public func norm(
    _ p: Double = 2, dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil
  ) -> Tensor {
    requireFloating(op: #function)
    if let dtype, dtype != self.dtype { return to(dtype).norm(p, dim: dim, keepdim: keepdim) }
    let over = reductionDims(dim.ints, op: #function)
    require(
      count(over) > 0 || (p >= 0 && p < .infinity),
      """
      norm: the shape \(shape) has no elements over the dimensions \(over), and the \
      norm of none is not defined for p = \(p); name dimensions whose sizes are not 0
      """)
    return switch p {
    case 0: nonzeroCount(over, keepdim: keepdim)
    case 1: abs().sum(dim: over, keepdim: keepdim)
    case 2: euclideanNorm(over, keepdim: keepdim)
    case .infinity: abs().amax(dim: over, keepdim: keepdim)
    case -.infinity: abs().amin(dim: over, keepdim: keepdim)
    default: powerNorm(p, over, keepdim: keepdim)
    }
  }

  /// The number of elements that are not zero, as real numbers; its derivative is 0 everywhere.
  private func nonzeroCount(_ over: [Int], keepdim: Bool) -> Tensor {
    cast(to: .bool).cast(to: dtype).reduced(.sum, over, keepdim: keepdim, op: "norm")
  }

  /// √Σ x².
  private func euclideanNorm(_ over: [Int], keepdim: Bool) -> Tensor {
    let (squares, scale) = scaledSum(
      scale: { $0.binaryMagnitude(over, op: "norm") },
      sum: { $0.reduced(.sum, of: .square, over, keepdim: keepdim, op: "norm") })
    return elementwise(.sqrt, squares).scaled(by: scale)
      .wrt(self, op: "norm") { [x = Saved(self, op: "norm")] g, y in
        // As in PyTorch: where the norm is 0, the first derivative is 0, and higher ones are NaN.
        let x = x.value
        let y = y.unreduced(over, keepdim, to: x.shape)
        return g.unreduced(over, keepdim, to: x.shape) * (x / y).maskedFill(y .== 0, 0)
      }
  }

  /// (Σ |x|ᵖ)^(1/p) for a finite p that is not 0.
  private func powerNorm(_ p: Double, _ over: [Int], keepdim: Bool) -> Tensor {
    // The largest term of the scaled sum is 1: for negative p that of the smallest element.
    let (sum, scale) = scaledSum(
      scale: { $0.magnitude(p > 0 ? .max : .min, over, op: "norm") },
      sum: {
        elementwise(.pow, elementwise(.abs, $0), .float(p))
          .reduced(.sum, over, keepdim: keepdim, op: "norm")
      })
    return elementwise(.pow, sum, .float(1 / p)).scaled(by: scale)
      .wrt(self, op: "norm") { [x = Saved(self, op: "norm")] g, y in
        // sign(x)·(|x| / norm)ᵖ⁻¹. The sign of 0 makes the product 0; its power must only be
        // finite. For negative p the ratio is inverted, since it has no upper bound.
        let x = x.value
        let y = y.unreduced(over, keepdim, to: x.shape)
        let ratio = (p > 0 ? x.abs() / y : y / x.abs()).maskedFill(x .== 0, 1)
        return g.unreduced(over, keepdim, to: x.shape)
          * (x.sign() * ratio.pow(p > 0 ? p - 1 : 1 - p)).maskedFill(y .== 0, 0)
      }
  }
}

// MARK: - Distances

extension Tensor {
  /// The p-norm of the difference to `other`, over all elements, with broadcasting.
  ///
  /// The result must be floating-point. Its derivative is that of ``norm(_:dim:keepdim:dtype:)``.
  public func dist(_ other: Tensor, p: Double = 2) -> Tensor {
    named(#function) {
      let difference = self - other
      difference.requireFloating(op: #function)
      return difference.norm(p)
    }
  }

  /// The slices along dimension `dim`, with those scaled down to the p-norm `maxnorm` that exceed
  /// it.
  ///
  /// The factor is maxnorm / (norm + 1e-7), as in PyTorch. The tensor must be floating-point and
  /// have at least two dimensions.
  /// - Parameters:
  ///   - p: the order of the norm, positive; it may be ∞.
  ///   - dim: counted from the end if negative.
  ///   - maxnorm: the largest norm of a slice, not negative.
  public func renorm(p: Double, dim: Int, maxnorm: Double) -> Tensor {
    requireFloating(op: #function)
    requireDimensions(atLeast: 2, op: #function)
    require(p > 0, "renorm: the order p must be positive, but it is \(p)")
    require(maxnorm >= 0, "renorm: maxnorm must not be negative, but it is \(maxnorm)")
    let d = shape.dimension(dim, op: #function)
    if numel == 0 || maxnorm == .infinity { return clone() }
    let norms = norm(p, dim: shape.indices.filter { $0 != d }, keepdim: true)
    let isLarger = norms .> maxnorm
    // The quotient of a small norm may overflow, and its derivative is then no number.
    let larger = Autograd.where(isLarger, norms, 1)
    return self * Autograd.where(isLarger, maxnorm / (larger + 1e-7), 1)
  }
}
