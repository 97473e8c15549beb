// Random tensors. What they draw, and in which order, is PyTorch's: see ``Generator``.

extension Tensor {
  /// Numbers drawn evenly from [0, 1).
  public static func rand(
    _ shape: [Int], dtype: DType = .default, requiresGrad: Bool = false,
    generator: Generator = .default
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype).uniform_(generator: generator)
    y.requiresGrad = requiresGrad
    return y
  }

  /// Numbers drawn from the normal distribution with mean 0 and variance 1.
  public static func randn(
    _ shape: [Int], dtype: DType = .default, requiresGrad: Bool = false,
    generator: Generator = .default
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype).normal_(generator: generator)
    y.requiresGrad = requiresGrad
    return y
  }

  /// Integers drawn evenly from `low` ..< `high`.
  ///
  /// - Parameters:
  ///   - low: the least number.
  ///   - high: the bound that is not reached.
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
    let y = Tensor(writing: shape) { (elements: UnsafeMutableBufferPointer<Int64>) in
      generator.withEngine { engine in
        for i in elements.indices {
          elements[i] = Int64(low) &+ Int64(bitPattern: engine.integer(below: range))
        }
      }
    }
    return y.cast(to: dtype)
  }

  /// Integers drawn evenly from 0 ..< `high`.
  public static func randint(
    _ high: Int, _ shape: [Int], dtype: DType = .int64, generator: Generator = .default
  ) -> Tensor {
    randint(0, high, shape, dtype: dtype, generator: generator)
  }

  /// The integers 0 ..< `n` in random order.
  public static func randperm(_ n: Int, dtype: DType = .int64, generator: Generator = .default)
    -> Tensor
  {
    require(n >= 0, "randperm: the number of integers is not negative, but n is \(n)")
    let y = Tensor(writing: [n]) { (elements: UnsafeMutableBufferPointer<Int64>) in
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

// MARK: - In the likeness of a tensor

extension Tensor {
  /// Numbers drawn evenly from [0, 1), with the shape, dtype and order of dimensions in memory of
  /// this tensor.
  public func randLike(dtype: DType? = nil, generator: Generator = .default) -> Tensor {
    emptyLike(dtype ?? self.dtype).uniform_(generator: generator)
  }

  /// Numbers drawn from the normal distribution with mean 0 and variance 1, with the shape, dtype
  /// and order of dimensions in memory of this tensor.
  public func randnLike(dtype: DType? = nil, generator: Generator = .default) -> Tensor {
    emptyLike(dtype ?? self.dtype).normal_(generator: generator)
  }

  /// 1 with the probability that each element of this tensor holds, else 0. A constant: no gradient
  /// flows to the probabilities.
  public func bernoulli(generator: Generator = .default) -> Tensor {
    emptyLike(dtype).bernoulli_(self, generator: generator)
  }

  /// A tensor of uninitialised elements, whose dimensions lie in memory in the order of this one's:
  /// the same numbers in the same order of drawing are then the same tensor as in PyTorch.
  private func emptyLike(_ dtype: DType) -> Tensor {
    let order = memoryOrder
    let y = Tensor(uninitialized: order.map { shape[$0] }, dtype)
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
