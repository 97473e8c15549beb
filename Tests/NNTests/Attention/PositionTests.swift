import Autograd
import Foundation
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct PositionTests {
  /// The angle of pair i of `dim` features at a position.
  private func angle(_ position: Int, _ i: Int, _ dim: Int, base: Double = 10_000) -> Double {
    Double(position) * pow(base, -2 * Double(i) / Double(dim))
  }

  @Test func neighboursOrHalvesAreTurned() {
    let x = seq([2, 3, 4]).detach()
    let values = x.array(of: Double.self)
    for (pairs, first, second) in [
      (RotaryPairs.interleaved, [0, 2], [1, 3]), (.halves, [0, 1], [2, 3]),
    ] {
      var expected = values
      for row in 0..<6 {
        for i in 0..<2 {
          let a = angle(row % 3 + 5, i, 4, base: 100)
          let (p, q) = (row * 4 + first[i], row * 4 + second[i])
          expected[p] = values[p] * cos(a) - values[q] * sin(a)
          expected[q] = values[p] * sin(a) + values[q] * cos(a)
        }
      }
      expectClose(rotaryEmbedding(x, base: 100, pairs: pairs, offset: 5), expected)
      let layer = RotaryEmbedding(4, base: 100, pairs: pairs)
      expectClose(layer(x, offset: 5), expected)
      // [batch, length, heads, features], as torchtune has it.
      let moved = x.reshape([1, 2, 3, 4]).transpose(1, 2)
      let y = rotaryEmbedding(moved, base: 100, pairs: pairs, offset: 5, sequenceDim: 1)
      expectClose(y.transpose(1, 2), expected)
    }
    #expect(
      "\(RotaryEmbedding(4))"
        == "RotaryEmbedding(4, base: 10000.0, pairs: interleaved, sequenceDim: -2)")
  }

  @Test func productsDependOnTheDistance() {
    let (q, k) = (seq([1, 8]).detach(), seq([1, 8], k: 5).detach())
    func product(_ i: Int, _ j: Int) -> Double {
      (rotaryEmbedding(q, offset: i) * rotaryEmbedding(k, offset: j)).sum().item()
    }
    #expect(abs(product(7, 3) - product(104, 100)) < 1e-12)
  }

  @Test func theRestOfTheFeaturesStays() {
    let x = seq([3, 5]).detach()
    let y = rotaryEmbedding(x, dim: 2)
    #expect(y[0..., 2...].values == x[0..., 2...].values)
    expectClose(y[0..., 0..<2], rotaryEmbedding(x[0..., 0..<2]).values)
    #expect(rotaryEmbedding(x, dim: 0).values == x.values)
    #expect(rotaryEmbedding(x.to(.float32), dim: 2).dtype == .float32)
  }

  @Test func sinesAndCosines() {
    for dim in [1, 4, 5] {
      let expected = (3..<6).flatMap { p in
        (0..<dim).map { i in
          i % 2 == 0 ? sin(angle(p, i / 2, dim)) : cos(angle(p, i / 2, dim))
        }
      }
      expectClose(sinusoidalPositions(3, dim, offset: 3, dtype: .float64), expected)
    }
    #expect(sinusoidalPositions(0, 4).shape == [0, 4])
    let x = seq([3, 2, 4]).detach()
    let layer = SinusoidalPositions(4)
    let positions = sinusoidalPositions(3, 4, dtype: .float64)
    expectClose(layer(x), (x + positions.unsqueeze(1)).values)
    expectClose(layer(x[0..., 0]), (x[0..., 0] + positions).values)
    let batchFirst = SinusoidalPositions(4, batchFirst: true)
    expectClose(
      batchFirst(x, offset: 1), (x + sinusoidalPositions(2, 4, offset: 1, dtype: .float64)).values)
    let dropping = SinusoidalPositions(4, dropout: 0.9)
    #expect(dropping(x).values.contains(0) && dropping.eval()(x).values == layer(x).values)
  }

  @Test func misuseStops() async {
    let results = await [
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = rotaryEmbedding(.zeros(2, 3))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = rotaryEmbedding(.zeros(2, 4), sequenceDim: -1)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = RotaryEmbedding(4, base: 0)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = SinusoidalPositions(4)(.zeros(2, 3))
      },
    ]
    let messages = [
      "rotaryEmbedding: the number of turned features must be even", "is that of the features",
      "RotaryEmbedding: base must be positive", "SinusoidalPositions: expected floating-point",
    ]
    for (result, message) in zip(results, messages) { expectMessage(result, message) }
  }
}
