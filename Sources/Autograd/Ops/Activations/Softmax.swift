// Softmax and related ops along a dimension. Kernels compute the values and first derivatives.
// While a backward pass is recorded, the derivatives are compositions, so that they can be
// differentiated again.

extension Tensor {
  /// exp(x) / Σ exp(x) along dimension `dim`: positive numbers that sum to 1.
  ///
  /// ```swift
  /// let probabilities = logits.softmax(dim: -1)
  /// ```
  ///
  /// A row that contains +∞, or only −∞, gives NaN, as in PyTorch.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; the tensor must be floating-point otherwise.
  public func softmax(dim: Int, dtype: DType? = nil) -> Tensor {
    let x = to(dtype ?? self.dtype)
    x.requireFloating(op: #function)
    let d = shape.dimension(dim, op: #function)
    return x.along(d, .softmax)
      .wrt(
        x, fused: { g, y in y.along(d, .softmaxGrad, g) },
        meaning: { g, y in y * (g - (g * y).sum(dim: d, keepdim: true)) })
  }

  /// The logarithm of the softmax along dimension `dim`, x − ln Σ exp(x), without overflow or
  /// underflow.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; the tensor must be floating-point otherwise.
  public func logSoftmax(dim: Int, dtype: DType? = nil) -> Tensor {
    let x = to(dtype ?? self.dtype)
    x.requireFloating(op: #function)
    let d = shape.dimension(dim, op: #function)
    return x.along(d, .logSoftmax)
      .wrt(
        x, fused: { g, y in y.along(d, .logSoftmaxGrad, g) },
        meaning: { g, y in g - y.exp() * g.sum(dim: d, keepdim: true) })
  }

  /// The softmax of −x along dimension `dim`: the smallest element gets the largest result.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; the tensor must be floating-point otherwise.
  public func softmin(dim: Int, dtype: DType? = nil) -> Tensor {
    requireDimension(dim, op: #function)
    return (-self).softmax(dim: dim, dtype: dtype)
  }

  /// ln Σ exp(x) over the dimensions `dim`, or over all if none is named, without overflow on the
  /// way.
  ///
  /// Of nothing, or of elements that are all −∞, it is −∞; with ∞ among them ∞. Integers are
  /// converted to floating point.
  public func logsumexp(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    let over = reductionDims(dim.ints, op: #function)
    let x = cast(to: dtype.computeType)
    return x.logSumExpOfRows(over, keepdim: keepdim)
      .wrt(x) { [x = Saved(x)] g, y in
        let x = x.value
        let logits = x - y.unreduced(over, keepdim, to: x.shape)
        return g.unreduced(over, keepdim, to: x.shape) * logits.exp()
      }
  }
}
