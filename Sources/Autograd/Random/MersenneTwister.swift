#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The source of random bits: Matsumoto and Nishimura's MT19937, in the arrangement of PyTorch's
/// CPU generator, so that one seed gives the same numbers there and here.
struct MersenneTwister: Sendable, Equatable {
  /// The number of words in the state.
  static let length = 624

  /// What the words were made from; only the low 32 bits take part.
  private(set) var seed: UInt64
  private(set) var words: [UInt32]
  /// The words that are left of this round, and one: a new round begins when a draw finds 1.
  private(set) var left = 1
  /// The position of the next word.
  private(set) var next = 0
  /// The second number of the last pair that ``normal()`` made.
  private(set) var spareNormal: Double?

  init(seed: UInt64) {
    self.seed = seed
    words = [UInt32(truncatingIfNeeded: seed)]
    words.reserveCapacity(Self.length)
    for i in 1..<Self.length {
      let last = words[i - 1]
      words.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(i))
    }
  }

  /// A state that was saved; nil unless it is one that draws can lead to.
  init?(seed: UInt64, words: [UInt32], left: Int, next: Int, spareNormal: Double?) {
    let isWithinRound = left + next == Self.length + 1 && (0...Self.length).contains(next)
    guard words.count == Self.length, isWithinRound || (left == 1 && next == 0) else { return nil }
    self.seed = seed
    self.words = words
    self.left = left
    self.next = next
    self.spareNormal = spareNormal
  }

  private mutating func beginRound() {
    let (n, m) = (Self.length, 397)
    words.withUnsafeMutableBufferPointer { words in
      func twist(_ i: Int, _ after: Int, _ source: Int) {
        let joined = (words[i] & 0x8000_0000) | (words[after] & 0x7fff_ffff)
        words[i] = words[source] ^ (joined >> 1) ^ (words[after] & 1 &* 0x9908_b0df)
      }
      // Without wrapping indices the loops vectorise.
      for i in 0..<n - m { twist(i, i + 1, i + m) }
      for i in n - m..<n - 1 { twist(i, i + 1, i + m - n) }
      twist(n - 1, 0, m - 1)
    }
    left = n + 1
    next = 0
  }
}

// MARK: - Draws

extension MersenneTwister {
  /// 32 random bits.
  mutating func bits32() -> UInt32 {
    if left == 1 { beginRound() }
    left -= 1
    defer { next += 1 }
    return Self.temper(words[next])
  }

  /// Hands `body` the numbers 0 ..< `count` in order, and 32 random bits with each.
  mutating func forEachBits32(_ count: Int, _ body: (Int, UInt32) -> Void) {
    var done = 0
    while done < count {
      if left == 1 { beginRound() }
      // As much of the round as is left: a loop without calls, which vectorises.
      let run = min(left - 1, count - done)
      words.withUnsafeBufferPointer { words in
        for k in 0..<run { body(done + k, Self.temper(words[next + k])) }
      }
      left -= run
      next += run
      done += run
    }
  }

  private static func temper(_ word: UInt32) -> UInt32 {
    var y = word
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  /// 64 random bits: the high half is drawn first.
  mutating func bits64() -> UInt64 {
    let high = UInt64(bits32())
    return high << 32 | UInt64(bits32())
  }

  /// An integer from 0 ..< `range`; `range` 0 stands for 2⁶⁴.
  ///
  /// The remainder favours small integers, by less than one part in 16 for a 32-bit draw: that is
  /// what PyTorch does, and where it changes over.
  mutating func integer(below range: UInt64) -> UInt64 {
    if range == 0 { return bits64() }
    return range < 1 << 28 ? UInt64(bits32()) % range : bits64() % range
  }

  /// A number from the standard normal distribution, by the method of Box and Muller. Numbers come
  /// in pairs: the second waits for the next call, whatever is drawn in between.
  mutating func normal() -> Double {
    if let spare = spareNormal.take() { return spare }
    let u1 = Double.uniform(&self)
    let u2 = Double.uniform(&self)
    let radius = (-2 * log1p(-u2)).squareRoot()
    let angle = 2 * Double.pi * u1
    spareNormal = radius * sin(angle)
    return radius * cos(angle)
  }
}

// MARK: - Real numbers

/// A type that real numbers are drawn in.
protocol RandomReal: BinaryFloatingPoint, TensorScalar {
  /// A number from [0, 1): as many of the low bits of a draw as the significand holds.
  static func uniform(_ engine: inout MersenneTwister) -> Self
  /// Fills `x` with such numbers.
  static func uniform(_ x: UnsafeMutableBufferPointer<Self>, _ engine: inout MersenneTwister)
  /// start + u·range, rounded once.
  static func scaled(_ u: Self, by range: Self, from start: Self) -> Self
}

extension Float: RandomReal {
  static func uniform(_ engine: inout MersenneTwister) -> Float { fraction(engine.bits32()) }

  static func uniform(_ x: UnsafeMutableBufferPointer<Float>, _ engine: inout MersenneTwister) {
    engine.forEachBits32(x.count) { i, bits in x[i] = fraction(bits) }
  }

  private static func fraction(_ bits: UInt32) -> Float { Float(bits & 0xff_ffff) * 0x1p-24 }

  static func scaled(_ u: Float, by range: Float, from start: Float) -> Float {
    // The product is exact, and this is faster than a fused operation that may have no instruction.
    Float(Double(start) + Double(u) * Double(range))
  }
}

extension Double: RandomReal {
  static func uniform(_ engine: inout MersenneTwister) -> Double {
    Double(engine.bits64() & 0x1f_ffff_ffff_ffff) * 0x1p-53
  }

  static func uniform(_ x: UnsafeMutableBufferPointer<Double>, _ engine: inout MersenneTwister) {
    for i in x.indices { x[i] = uniform(&engine) }
  }

  static func scaled(_ u: Double, by range: Double, from start: Double) -> Double {
    start.addingProduct(u, range)
  }
}

extension DType {
  /// Stops unless real numbers of this dtype can be drawn.
  func requireReal(op: StaticString) {
    require(
      isFloatingPoint,
      "\(opName(op)): real numbers do not fit a tensor of dtype \(self); cast it to(.float32)")
  }

  /// The value for the type that real numbers of this dtype are drawn in.
  ///
  /// Both are written out, since a generic function of a type that is known only when it runs is
  /// not specialised, hence slow.
  func real<R>(
    op: StaticString, float: @autoclosure () -> R, double: @autoclosure () -> R
  ) -> R {
    requireReal(op: op)
    return self == .float64 ? double() : float()
  }
}
