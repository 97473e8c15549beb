// Random numbers in place: the ops that all others draw through.
//
// A trailing underscore is PyTorch's mark of an op in place.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Tensor {
  /// Overwrites the elements with numbers drawn evenly from [`from`, `to`).
  @discardableResult
  public func uniform_(_ from: Double = 0, _ to: Double = 1, generator: Generator = .default)
    -> Tensor
  {
    let real = dtype.real(op: #function)
    checkRange(from, to, real)
    beginOverwriting(op: #function)
    return fillUniform(real, from, to, generator)
  }

  private func checkRange<T: RandomReal>(_ from: Double, _ to: Double, _ type: T.Type) {
    let limit = T.greatestFiniteMagnitude
    require(
      T(from).magnitude <= limit && T(to).magnitude <= limit && from <= to,
      """
      uniform_: [\(from), \(to)) is not a range of \(dtype) numbers; give finite bounds, the lower one \
      first
      """)
    require(
      (T(to) - T(from)).isFinite,
      "uniform_: the distance from \(from) to \(to) is too large for \(dtype)")
  }

  private func fillUniform<T: RandomReal>(
    _ type: T.Type, _ from: Double, _ to: Double, _ generator: Generator
  ) -> Tensor {
    let from = T(from)
    let range = T(to) - from
    if from == 0, range == 1 { return fill(generator) { T.uniform(&$0) } }
    // One rounding, not two, as PyTorch's build for processors with fused multiply-add.
    return fill(generator) { from.addingProduct(T.uniform(&$0), range) }
  }

  /// Overwrites the elements with numbers drawn from the normal distribution.
  @discardableResult
  public func normal_(_ mean: Double = 0, _ std: Double = 1, generator: Generator = .default)
    -> Tensor
  {
    let real = dtype.real(op: #function)
    require(std >= 0, "normal_: the standard deviation is not negative, but std is \(std)")
    beginOverwriting(op: #function)
    // Two ways, as in PyTorch: they draw different numbers.
    if numel >= 16, isContiguous { return fillNormal(real, mean, std, generator) }
    return fill(generator) { mean.addingProduct($0.normal(), std) }
  }

  /// Turns each 16 numbers into 8 pairs of normal ones; the last 16 are drawn once more if they overlap
  /// with those before.
  private func fillNormal<T: RandomReal>(
    _ type: T.Type, _ mean: Double, _ std: Double, _ generator: Generator
  ) -> Tensor {
    nonisolated(unsafe) let x = elements(as: T.self)
    let (mean, std) = (T(mean), T(std))
    func transform(_ start: Int) {
      for i in start..<start + 8 {
        let (a, b) = T.normals(x[i], x[i + 8])
        x[i] = mean.addingProduct(a, std)
        x[i + 8] = mean.addingProduct(b, std)
      }
    }
    let last = numel - 16
    generator.withEngine { engine in
      for i in x.indices { x[i] = T.uniform(&engine) }
      parallelFor(numel / 16, grain: 256) { blocks in
        for block in blocks { transform(16 * block) }
      }
      if numel % 16 != 0 {
        for i in last..<numel { x[i] = T.uniform(&engine) }
        transform(last)
      }
    }
    return self
  }

  /// Overwrites the elements with 1, with probability `p`, or 0.
  @discardableResult
  public func bernoulli_(_ p: Double = 0.5, generator: Generator = .default) -> Tensor {
    require(p >= 0 && p <= 1, "bernoulli_: a probability is in [0, 1], but p is \(p)")
    beginOverwriting(op: #function)
    return fill(generator) { Double.uniform(&$0) < p }
  }

  /// Overwrites each element with 1, with the probability that `p` (floating-point, broadcast to this
  /// shape) holds for it, or 0.
  @discardableResult
  public func bernoulli_(_ p: Tensor, generator: Generator = .default) -> Tensor {
    let real = p.dtype.real(op: #function)
    require(
      broadcastShape(shape, p.shape, op: #function) == shape,
      "bernoulli_: probabilities of shape \(p.shape) do not broadcast to the shape \(shape)")
    beginOverwriting(op: #function)
    return fillBernoulli(real, p, generator)
  }

  private func fillBernoulli<T: RandomReal>(_ type: T.Type, _ p: Tensor, _ generator: Generator)
    -> Tensor
  {
    let expanded = p.alias(p.layout.broadcast(to: shape))
    let ordered = expanded.alias(expanded.layout.permuted(memoryOrder)).compacted()
    let probability = ordered.elements(as: T.self)
    for p in probability {
      require(p >= 0 && p <= 1, "bernoulli_: a probability is in [0, 1], but one is \(p)")
    }
    var next = 0
    return fill(generator) {
      defer { next += 1 }
      return T.uniform(&$0) < probability[next]
    }
  }

  /// Overwrites the elements with numbers drawn from the exponential distribution, of density
  /// λe^(−λx) for x ≥ 0.
  @discardableResult
  public func exponential_(_ lambd: Double = 1, generator: Generator = .default) -> Tensor {
    _ = dtype.real(op: #function)
    require(lambd > 0, "exponential_: the rate is positive, but lambd is \(lambd)")
    beginOverwriting(op: #function)
    let scale = -1 / lambd
    return fill(generator) { scale * logOfOnePlus(-Double.uniform(&$0)) }
  }
}

// MARK: - What they share

extension Tensor {
  /// Checks that the elements may be overwritten, and counts the change.
  func beginOverwriting(op: StaticString) {
    require(
      !requiresGrad || !GradMode.isEnabled,
      """
      \(opName(op)): this tensor, of shape \(shape), requires a gradient, and there is none through \
      being overwritten; put the call into noGrad { }
      """)
    require(
      !layout.overlapsItself,
      """
      \(opName(op)): elements of this tensor, of shape \(shape) and strides \(strides), share memory; \
      clone() it first
      """)
    storage.version &+= 1
  }

  /// The dimensions, those with the widest strides first: elements are drawn in the order in which they
  /// lie in memory, as in PyTorch. Where elements repeat, memory says nothing.
  var memoryOrder: [Int] {
    guard let strides = layout.strides, !strides.contains(0) else { return Array(shape.indices) }
    return shape.indices.sorted { strides[$0] > strides[$1] }
  }

  /// Overwrites each element with a number that `draw` makes.
  private func fill<T: TensorScalar>(
    _ generator: Generator, _ draw: (inout MersenneTwister) -> T
  ) -> Tensor {
    let ordered = isContiguous ? self : alias(layout.permuted(memoryOrder))
    let isDirect = ordered.isContiguous && dtype == T.dtype
    let target = isDirect ? ordered : Tensor(uninitialized: ordered.shape, T.dtype)
    let elements = target.elements(as: T.self)
    generator.withEngine { engine in
      for i in elements.indices { elements[i] = draw(&engine) }
    }
    if !isDirect { ordered.assign(target) }
    return self
  }
}

/// ln(1 + x). Inside `Tensor` the name of the C function means the tensor's method.
private func logOfOnePlus(_ x: Double) -> Double { log1p(x) }
