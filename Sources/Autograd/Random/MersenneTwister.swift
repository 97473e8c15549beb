#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The source of random bits: Matsumoto and Nishimura's MT19937, in the arrangement of PyTorch's CPU
/// generator, so that one seed gives the same numbers there and here.
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
      for i in 0..<n {
        let (low, source) = (words[i + 1 < n ? i + 1 : 0], words[i + m < n ? i + m : i + m - n])
        let joined = (words[i] & 0x8000_0000) | (low & 0x7fff_ffff)
        words[i] = source ^ (joined >> 1) ^ (low & 1 == 0 ? 0 : 0x9908_b0df)
      }
    }
    left = n
    next = 0
  }
}

// MARK: - Draws

extension MersenneTwister {
  /// 32 random bits.
  mutating func bits32() -> UInt32 {
    left -= 1
    if left == 0 { beginRound() }
    var y = words[next]
    next += 1
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
  /// The remainder favours small integers, by less than one part in 16 for a 32-bit draw: that is what
  /// PyTorch does, and where it changes over.
  mutating func integer(below range: UInt64) -> UInt64 {
    if range == 0 { return bits64() }
    return range < 1 << 28 ? UInt64(bits32()) % range : bits64() % range
  }

  /// A number from the standard normal distribution, by the method of Box and Muller. Numbers come in
  /// pairs: the second waits for the next call, whatever is drawn in between.
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
  /// Two numbers from the standard normal distribution: √(−2 ln(1 − u)) times the cosine and the sine
  /// of 2πv.
  static func normals(_ u: Self, _ v: Self) -> (Self, Self)
}

extension Float: RandomReal {
  static func uniform(_ engine: inout MersenneTwister) -> Float {
    Float(engine.bits32() & 0xff_ffff) * 0x1p-24
  }
  static func normals(_ u: Float, _ v: Float) -> (Float, Float) {
    let radius = (-2 * logf(1 - u)).squareRoot()
    // Not Float.pi, which is rounded towards zero.
    let angle = Float(2 * Double.pi) * v
    return (radius * cosf(angle), radius * sinf(angle))
  }
}

extension Double: RandomReal {
  static func uniform(_ engine: inout MersenneTwister) -> Double {
    Double(engine.bits64() & 0x1f_ffff_ffff_ffff) * 0x1p-53
  }
  static func normals(_ u: Double, _ v: Double) -> (Double, Double) {
    let radius = (-2 * log(1 - u)).squareRoot()
    let angle = 2 * .pi * v
    return (radius * cos(angle), radius * sin(angle))
  }
}

extension DType {
  /// The type to draw real numbers of this dtype in.
  func real(op: StaticString) -> any RandomReal.Type {
    switch self {
    case .float32: Float.self
    case .float64: Double.self
    case .int64, .int32, .uint8, .bool:
      fail("\(opName(op)): real numbers do not fit a tensor of dtype \(self); cast it to(.float32)")
    }
  }
}
