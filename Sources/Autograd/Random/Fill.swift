// Random numbers in place, on which the other random ops are built.
//
// As in PyTorch, a trailing underscore marks an in-place op.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Tensor {
  /// Overwrites the elements with numbers drawn uniformly from [`from`, `to`).
  @discardableResult
  public func uniform_(_ from: Double = 0, _ to: Double = 1, generator: Generator = .default)
    -> Tensor
  {
    drawUniform(from, to, generator, op: #function)
  }

  /// ``uniform_(_:_:generator:)`` as part of `op`, which messages name.
  @discardableResult
  package func drawUniform(
    _ from: Double, _ to: Double, _ generator: Generator, op: StaticString
  ) -> Tensor {
    dtype.real(
      op: op, float: fillUniform(Float.self, from, to, generator, op),
      double: fillUniform(Double.self, from, to, generator, op))
  }

  private func fillUniform<T: RandomReal>(
    _ type: T.Type, _ from: Double, _ to: Double, _ generator: Generator, _ op: StaticString
  ) -> Tensor {
    let limit = T.greatestFiniteMagnitude
    require(
      T(from).magnitude <= limit && T(to).magnitude <= limit && from <= to,
      """
      \(opName(op)): [\(from), \(to)) is not a range of \(dtype) numbers; give finite bounds, the lower \
      one first
      """)
    let (from, range) = (T(from), T(to) - T(from))
    require(
      range.isFinite,
      "\(opName(op)): the distance from \(from) to \(to) is too large for \(dtype)")
    beginOverwriting(op: op)
    return fill(generator) { (x: UnsafeMutableBufferPointer<T>, engine) in
      T.uniform(x, &engine)
      if from == 0, range == 1 { return }
      // One rounding, not two, as in PyTorch's build for processors with fused multiply-add.
      for i in x.indices { x[i] = T.scaled(x[i], by: range, from: from) }
    }
  }

  /// Overwrites the elements with numbers drawn from the normal distribution.
  @discardableResult
  public func normal_(_ mean: Double = 0, _ std: Double = 1, generator: Generator = .default)
    -> Tensor
  {
    drawNormal(mean, std, generator, op: #function)
  }

  /// ``normal_(_:_:generator:)`` as part of `op`, which messages name.
  @discardableResult
  package func drawNormal(
    _ mean: Double, _ std: Double, _ generator: Generator, op: StaticString
  ) -> Tensor {
    dtype.requireReal(op: op)
    require(std >= 0, "\(opName(op)): std must not be negative, but it is \(std)")
    beginOverwriting(op: op)
    // Two algorithms, as in PyTorch: they draw different numbers.
    guard numel >= 16, isContiguous else {
      return fill(generator) { mean.addingProduct($0.normal(), std) }
    }
    return dtype.real(
      op: op, float: fillNormal(Float.self, mean, std, generator),
      double: fillNormal(Double.self, mean, std, generator))
  }

  /// Draws 16 numbers at a time and turns them into 8 pairs of normal ones; if the last 16 overlap
  /// with those before, they are drawn again.
  private func fillNormal<T: RandomReal>(
    _ type: T.Type, _ mean: Double, _ std: Double, _ generator: Generator
  ) -> Tensor {
    let pairs = NormalPairs(dtype, T(mean), T(std))
    withMutableElements(of: T.self) { x in
      generator.withEngine { engine in
        T.uniform(x, &engine)
        pairs.transform(.init(rebasing: x.prefix(numel / 16 * 16)))
        if numel % 16 != 0 {
          let last = UnsafeMutableBufferPointer(rebasing: x.suffix(16))
          T.uniform(last, &engine)
          pairs.transform(last)
        }
      }
    }
    return self
  }

  /// Overwrites the elements with 1, with probability `p`, or 0.
  @discardableResult
  public func bernoulli_(_ p: Double = 0.5, generator: Generator = .default) -> Tensor {
    drawBernoulli(p, generator, op: #function)
  }

  /// ``bernoulli_(_:generator:)-(Double,_)`` as part of `op`, which messages name.
  ///
  /// - Parameter value: what is written instead of 1.
  @discardableResult
  package func drawBernoulli(
    _ p: Double, value: Double = 1, _ generator: Generator, op: StaticString
  ) -> Tensor {
    require(p >= 0 && p <= 1, "\(opName(op)): p must be in [0, 1], but it is \(p)")
    beginOverwriting(op: op)
    let ordered = isContiguous ? self : alias(layout.permuted(memoryOrder))
    if ordered.isContiguous, dtype.itemSize >= 4 {
      generator.withEngine { ordered.fillBernoulli(p, value: value, &$0) }
      return self
    }
    require(value == 1, "\(opName(op)): these elements have no room for \(value)")
    return fill(generator) { Double.uniform(&$0) < p }
  }

  /// Overwrites each element with 1, with the probability of its element in `p` (floating-point,
  /// broadcast to this shape), or 0.
  @discardableResult
  public func bernoulli_(_ p: Tensor, generator: Generator = .default) -> Tensor {
    drawBernoulli(p, generator, op: #function)
  }

  /// ``bernoulli_(_:generator:)-(Tensor,_)`` as part of `op`, which messages name.
  func drawBernoulli(_ p: Tensor, _ generator: Generator, op: StaticString) -> Tensor {
    require(
      broadcastShape(shape, p.shape, op: op) == shape,
      """
      \(opName(op)): probabilities of shape \(p.shape) do not broadcast to the shape \(shape)
      """)
    beginOverwriting(op: op)
    return p.dtype.real(
      op: op, float: fillBernoulli(Float.self, p, generator, op),
      double: fillBernoulli(Double.self, p, generator, op))
  }

  private func fillBernoulli<T: RandomReal>(
    _ type: T.Type, _ p: Tensor, _ generator: Generator, _ op: StaticString
  ) -> Tensor {
    let expanded = p.alias(p.layout.broadcast(to: shape))
    let ordered = expanded.alias(expanded.layout.permuted(memoryOrder)).compacted()
    return ordered.withElements(of: T.self) { probability in
      for p in probability {
        require(
          p >= 0 && p <= 1,
          "\(opName(op)): probabilities must be in [0, 1], but one is \(p)")
      }
      var next = 0
      return fill(generator) {
        defer { next += 1 }
        return T.uniform(&$0) < probability[next]
      }
    }
  }

  /// Overwrites the elements with numbers drawn from the exponential distribution, of density
  /// λe^(−λx) for x ≥ 0.
  @discardableResult
  public func exponential_(_ lambd: Double = 1, generator: Generator = .default) -> Tensor {
    dtype.requireReal(op: #function)
    require(lambd > 0, "exponential_: lambd must be positive, but it is \(lambd)")
    beginOverwriting(op: #function)
    let scale = -1 / lambd
    return fill(generator) { scale * logOfOnePlus(-Double.uniform(&$0)) }
  }
}

// MARK: - Helpers

extension Tensor {
  /// Checks that the elements may be overwritten, and counts the change.
  func beginOverwriting(op: StaticString) {
    require(
      !requiresGrad || !GradMode.isEnabled,
      """
      \(opName(op)): this tensor, of shape \(shape), requires a gradient, and there is none \
      through being overwritten; put the call into noGrad { }
      """)
    require(
      !layout.overlapsItself,
      """
      \(opName(op)): elements of this tensor, of shape \(shape) and strides \(strides), share \
      memory; clone() it first
      """)
    storage.version &+= 1
  }

  /// The dimensions in the order of descending strides, unless elements repeat: elements are drawn
  /// in the order in which they lie in memory, as in PyTorch.
  var memoryOrder: [Int] {
    guard let strides = layout.strides, !strides.contains(0) else { return Array(shape.indices) }
    return shape.indices.sorted { strides[$0] > strides[$1] }
  }

  /// Overwrites each element with a number returned by `draw`.
  private func fill<T: TensorScalar>(
    _ generator: Generator, _ draw: (inout MersenneTwister) -> T
  ) -> Tensor {
    fill(generator) { (x: UnsafeMutableBufferPointer<T>, engine) in
      for i in x.indices { x[i] = draw(&engine) }
    }
  }

  /// Overwrites the elements with those that `body` writes to a buffer of the same count.
  private func fill<T: TensorScalar>(
    _ generator: Generator, _ body: (UnsafeMutableBufferPointer<T>, inout MersenneTwister) -> Void
  ) -> Tensor {
    let ordered = isContiguous ? self : alias(layout.permuted(memoryOrder))
    let isDirect = ordered.isContiguous && dtype == T.dtype
    let target = isDirect ? ordered : Tensor(uninitialized: ordered.shape, T.dtype)
    target.withMutableElements { elements in
      generator.withEngine { engine in body(elements, &engine) }
    }
    if !isDirect { ordered.assign(target) }
    return self
  }
}

/// ln(1 + x). Inside `Tensor` the name of the C function refers to the tensor's method.
private func logOfOnePlus(_ x: Double) -> Double { log1p(x) }
