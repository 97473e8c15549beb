import Autograd
import TestSupport
import Testing

@Suite struct DivisionTests {
  private static let dividends = [-7, -6, -1, 0, 1, 5, 6, 7]
  private static let divisors = [-3, -1, 1, 2, 3]

  private func grid(_ op: (Tensor, Tensor) -> Tensor, _ dtype: DType) -> [Int] {
    let a = Tensor(Self.dividends, dtype: dtype).reshape([-1, 1])
    let y = op(a, Tensor(Self.divisors, dtype: dtype))
    #expect(y.dtype == dtype)
    return y.reshape([-1]).array(of: Int.self)
  }

  @Test(arguments: [DType.int64, .int32, .float32, .float64])
  func signs(_ dtype: DType) {
    let pairs = Self.dividends.flatMap { a in Self.divisors.map { (a, $0) } }
    func floored(_ a: Int, _ b: Int) -> Int { Int((Double(a) / Double(b)).rounded(.down)) }
    #expect(grid({ $0.div($1, roundingMode: .trunc) }, dtype) == pairs.map { $0 / $1 })
    #expect(grid({ $0.div($1, roundingMode: .floor) }, dtype) == pairs.map { floored($0, $1) })
    #expect(grid({ $0.fmod($1) }, dtype) == pairs.map { $0 % $1 })
    #expect(grid({ $0.remainder($1) }, dtype) == pairs.map { $0 - $1 * floored($0, $1) })
  }

  @Test func integerLimits() {
    for (dtype, least) in [(DType.int64, Int.min), (.int32, Int(Int32.min))] {
      let (a, b) = (Tensor([least], dtype: dtype), Tensor([-1], dtype: dtype))
      // The quotient wraps around, as all integer arithmetic does.
      #expect(a.div(b, roundingMode: .trunc).equal(a) && a.div(b, roundingMode: .floor).equal(a))
      #expect(a.fmod(b).item() == 0 && a.remainder(b).item() == 0)
    }
    let bytes = Tensor([255, 254], dtype: .uint8)
    #expect(bytes.div(bytes, roundingMode: .floor).values == [1, 1])
    #expect(bytes.remainder(Tensor([100], dtype: .uint8)).values == [55, 54])
  }

  @Test func promotion() {
    #expect(Tensor([7]).div(2, roundingMode: .floor).dtype == .int64)
    #expect(Tensor([7]).div(2.0, roundingMode: .floor).dtype == .float32)
    #expect(Tensor([7], dtype: .int32).remainder(Tensor([2])).dtype == .int64)
    #expect(Tensor([true]).fmod(2).dtype == .int64)
  }

  @Test func zerosInfinitiesAndNaN() {
    let inf = Double.infinity
    func floored(_ a: Double, _ b: Double) -> Double {
      Tensor(a, dtype: .float64).div(b, roundingMode: .floor).item()
    }
    #expect(floored(1, 0.1) == 9 && (Tensor(1.0, dtype: .float64) / 0.1).floor().item() == 10)
    #expect(floored(-1, inf) == -1 && floored(1, inf) == 0 && floored(1, 0) == inf)
    #expect(floored(inf, 1).isNaN && floored(-0.0, 1).sign == .minus)
    // Exact for any quotient; PyTorch gives NaN where it overflows.
    let x = Tensor([1.7e308, 5e307], dtype: .float64)
    #expect(x.fmod(0.5).values == [0, 0] && x.remainder(-0.5).values == [0, 0])
    #expect(Tensor([-1.0, 1]).remainder(inf).values == [inf, 1])
    #expect(Tensor([-1.0, 1]).fmod(inf).values == [-1, 1])
  }

  @Test func integersDividedByZeroStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2]).div(Tensor([1, 0]), roundingMode: .floor)
      }, "div: integer division by zero")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2]).remainder(0)
      }, "remainder: integer division by zero")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2], dtype: .uint8).fmod(Tensor([false]))
      }, "fmod: integer division by zero")
  }
}
