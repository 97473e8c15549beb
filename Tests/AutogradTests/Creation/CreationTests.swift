import Autograd
import TestSupport
import Testing

/// The expected numbers are PyTorch's.
@Suite struct CreationTests {
  @Test func arange() {
    #expect(Tensor.arange(5).values == [0, 1, 2, 3, 4] && Tensor.arange(5).dtype == .int64)
    #expect(Tensor.arange(1, 10, 3).values == [1, 4, 7])
    #expect(Tensor.arange(5, 0, -2).values == [5, 3, 1])
    #expect(Tensor.arange(0, -5, -2).values == [0, -2, -4])
    #expect(Tensor.arange(0).shape == [0] && Tensor.arange(3, 3).shape == [0])
    #expect(Tensor.arange(2.5).values == [0, 1, 2] && Tensor.arange(2.5).dtype == .float32)
    #expect(Tensor.arange(1, 2.5, 0.3).numel == 5)
    #expect(
      Tensor.arange(0, 1, 0.1, dtype: .float64).values == [
        0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6000000000000001, 0.7000000000000001, 0.8,
        0.9,
      ])
    #expect(Tensor.arange(0, 5.5, dtype: .int64).values == [0, 1, 2, 3, 4, 5])
    #expect(Tensor.arange(3, dtype: .float32, requiresGrad: true).requiresGrad)
    #expect(Tensor.arange(Int.max - 1, Int.max).array(of: Int.self) == [Int.max - 1])
  }

  @Test func linspace() {
    #expect(Tensor.linspace(0, 1, 3).values == [0, 0.5, 1])
    #expect(
      Tensor.linspace(-3, 8, 6, dtype: .float64).values == [
        -3, -0.7999999999999998, 1.4000000000000004, 3.5999999999999996, 5.8, 8,
      ])
    #expect(Tensor.linspace(-3, 8, 6, dtype: .int64).values == [-3, 0, 1, 3, 5, 8])
    #expect(Tensor.linspace(3, 4, 1).values == [3] && Tensor.linspace(3, 4, 0).shape == [0])
  }

  /// Each element is computed from its index, whatever the number of threads and the vector width.
  @Test func longRanges() {
    let n = 200_003
    func onThreads(_ make: () -> Tensor) -> Tensor {
      let y = withThreads(3, make)
      #expect(y.equal(withThreads(1, make)))
      return y
    }
    let reals = onThreads { .arange(-3, Double(n) * 0.7 - 3, 0.7, dtype: .float64) }
    #expect(
      reals.array(of: Double.self)
        == (0..<reals.numel).map { (-3).addingProduct(Double($0), 0.7) })
    let rounded = onThreads { .arange(-3, Double(n) * 0.7 - 3, 0.7) }
    #expect(rounded.equal(reals.to(.float32)))
    let whole = onThreads { .arange(7, 7 - 3 * n, -3) }
    #expect(whole.array(of: Int.self) == (0..<n).map { 7 - 3 * $0 })
    #expect(onThreads { .arange(n, dtype: .uint8) }.equal(Tensor.arange(n).to(.uint8)))

    let spaced = onThreads { .linspace(-1.3, 2.7, n) }
    let step = (Float(2.7) + 1.3) / Float(n - 1)
    let expected = (0..<n).map { i in
      i < n / 2
        ? Float(-1.3).addingProduct(step, Float(i))
        : Float(2.7).addingProduct(-step, Float(n - 1 - i))
    }
    #expect(spaced.array(of: Float.self) == expected)
  }

  @Test func identity() {
    #expect(Tensor.eye(2).values == [1, 0, 0, 1])
    #expect(Tensor.eye(2, 3, dtype: .bool).values == [1, 0, 0, 0, 1, 0])
    #expect(Tensor.eye(0).shape == [0, 0])
  }

  @Test func creationLikeATensor() {
    let x = Tensor([[1, 2]], dtype: .int32)
    #expect(Tensor.zerosLike(x).dtype == .int32 && Tensor.zerosLike(x).values == [0, 0])
    #expect(Tensor.onesLike(x, dtype: .float64).dtype == .float64)
    #expect(Tensor.fullLike(x, 2.5).values == [2, 2] && Tensor.emptyLike(x).shape == [1, 2])
    #expect(Tensor.onesLike(x, dtype: .float32, requiresGrad: true).requiresGrad)
  }

  @Test func aStepOfTheWrongSignStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(5, 0)
    }
    expectMessage(stop, "arange: a step of 1 does not lead from 5 to 0; change its sign")
  }

  @Test func aBoundThatIsNotFiniteStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(Double.nan)
    }
    expectMessage(
      stop, "arange: the bounds must be finite and the step not 0, but they are 0.0, nan and 1.0")
  }
}
