import CKernels

/// What batch normalisation of x [batch, channels, …] needs for each channel; all tensors are of the
/// type of x. Off the tape.
package final class BatchNormChannels {
  /// The mean and the variance, the mean square deviation: [channels].
  package let mean, variance: Tensor
  /// Whether they are those of x itself, and so depend on it.
  private let isOfInput: Bool
  /// x, normalised, is (x − origin)·rstd + shift.
  let origin, rstd, shift: Tensor
  private var sums = SumsOfLastGradient()

  /// A given mean and variance for each channel.
  package init(mean: Tensor, variance: Tensor, eps: Double) {
    // A copy, since running values change.
    self.mean = mean.copied()
    self.variance = variance.copied()
    isOfInput = false
    origin = self.mean
    rstd = elementwise(.rsqrt, elementwise(.add, variance, .float(eps)))
    shift = .zerosLike(mean)
  }

  /// The mean and the variance of `x`, which has elements.
  package init(of x: Tensor, eps: Double) {
    func values() -> Tensor { Tensor(uninitialized: [x.shape[1]], x.dtype) }
    (mean, variance, origin, rstd, shift) = (values(), values(), values(), values(), values())
    isOfInput = true
    BatchNormCall(
      x, eps: eps, origin: origin, rstd: rstd, shift: shift, first: mean, second: variance
    ).runByChannels(Kernels.table(x.dtype).pointee.batch_moments)
  }

  /// Whether the squares that the variances were computed from fit the range of their type: those
  /// of floats always do, and small ones do not matter beside eps.
  package func isInRange(eps: Double) -> Bool {
    if variance.dtype == .float32 { return true }
    return variance.withElements(of: Double.self) {
      $0.allSatisfy { $0 + eps >= 0x1p-960 && $0 < .infinity }
    }
  }

  /// (x − mean)/√(variance + eps)·weight + bias.
  package func normalized(_ x: Tensor, weight: Tensor?, bias: Tensor?) -> Tensor {
    var offset = shift
    if let weight { offset = elementwise(.mul, offset, weight) }
    if let bias { offset = elementwise(.add, offset, bias) }
    return BatchNormCall(x, origin: origin, scale: scale(weight), offset: offset)
      .runBySamples(Kernels.table(x.dtype).pointee.batch_norm)
  }

  private func scale(_ weight: Tensor?) -> Tensor {
    if let weight { elementwise(.mul, rstd, weight) } else { rstd }
  }

  // MARK: - Gradients

  /// The gradient of `x` for the gradient `g` of the result.
  package func gradient(_ g: Tensor, of x: Tensor, weight: Tensor?) -> Tensor {
    let g = g.to(x.dtype)
    guard isOfInput else {
      let zeros = Tensor.zerosLike(mean)
      return BatchNormCall(g, origin: zeros, scale: scale(weight), offset: zeros)
        .runBySamples(Kernels.table(x.dtype).pointee.batch_norm)
    }
    let sums = sums(g, x)
    return BatchNormCall(
      x, g, origin: origin, rstd: rstd, shift: shift, scale: scale(weight), first: sums.mean,
      second: sums.product
    ).runBySamples(Kernels.table(x.dtype).pointee.batch_norm_grad)
  }

  /// The gradient of the weight, [channels].
  package func weightGradient(_ g: Tensor, of x: Tensor) -> Tensor {
    elementwise(.mul, sums(g.to(x.dtype), x).product, count(x))
  }

  /// The gradient of the bias, [channels].
  package func biasGradient(_ g: Tensor, of x: Tensor) -> Tensor {
    elementwise(.mul, sums(g.to(x.dtype), x).mean, count(x))
  }

  private func count(_ x: Tensor) -> Scalar { .float(Double(x.numel / x.shape[1])) }

  private func sums(_ g: Tensor, _ x: Tensor) -> SumsOfGradient {
    sums.of(g, shape: mean.shape) { sums in
      BatchNormCall(
        x, g, origin: origin, rstd: rstd, shift: shift, first: sums.mean, second: sums.product
      ).runByChannels(Kernels.table(x.dtype).pointee.batch_sums)
    }
  }
}

/// For each channel the means of g and of g·x̂, where x̂ is x, normalised.
struct SumsOfGradient {
  let mean, product: Tensor
}

/// The sums for the last gradient, which the gradients of input, weight and bias share.
struct SumsOfLastGradient {
  private var last: (gradient: Tensor, version: Int, sums: SumsOfGradient)?

  /// The sums for `g`, of the shape `shape`; `compute` fills them in if they are not known.
  mutating func of(
    _ g: Tensor, shape: [Int], _ compute: (SumsOfGradient) -> Void
  ) -> SumsOfGradient {
    if let last, last.gradient === g, last.version == g.storage.version { return last.sums }
    func values() -> Tensor { Tensor(uninitialized: shape, g.dtype) }
    let sums = SumsOfGradient(mean: values(), product: values())
    compute(sums)
    last = (g, g.storage.version, sums)
    return sums
  }
}

/// The operands of a batch normalisation kernel.
struct BatchNormCall {
  private let x: Tensor
  private let g, origin, rstd, shift, scale, offset, weight, first, second: Tensor?
  private let eps: Double
  private let batch: Int, channels: Int, inner: Int

  init(
    _ x: Tensor, _ g: Tensor? = nil, eps: Double = 0, origin: Tensor? = nil, rstd: Tensor? = nil,
    shift: Tensor? = nil, scale: Tensor? = nil, offset: Tensor? = nil, weight: Tensor? = nil,
    first: Tensor? = nil, second: Tensor? = nil
  ) {
    self.x = x.compacted()
    self.g = g?.compacted()
    (self.origin, self.rstd, self.shift) = (origin, rstd, shift)
    (self.scale, self.offset) = (scale?.compacted(), offset?.compacted())
    self.weight = weight?.compacted()
    (self.first, self.second) = (first, second)
    self.eps = eps
    (batch, channels) = (x.shape[0], x.shape[1])
    inner = x.shape.dropFirst(2).reduce(1, *)
  }

  /// Runs a kernel that reduces each channel.
  func runByChannels(_ function: ck_batch_norm_fn) {
    launch(self, units: channels, cost: Cost.chained * batch * inner) { run(function, $0, nil) }
  }

  /// Runs a kernel that computes each element.
  func runBySamples(_ function: ck_batch_norm_fn) -> Tensor {
    let y = Tensor(uninitialized: x.shape, x.dtype)
    let units = inner == 1 ? batch : batch * channels
    launch((self, y), units: units, cost: x.numel / Swift.max(1, units)) { run(function, $0, y) }
    return y
  }

  private func run(_ function: ck_batch_norm_fn, _ part: Range<Int>, _ y: Tensor?) {
    var call = ck_batch_norm()
    (call.batch, call.channels, call.inner) = (Int64(batch), Int64(channels), Int64(inner))
    (call.begin, call.end) = (Int64(part.lowerBound), Int64(part.upperBound))
    call.eps = eps
    call.x = UnsafeRawPointer(x.base)
    call.g = g.map { UnsafeRawPointer($0.base) }
    (call.origin, call.rstd, call.shift) = (origin?.base, rstd?.base, shift?.base)
    (call.scale, call.offset, call.weight) = (scale?.base, offset?.base, weight?.base)
    (call.first, call.second) = (first?.base, second?.base)
    call.y = y?.base
    function(&call)
  }
}
