// Reductions and normalizations over the elements that a mask selects. The other elements are
// replaced by the identity element of the reduction, and the unmasked op does the rest.

/// The elements of a tensor that a mask selects; the methods are PyTorch's `torch.masked`
/// functions.
///
/// ```swift
/// let lengths = Tensor([2, 3]), positions = Tensor.arange(3)
/// let mean = x.masked(positions .< lengths.unsqueeze(1)).mean(dim: 1)
/// ```
///
/// The mask is true where an element is selected, unlike the mask of `maskedFill`. The other
/// elements get no gradient.
///
/// Where no element is selected, the result is that of an empty reduction: sum 0, product 1,
/// maximum and logsumexp −∞, minimum +∞ (for integers the lowest and the highest number), norm 0
/// (+∞ for p = −∞), and NaN for mean, median, variance, standard deviation and softmax.
public struct MaskedTensor {
  /// All elements.
  public let values: Tensor
  /// Which elements are selected; of the same shape.
  public let mask: Tensor

  fileprivate init(_ values: Tensor, _ mask: Tensor) {
    self.values = values
    self.mask = mask
  }

  /// The tensor with the elements that are not selected replaced by the 0-d tensor `value`.
  private func filled(_ value: Tensor) -> Tensor { `where`(mask, values, value) }

  /// The tensor with the elements that are not selected replaced by `value`.
  private func filled(_ value: Double) -> Tensor {
    filled(Tensor(.float(value), as: values.dtype))
  }
}

extension Tensor {
  /// The elements where `mask` is true, for reductions and normalizations; see ``MaskedTensor``.
  ///
  /// - Parameter mask: bool, true where an element is selected; it broadcasts to the shape of this
  ///   tensor.
  public func masked(_ mask: Tensor) -> MaskedTensor {
    require(
      mask.dtype == .bool,
      "masked: expected a bool mask, got \(mask.dtype); cast it with to(.bool)")
    require(
      mask.ndim <= ndim && broadcastShape(shape, mask.shape, op: #function) == shape,
      """
      masked: expected a mask that broadcasts to the tensor's shape \(shape), got shape \
      \(mask.shape); expand the tensor first
      """)
    return MaskedTensor(self, mask.expand(shape))
  }
}

// MARK: - Sums and products

extension MaskedTensor {
  /// The sum over the dimensions `dim`, or over all if none is named; see
  /// ``Tensor/sum(dim:keepdim:dtype:)``.
  public func sum(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    filled(0).sum(dim: dim.ints, keepdim: keepdim, dtype: dtype)
  }

  /// The product over the dimensions `dim`, or over all if none is named; see
  /// ``Tensor/prod(dim:keepdim:dtype:)``.
  public func prod(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    filled(1).prod(dim: dim.ints, keepdim: keepdim, dtype: dtype)
  }

  /// The cumulative sum along dimension `dim`, with 0 for elements that are not selected; in the
  /// dtype of the tensor, unless `dtype` is given.
  public func cumsum(dim: Int, dtype: DType? = nil) -> Tensor {
    filled(0).cumsum(dim: dim, dtype: dtype ?? values.dtype)
  }

  /// The cumulative product along dimension `dim`, with 1 for elements that are not selected; in
  /// the dtype of the tensor, unless `dtype` is given.
  public func cumprod(dim: Int, dtype: DType? = nil) -> Tensor {
    filled(1).cumprod(dim: dim, dtype: dtype ?? values.dtype)
  }
}

// MARK: - Extremes

extension MaskedTensor {
  /// The largest element over the dimensions `dim`, or over all if none is named; see
  /// ``Tensor/amax(dim:keepdim:)``.
  public func amax(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    filled(values.identity(of: .max, op: #function)).amax(dim: dim.ints, keepdim: keepdim)
  }

  /// The smallest element over the dimensions `dim`, or over all if none is named; see
  /// ``Tensor/amin(dim:keepdim:)``.
  public func amin(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    filled(values.identity(of: .min, op: #function)).amin(dim: dim.ints, keepdim: keepdim)
  }

  /// The index of the first largest element along dimension `dim`, or in row-major order if nil.
  ///
  /// 0 where no element is selected. The result is int64; in PyTorch it has the dtype of the tensor
  /// by default.
  public func argmax(dim: Int? = nil, keepdim: Bool = false) -> Tensor {
    filled(values.identity(of: .max, op: #function)).argmax(dim: dim, keepdim: keepdim)
  }

  /// The index of the first smallest element along dimension `dim`, or in row-major order if nil.
  ///
  /// 0 where no element is selected. The result is int64; in PyTorch it has the dtype of the tensor
  /// by default.
  public func argmin(dim: Int? = nil, keepdim: Bool = false) -> Tensor {
    filled(values.identity(of: .min, op: #function)).argmin(dim: dim, keepdim: keepdim)
  }
}

// MARK: - Moments, medians and norms

extension MaskedTensor {
  /// The mean over the dimensions `dim`, or over all if none is named; NaN where no element is
  /// selected.
  ///
  /// The tensor must be floating-point, or summed as such a `dtype`.
  public func mean(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    let values = values.to(dtype ?? values.dtype)
    values.requireFloating(op: #function)
    _ = values.reductionDims(dim.ints, op: #function)
    return sum(dim: dim, keepdim: keepdim, dtype: values.dtype)
      / mask.sum(dim: dim, keepdim: keepdim)
  }

  /// The variance over the dimensions `dim`, or over all if none is named: Σ (x − mean)² / (n −
  /// correction), n being the number of selected elements.
  ///
  /// NaN where no element is selected. The tensor must be floating-point.
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - correction: 1 gives the unbiased estimate for a sample, 0 the mean square deviation.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  public func `var`(dim: some IntList = [], correction: Double = 1, keepdim: Bool = false) -> Tensor
  {
    values.requireFloating(op: #function)
    _ = values.reductionDims(dim.ints, op: #function)
    return variance(over: dim.ints, correction, keepdim: keepdim)
  }

  /// The standard deviation over the dimensions `dim`, or over all if none is named: the square
  /// root of the variance.
  ///
  /// NaN where no element is selected. The derivative of a standard deviation of 0 is NaN, as in
  /// PyTorch, unlike that of ``Tensor/std(dim:correction:keepdim:)``. The tensor must be
  /// floating-point.
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - correction: 1 divides by n − 1, 0 by n, the number of selected elements.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  public func std(dim: some IntList = [], correction: Double = 1, keepdim: Bool = false) -> Tensor {
    values.requireFloating(op: #function)
    // Of scaled elements, whose squares neither overflow nor vanish.
    let over = values.reductionDims(dim.ints, op: #function)
    let scale = noGrad { filled(0).binaryMagnitude(over, op: #function) }
    let deviation = (values / scale).masked(mask)
      .variance(over: dim.ints, correction, keepdim: keepdim).sqrt()
    return deviation * scale.reshape(deviation.shape)
  }

  private func variance(over dim: [Int], _ correction: Double, keepdim: Bool) -> Tensor {
    // Measured from a rounded mean first, so that small deviations from a large mean are exact.
    let x = filled(0)
    let center = noGrad { x.masked(mask).mean(dim: dim, keepdim: true).nanToNum() }
    let shifted = (x - center).masked(mask)
    let deviation = shifted.filled(0) - shifted.mean(dim: dim, keepdim: true)
    let sum = (deviation * deviation).masked(mask).sum(dim: dim, keepdim: keepdim)
    let count = mask.sum(dim: dim, keepdim: keepdim).to(values.dtype)
    return sum / (count - correction).clampMin(0)
  }

  /// The median along dimension `dim`; of an even number of elements the lower of the middle two.
  ///
  /// NaN where no element is selected. NaN elements are skipped too. The tensor must be
  /// floating-point.
  public func median(dim: Int = -1, keepdim: Bool = false) -> Tensor {
    values.requireFloating(op: #function)
    values.requireDimension(dim, op: #function)
    return filled(.nan).nanmedian(dim: dim, keepdim: keepdim).values
  }

  /// The p-norm over the dimensions `dim`, or over all if none is named; see
  /// ``Tensor/norm(_:dim:keepdim:dtype:)``.
  ///
  /// Elements that are not selected are taken as 0, as in PyTorch, also where `p` is negative,
  /// which makes the norm 0; for p = −∞ as ∞.
  public func norm(
    _ p: Double = 2, dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil
  ) -> Tensor {
    filled(p == -.infinity ? .infinity : 0).norm(p, dim: dim.ints, keepdim: keepdim, dtype: dtype)
  }

  /// The elements divided by max(p-norm along dimension `dim`, `eps`); 0 where an element is not
  /// selected.
  public func normalize(_ p: Double = 2, dim: Int, eps: Double = 1e-12) -> Tensor {
    values.requireDimension(dim, op: #function)
    let norm = norm(p, dim: dim, keepdim: true)
    return filled(0) / norm.maximum(Tensor(.float(eps), as: norm.dtype))
  }
}

// MARK: - Exponentials

extension MaskedTensor {
  /// ln Σ exp(x) over the dimensions `dim`, or over all if none is named; see
  /// ``Tensor/logsumexp(dim:keepdim:)``.
  public func logsumexp(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    floatingPoint(nil).filled(-.infinity).logsumexp(dim: dim.ints, keepdim: keepdim)
  }

  /// exp(x) / Σ exp(x) along dimension `dim`; 0 where an element is not selected.
  public func softmax(dim: Int, dtype: DType? = nil) -> Tensor {
    floatingPoint(dtype).filled(-.infinity).softmax(dim: dim)
  }

  /// The logarithm of the softmax along dimension `dim`; −∞ where an element is not selected.
  public func logSoftmax(dim: Int, dtype: DType? = nil) -> Tensor {
    floatingPoint(dtype).filled(-.infinity).logSoftmax(dim: dim)
  }

  /// exp(−x) / Σ exp(−x) along dimension `dim`; 0 where an element is not selected.
  public func softmin(dim: Int, dtype: DType? = nil) -> Tensor {
    values.requireDimension(dim, op: #function)
    return (-floatingPoint(dtype).filled(.infinity)).softmax(dim: dim)
  }

  /// The elements cast to `dtype`; by default integers are converted to floating point.
  private func floatingPoint(_ dtype: DType?) -> MaskedTensor {
    let dtype = dtype ?? values.dtype.computeType
    return MaskedTensor(values.to(dtype), mask)
  }
}
