import Autograd
import Testing

/// Compound assignments to subscripts while recording: `y[0] *= w`. Values and gradients are
/// PyTorch's.
@Suite struct CompoundAssignmentTests {
  typealias Change = @Sendable (inout Tensor, Tensor) -> Void

  /// y = 2x for x = [1, 2, 3], changed with w = 3: the values of y, and for the weights 1, 10 and
  /// 100 of its elements the gradients of x and w.
  static let changes: [(y: [Double], x: [Double], w: Double, change: Change)] = [
    ([6, 4, 6], [6, 20, 200], 2, { y, w in y[0] *= w }),
    ([5, 4, 6], [2, 20, 200], 1, { y, w in y[0] += w }),
    ([-1, 4, 6], [2, 20, 200], -1, { y, w in y[0] -= w }),
    ([2 / 3, 4, 6], [2 / 3, 20, 200], -2 / 9, { y, w in y[0] /= w }),
    ([6, 12, 6], [6, 60, 200], 42, { y, w in y[0..<2] *= w }),
    ([6, 12, 6], [6, 60, 200], 42, { y, w in y[...1] *= w }),
    ([6, 4, 18], [6, 20, 600], 602, { y, w in y[.slice(by: 2)] *= w }),
    ([6, 4, 18], [6, 20, 600], 602, { y, w in y[Tensor([true, false, true])] *= w }),
    ([6, 4, 6], [12, 20, 200], 4, { y, w in y[[0, 0]] *= w }),
    ([6, 12, 18], [6, 60, 600], 642, { y, w in y[.newAxis] *= w }),
    ([6, 12, 18], [6, 60, 600], 642, { y, w in y[nil] *= w }),
    ([6, 12, 18], [6, 60, 600], 642, { y, w in y[.ellipsis] *= w }),
    ([6, 12, 18], [6, 60, 600], 642, { y, w in y[...] *= w }),
    ([2, 4, 18], [2, 20, 600], 600, { y, w in y[..., -1] *= w }),
    ([2, 4, 18], [2, 20, 600], 600, { y, w in y[indices: [2]] *= w }),
    (
      [18, 12, 6], [18, 60, 200], 52,
      { y, w in
        y[0] *= w
        y[0] *= w
        y[1] *= w
      }
    ),
  ]

  @Test(arguments: changes.indices)
  func gradientsArePyTorchs(_ index: Int) {
    let (values, ofX, ofW, change) = Self.changes[index]
    let x = Tensor([1.0, 2, 3], dtype: .float64, requiresGrad: true)
    let w = Tensor(3.0, dtype: .float64, requiresGrad: true)
    var y = 2 * x
    change(&y, w)
    #expect(y.allclose(Tensor(values, dtype: .float64)))
    (y * Tensor([1.0, 10, 100], dtype: .float64)).sum().backward()
    #expect(x.grad!.allclose(Tensor(ofX, dtype: .float64)), "\(x.grad!)")
    #expect(w.grad!.allclose(Tensor(ofW, dtype: .float64)), "\(w.grad!)")
  }

  @Test func higherOrders() throws {
    let inputs = [
      Tensor([1.0, 2, 3, 4], shape: [2, 2], dtype: .float64, requiresGrad: true),
      Tensor([0.5, 1.5], dtype: .float64, requiresGrad: true),
    ]
    func scaled(_ inputs: [Tensor]) -> Tensor {
      let y = inputs[0] * inputs[0]
      y[0] *= inputs[1]
      y[.all, 1] *= inputs[1].exp()
      return y
    }
    _ = try gradcheck(scaled, inputs)
    _ = try gradgradcheck(scaled, inputs)
  }

  @Test func aRowMultipliedByAnotherReadsItsOldElements() {
    let x = Tensor([1.0, 2, 3], requiresGrad: true)
    let y = 2 * x
    y[0] *= y[1].clone()
    #expect(y.values == [8, 4, 6])
    y.sum().backward()
    #expect(x.grad!.values == [8, 6, 2])
  }

  @Test func aSavedTensorThatIsChangedStops() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor([1.0, 2, 3], requiresGrad: true)
      let w = Tensor(3.0, requiresGrad: true)
      let y = 2 * x
      let z = y * w
      y[0] *= w
      z.sum().backward()
    }
  }

  @Test func withoutRecordingTheTensorIsChanged() {
    let x = Tensor([1.0, 2, 3], requiresGrad: true)
    noGrad { x[0] *= 5 }
    #expect(x.values == [5, 2, 3] && x.isLeaf)
    let row = Tensor([[1, 2], [3, 4]])
    row[0][1] *= 10
    row[1] -= 1
    #expect(row.values == [1, 20, 2, 3])
  }
}
