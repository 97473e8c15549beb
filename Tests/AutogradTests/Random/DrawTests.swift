import Autograd
import TestSupport
import Testing

/// Draws of torch 2.13 after `torch.manual_seed(0)`.
@Suite(.ownGenerator) struct DrawTests {
  private static var row: Tensor { Tensor([0.1, 0.2, 0.3, 0.4]) }
  private static var rows: Tensor { Tensor([[0.1, 0.2, 0.3, 0.4], [4, 3, 0, 1]]) }
  private func seeded() -> Generator { Generator(seed: 0) }

  // MARK: - bernoulli

  /// The draws are those of uniform doubles, from any position of the generator's block on, and leave
  /// it at the same position.
  @Test(arguments: [0, 1, 2, 622, 623, 624])
  func bernoulliDrawsDoubles(skipped: Int) {
    for dtype in [DType.float32, .float64, .int64, .int32, .uint8, .bool] {
      for p in [0, 0.3, 0.5, 1] {
        let (one, other) = (seeded(), seeded())
        for generator in [one, other] { _ = Tensor.rand(skipped, generator: generator) }
        let flags = Tensor.empty([997], dtype: dtype).bernoulli_(p, generator: one)
        let draws = Tensor.rand([997], dtype: .float64, generator: other)
        #expect(flags.values == draws.values.map { $0 < p ? 1 : 0 }, "\(dtype) \(p)")
        #expect(one.state == other.state)
      }
    }
  }

  // MARK: - multinomial

  @Test func withoutReplacement() {
    let (row, rows) = (Self.row, Self.rows)
    #expect(row.multinomial(1, generator: seeded()).array(of: Int.self) == [2])
    #expect(row.multinomial(3, generator: seeded()).array(of: Int.self) == [2, 1, 3])
    #expect(row.to(.float64).multinomial(3, generator: seeded()).array(of: Int.self) == [2, 1, 3])
    let two = rows.multinomial(2, generator: seeded())
    #expect(two.shape == [2, 2] && two.dtype == .int64)
    #expect(two.array(of: Int.self) == [2, 1, 0, 3])
    #expect(
      Tensor(1...40).to(.float32).multinomial(12, generator: seeded()).array(of: Int.self)
        == [33, 22, 32, 29, 24, 20, 39, 17, 11, 37, 34, 36])
  }

  @Test func withReplacement() {
    let (row, rows) = (Self.row, Self.rows)
    for row in [row, row.to(.float64)] {
      #expect(
        row.multinomial(8, replacement: true, generator: seeded()).array(of: Int.self)
          == [3, 3, 2, 3, 3, 3, 1, 2])
    }
    #expect(
      rows.multinomial(6, replacement: true, generator: seeded()).array(of: Int.self)
        == [3, 3, 2, 3, 3, 3, 0, 0, 1, 0, 0, 0])
    #expect(
      rows.multinomial(1, replacement: true, generator: seeded()).array(of: Int.self) == [2, 0])
  }

  @Test func whatCannotBeDrawnFrom() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([0.5, 0.5]).multinomial(3) }
    await #expect(processExitsWith: .failure) { _ = Tensor([0.5, -0.5]).multinomial(1) }
    await #expect(processExitsWith: .failure) { _ = Tensor([[0.5, 0.5], [0, 0]]).multinomial(1) }
    await #expect(processExitsWith: .failure) { _ = Tensor([1, 2]).multinomial(1) }
  }

  // MARK: - normal

  private func expectClose(_ x: Tensor, _ expected: [Double]) {
    #expect(x.allclose(Tensor(expected).reshape(x.shape), rtol: 1e-6, atol: 1e-6), "\(x)")
  }

  @Test func normalOfNumbersAndTensors() {
    expectClose(
      Tensor.normal(2, 3, [5], generator: seeded()),
      [6.622988224029541, 1.119713306427002, -4.536368370056152, 3.705293894, -1.25356698])
    let three = Tensor([1.0, 2, 3])
    expectClose(
      Tensor.normal(three, 0.5, generator: seeded()), [1.7704980373, 1.85328555107, 1.91060531139])
    expectClose(
      Tensor.normal(1, three, generator: seeded()), [2.5409960746, 0.4131422042, -5.5363683700])
    expectClose(
      Tensor.normal(Tensor([[1.0], [2]]), three, generator: seeded()),
      [2.5409960746, 0.4131422042, -5.53636837, 2.56843137741, -0.1690447330, -2.1957864761])
    let leaf = Tensor([1.0], requiresGrad: true)
    #expect(!Tensor.normal(leaf, leaf).requiresGrad && !leaf.multinomial(1).requiresGrad)
  }

  @Test func bernoulliOfANumber() {
    let draws = Tensor.zeros(10).bernoulli(0.3, generator: seeded())
    #expect(draws.values == [0, 0, 0, 0, 0, 0, 1, 0, 0, 1])
  }
}
