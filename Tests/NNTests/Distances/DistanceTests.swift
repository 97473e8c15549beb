import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite struct DistanceTests {
  /// a, b = seq(2, 3), seq(1, 3, k=5)
  /// F.cosine_similarity(a, b), F.cosine_similarity(a, b, dim=0, eps=0.5)
  @Test func cosines() {
    let (a, b) = (seq([2, 3]), seq([1, 3], k: 5))
    expectClose(cosineSimilarity(a, b), [0.671080635305381, 0.778044642694801])
    expectClose(
      cosineSimilarity(a, b, dim: 0, eps: 0.5),
      [0.175867768595041, 0.921250261888526, -0.174545454545454])
    #expect(cosineSimilarity(Tensor([[1.0]]), Tensor([[2]])).dtype == .float32)
  }

  /// The norms are below eps, but their derivatives count.
  ///
  ///     x = torch.zeros(1, 2).requires_grad_()
  ///     F.cosine_similarity(x, torch.tensor([[3., 4.]]), eps=0.1).backward()
  ///     x = (seq(1, 3) * 0.1).requires_grad_()
  ///     F.cosine_similarity(x, torch.tensor([[3., 4., 0.]]), eps=0.5).backward()
  @Test func gradientsOfShortVectors() {
    let zero = Tensor.zeros([1, 2], dtype: .float64, requiresGrad: true)
    cosineSimilarity(zero, Tensor([[3, 4]], dtype: .float64), eps: 0.1).backward()
    expectClose(zero.grad, [5.999999999999999, 8.0])
    let short = (seq([1, 3]) * 0.1).detach()
    short.requiresGrad = true
    cosineSimilarity(short, Tensor([[3, 4, 0]], dtype: .float64), eps: 0.5).backward()
    expectClose(
      short.grad,
      [1.230936452277701, 1.476254190889195, -0.03535594546023])
  }

  /// F.normalize(seq(2, 3), p=1, dim=0)
  @Test func normalized() {
    expectClose(
      normalize(seq([2, 3]), p: 1, dim: 0),
      [
        -0.368421052631579, 0.549019607843137, 0.727272727272727, -0.631578947368421,
        0.450980392156863, 0.272727272727273,
      ])
    #expect(normalize(Tensor.zeros([1, 2])).values == [0, 0])
  }

  /// F.pairwise_distance(a, b), F.pairwise_distance(a, b, p=1, eps=0.5, keepdim=True)
  @Test func distances() {
    let (a, b) = (seq([2, 3]), seq([1, 3], k: 5))
    expectClose(pairwiseDistance(a, b), [0.406559155733133, 0.301512249115415])
    let kept = pairwiseDistance(a, b, p: 1, eps: 0.5, keepdim: true)
    #expect(kept.shape == [2, 1])
    expectClose(kept, [2.045454545454545, 1.772727272727273])
  }

  @Test func theLowerBoundIsNotNegative() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = cosineSimilarity(Tensor([[1.0]]), Tensor([[2.0]]), eps: -1)
    }
    expectMessage(negative, "cosineSimilarity: eps must not be negative, but it is -1.0")
    let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = cosineSimilarity(Tensor([[1.0]]), Tensor([[2.0]]), eps: .nan)
    }
    expectMessage(nan, "cosineSimilarity: eps must not be negative, but it is nan")
  }

  @Test func integersHaveNoCosine() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = cosineSimilarity(Tensor([[1]]), Tensor([[2]]))
    }
    expectMessage(result, "cosineSimilarity: not defined for int64 and int64")
  }
}
