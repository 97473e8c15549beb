import Autograd
import TestSupport
import Testing

/// Products of given dimensions, norms of matrices, distances. The expected numbers are PyTorch's.
@Suite struct ProductTests {
  @Test func aTensorPlusAProduct() {
    let nan = Tensor.full([2, 2], Double.nan)
    let ones = Tensor.ones([2, 2])
    #expect(nan.addmm(ones, ones, beta: 0, alpha: 2).values == [4, 4, 4, 4])
    #expect(nan.addr(Tensor([1.0, 2]), Tensor([3.0, 4]), beta: 0).values == [3, 4, 6, 8])
    let integers = Tensor.ones([2, 2], dtype: .int64)
    let sum = integers.addmm(integers, integers, beta: 3, alpha: 2)
    #expect(sum.values == [7, 7, 7, 7] && sum.dtype == .int64)
    #expect(integers.addr(Tensor([1.0, 2]), Tensor([3.0, 4])).dtype == .float32)
    let none = Tensor(1.0).addbmm(Tensor.ones([0, 2, 3]), Tensor.ones([0, 3, 1]))
    #expect(none.values == [1, 1])
  }

  @Test func vectors() {
    let (a, b) = (Tensor([[1.0, 2, 3]]), Tensor([[0.0, 1, -1]]))
    #expect(a.cross(b).values == [-5, 1, 1])
    #expect(a.vecdot(b).values == [-1] && a.inner(b).values == [-1])
    #expect(Tensor([1, 2, 3]).cross(Tensor([3, 2, 1])).values == [-4, 8, -4])
    #expect(Tensor(2).inner(Tensor([1.0, 2])).values == [2, 4])
    #expect(a.kron(Tensor([1.0, -1])).values == [1, -1, 2, -2, 3, -3])
    #expect(Tensor(2.0).tensordot(Tensor(3.0), dims: 0).item() == 6)
    #expect(Tensor([1, 2, 3]).vander().values == [1, 1, 1, 1, 2, 4, 1, 3, 9])
    #expect(Tensor(2.0).vander(n: 3).shape == [1, 3])
  }

  @Test func chains() {
    let (v, m) = (Tensor([1.0, 2]), Tensor([[1.0, 2, 3], [4, 5, 6]]))
    #expect(multiDot([v, m]).values == [9, 12, 15])
    #expect(multiDot([v, m, m.T, v]).item() == 450)
    #expect(Tensor([[1, 1], [0, 1]]).matrixPower(6).values == [1, 6, 0, 1])
    #expect(Tensor([[1, 1], [0, 1]]).matrixPower(0).values == [1, 0, 0, 1])
  }

  @Test func matrixNorms() {
    let x = Tensor([[1.0, -2, 3], [-4, 5, -6]])
    #expect(x.matrixNorm(.p(1)).item() == 9 && x.matrixNorm(.p(-1)).item() == 5)
    #expect(x.matrixNorm(.p(.infinity)).item() == 15 && x.matrixNorm(.p(-.infinity)).item() == 6)
    #expect(x.matrixNorm(.p(1), dims: (1, 0), keepdim: true).values == [15])
    #expect(x.matrixNorm().item() == x.norm().item())
    #expect(Tensor.ones([3, 2, 0]).matrixNorm(.p(1)).values == [0, 0, 0])
  }

  @Test func distances() {
    let (a, b) = (Tensor([[0.0, 0], [1, 2]]), Tensor([[0.0, 0], [3, 4]]))
    #expect(distance(a.cdist(b, p: 3), Tensor([[0, 4.497941], [2.080084, 2.519842]])) < 1e-5)
    #expect(a.cdist(b, p: 0).values == [0, 2, 2, 2])
    #expect(Tensor.ones([2, 0]).cdist(Tensor.ones([3, 0]), p: .infinity).values.count == 6)
    #expect(Tensor.ones([0, 2]).cdist(b, p: .infinity).shape == [0, 2])
    let x = Tensor([[1.0, 2], [0, 0]], requiresGrad: true)
    for mode in [EuclideanMode.product, .differences] {
      x.grad = nil
      x.cdist(a, mode: mode).sum().backward()
      let share = 1 / 5.0.squareRoot()
      let expected = Tensor([[share, 2 * share], [-share, -2 * share]])
      #expect(distance(x.grad!, expected) < 1e-6, "0 where the points are equal")
    }
  }

  // MARK: - Errors

  @Test func errorMessages() async {
    let types = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([2, 2]).addmm(Tensor.ones([2, 2], dtype: .int64), Tensor.ones([2, 2]))
    }
    expectMessage(types, "addmm: the first factor is int64, but the tensor is float32")
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor([[1]])
      _ = x.addmm(x, x, alpha: 2.5)
    }
    expectMessage(factor, "addmm: expected an integer alpha for int64 tensors, got 2.5")
    let cross = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([5, 2]).cross(Tensor.ones([5, 2]))
    }
    expectMessage(
      cross, "cross: expected size 3 in dimension 1, got shapes [5, 2] and [5, 2]")
    let chain = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = multiDot([Tensor.ones([2, 3]), Tensor.ones([2, 3])])
    }
    expectMessage(chain, "multiDot: ", "3 columns against 2 rows")
    let points = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([2, 3]).cdist(Tensor.ones([2, 2]))
    }
    expectMessage(points, "cdist: expected points with as many coordinates", "[2, 3] and [2, 2]")
    let square = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([2, 3]).matrixPower(2)
    }
    expectMessage(square, "matrixPower: expected square matrices [..., k, k], got shape [2, 3]")
  }
}
