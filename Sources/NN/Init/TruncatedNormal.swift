// Normal numbers inside a range: three ways to draw them, by where the range is.

import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Draws every element from the normal distribution, truncated to [`a`, `b`].
///
/// The numbers are PyTorch's, except in a tail of the distribution if the range is long there:
/// PyTorch draws candidates from the whole range and rejects nearly all of them, which may take
/// hours. Source for that case: Robert, Simulation of truncated normal variables, 1995.
///
/// - Parameters:
///   - x: the tensor to overwrite, floating-point.
///   - mean: the mean of the normal distribution, without the bounds.
///   - std: its standard deviation, positive.
///   - a: the lower bound; may be −∞.
///   - b: the upper bound, at least `a`; may be ∞.
///   - generator: the source of the random numbers.
@discardableResult
public func truncNormal_(
  _ x: Tensor, mean: Double = 0, std: Double = 1, a: Double = -2, b: Double = 2,
  generator: Generator = .default
) -> Tensor {
  x.dtype.requireReal(op: #function)
  require(
    mean.isFinite && std > 0 && std.isFinite,
    """
    truncNormal_: expected a finite mean and a finite, positive std, but they are \(mean) and \(std)
    """)
  require(
    a <= b && (a < b || a.isFinite),
    "truncNormal_: the lower bound a must not be above b, but they are \(a) and \(b)")
  let normal = TruncatedNormal(mean: mean, std: std, a: a, b: b, generator: generator)
  let elements =
    if normal.insideChance > 0.3 {
      normal.drawUntilInside(x.shape, x.dtype)
    } else if normal.isLongTail {
      normal.drawTail(x.numel, x.dtype)
    } else {
      normal.sampleByRejection(x.shape, x.dtype)
    }
  return noGrad { x.copy_(Tensor(elements, shape: x.shape, dtype: x.dtype)) }
}

/// A normal distribution between two bounds. The functions return the elements of a tensor.
private struct TruncatedNormal {
  let mean: Double
  let std: Double
  let a: Double
  let b: Double
  let generator: Generator

  /// The chance that a number of the whole distribution is inside.
  var insideChance: Double { below(b) - below(a) }

  private func below(_ x: Double) -> Double { (1 + erf((x - mean) / std / 2.0.squareRoot())) / 2 }

  /// The distance of the range from the mean, in standard deviations; negative if the mean is
  /// inside.
  private var distance: Double { max(a - mean, mean - b) / std }

  /// The rate of the exponential distribution from the near bound on that is closest above the
  /// tail.
  private var rate: Double { (distance + hypot(distance, 2)) / 2 }

  /// Whether the range is in a tail and so long that less than about 1 in 100 of its numbers would
  /// be accepted.
  var isLongTail: Bool { distance > 0 && rate * ((b - a) / std) > 100 }

  // MARK: - The ways to draw

  /// Draws all elements again until each one has been inside the range once: PyTorch's numbers.
  func drawUntilInside(_ shape: [Int], _ dtype: DType) -> [Double] {
    func draw() -> [Double] {
      Tensor.empty(shape, dtype: dtype).drawNormal(mean, std, generator, op: "truncNormal_")
        .array(of: Double.self)
    }
    let (low, high) = (rounded(a, dtype), rounded(b, dtype))
    var elements = draw()
    for _ in 0..<Self.rounds {
      guard let first = elements.firstIndex(where: { $0 < low || $0 > high }) else { break }
      let next = draw()
      for i in first..<elements.count where elements[i] < low || elements[i] > high {
        elements[i] = next[i]
      }
    }
    return elements.map { min(max($0, low), high) }
  }

  /// Draws uniformly from the range and accepts each number with the ratio of its density to the
  /// highest one: PyTorch's numbers.
  func sampleByRejection(_ shape: [Int], _ dtype: DType) -> [Double] {
    func draw(_ from: Double, _ to: Double) -> [Double] {
      Tensor.empty(shape, dtype: dtype).drawUniform(from, to, generator, op: "truncNormal_")
        .array(of: Double.self)
    }
    func logDensity(_ x: Double) -> Double {
      let z = (min(max(x, a), b) - mean) / std
      return -0.5 * z * z
    }
    let peak = logDensity(mean)
    var elements = [Double](repeating: 0, count: shape.reduce(1, *))
    var pending = Array(elements.indices)
    for _ in 0..<Self.rounds where !pending.isEmpty {
      let candidates = draw(a, b)
      let chances = draw(0, 1)
      pending = pending.filter { i in
        elements[i] = candidates[i]
        return log(chances[i]) > logDensity(candidates[i]) - peak
      }
    }
    return elements
  }

  /// Draws the distances w from the near bound, exponentially with the ``rate`` λ, and accepts each
  /// with the chance exp(−(w − λ + α)²/2) at a ``distance`` α, in standard deviations: at least 3 in
  /// 4 are accepted.
  func drawTail(_ count: Int, _ dtype: DType) -> [Double] {
    func draw(_ count: Int) -> (steps: [Double], chances: [Double]) {
      let x = Tensor.empty([count], dtype: .float64)
      let steps = x.exponential_(generator: generator).array(of: Double.self)
      return (steps, x.uniform_(generator: generator).array(of: Double.self))
    }
    // λ − α without the difference of large numbers.
    let gap = 2 / (distance + hypot(distance, 2))
    let (width, isUpper) = ((b - a) / std, a > mean)
    let (low, high) = (ceiled(a, dtype), -ceiled(-b, dtype))
    var elements = [Double](repeating: 0, count: count)
    var pending = Array(elements.indices)
    while !pending.isEmpty {
      let (steps, chances) = draw(pending.count)
      var rejected: [Int] = []
      for (i, k) in pending.enumerated() {
        let w = steps[i] / rate
        if w > width || log(chances[i]) > -(w - gap) * (w - gap) / 2 {
          rejected.append(k)
        } else {
          let x = rounded(isUpper ? a + std * w : b - std * w, dtype)
          elements[k] = min(max(x, low), high)
        }
      }
      pending = rejected
    }
    return elements
  }

  /// More than enough: a number of the first two ways is accepted in this many rounds but for a
  /// chance of 1e-17, unless the dtype has no number inside the range.
  private static let rounds = 4096

  // MARK: - Rounding

  private func rounded(_ x: Double, _ dtype: DType) -> Double {
    dtype == .float32 ? Double(Float(x)) : x
  }

  /// The least number of the dtype that is not below `x`.
  private func ceiled(_ x: Double, _ dtype: DType) -> Double {
    let y = rounded(x, dtype)
    return y < x ? Double(Float(y).nextUp) : y
  }
}
