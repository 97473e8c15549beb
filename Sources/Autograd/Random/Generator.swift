import Synchronization

/// A random number generator that produces the numbers of PyTorch's CPU generator.
///
/// Every op that draws takes one as `generator:`; left out, it is ``default``, which
/// ``manualSeed(_:)`` sets. The same seed and the same calls give the same numbers as in PyTorch,
/// to rounding.
///
/// ```swift
/// let generator = Generator(seed: 0)
/// Tensor.rand([2], generator: generator)  // tensor([0.4963, 0.7682])
/// ```
///
/// A generator may be shared between threads: an op holds its lock while it draws. The order of the
/// draws is then not deterministic: for reproducible numbers give each thread a generator of its
/// own.
public final class Generator: Sendable {
  private let engine: Mutex<MersenneTwister>

  private static let ofProcess = Generator(seed: Int.random(in: .min ... .max))
  @TaskLocal private static var ofTask: Generator?

  /// The generator of ops that get no other: one for the process, randomly seeded at its start, or
  /// that of ``withDefault(_:_:)``.
  public static var `default`: Generator { ofTask ?? ofProcess }

  /// Runs `body` with `generator` as the ``default`` of its task, so that no other code draws from
  /// it, and the global default stays unchanged: PyTorch's `fork_rng`.
  public static func withDefault<R>(_ generator: Generator, _ body: () throws -> R) rethrows -> R {
    try $ofTask.withValue(generator, operation: body)
  }

  /// Runs `body`, which may wait, with `generator` as the ``default`` of its task, on the actor of
  /// the caller.
  public static func withDefault<R>(
    _ generator: Generator, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> R
  ) async rethrows -> R {
    try await $ofTask.withValue(generator, operation: body, isolation: isolation)
  }

  /// A generator that starts from `seed`; by default from the number that PyTorch starts from.
  public init(seed: Int = 67_280_421_310_721) {
    engine = Mutex(MersenneTwister(seed: UInt64(bitPattern: Int64(seed))))
  }

  /// Restarts the stream from `seed`. Only its low 32 bits are used, as in PyTorch; it may be
  /// negative.
  @discardableResult
  public func manualSeed(_ seed: Int) -> Generator {
    withEngine { $0 = MersenneTwister(seed: UInt64(bitPattern: Int64(seed))) }
    return self
  }

  /// Restarts the stream from a random seed.
  ///
  /// - Returns: the seed.
  @discardableResult
  public func seed() -> Int {
    let seed = Int.random(in: .min ... .max)
    manualSeed(seed)
    return seed
  }

  /// The seed that the generator last started from.
  public var initialSeed: Int {
    Int(Int64(bitPattern: withEngine { $0.seed }))
  }

  /// The state; restoring it repeats the numbers that followed.
  public var state: State {
    get { State(engine: withEngine { $0 }) }
    set { withEngine { $0 = newValue.engine } }
  }

  /// Calls `body` with the engine, which no other thread draws from meanwhile.
  func withEngine<R: Sendable>(_ body: (inout MersenneTwister) -> R) -> R {
    engine.withLock { body(&$0) }
  }
}

/// Seeds the default generator: call it first for reproducible numbers.
@discardableResult
public func manualSeed(_ seed: Int) -> Generator { Generator.default.manualSeed(seed) }

// MARK: - State

extension Generator {
  /// The state of a generator, for checkpoints.
  public struct State: Sendable, Equatable {
    let engine: MersenneTwister
  }

  /// Why bytes are not the state of a generator.
  public struct StateError: Error, CustomStringConvertible {
    public let description: String
  }
}

extension Generator.State {
  // PyTorch's layout, little-endian: seed, left (int32), whether seeded (int32), next, 624 words of
  // 64 bits, an unused double, the spare normal, an unused double, whether there is one (int32,
  // padded), and 8 unused bytes.
  private static let byteCount = 5056
  private static let wordsOffset = 24
  private static let spareOffset = wordsOffset + 8 * MersenneTwister.length + 8

  /// The state as the bytes of `torch.get_rng_state()`.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    append(engine.seed)
    append(Int32(engine.left))
    append(Int32(1))
    append(UInt64(engine.next))
    for word in engine.words { append(UInt64(word)) }
    append(UInt64(0))
    append((engine.spareNormal ?? 0).bitPattern)
    append(UInt64(0))
    append(UInt64(engine.spareNormal == nil ? 0 : 1))
    append(UInt64(0))
    return bytes
  }

  /// The state in the bytes of `torch.get_rng_state()`, or of ``bytes``.
  public init(bytes: [UInt8]) throws(Generator.StateError) {
    guard bytes.count == Self.byteCount else {
      throw .init(
        description: """
          the state of a generator has \(Self.byteCount) bytes, but here are \(bytes.count)
          """)
    }
    func value<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) -> T {
      bytes.withUnsafeBytes {
        T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self))
      }
    }
    let hasSpare = value(Int32.self, at: Self.spareOffset + 16) != 0
    let spare = Double(bitPattern: value(UInt64.self, at: Self.spareOffset))
    let engine = MersenneTwister(
      seed: value(UInt64.self, at: 0),
      words: (0..<MersenneTwister.length).map {
        UInt32(truncatingIfNeeded: value(UInt64.self, at: Self.wordsOffset + 8 * $0))
      },
      left: Int(value(Int32.self, at: 8)),
      next: Int(truncatingIfNeeded: value(UInt64.self, at: 16)),
      spareNormal: hasSpare ? spare : nil)
    guard let engine, value(Int32.self, at: 12) == 1 else {
      throw .init(
        description: """
          these \(bytes.count) bytes are not the state of a generator: its position is out of range
          """)
    }
    self.engine = engine
  }
}
