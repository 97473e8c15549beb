// Reductions of elements with equal indices.

/// How ``Tensor/scatterReduce(dim:index:src:reduce:includeSelf:)`` and
/// ``Tensor/indexReduce(dim:index:source:reduce:includeSelf:)`` reduce elements with equal indices.
public enum ScatterReduction: Sendable, CaseIterable {
  /// The sum.
  case sum
  /// The product.
  case prod
  /// The mean; of integers rounded down.
  case mean
  /// The smallest element; NaN if there is one.
  case amin
  /// The largest element; NaN if there is one.
  case amax
}

extension Tensor {
  /// A copy in which the elements of `source` are reduced into their `places`, together with the
  /// old elements if `includeSelf`.
  func scatterReduced(
    _ reduction: ScatterReduction, _ source: Tensor, at places: Places, includeSelf: Bool,
    op: StaticString
  ) -> Tensor {
    switch reduction {
    case .sum: start(0, places, includeSelf, op).added(source, at: places, op: op)
    case .mean: mean(of: source, at: places, includeSelf, op)
    case .prod: start(1, places, includeSelf, op).multiplied(by: source, at: places, op: op)
    case .amin: extreme(.min, source, at: places, includeSelf, op)
    case .amax: extreme(.max, source, at: places, includeSelf, op)
    }
  }

  /// This tensor if its elements are reduced too, else a copy with `identity` at the places.
  private func start(
    _ identity: Int, _ places: Places, _ includeSelf: Bool, _ op: StaticString
  ) -> Tensor {
    includeSelf
      ? self : replaced(by: Tensor(.int(Int64(identity)), as: dtype), at: places, op: op)
  }

  private func mean(
    of source: Tensor, at places: Places, _ includeSelf: Bool, _ op: StaticString
  ) -> Tensor {
    let sum = start(0, places, includeSelf, op).added(source, at: places, op: op)
    let type = dtype.sumType
    let count = Tensor.ones(shape, dtype: type)
    if !includeSelf { count.combine(.put, .zeros([], dtype: type), places) }
    count.combine(.add, .ones([], dtype: type), places)
    return dtype.isFloatingPoint ? sum / count : sum.dividedRoundingDown(by: count)
  }

  /// The quotients of integers, rounded down; the divisors, int64 and contiguous, are positive.
  private func dividedRoundingDown(by divisor: Tensor) -> Tensor {
    let y = cast(to: .int64).copied()
    y.withMutableElements(of: Int64.self) { values in
      divisor.withElements(of: Int64.self) { divisors in
        for i in values.indices {
          let (quotient, rest) = values[i].quotientAndRemainder(dividingBy: divisors[i])
          values[i] = rest < 0 ? quotient - 1 : quotient
        }
      }
    }
    return y.cast(to: dtype)
  }

  /// The source's elements, and the old ones if they are reduced too, share the gradient of their
  /// extreme evenly.
  private func extreme(
    _ kernel: IndexedKernel, _ source: Tensor, at places: Places, _ includeSelf: Bool,
    _ op: StaticString
  ) -> Tensor {
    let y = copied()
    // The reduction can start with any of the source's elements.
    if !includeSelf { y.combine(.put, source, places) }
    y.combine(kernel, source, places)
    guard isRecording || source.isRecording else { return y }
    var own = sameness(self, y)
    if !includeSelf { own = own.replaced(by: .zeros([], dtype: dtype), at: places, op: op) }
    let sent = sameness(source, y.taken(at: places, op: op))
    let share = own.added(sent, at: places, op: op).reciprocal()
    return y.wrt(self, op: op) { g in g * (own * share) }
      .wrt(source, op: op) { g in
        g.taken(at: places, op: op) * (sent * share.taken(at: places, op: op))
      }
  }
}

/// 1 where the elements are equal, or both NaN, and 0 elsewhere; off the tape.
private func sameness(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (a, b) = (a.detach(), b.detach())
  return (a .== b).logicalOr(a.isnan().logicalAnd(b.isnan())).to(a.dtype)
}

// MARK: - Products

extension Tensor {
  /// A copy whose elements at `places` are multiplied by those of `source`.
  ///
  /// The derivative divides the products by the factors, unless one of them is 0.
  private func multiplied(by source: Tensor, at places: Places, op: StaticString) -> Tensor {
    let y = copied()
    y.combine(.mul, source, places)
    return
      y
      .wrt(self, op: op) { [x = Saved(self, op: op), s = Saved(source, op: op)] g, y in
        let (x, s) = (x.value, s.value)
        if !x.hasZero && !s.hasZero { return g * y / x }
        return pullback(g, at: x) { $0.productsOfHalves(s, places, op) }
      }
      .wrt(source, op: op) { [x = Saved(self, op: op), s = Saved(source, op: op)] g, y in
        let (x, s) = (x.value, s.value)
        if !x.hasZero && !s.hasZero { return (g * y).taken(at: places, op: op) / s }
        return pullback(g, at: s) { x.productsOfHalves($0, places, op) }
      }
  }

  private var hasZero: Bool { elementwise(.eq, self, .int(0), to: .bool).any().item(as: Bool.self) }

  /// The same products by ops whose derivatives need no division: the factors of each product in a
  /// row, and pairs of neighbours multiplied until one is left.
  private func productsOfHalves(_ source: Tensor, _ places: Places, _ op: StaticString) -> Tensor {
    let targets = Tensor.arange(numel).reshape(shape).taken(at: places, op: op).array(of: Int.self)
    var rows = FactorRows(products: numel, targets: targets)
    var factors = Autograd.cat([flatten(), source.reshape([targets.count])])
      .indexSelect(dim: 0, index: Tensor(rows.order))
    while rows.longest > 1 {
      let (left, right) = rows.halve()
      let padded = Autograd.cat([factors, .ones([1], dtype: dtype)])
      factors =
        factors.indexSelect(dim: 0, index: Tensor(left))
        * padded.indexSelect(dim: 0, index: Tensor(right))
    }
    return factors.reshape(shape)
  }
}

/// The factors of several products in one list, a row for each product.
private struct FactorRows {
  /// The number of factors of each product.
  private var lengths: [Int]
  /// The list as factors: first one of each product, then those with targets, in order.
  let order: [Int]

  var longest: Int { lengths.max() ?? 0 }

  /// One factor for each of `products`, and one more for each of `targets`.
  init(products: Int, targets: [Int]) {
    lengths = [Int](repeating: 1, count: products)
    for target in targets { lengths[target] += 1 }
    var next = FactorRows.starts(lengths)
    var order = [Int](repeating: 0, count: products + targets.count)
    for (factor, product) in (Array(0..<products) + targets).enumerated() {
      order[next[product]] = factor
      next[product] += 1
    }
    self.order = order
  }

  /// Halves the rows: which elements are multiplied, where the place past the last one of the list
  /// means that there is no partner.
  mutating func halve() -> (left: [Int], right: [Int]) {
    let starts = FactorRows.starts(lengths)
    let end = lengths.reduce(0, +)
    var (left, right): ([Int], [Int]) = ([], [])
    for (start, length) in zip(starts, lengths) {
      for i in stride(from: 0, to: length, by: 2) {
        left.append(start + i)
        right.append(i + 1 < length ? start + i + 1 : end)
      }
    }
    lengths = lengths.map { ($0 + 1) / 2 }
    return (left, right)
  }

  private static func starts(_ lengths: [Int]) -> [Int] {
    var sum = 0
    return lengths.map { length in
      defer { sum += length }
      return sum
    }
  }
}
