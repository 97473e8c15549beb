import Autograd
import TestSupport
import Testing

// The expected numbers are PyTorch's unless a comment says otherwise.

@Suite struct PointwiseTests {
  @Test(arguments: [DType.bool, .uint8, .int64])
  func anglesTakeTensorsOfAnyType(_ dtype: DType) {
    let y = Tensor([-2.0, 3], requiresGrad: true)
    let x = Tensor([1, 1]).to(dtype)
    expectClose(grad(of: y.atan2(x).sum(), wrt: y), [0.2, 0.1], tolerance: 1e-6)
    expectClose(grad(of: x.atan2(y).sum(), wrt: y), [-0.2, -0.1], tolerance: 1e-6)
  }

  @Test(arguments: PointwiseFunction.rows)
  func valuesAndDerivatives(_ row: PointwiseFunction) {
    let x = Tensor(PointwiseFunction.points, dtype: .float64, requiresGrad: true)
    let y = row.call(x)
    expectClose(y, row.values)
    expectClose(grad(of: y.sum(), wrt: x), row.derivatives, "derivative")
  }

  // MARK: - Two tensors

  @Test func powers() {
    expectFunction(
      { $0.pow($1) },
      [-.infinity, 1, 1, 0, .infinity, 1, 8, .nan, .infinity, 1, 1, 0],
      // At (-∞, -∞) PyTorch's derivative is NaN, at (NaN, 0) it is 0.
      [1, -2, 0, 0, -.infinity, 0, 12, .nan, .infinity, 0, 0, .nan],
      [
        .nan, .nan, 0, 0, -.infinity, 0.6931471805599453, 5.545177444479562, .nan, .infinity,
        .infinity, .nan, .nan,
      ])
  }

  @Test func extremes() {
    expectFunction(
      { $0.maximum($1) },
      [1, 2, 0, 2, 0, 2, 3, 1.5, .infinity, .infinity, .nan, -.infinity],
      [0, 0, 0.5, 0, 1, 1, 0, 0, 0.5, 1, 1, 0.5],
      [1, 1, 0.5, 1, 0, 0, 1, 1, 0.5, 0, 1, 0.5])
    expectFunction(
      { $0.minimum($1) },
      [-.infinity, -1, 0, 0, -1, 0, 2, -2, .infinity, 0, .nan, -.infinity],
      [1, 1, 0.5, 1, 0, 0, 1, 1, 0.5, 0, 1, 0.5],
      [0, 0, 0.5, 0, 1, 1, 0, 0, 0.5, 1, 1, 0.5])
  }

  @Test func sumsOfExponentials() {
    expectFunction(
      { $0.logaddexp($1) },
      [
        1, 2.048587351573742, 0.6931471805599453, 2.1269280110429727, 0.31326168751822286,
        2.1269280110429727, 3.313261687518223, 1.5297504182726205, .infinity, .infinity, .nan,
        -.infinity,
      ],
      [
        0, 0.04742587317756678, 0.5, 0.11920292202211755, 0.7310585786300049,
        0.8807970779778823, 0.2689414213699951, 0.02931223075135632, .nan, 1, .nan, .nan,
      ],
      [
        1, 0.9525741268224334, 0.5, 0.8807970779778823, 0.2689414213699951, 0.11920292202211755,
        0.7310585786300049, 0.9706877692486436, .nan, 0, .nan, .nan,
      ])
  }

  @Test func productsWithLogarithms() {
    expectFunction(
      { $0.xlogy($1) },
      [
        .nan, -0.6931471805599453, 0, 0, 0, -.infinity, 2.1972245773362196, -0.8109302162163288,
        .infinity, -.infinity, .nan, .nan,
      ],
      [
        0, 0.6931471805599453, 0, 0.6931471805599453, 0, -.infinity, 1.0986122886681098,
        0.4054651081081644, .infinity, -.infinity, -.infinity, .nan,
      ],
      [
        -.infinity, -0.5, .nan, 0, 0, .infinity, 0.6666666666666666, -1.3333333333333333, .nan,
        .infinity, .nan, .nan,
      ])
  }

  @Test func roundingToDecimals() {
    expectClose(
      Tensor([-15.5, 2.5, 0.125, 1.115], dtype: .float64).round(decimals: 2),
      [-15.5, 2.5, 0.12, 1.12])
    expectClose(
      Tensor([-15.5, 25, 149, 150], dtype: .float64).round(decimals: -1), [-20, 20, 150, 150])
  }

  @Test func interpolation() {
    let (a, b) = (Tensor([1.0, 0.1]), Tensor([3.0, 0.7]))
    expectClose(a.lerp(b, 0.25), [1.5, 0.25], tolerance: 1e-7)
    #expect(a.lerp(b, 0.0).equal(a) && a.lerp(b, 1.0).equal(b))
    expectClose(a.lerp(b, Tensor([0.5, 1])), [2, 0.7], tolerance: 1e-7)
    expectClose(a.addcmul(b, b, value: 2), [19, 1.08], tolerance: 1e-7)
    expectClose(a.addcdiv(b, a), [4, 7.1], tolerance: 1e-6)
  }

  // MARK: - Higher orders at singular points

  /// d²/da db of aᵇ is 1/a at b = 0, and the masks that keep 0·∞ out do not reach it.
  @Test func mixedDerivativeOfPower() {
    let a = Tensor([2.0, 0.5], requiresGrad: true)
    let b = Tensor([0.0, 0.0], requiresGrad: true)
    let first = grad(of: a.pow(b).sum(), wrt: a, createGraph: true)
    expectClose(grad(of: first.sum(), wrt: b), [0.5, 2], tolerance: 1e-7)
  }

  @Test func secondDerivativesOfPowersAtZero() {
    let x = Tensor([0.0, -1.0], requiresGrad: true)
    let first = grad(of: x.pow(3).sum(), wrt: x, createGraph: true)
    let second = grad(of: first.sum(), wrt: x, createGraph: true)
    let third = grad(of: second.sum(), wrt: x, createGraph: true)
    #expect(second.values == [0, -6] && third.values == [6, 6])
  }

  // MARK: - Clamping

  @Test func clampedGradientsAtTheBounds() {
    let x = Tensor([-2.0, -1, 0, 1, 2, .nan], requiresGrad: true)
    let y = x.clamp(min: -1, max: 1)
    expectClose(y, [-1, -1, 0, 1, 1, .nan])
    #expect(grad(of: y.sum(), wrt: x).values == [0, 0, 1, 0, 0, 0])
    #expect(x.clamp(min: 2, max: 1).values.dropLast() == [1, 1, 1, 1, 1])
    #expect(grad(of: x.clampMin(-1).sum(), wrt: x).values == [0, 0, 1, 1, 1, 0])
    #expect(grad(of: x.clampMax(1).sum(), wrt: x).values == [1, 1, 1, 0, 0, 0])
    #expect(x.clamp(min: Double.nan).isnan().array(of: Bool.self).allSatisfy { $0 })
  }

  @Test func clampedByTensors() {
    let x = Tensor([-2.0, -1, 0, 1, 2], requiresGrad: true)
    let low = Tensor(-1.0, requiresGrad: true)
    let y = x.clamp(min: low, max: Tensor([1.0]))
    #expect(y.values == [-1, -1, 0, 1, 1])
    y.sum().backward()
    #expect(x.grad!.values == [0, 0.5, 1, 0.5, 0] && low.grad!.item() == 1.5)
  }

  /// Bounds that are equal or in the wrong order, and NaN. The numbers are PyTorch's.
  @Test func clampWithEqualCrossedAndNaNBounds() {
    let nan = Double.nan
    let points: [(x: Double, low: Double, high: Double, gradients: [Double])] = [
      (1, 1, 1, [1, 0, 0]), (0, 1, 1, [0, 1, 0]), (2, 1, 1, [0, 0, 1]), (1, 1, 2, [0.5, 0.5, 0]),
      (2, 1, 2, [0.5, 0, 0.5]), (0, 2, 1, [0, 0, 1]), (1, 2, 1, [0, 0, 1]), (3, 2, 1, [0, 0, 1]),
      (nan, 0, 1, [1, 0, 0]), (0.5, nan, 1, [1, 0, 0]), (1, 1, nan, [1, 0, 0]),
      (0, 1, nan, [0, 0, 0]), (2, nan, 1, [0, 0, 0]), (.infinity, 0, .infinity, [0.5, 0, 0.5]),
    ]
    for point in points {
      let inputs = [point.x, point.low, point.high].map { Tensor($0, requiresGrad: true) }
      let y = inputs[0].clamp(min: inputs[1], max: inputs[2])
      let found = grad(of: [y], wrt: inputs).map { $0!.item() }
      #expect(found == point.gradients, "clamp(\(point.x), \(point.low), \(point.high))")
    }
  }

  @Test func fmaxAndFminSkipNaN() {
    let a = Tensor([1.0, .nan, 3, .nan, 2], requiresGrad: true)
    let b = Tensor([2.0, 5, .nan, .nan, 2], requiresGrad: true)
    expectClose(a.fmax(b), [2, 5, 3, .nan, 2])
    expectClose(a.fmin(b), [1, 5, 3, .nan, 2])
    let found = grad(of: [a.fmax(b).sum()], wrt: [a, b]).map { $0!.values }
    #expect(found == [[0, 0, 1, 1, 1], [1, 1, 0, 0, 0]])
    #expect(Tensor([1, 4]).fmax(Tensor([2])).array(of: Int.self) == [2, 4])
  }

  @Test func clampedIntegers() {
    let x = Tensor([-5, 0, 5])
    #expect(x.clamp(min: -1, max: 3).array(of: Int.self) == [-1, 0, 3])
    #expect(x.clamp(min: 0.5).dtype == .float32)
    #expect(Tensor([7, 200], dtype: .uint8).clamp(min: 0, max: 100).values == [7, 100])
    let large = Int.max - 1
    #expect(Tensor([Int.max]).clampMax(large).item(as: Int.self) == large)
  }

  // MARK: - Types of 0-d operands

  @Test func zeroDimensionalTensorsDoNotWiden() {
    let (x, point) = (Tensor([0.5, 0]), Tensor(2.0, dtype: .float64))
    for y in [
      x.xlogy(point), x.logaddexp(point), x.fmod(point), x.lerp(point, 0.5), x.ldexp(point),
      x.addcmul(point, point), x.heaviside(point), x.clamp(min: point, max: point),
    ] {
      #expect(y.dtype == .float32 && y.shape == [2])
    }
    #expect(Tensor([1, 2]).addcmul(Tensor(1.5), Tensor([1])).dtype == .float32)
    #expect(Tensor([true]).logaddexp(Tensor([1])).dtype == .float32)
    #expect(Tensor([2]).floatPower(2).dtype == .float64 && Tensor([true]).square().dtype == .int64)
  }

  // MARK: - Integers and bools

  @Test func integerPowers() {
    let x = Tensor([-3, 0, 2])
    #expect(x.pow(3).array(of: Int.self) == [-27, 0, 8])
    #expect(x.pow(0).array(of: Int.self) == [1, 1, 1])
    #expect(x.pow(5).dtype == .int64)
    #expect(x.pow(2.0).dtype == .float32)
    #expect(pow(2, Tensor([0, 3, 10])).array(of: Int.self) == [1, 8, 1024])
    #expect(Tensor([1, -1, 2]).pow(Tensor([-1, -3, -1])).array(of: Int.self) == [1, -1, 0])
    #expect(Tensor([true, false]).pow(2).array(of: Int.self) == [1, 0])
  }

  @Test func roundingKeepsIntegers() {
    let x = Tensor([-3, 0, 2])
    for y in [x.floor(), x.ceil(), x.round(), x.trunc(), x.nanToNum()] {
      #expect(y.dtype == .int64 && y.equal(x) && !y.sharesStorage(with: x))
    }
    #expect(x.abs().array(of: Int.self) == [3, 0, 2])
    #expect(x.sign().array(of: Int.self) == [-1, 0, 1])
    #expect(x.relu().array(of: Int.self) == [0, 0, 2] && x.exp().dtype == .float32)
  }

  @Test func truthValues() {
    let a = Tensor([true, true, false])
    let b = Tensor([true, false, false])
    #expect((a + b).dtype == .bool && (a + b).array(of: Bool.self) == [true, true, false])
    #expect((a * b).array(of: Bool.self) == [true, false, false])
    #expect((b + true).array(of: Bool.self) == [true, true, true])
    #expect((a + 1).array(of: Int.self) == [2, 2, 1])
    #expect((a / b).dtype == .float32)
  }

  @Test func zeroSizes() {
    let x = Tensor.zeros([0, 3], requiresGrad: true)
    let y = (x.exp() + x.clamp(min: 0)).maximum(x.gelu()).pow(x)
    #expect(y.shape == [0, 3])
    y.sum().backward()
    #expect(x.grad!.shape == [0, 3])
  }

  // MARK: - Errors

  @Test func negativeIntegerPowersStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2]).pow(-1)
      }, "pow: expected an exponent of at least 0 for int64 elements, got -1")
  }

  @Test func differencesOfTruthValuesStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([true]) - Tensor([true])
      }, "-: not defined for bool tensors; use logicalNot()")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = 1 - Tensor([true])
      }, "-: not defined for bool tensors")
  }

  @Test func fractionalAlphaForIntegersStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1]).add(Tensor([2]), alpha: 0.5)
      }, "add: expected an integer alpha for int64 tensors, got 0.5")
  }

  @Test func boundlessClampsStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]).clamp()
      }, "clamp: expected min or max, got nil for both")
  }
}

// MARK: - Helpers

/// Pairs of special values: equal or opposite infinities, NaN, zeros, negative numbers.
private let first: [Double] = [
  -.infinity, -1, 0, 0, 0, 2, 2, -2, .infinity, .infinity, .nan, -.infinity,
]
private let second: [Double] = [1, 2, 0, 2, -1, 0, 3, 1.5, .infinity, 0, 0, -.infinity]

private func expectFunction(
  _ function: (Tensor, Tensor) -> Tensor, _ values: [Double], _ byFirst: [Double],
  _ bySecond: [Double], at location: SourceLocation = #_sourceLocation
) {
  let a = Tensor(first, dtype: .float64, requiresGrad: true)
  let b = Tensor(second, dtype: .float64, requiresGrad: true)
  let y = function(a, b)
  y.sum().backward()
  expectClose(y, values, "value", at: location)
  expectClose(a.grad!, byFirst, "derivative by the first", at: location)
  expectClose(b.grad!, bySecond, "derivative by the second", at: location)
}

/// The default tolerance allows for a few roundings of float64.
private func expectClose(
  _ x: Tensor, _ expected: [Double], tolerance: Double = 1e-13, _ note: Comment = "value",
  at location: SourceLocation = #_sourceLocation
) {
  let y = Tensor(expected, dtype: x.dtype)
  #expect(
    x.allclose(y, rtol: tolerance, atol: tolerance, equalNan: true), "\(note): \(x), expected \(y)",
    sourceLocation: location)
}
