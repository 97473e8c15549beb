import Autograd
import TestSupport
import Testing

/// Spellings that PyTorch users try first, and that work.
@Suite(.ownGenerator) struct IterationTests {
  @Test func rowsOneAfterTheOther() {
    let x = Tensor([[1.0, 2], [3, 4], [5, 6]])
    var sums: [Double] = []
    for row in x { sums.append(row.sum().item()) }
    #expect(sums == [3, 7, 11])
    #expect(zip(x, x.flip(0)).map { ($0 * $1).sum().item() } == [17, 25, 17])
    for row in x { row.fill_(1) }
    #expect(x.values == [1, 1, 1, 1, 1, 1])
    #expect(Array(Tensor.zeros(0, 2)).isEmpty)
  }

  @Test func gradientsFlowToTheRows() {
    let x = Tensor([[1.0, 2], [3, 4]], requiresGrad: true)
    var total = Tensor(0.0)
    for (i, row) in x.enumerated() { total += row.sum() * Double(i + 1) }
    total.backward()
    #expect(x.grad!.values == [1, 1, 2, 2])
  }

  @Test func methodsOfSequencesDoNotHideThoseOfTensors() {
    let x = Tensor([[3.0, 1], [2, 4]])
    #expect(x.max().item() == 4 && x.min().item() == 1)
    #expect(x.max(dim: 0).values.values == [3, 4])
    #expect(x.split(1).count == 2 && x.split([1, 1], dim: 1).count == 2)
    #expect(x.sum().item() == 10 && x.any().item() == 1 && x.all().item() == 1)
    #expect(x.sort().values.values == [1, 3, 2, 4])
  }

  @Test func aPointHasNoRows() async {
    await #expect(processExitsWith: .failure) { for _ in Tensor(1.0) {} }
  }
}

@Suite(.ownGenerator) struct SpellingTests {
  @Test func listsOfIntegers() {
    let x = Tensor.arange(24).reshape(2, 3, 4)
    let (dim, dims, shape) = (1, [0, 2], [4, 6])
    #expect(x.sum(dim: dim).shape == [2, 4] && x.sum(dim: dims).shape == [3])
    #expect(x.sum(dim: []).equal(x.sum()) && x.sum(dim: [-1]).equal(x.sum(dim: -1)))
    #expect(x.reshape(shape).shape == shape && x.view(-1).shape == [24])
    #expect(x.reshape(x.shape.dropLast() + [2, 2]).shape == [2, 3, 2, 2])
    #expect(x.reshape(x.shape[..<1] + [-1]).shape == [2, 12])
    #expect(x.permute(2, 0, 1).shape == x.permute([2, 0, 1]).shape)
    #expect(x.sum().reshape([]).shape == [] && Tensor.zeros([]).ndim == 0)
    #expect(Tensor.ones(2, 3).shape == [2, 3] && Tensor.rand(3).shape == [3])
    #expect(x.flip(0, 1).equal(x.flip([0, 1])) && x.movedim(0, -1).shape == [3, 4, 2])
    #expect(x.roll(1).equal(x.flatten().roll(1, dims: 0).reshape(2, 3, 4)))
    #expect(x.newZeros(2, 1).dtype == .int64 && x.tile(2).shape == [2, 3, 8])
  }

  @Test func rangesMakeTensors() {
    #expect(Tensor(0..<3).array(of: Int.self) == [0, 1, 2])
    let x = Tensor(1...3, dtype: .float64)
    #expect(x.dtype == .float64 && x.values == [1, 2, 3])
    #expect(Tensor([0..<2, 2..<4]).shape == [2, 2])
    #expect(Tensor(5..<5).shape == [0])
  }

  @Test func subscripts() {
    let x = Tensor.arange(24.0).reshape(2, 3, 4)
    #expect(x[...].equal(x) && x[..., 1].equal(x[.ellipsis, 1]))
    #expect(x[0, ...].equal(x[0]) && x[1, ..., 2].equal(x[1, .all, 2]))
    #expect(x[nil, 0].shape == [1, 3, 4])
    let minusInfinity = -Double.infinity
    x[x .> 20] = minusInfinity
    #expect(x.isinf().sum().item() == 3)
    x[0, 0, 0] = Float(2.5)
    x[..., 3] = 7
    x[1, ...] = Tensor(3.0)
    #expect(x[0, 0].values == [2.5, 1, 2, 7] && x[1].equal(Tensor.full([3, 4], 3.0)))
  }

  @Test func methodsOfArithmetic() {
    let (x, y) = (Tensor([7.0, 2]), Tensor([2.0, 4]))
    #expect(
      x.add(y).equal(x + y) && x.add(y, alpha: 2).values == [11, 10] && x.add(1).values == [8, 3])
    #expect(x.sub(y).equal(x - y) && x.mul(y).equal(x * y) && x.mul(2).values == [14, 4])
    #expect(x.div(y).values == [3.5, 0.5] && x.div(y, roundingMode: .floor).values == [3, 0])
    #expect(x.where(x .> 5, y).values == [7, 4] && x.where(x .> 5, 0).values == [7, 0])
    #expect((!(x .> 5)).equal(~(x .> 5)) && x.clamp(0, 3).values == [3, 2])
    #expect(x.flatten(0).equal(x) && x.unsqueeze(dim: 0).shape == [1, 2])
    #expect(x.requiresGrad_() === x && x.requiresGrad)
    #expect(y.newTensor([1, 2]).dtype == .float32 && x.lerp(y, 0.5).values == [4.5, 3])
  }
}
