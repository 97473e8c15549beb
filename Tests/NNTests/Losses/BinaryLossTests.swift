import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, to 15 digits.

@Suite struct BinaryLossTests {
  private let weight = Tensor([2, 0.5], dtype: .float64)

  @Test func ofProbabilities() {
    for (weight, none, mean, byInput, byTarget) in [
      (
        nil, [0.105360515657826, 0.105360515657826, 0.693147180559945, 0.727126987919025],
        0.407748799948656, [0.277777777777778, -0.277777777777778, 0.25, 0.2],
        [0.549306144334055, -0.549306144334055, 0, -0.274653072167027]
      ),
      (
        weight, [0.210721031315653, 0.0526802578289131, 1.38629436111989, 0.363563493959512],
        0.503314786055992, [0.555555555555555, -0.138888888888889, 0.5, 0.1],
        [1.09861228866811, -0.274653072167027, 0, -0.137326536083514]
      ),
    ] as [(Tensor?, [Double], Double, [Double], [Double])] {
      let (p, y) = (leaf([[0.1, 0.9], [0.5, 0.75]]), leaf([[0, 1], [0.25, 0.6]]))
      expectClose(BCELoss(weight: weight, reduction: .none)(p, y), none)
      let loss = BCELoss(weight: weight)(p, y)
      expectClose(loss, [mean])
      loss.backward()
      expectClose(p.grad, byInput, "gradient of the input")
      expectClose(y.grad, byTarget, "gradient of the target")
    }
  }

  /// The gradient of the target is finite. PyTorch's is not, since it does not clamp its
  /// logarithms.
  @Test func logarithmsAreClamped() {
    let (p, y) = (leaf([0, 0, 1, 1]), leaf([0, 1, 0, 1]))
    let loss = binaryCrossEntropy(p, y, reduction: .none)
    expectClose(loss, [0, 100, 100, 0])
    let first = grad(of: loss.sum(), wrt: [p, y], createGraph: true).map { $0! }
    expectClose(first[0], [0, -1e12, 1e12, 0])
    expectClose(first[1], [100, 100, -100, -100])
    for g in first {
      let second = grad(of: g.sum(), wrt: [p, y], retainGraph: true, materializeGrads: true)
      for h in second { #expect(h!.isfinite().all().item() == 1) }
    }
  }

  @Test func probabilitiesOutOfRangeStop() async {
    let above = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = binaryCrossEntropy(Tensor([0.5, 1.5]), Tensor([0.0, 1.0])) }
    expectMessage(above, "binaryCrossEntropy: the input must be in 0…1, but one element is 1.5")
    let nan = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = binaryCrossEntropy(Tensor([Double.nan]), Tensor([0.0])) }
    expectMessage(nan, "but one element is nan")
    let target = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = binaryCrossEntropy(Tensor([0.5, 0.5]), Tensor([0, -0.25])) }
    expectMessage(
      target, "binaryCrossEntropy: the target must be in 0…1, but one element is -0.25")
  }

  @Test func dtypesThatDifferStop() async {
    let double = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = binaryCrossEntropy(Tensor([0.5]), Tensor([0.5], dtype: .float64)) }
    expectMessage(
      double,
      """
      binaryCrossEntropy: expected input and target of one floating-point dtype, but they are \
      float32 and float64; cast one of them with to(_:)
      """)
    let integers = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = binaryCrossEntropyWithLogits(Tensor([1, 2]), Tensor([0.0, 1.0])) }
    expectMessage(
      integers, "binaryCrossEntropyWithLogits: expected floating-point logits, but the input is")
  }

  /// As in PyTorch, a weight is cast to the dtype of the losses.
  @Test func weightsAreCast() {
    let (x, y) = (Tensor([0.25, 0.5]), Tensor([0.0, 1.0]))
    for weight in [Tensor([2.0, 1.0], dtype: .float64), Tensor([2, 1])] {
      #expect(binaryCrossEntropy(x, y, weight: weight).dtype == .float32)
      #expect(binaryCrossEntropyWithLogits(x, y, weight: weight).dtype == .float32)
      #expect(binaryCrossEntropyWithLogits(x, y, posWeight: weight).dtype == .float32)
    }
    let mixed = binaryCrossEntropyWithLogits(x, y.to(.int64))
    #expect(mixed.item() == binaryCrossEntropyWithLogits(x, y).item())
  }

  @Test func ofLogits() {
    for (weight, posWeight, mean, byInput, byTarget) in [
      (
        nil, nil, 0.427089868925143,
        [0.0456063809515891, -0.0298007305055294, 0.0625, 0.0197946747938482],
        [0.375, -0.5, 0, -0.1875]
      ),
      (
        weight, nil, 0.549005106416083,
        [0.0912127619031782, -0.0149003652527647, 0.125, 0.00989733739692412],
        [0.75, -0.25, 0, -0.09375]
      ),
      (
        nil, weight, 0.42553024087115,
        [0.0456063809515891, -0.0149003652527647, 0.03125, 0.0438562723556938],
        [0.800353319495688, -0.515866001380372, 0.173286795139986, -0.235858875764362]
      ),
      (
        weight, Tensor([3, 0.2], dtype: .float64), 0.686386840084878,
        [0.0912127619031782, -0.00298007305055295, 0, 0.0291466154464006],
        [2.45141327798275, -0.262692801104297, 0.693147180559945, -0.13243710061149]
      ),
    ] as [(Tensor?, Tensor?, Double, [Double], [Double])] {
      let (x, y) = (leaf([[-1.5, 2], [0, 0.75]]), leaf([[0, 1], [0.25, 0.6]]))
      let loss = BCEWithLogitsLoss(weight: weight, posWeight: posWeight)(x, y)
      expectClose(loss, [mean])
      loss.backward()
      expectClose(x.grad, byInput, "gradient of the input")
      expectClose(y.grad, byTarget, "gradient of the target")
    }
  }

  @Test(arguments: [DType.float32, .float64])
  func hugeLogitsAreExact(dtype: DType) {
    let x = Tensor([1e4, 1e4, -1e4, -1e4], dtype: dtype, requiresGrad: true)
    let y = Tensor([0, 1, 0, 1], dtype: dtype)
    let loss = binaryCrossEntropyWithLogits(x, y, reduction: .none)
    #expect(loss.values == [1e4, 0, 0, 1e4])
    loss.sum().backward()
    #expect(x.grad!.values == [1, 0, 0, -1])
  }

  @Test func weightsThatDoNotFitStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let x = Tensor.zeros([2, 3])
      _ = binaryCrossEntropyWithLogits(x, x, posWeight: Tensor.ones([2]))
    }
    expectMessage(result, "the posWeight has shape [2], which does not broadcast")
  }
}
