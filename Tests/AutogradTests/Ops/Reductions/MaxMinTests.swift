import TestSupport
import Testing

@testable import Autograd

/// Maxima and minima: ties, NaN, indices, no elements. The numbers are PyTorch's.
@Suite struct MaxMinTests {
  private func gradient(_ values: [[Double]], _ f: (Tensor) -> Tensor) -> [Double] {
    let x = Tensor(values, dtype: .float64, requiresGrad: true)
    return grad(of: f(x).sum(), wrt: x).values
  }

  // MARK: - Values

  @Test func values() {
    let x = Tensor([[3.0, 1, 2], [0, 5, 4]])
    #expect(x.max().item() == 5 && x.min().item() == 0)
    #expect(x.amax(dim: 0).values == [3, 5, 4])
    #expect(x.amin(dim: -1, keepdim: true).shape == [2, 1])
    let (values, indices) = x.max(dim: 1)
    #expect(values.values == [3, 5] && indices.array(of: Int.self) == [0, 1])
    #expect(indices.dtype == .int64)
    let columns = x.min(dim: 0, keepdim: true)
    #expect(
      columns.values.values == [0, 1, 2] && columns.indices.array(of: Int.self) == [1, 0, 0])
    #expect(columns.indices.shape == [1, 3])
  }

  @Test func everyDTypeHasExtremes() {
    #expect(Tensor([Int64.min, 3]).max().item(as: Int64.self) == 3)
    #expect(Tensor([-5, -7], dtype: .int32).max(dim: 0).values.item(as: Int.self) == -5)
    #expect(Tensor([200, 7], dtype: .uint8).min().dtype == .uint8)
    #expect(Tensor([false, true]).max().item(as: Bool.self))
    #expect(Tensor([-Double.infinity]).max().item() == -.infinity)
  }

  @Test func indicesInRowMajorOrder() {
    let x = Tensor([[1, 3], [3, 2]])
    #expect(x.argmax().item(as: Int.self) == 1)
    #expect(x.argmax(keepdim: true).shape == [1, 1])
    #expect(x.argmax(dim: 0).array(of: Int.self) == [1, 0])
    #expect(x.argmin(dim: -1).array(of: Int.self) == [0, 1])
    #expect(Tensor(1.0).argmax(dim: 0).shape == [])
    #expect(x.permute([1, 0]).argmax().item(as: Int.self) == 1)
  }

  @Test func theFirstOfEqualElementsIsSelected() {
    let x = Tensor([[2.0, 7, 7, 1, 7], [1, 1, 1, 1, 1]])
    #expect(x.argmax(dim: 1).array(of: Int.self) == [1, 0])
    #expect(x.permute([1, 0]).argmax(dim: 0).array(of: Int.self) == [1, 0])
    #expect(x.argmin(dim: 1).array(of: Int.self) == [3, 0])
  }

  // MARK: - NaN

  @Test func theFirstNaNIsSelected() {
    let x = Tensor([[1.0, .nan, 9, .nan], [1, 2, 3, 4]])
    for x in [x, x.permute([1, 0]).clone().permute([1, 0])] {
      #expect(x.amax(dim: 1).values[0].isNaN && x.min(dim: 1).values.values[0].isNaN)
      #expect(x.argmax(dim: 1).array(of: Int.self) == [1, 3])
      #expect(x.argmin(dim: 1).array(of: Int.self) == [1, 0])
      #expect(x.max().item().isNaN && x.argmax().item(as: Int.self) == 1)
    }
    #expect(gradient([[1, .nan, .nan]]) { $0.max() } == [0, 0.5, 0.5])
  }

  // MARK: - Ties

  @Test func tiesShareTheGradientOfAValue() {
    let x = [[3.0, 3], [1, 3]]
    let thirds = [1.0, 1, 0, 1].map { $0 / 3 }
    #expect(gradient(x) { $0.max() } == thirds)
    #expect(gradient(x) { $0.amax(dim: [0, 1]) } == thirds)
    #expect(gradient(x) { $0.amax(dim: 1) } == [0.5, 0.5, 0, 1])
    #expect(gradient(x) { $0.amin(dim: 0, keepdim: true) } == [0, 0.5, 1, 0.5])
  }

  @Test func theIndexedElementTakesTheGradient() {
    #expect(gradient([[3, 3], [3, 1]]) { $0.max(dim: 0).values } == [1, 1, 0, 0])
    #expect(gradient([[3, 3], [3, 1]]) { $0.min(dim: 1).values } == [1, 0, 0, 1])
  }

  @Test func indicesAndIntegersRecordNothing() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    #expect(!x.argmax().requiresGrad && !x.max(dim: 0).indices.requiresGrad)
    #expect(!x.any().requiresGrad && !x.countNonzero().requiresGrad)
  }

  // MARK: - Empty tensors

  @Test func emptyTensorsStop() async {
    #expect(Tensor.zeros([2, 0]).max(dim: 0).values.shape == [0])
    #expect(Tensor.zeros([2, 0]).argmax(dim: 0).shape == [0])
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([2, 0]).max(dim: 1) }
    expectMessage(result, "max: the shape [2, 0] has no elements over the dimensions [1]")
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([0]).amin() }
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([0]).argmax() }
  }
}
