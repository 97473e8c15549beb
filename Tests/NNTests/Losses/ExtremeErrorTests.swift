import Autograd
import NN
import TestSupport
import Testing

/// The first derivative of the losses `none(x)`, and what a recorded backward pass says about it:
/// its derivative with respect to the incoming gradient, which is the same, and with respect to x.
private func derivatives(
  _ x: Tensor, _ none: (Tensor) -> Tensor
) -> (fused: [Double], recorded: [Double], ofGradient: [Double], second: [Double]) {
  let g = Tensor.ones(x.shape, dtype: x.dtype, requiresGrad: true)
  let fused = grad(of: none(x), wrt: x, gradient: g.detach())
  let recorded = grad(of: none(x), wrt: x, gradient: g, createGraph: true)
  let next = grad(of: recorded.sum(), wrt: [g, x], materializeGrads: true)
  return (fused.values, recorded.values, next[0]!.values, next[1]!.values)
}

/// Expects the first derivative in each form, and the second one.
private func expect(
  _ x: Tensor, _ none: (Tensor) -> Tensor, slopes: [Double], second: [Double],
  at location: SourceLocation = #_sourceLocation
) {
  let got = derivatives(x, none)
  for (form, note) in [
    (got.fused, "fused"), (got.recorded, "recorded"), (got.ofGradient, "of the gradient"),
  ] {
    expectClose(
      Tensor(form, dtype: .float64), slopes, tolerance: 1e-6, "\(note)", at: location)
  }
  expectClose(
    Tensor(got.second, dtype: .float64), second, tolerance: 1e-6, "second", at: location)
}

private let inf = Double.infinity

@Suite struct ExtremeErrorTests {
  private func leaf(_ x: [Double], _ dtype: DType = .float64) -> Tensor {
    Tensor(x, dtype: dtype, requiresGrad: true)
  }

  /// A beta whose square, quotient or inverse is out of range.
  @Test(arguments: [DType.float32, .float64])
  func tinyBeta(dtype: DType) {
    let tiny: [Double] =
      dtype == .float32
      ? [1e-40, 1e-44, 1e-50] : [.leastNormalMagnitude / 100, .leastNonzeroMagnitude]
    for beta in [0] + tiny {
      let (x, zero) = (leaf([1, -2, 1e-3, 0], dtype), Tensor.zeros([4], dtype: dtype))
      expectClose(
        smoothL1Loss(x, zero, beta: beta, reduction: .none), [1, 2, 1e-3, 0], tolerance: 1e-7)
      expectClose(smoothL1Loss(x, zero, beta: beta, reduction: .sum), [3.001], tolerance: 1e-6)
      let got = derivatives(x) { smoothL1Loss($0, zero, beta: beta, reduction: .none) }
      for slopes in [got.fused, got.recorded, got.ofGradient] { #expect(slopes == [1, -1, 1, 0]) }
      #expect(got.second[0] == 0 && got.second[1] == 0 && got.second[2] == 0)
    }
  }

  /// The square of the error, but not the loss, is out of range.
  @Test func wideBeta() {
    let (x, zero) = (leaf([1e30, -1e25, 1e-30], .float32), Tensor.zeros([3]))
    let losses = smoothL1Loss(x, zero, beta: 1e35, reduction: .none)
    #expect(losses.allclose(Tensor([5e24, 5e14, 0]), rtol: 1e-5, atol: 0))
    let slopes = grad(of: losses.sum(), wrt: x)
    #expect(slopes.allclose(Tensor([1e-5, -1e-10, 0]), rtol: 1e-5, atol: 0))
    #expect(smoothL1Loss(x, zero, beta: inf, reduction: .none).values == [0, 0, 0])
    expectClose(
      smoothL1Loss(leaf([2e-25], .float32), Tensor.zeros([1]), beta: 1e-20, reduction: .none)
        * 1e30,
      [2], tolerance: 1e-6)
  }

  @Test func deltas() {
    let (x, zero) = (leaf([3, -0.5, 0], .float32), Tensor.zeros([3]))
    #expect(huberLoss(x, zero, delta: inf, reduction: .none).values == [4.5, 0.125, 0])
    let tiny = huberLoss(x, zero, delta: 1e-40, reduction: .none)
    #expect((tiny.to(.float64) * 1e40).allclose(Tensor([3, 0.5, 0], dtype: .float64), rtol: 1e-4))
    #expect(huberLoss(x, zero, delta: 1e-50, reduction: .none).values == [0, 0, 0])
    let infinite = leaf([inf, -inf])
    let losses = huberLoss(
      infinite, Tensor.zeros([2], dtype: .float64), delta: inf, reduction: .none)
    #expect(losses.values == [inf, inf])
    #expect(grad(of: losses.sum(), wrt: infinite).values == [inf, -inf])
  }

  @Test func infiniteErrors() {
    let (x, zero) = (leaf([inf, -inf, .nan, 0, 2, 1]), Tensor.zeros([6], dtype: .float64))
    expect(
      x, { huberLoss($0, zero, reduction: .none) }, slopes: [1, -1, .nan, 0, 1, 1],
      second: [0, 0, 0, 1, 0, 0])
    expect(
      x, { huberLoss($0, zero, delta: 0.5, reduction: .none) },
      slopes: [0.5, -0.5, .nan, 0, 0.5, 0.5], second: [0, 0, 0, 1, 0, 0])
    expect(
      x, { smoothL1Loss($0, zero, reduction: .none) }, slopes: [1, -1, .nan, 0, 1, 1],
      second: [0, 0, 0, 1, 0, 0])
    expect(
      x, { smoothL1Loss($0, zero, beta: 0.5, reduction: .none) },
      slopes: [1, -1, .nan, 0, 1, 1], second: [0, 0, 0, 2, 0, 0])
    expect(
      x, { l1Loss($0, zero, reduction: .none) }, slopes: [1, -1, 0, 0, 1, 1],
      second: [0, 0, 0, 0, 0, 0])
    expect(
      x, { mseLoss($0, zero, reduction: .none) }, slopes: [inf, -inf, .nan, 0, 4, 2],
      second: [2, 2, 2, 2, 2, 2])
    // The same with respect to the target.
    expect(
      x, { huberLoss(zero, $0, reduction: .none) }, slopes: [1, -1, .nan, 0, 1, 1],
      second: [0, 0, 0, 1, 0, 0])
    expect(
      x, { smoothL1Loss(zero, $0, reduction: .none) }, slopes: [1, -1, .nan, 0, 1, 1],
      second: [0, 0, 0, 1, 0, 0])
  }

  /// 2·(x − y) is out of range, its mean is not.
  @Test func hugeErrors() {
    let x = leaf([2e38, -2e38, 0, 0], .float32)
    mseLoss(x, Tensor.zeros([4])).backward()
    #expect(x.grad!.allclose(Tensor([1e38, -1e38, 0, 0]), rtol: 1e-6))
  }

  @Test func dtypesArePromoted() {
    let x = leaf([0.5, -1, 2], .float32)
    for target in [Tensor([0.0, 1, 2], dtype: .float64), Tensor([0, 1, 2])] {
      for loss in [
        { mseLoss($0, $1) }, { l1Loss($0, $1) }, { huberLoss($0, $1) }, { smoothL1Loss($0, $1) },
      ] as [(Tensor, Tensor) -> Tensor] {
        let value = loss(x, target)
        #expect(value.dtype == (target.dtype == .float64 ? .float64 : .float32))
        #expect(grad(of: value, wrt: x).dtype == .float32)
        #expect(value.item() == loss(x.to(value.dtype), target.to(value.dtype)).item())
      }
    }
    #expect(l1Loss(Tensor([1, 5]), Tensor([3, 4]), reduction: .sum).item() == 3)
  }

  @Test func integersStop() async {
    let squared = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = mseLoss(Tensor([1, 2]), Tensor([1, 2])) }
    expectMessage(
      squared,
      """
      mseLoss: expected floating-point numbers, but the input is int64 and the target int64; cast \
      one of them, for example with to(.float32)
      """)
    let absolute = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = smoothL1Loss(Tensor([1, 2]), Tensor([true, false]), beta: 0) }
    expectMessage(
      absolute, "smoothL1Loss: expected floating-point numbers, but the input is int64 and")
  }
}
