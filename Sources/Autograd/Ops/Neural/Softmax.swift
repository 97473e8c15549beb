// Softmax and its kin along a dimension. The values and the first derivatives come from kernels;
// while a backward pass is recorded the derivatives are compositions, so that they can be
// differentiated again.

extension Tensor {
  /// exp(x) / Σ exp(x) along dimension `dim`: positive numbers whose sum is 1.
  ///
  /// ```swift
  /// let probabilities = logits.softmax(dim: -1)
  /// ```
  ///
  /// A row whose elements are all −∞, or that contains ∞, gives NaN, as in PyTorch.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; the tensor must be floating-point otherwise.
  public func softmax(dim: Int, dtype: DType? = nil) -> Tensor {
    let x = to(dtype ?? self.dtype)
    x.requireFloating(op: #function)
    let d = shape.dimension(dim, op: #function)
    let kernels = Kernels.table(x.dtype)
    return x.along(d, kernels.pointee.softmax)
      .wrt(x) { g, y in
        GradMode.isEnabled
          ? y * (g - (g * y).sum(dim: d, keepdim: true))
          : y.along(d, kernels.pointee.softmax_grad, g)
      }
  }

  /// The logarithm of the softmax along dimension `dim`, x − ln Σ exp(x), without overflow or
  /// underflow on the way.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; the tensor must be floating-point otherwise.
  public func logSoftmax(dim: Int, dtype: DType? = nil) -> Tensor {
    let x = to(dtype ?? self.dtype)
    x.requireFloating(op: #function)
    let d = shape.dimension(dim, op: #function)
    let kernels = Kernels.table(x.dtype)
    return x.along(d, kernels.pointee.log_softmax)
      .wrt(x) { g, y in
        GradMode.isEnabled
          ? g - y.exp() * g.sum(dim: d, keepdim: true)
          : y.along(d, kernels.pointee.log_softmax_grad, g)
      }
  }

  /// The softmax of the negated elements along dimension `dim`: the smallest gets the most.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; the tensor must be floating-point otherwise.
  public func softmin(dim: Int, dtype: DType? = nil) -> Tensor {
    (-self).softmax(dim: dim, dtype: dtype)
  }

  /// ln Σ exp(x) over the dimensions `dim`, or over all if none is named, without overflow on the
  /// way.
  ///
  /// Of nothing, or of elements that are all −∞, it is −∞; with ∞ among them ∞. Integers are taken
  /// as real numbers.
  public func logsumexp(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    let over = reductionDims(dim.ints, op: #function)
    let x = dtype.isFloatingPoint ? self : cast(to: .default)
    return x.logSumExpOfRows(over, keepdim: keepdim)
      .wrt(x) { [x = Saved(x)] g, y in
        let x = x.value
        let logits = x - y.spread(over, keepdim, to: x.shape)
        return g.spread(over, keepdim, to: x.shape) * logits.exp()
      }
  }
}
