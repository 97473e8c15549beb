import TestSupport
import Testing

@testable import Autograd

/// Einstein summation. The expected numbers are PyTorch's.
@Suite struct EinsumTests {
  private let a = Tensor([[0.0, 1, 2], [3, 4, 5]])
  private let b = Tensor((0..<12).map(Double.init), shape: [3, 4])

  @Test func products() {
    #expect(einsum("ij,jk", a, b).values == [20, 23, 26, 29, 56, 68, 80, 92])
    #expect(einsum("ij,jk->ki", a, b).values == [20, 56, 23, 68, 26, 80, 29, 92])
    #expect(einsum(" i j , j k -> i k ", a, b).values == einsum("ij,jk", a, b).values)
    #expect(einsum("i,j", a[0], a[1]).values == [0, 0, 0, 3, 4, 5, 6, 8, 10])
    #expect(einsum("ij,ij->j", a, a).values == [9, 17, 29])
    #expect(einsum("ij,k->ik", a, a[0]).values == [0, 3, 6, 0, 12, 24])
    #expect(einsum("Ab,bA", a, a.mT).item() == 55)
    #expect(
      einsum("ij,jk,kl->il", a, b, b.mT).values == [162, 554, 946, 504, 1688, 2872])
  }

  @Test func batches() {
    let x = Tensor((0..<12).map(Double.init), shape: [2, 2, 3])
    let y = Tensor((0..<12).map(Double.init), shape: [2, 3, 2])
    #expect(einsum("bij,bjk->bik", x, y).values == [10, 13, 28, 40, 172, 193, 244, 274])
    #expect(einsum("bij,bjk->kib", x, y).values == [10, 172, 28, 244, 13, 193, 40, 274])
  }

  @Test func oneOperand() {
    #expect(einsum("ii", b[0..., 0..<3]).item() == 15)
    #expect(einsum("ii->i", b[0..., 0..<3]).values == [0, 5, 10])
    #expect(einsum("ij->", a).item() == 15)
    #expect(einsum("ba", a).values == [0, 3, 1, 4, 2, 5])
    #expect(einsum("ij->ij", a).values == a.values)
  }

  @Test func ellipses() {
    #expect(einsum("...j,jk->...k", a, b).values == einsum("ij,jk", a, b).values)
    #expect(einsum("i...->...", a).values == [3, 5, 7])
    #expect(einsum("...,...->...", a, a[0]).values == [0, 1, 4, 0, 4, 10])
    #expect(einsum("...ij->...ji", b.reshape([1, 3, 4])).shape == [1, 4, 3])
    #expect(einsum("...i,...i", a, a).values == [5, 50])
  }

  @Test func sizesOfOneBroadcast() {
    #expect(einsum("ij,j", a, Tensor.ones([1])).values == [3, 12])
    #expect(einsum("ij,ij->ij", a, Tensor.ones([1, 3])).values == a.values)
  }

  @Test(arguments: [
    ("i->ii", "in the output only once, got i"),
    ("i->z", "to occur in an operand, and in the output only once, got z"),
    ("ij", "expected 2 dimensions for a term of"),
    ("i,j", "einsum: \"i,j\" names 2 operands, separated by commas, but 1 were given"),
    ("i->i->i", "expected at most one \"->\" in an equation, got \"i->i->i\""),
    ("i.", "expected letters a-z, A-Z"),
  ])
  func mistakesAreNamed(_ equation: String, _ message: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [equation] in _ = einsum(equation, Tensor.ones([3])) }
    expectMessage(result, message)
  }

  /// Size 1 broadcasts between operands, but not within one.
  @Test(arguments: ["ii->i", "ii", "jii", "iij->j"]) func unequalDiagonalsStop(
    _ equation: String
  ) async {
    #expect(einsum("ii,i->i", Tensor.ones([1, 1]), Tensor.ones([3])).shape == [3])
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [equation] in
      let shape = equation.prefix { $0 != "-" }.count == 2 ? [1, 3] : [3, 1, 3]
      _ = einsum(equation, Tensor.ones(equation.hasPrefix("iij") ? [1, 3, 3] : shape))
    }
    expectMessage(result, "i occurs twice in operand 0", "with different sizes")
  }

  @Test func onlySpacesAreSkipped() async {
    #expect(einsum(" i j -> j i ", Tensor.ones([2, 3])).shape == [3, 2])
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = einsum("i\tj", Tensor.ones([2, 3])) }
    expectMessage(result, "einsum: expected letters a-z, A-Z")
  }

  @Test func sizesThatDifferStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = einsum("ij,jk", Tensor.ones([2, 3]), Tensor.ones([2, 3])) }
    expectMessage(result, "the dimensions named j have different sizes")
  }
}
