// Random tensors. What they draw, and in which order, is PyTorch's: see ``Generator``.

extension Tensor {
  /// Numbers drawn uniformly from [0, 1).
  @inlinable
  public static func rand<S: IntList>(
    _ size: S, _ more: S..., dtype: DType = .default, requiresGrad: Bool = false,
    generator: Generator = .default
  ) -> Tensor {
    rand(
      shape: size.followed(by: more), dtype: dtype, requiresGrad: requiresGrad,
      generator: generator)
  }

  @usableFromInline
  static func rand(
    shape: [Int], dtype: DType, requiresGrad: Bool, generator: Generator
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype, op: "rand")
      .drawUniform(0, 1, generator, op: "rand")
    y.requiresGrad = requiresGrad
    return y
  }

  /// Numbers drawn from the normal distribution with mean 0 and variance 1.
  @inlinable
  public static func randn<S: IntList>(
    _ size: S, _ more: S..., dtype: DType = .default, requiresGrad: Bool = false,
    generator: Generator = .default
  ) -> Tensor {
    randn(
      shape: size.followed(by: more), dtype: dtype, requiresGrad: requiresGrad,
      generator: generator)
  }

  @usableFromInline
  static func randn(
    shape: [Int], dtype: DType, requiresGrad: Bool, generator: Generator
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype, op: "randn")
      .drawNormal(0, 1, generator, op: "randn")
    y.requiresGrad = requiresGrad
    return y
  }

  /// Integers drawn uniformly from `low` ..< `high`.
  ///
  /// - Parameters:
  ///   - low: the smallest integer.
  ///   - high: the upper bound, exclusive.
  ///   - shape: the size of each dimension.
  ///   - dtype: int64 by default; it must hold all these integers. (For float32 and float64
  ///     PyTorch only warns, and draws others.)
  ///   - generator: where the numbers come from; the task's ``Generator/default`` if nil.
  public static func randint(
    _ low: Int, _ high: Int, _ shape: [Int], dtype: DType = .int64, generator: Generator = .default
  ) -> Tensor {
    require(low < high, "randint: low must be less than high, but they are \(low) and \(high)")
    let limits = dtype.consecutiveIntegers
    require(
      limits.contains(low) && limits.contains(high - 1),
      """
      randint: the integers \(low) ..< \(high) are not all \(dtype) numbers, which go from \
      \(limits.lowerBound) to \(limits.upperBound); choose another dtype
      """)
    let range = UInt64(bitPattern: Int64(high) &- Int64(low))
    let y = Tensor(writing: shape, op: #function) {
      (elements: UnsafeMutableBufferPointer<Int64>) in
      generator.withEngine { engine in
        for i in elements.indices {
          elements[i] = Int64(low) &+ Int64(bitPattern: engine.integer(below: range))
        }
      }
    }
    return y.cast(to: dtype)
  }

  /// Integers drawn uniformly from 0 ..< `high`.
  public static func randint(
    _ high: Int, _ shape: [Int], dtype: DType = .int64, generator: Generator = .default
  ) -> Tensor {
    randint(0, high, shape, dtype: dtype, generator: generator)
  }

  /// The integers 0 ..< `n` in random order; `dtype` must hold all of them.
  public static func randperm(_ n: Int, dtype: DType = .int64, generator: Generator = .default)
    -> Tensor
  {
    require(n >= 0, "randperm: n must not be negative, but it is \(n)")
    let greatest = dtype.consecutiveIntegers.upperBound
    require(
      n - 1 <= greatest,
      """
      randperm: the integers 0 ..< \(n) are not all \(dtype) numbers, which go up to \(greatest); \
      choose another dtype
      """)
    let y = Tensor(writing: [n], op: #function) {
      (elements: UnsafeMutableBufferPointer<Int64>) in
      for i in elements.indices { elements[i] = Int64(i) }
      generator.withEngine { engine in
        if n < UInt32.max / 20 {
          for i in elements.indices.dropLast() {
            elements.swapAt(i, i + Int(engine.bits32() % UInt32(n - i)))
          }
        } else {
          // The remainder of 32 bits would be too uneven.
          for i in elements.indices {
            elements.swapAt(i, Int(engine.bits64() % UInt64(i + 1)))
          }
        }
      }
    }
    return y.cast(to: dtype)
  }
}

// MARK: - Like another tensor

extension Tensor {
  /// Numbers drawn uniformly from [0, 1), with the shape, the order of dimensions in memory and,
  /// unless another is given, the dtype of `x`.
  public static func randLike(
    _ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false, generator: Generator = .default
  ) -> Tensor {
    let y = x.uninitializedLike(dtype).drawUniform(0, 1, generator, op: #function)
    y.requiresGrad = requiresGrad
    return y
  }

  /// Numbers drawn from the normal distribution with mean 0 and variance 1, with the shape, the
  /// order of dimensions in memory and, unless another is given, the dtype of `x`.
  public static func randnLike(
    _ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false, generator: Generator = .default
  ) -> Tensor {
    let y = x.uninitializedLike(dtype).drawNormal(0, 1, generator, op: #function)
    y.requiresGrad = requiresGrad
    return y
  }

  /// 1 with the probability given by each element of this tensor, else 0. A constant: no gradient
  /// flows to the probabilities.
  public func bernoulli(generator: Generator = .default) -> Tensor {
    uninitializedLike().drawBernoulli(self, generator, op: #function)
  }

  /// 1 with probability `p`, else 0, in a tensor of this shape and dtype.
  public func bernoulli(_ p: Double, generator: Generator = .default) -> Tensor {
    uninitializedLike().drawBernoulli(p, generator, op: #function)
  }

  /// A tensor of uninitialised elements, whose dimensions lie in memory in the order of this one's:
  /// the same numbers in the same order of drawing are then the same tensor as in PyTorch.
  func uninitializedLike(_ dtype: DType? = nil) -> Tensor {
    let order = memoryOrder
    let y = Tensor(uninitialized: order.map { shape[$0] }, dtype ?? self.dtype)
    var inverse = order
    for (i, d) in order.enumerated() { inverse[d] = i }
    return y.alias(y.layout.permuted(inverse))
  }
}

extension DType {
  /// The longest range of integers around 0 (from 0 for an unsigned type) that all have this type.
  fileprivate var consecutiveIntegers: ClosedRange<Int> {
    switch self {
    case .float32: -(1 << 24)...1 << 24
    case .float64: -(1 << 53)...1 << 53
    case .int64: .min ... .max
    case .int32: Int(Int32.min)...Int(Int32.max)
    case .uint8: 0...255
    case .bool: 0...1
    }
  }
}
