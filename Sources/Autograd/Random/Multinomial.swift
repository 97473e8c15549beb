// Draws from a categorical distribution.

extension Tensor {
  /// Indices drawn with probabilities that are proportional to the elements of this tensor, of
  /// shape [categories] or [batch, categories]: int64, [`count`] or [batch, `count`].
  ///
  /// ```swift
  /// Tensor([0.1, 0.9]).multinomial(1)
  /// logits.softmax(dim: -1).multinomial(5, replacement: true)
  /// ```
  ///
  /// A constant: no gradient flows to the probabilities. The numbers drawn are PyTorch's.
  ///
  /// - Parameters:
  ///   - count: how many indices to draw; without replacement at most the number of categories.
  ///   - replacement: whether an index can be drawn several times.
  ///   - generator: where the random numbers come from.
  public func multinomial(
    _ count: Int, replacement: Bool = false, generator: Generator = .default
  ) -> Tensor {
    dtype.requireReal(op: #function)
    require(
      (ndim == 1 || ndim == 2) && count > 0 && numel > 0,
      """
      multinomial: \(count) draws from a tensor of shape \(shape); give one or more draws, and a \
      shape of [categories] or [batch, categories]
      """)
    require(
      replacement || count <= size(-1),
      """
      multinomial: \(count) different indices cannot be drawn from \(size(-1)) categories; pass \
      replacement: true
      """)
    let p = checkedProbabilities(op: #function)
    return noGrad {
      if replacement && count > 1 { return p.drawnWithReplacement(count, generator) }
      // The largest of pₖ / Eₖ, E exponential, is at k with probability pₖ.
      let race = p / uninitializedLike().exponential_(generator: generator)
      return count == 1
        ? race.argmax(dim: -1, keepdim: true) : race.topk(count, dim: -1).indices
    }
  }

  /// The elements, divided by a power of two if sums or quotients could overflow. Stops unless
  /// they are valid probabilities, row by row.
  private func checkedProbabilities(op: StaticString) -> Tensor {
    noGrad {
      require(
        isfinite().logicalAnd(ge(0)).areAllTrue,
        "\(opName(op)): the probabilities must be finite and not negative")
      let sums = sum(dim: -1)
      require(
        sums.gt(0).areAllTrue,
        "\(opName(op)): the probabilities of one draw are all 0; at least one must be positive")
      let limit = dtype == .float64 ? 0x1p960 : 0x1p64
      return sums.le(limit).areAllTrue ? detach() : self * 0x1p-64
    }
  }

  private func drawnWithReplacement(_ count: Int, _ generator: Generator) -> Tensor {
    dtype.real(
      op: "multinomial", float: drawnWithReplacement(Float.self, count, generator),
      double: drawnWithReplacement(Double.self, count, generator))
  }

  private func drawnWithReplacement<T: RandomReal>(
    _ type: T.Type, _ count: Int, _ generator: Generator
  ) -> Tensor {
    let categories = size(-1)
    let probabilities = array(of: T.self)
    return Tensor(writing: shape.dropLast() + [count], op: "multinomial") {
      (indices: UnsafeMutableBufferPointer<Int64>) in
      generator.withEngine { engine in
        for row in 0..<numel / categories {
          let bounds = cumulative(probabilities[row * categories..<(row + 1) * categories])
          for i in 0..<count {
            let index = firstIndex(in: bounds, from: Double.uniform(&engine))
            indices[row * count + i] = Int64(index)
          }
        }
      }
    }
  }
}

/// The running sums of `probabilities`, divided by their total; the last one is 1.
private func cumulative<T: RandomReal>(_ probabilities: ArraySlice<T>) -> [T] {
  var sum: T = 0
  var bounds = probabilities.map { p in
    sum += p
    return sum
  }
  for i in bounds.indices { bounds[i] /= sum }
  bounds[bounds.count - 1] = 1
  return bounds
}

/// The index of the first of the increasing `bounds` that is not less than `u`, by bisection.
private func firstIndex<T: RandomReal>(in bounds: [T], from u: Double) -> Int {
  var (low, high) = (0, bounds.count)
  while low < high {
    let middle = low + (high - low) / 2
    if Double(bounds[middle]) < u { low = middle + 1 } else { high = middle }
  }
  return low
}
