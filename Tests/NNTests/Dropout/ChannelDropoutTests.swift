import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 after torch.manual_seed(0), printed by the Python above
// each.

@Suite(.ownGenerator) struct ChannelDropoutTests {
  @Test func channelsThatPyTorchDrops() {
    let kept = [0, 0, 1, 0, 0, 0, 1, 1].flatMap { [$0 * 2.0, $0 * 2.0] }
    let expected: [(Tensor, [Double])] = [
      // F.dropout1d(torch.ones(2, 4, 2), 0.5)
      (seeded { Dropout1d()(.ones(2, 4, 2)) }, kept),
      // F.dropout2d(torch.ones(2, 4, 1, 2), 0.5)
      (seeded { Dropout2d()(.ones(2, 4, 1, 2)) }, kept),
      // F.dropout3d(torch.ones(2, 3, 1, 1, 2), 0.5)
      (seeded { Dropout3d()(.ones(2, 3, 1, 1, 2)) }, Array(kept.prefix(12))),
      // F.dropout1d(torch.ones(6, 2), 0.5) and F.dropout3d(torch.ones(6, 1, 1, 2), 0.5)
      (seeded { Dropout1d()(.ones(6, 2)) }, Array(kept.prefix(12))),
      (seeded { Dropout3d()(.ones(6, 1, 1, 2)) }, Array(kept.prefix(12))),
    ]
    for (y, want) in expected { expectClose(y, want, tolerance: 1e-6) }
  }

  @Test func alphaDropoutDropsWhatPyTorchDrops() {
    let (low, high) = (-1.14354419708, 1.24843931198)
    // F.alpha_dropout(torch.ones(8), 0.25, True)
    let y = seeded { AlphaDropout(0.25)(.ones(8)) }
    expectClose(y, [low, high, high, low, high, low, high, high], tolerance: 1e-6)
    // F.feature_alpha_dropout(torch.ones(2, 4, 2), 0.25, True)
    let z = seeded { FeatureAlphaDropout(0.25)(.ones(2, 4, 2)) }
    expectClose(
      z, [low, high, high, low, high, low, high, high].flatMap { [$0, $0] }, tolerance: 1e-6)
  }

  /// x = torch.tensor([-1., 2, -3, 0, -0.5, 1, -2, 4])
  @Test func randomSlopesArePyTorchs() {
    let x = Tensor([-1, 2, -3, 0, -0.5, 1, -2, 4], dtype: .float32)
    // F.rrelu(x, training=True)
    expectClose(
      seeded { RReLU()(x) },
      [-0.327094376087, 2, -0.817387461662, 0, -0.158411219716, 1, -0.518760085106, 4],
      tolerance: 1e-6)
    // F.rrelu(x.double(), 0.2, 0.6, training=True)
    expectClose(
      seeded { RReLU(lower: 0.2, upper: 0.6)(x.to(.float64)) },
      [-0.588021200723, 2, -1.44938383728, 0, -0.284149536824, 1, -0.916019296098, 4],
      tolerance: 1e-11)
    #expect(RReLU(lower: 0.2, upper: 0.6).eval()(x).equal(x.leakyRelu(negativeSlope: 0.4)))
  }

  @Test func nothingIsDroppedOutsideTraining() {
    let x = Tensor.ones(2, 3, 2, 2)
    for layer in [Dropout2d(), AlphaDropout(), FeatureAlphaDropout()] as [Module] {
      #expect(layer.eval()(x) === x)
    }
    #expect(dropout2d(x, p: 1).sum().item() == 0)
    #expect(alphaDropout(x, p: 1, training: true).sum().item() == 0)
  }

  @Test func wrongArgumentsStop() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = dropout3d(.ones(2, 3))
    }
    expectMessage(shape, "dropout3d: the shape [2, 3] does not have the dimensions of samples")
    let probability = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AlphaDropout(1.5) }
    expectMessage(probability, "AlphaDropout: p must be a probability in [0, 1], but it is 1.5")
    let slopes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = rrelu(.ones(2), lower: 1, upper: 0)
    }
    expectMessage(slopes, "rrelu: lower must be at most upper")
  }

  private func seeded(_ draw: () -> Tensor) -> Tensor {
    manualSeed(0)
    return draw()
  }
}
