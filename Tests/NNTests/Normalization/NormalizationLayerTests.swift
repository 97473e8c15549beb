import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, printed by the Python above each test.

@Suite struct NormalizationLayerTests {
  @Test func keysArePyTorchs() {
    let running = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]
    #expect(BatchNorm2d(2).stateDict().names == running)
    #expect(BatchNorm1d(2, affine: false).stateDict().names == Array(running[2...]))
    #expect(BatchNorm3d(2, trackRunningStats: false, bias: false).stateDict().names == ["weight"])
    #expect(InstanceNorm1d(2).stateDict().names.isEmpty)
    #expect(
      InstanceNorm2d(2, affine: true, trackRunningStats: true).stateDict().names == running)
    #expect(GroupNorm(1, 2).stateDict().names == ["weight", "bias"])
    #expect(RMSNorm(2).stateDict().names == ["weight"])
    #expect(BatchNorm2d(2).numBatchesTracked!.dtype == .int64)
    #expect(
      "\(BatchNorm2d(2))"
        == "BatchNorm2d(2, eps: 1e-05, momentum: 0.1, affine: true, trackRunningStats: true, "
        + "bias: true)")
  }

  /// m = nn.BatchNorm1d(2, momentum=None).double()
  /// x = torch.tensor([[1., 2], [3, 5], [4, -1]]).double()
  /// m(x); m(x * 2 + 1); m.eval(); m(x)
  @Test func withoutMomentumTheRunningValuesAreMeans() {
    let m = BatchNorm1d(2, momentum: nil, dtype: .float64)
    let x = Tensor([[1, 2], [3, 5], [4, -1]], dtype: .float64)
    _ = m(x)
    _ = m(x * 2 + 1)
    expectClose(m.runningMean, [4.5, 3.5])
    expectClose(m.runningVar, [5.83333333333, 22.5], tolerance: 1e-11)
    #expect(m.numBatchesTracked!.item(as: Int.self) == 2)
    m.eval()
    expectClose(
      m(x),
      [
        -1.4491364325, -0.316227695744, -0.621058471073, 0.316227695744, -0.207019490358,
        -0.948683087232,
      ], tolerance: 1e-11)
    #expect(m.numBatchesTracked!.item(as: Int.self) == 2)
    m.resetRunningStats()
    #expect(m.runningVar!.values == [1, 1] && m.numBatchesTracked!.item() == 0)
  }

  /// m = nn.InstanceNorm1d(2, track_running_stats=True).double()
  /// x = torch.tensor([[[1., 2, 4], [3, 5, 0]], [[0, 1, 1], [4, -1, 2]]]).double()
  /// m(x); m.eval(); m(x); m(x[0])
  @Test func runningValuesOfInstances() {
    let m = InstanceNorm1d(2, trackRunningStats: true, dtype: .float64)
    let x = Tensor([[[1, 2, 4], [3, 5, 0]], [[0, 1, 1], [4, -1, 2]]], dtype: .float64)
    _ = m(x)
    expectClose(m.runningMean, [0.15, 0.216666666667], tolerance: 1e-11)
    expectClose(m.runningVar, [1.03333333333, 1.53333333333], tolerance: 1e-11)
    #expect(m.numBatchesTracked!.item() == 0)
    m.eval()
    let first = [
      0.836173894632, 1.81990788832, 3.78737587568, 2.24773711153, 3.86287755095, -0.174973547604,
    ]
    let second = [
      -0.147560099053, 0.836173894632, 0.836173894632, 3.05530733124, -0.982543767314,
      1.44016689182,
    ]
    expectClose(m(x), first + second, tolerance: 1e-11)
    expectClose(m(x[0]), first, tolerance: 1e-11)
  }

  /// The gradient of a group of one element is 0, not the rounding error of equal numbers.
  @Test func groupsOfOneElementHaveNoGradient() {
    let x = Tensor(seq([4, 6, 1]).values, shape: [4, 6, 1], dtype: .float32, requiresGrad: true)
    let w = Tensor(seq([6]).values, dtype: .float32)
    (groupNorm(x, 6, weight: w) * Tensor.full([4, 6, 1], 0.1)).sum().backward()
    #expect(x.grad!.values.allSatisfy { $0 == 0 })
  }

  @Test func extremeRowsHaveRootMeanSquares() {
    let x = Tensor([[3e30, 4e30], [3e-30, 4e-30]], dtype: .float32, requiresGrad: true)
    let y = rmsNorm(x, 2, eps: 0)
    let root = 12.5.squareRoot()
    expectClose(y, [3 / root, 4 / root, 3 / root, 4 / root], tolerance: 1e-6)
    let g = grad(of: [y.sum()], wrt: [x], createGraph: true)[0]!
    #expect(g.values.allSatisfy { $0.isFinite })
  }

  @Test func wrongShapesStop() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm2d(2)(.ones(1, 2, 3))
    }
    expectMessage(rank, "BatchNorm2d: expected an input of 4 dimensions, got the shape [1, 2, 3]")
    let channels = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = InstanceNorm1d(2, affine: true)(.ones(1, 3, 3)) }
    expectMessage(channels, "InstanceNorm1d: the layer has 2 channels, but dimension 1")
    let single = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = instanceNorm(.ones(1, 3, 1))
    }
    expectMessage(single, "instanceNorm: the statistics of the input need more than one element")
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GroupNorm(3, 4)
    }
    expectMessage(groups, "GroupNorm: 4 channels cannot be divided into 3 groups")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = rmsNorm(.ones(2, 3), 2)
    }
    expectMessage(shape, "rmsNorm: the shape [2, 3] does not end in the normalized shape [2]")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LocalResponseNorm(0)(.ones(1, 2, 3))
    }
    expectMessage(size, "localResponseNorm: the size must be positive, but it is 0")
  }
}
