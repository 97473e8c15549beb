import TestSupport
import Testing

@testable import Autograd

/// Reductions over the elements that a mask selects, and over none. The numbers are PyTorch's.
@Suite struct MaskedTests {
  private let x = Tensor([[1.0, -2, 3], [4, 5, 6]], dtype: .float64)
  private let mask = Tensor([[true, false, true], [false, false, false]])

  @Test func maskedSlices() {
    let row = x[0].masked(mask[0])
    #expect(row.sum().item() == 4 && row.prod().item() == 3 && row.mean().item() == 2)
    #expect(row.median().item() == 1)
    #expect(row.amax().item() == 3 && row.amin().item() == 1)
    #expect(row.argmax().item(as: Int.self) == 2 && row.argmin().item(as: Int.self) == 0)
    #expect(row.var().item() == 2 && row.std(correction: 0).item() == 1)
    #expect(row.norm(1).item() == 4 && row.norm(-.infinity).item() == 1)
    #expect(row.cumsum(dim: 0).values == [1, 1, 4] && row.cumprod(dim: 0).values == [1, 1, 3])
    #expect(row.normalize(1, dim: 0).values == [0.25, 0, 0.75])
    #expect(row.softmax(dim: 0).values[1] == 0 && row.softmin(dim: 0).values[1] == 0)
  }

  @Test func fullyMaskedSlices() {
    let nothing = x.masked(mask), inf = Double.infinity
    #expect(nothing.sum(dim: 1).values[1] == 0 && nothing.prod(dim: 1).values[1] == 1)
    #expect(nothing.amax(dim: 1).values[1] == -inf && nothing.amin(dim: 1).values[1] == inf)
    #expect(nothing.logsumexp(dim: 1).values[1] == -inf)
    #expect(nothing.norm(dim: 1).values[1] == 0 && nothing.norm(-inf, dim: 1).values[1] == inf)
    for y in [
      nothing.mean(dim: 1), nothing.var(dim: 1), nothing.std(dim: 1), nothing.median(),
      nothing.softmax(dim: 1)[0..., 0],
    ] { #expect(y.values[1].isNaN) }
    let bytes = Tensor([7, 9], dtype: .uint8).masked(Tensor(false))
    #expect(bytes.amax().item() == 0 && bytes.amin().item() == 255)
  }

  @Test func maskedElementsHaveNoGradient() {
    let leaf = Tensor([1.0, .nan, 3], dtype: .float64, requiresGrad: true)
    leaf.masked(mask[0]).logsumexp().backward()
    #expect(leaf.grad!.values[1] == 0)
  }

  @Test func scattering() async {
    let source = Tensor([7.0, 8, 9], dtype: .float64, requiresGrad: true)
    let y = x.maskedScatter(mask, source: source)
    #expect(y.values == [7, -2, 8, 4, 5, 6])
    #expect(grad(of: y.sum(), wrt: source).values == [1, 1, 0])
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2]).maskedScatter(Tensor(true), source: Tensor.ones([1])) }
    expectMessage(
      result,
      "maskedScatter: the source, of shape [1], has 1 elements, but the mask selects 2")
  }

  @Test func masksThatDoNotFitStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2]).masked(Tensor([[true], [false]])) }
    expectMessage(
      result, "masked: expected a mask that broadcasts to the tensor's shape [2], got shape [2, 1]")
  }
}
