import Autograd
import TestSupport
import Testing

@testable import NN

// Expected numbers are those of PyTorch 2.13 in float64, to 15 digits.

private let logits = [[1.5, -0.5, 0.25], [0, 2, -1], [-0.75, 0.5, 3], [1, 1, -2]]
private var classes: Tensor { Tensor([0, -100, 1, 0]) }
private var weight: Tensor { Tensor([0.5, 2, 1.25], dtype: .float64) }

@Suite struct CrossEntropyValueTests {
  private func check(
    _ loss: (Tensor, Reduction) -> Tensor, none: [Double], mean: Double, gradient: [Double],
    at location: SourceLocation = #_sourceLocation
  ) {
    let x = leaf(logits)
    expectClose(loss(x, .none), none, at: location)
    expectClose(loss(x, .sum), [none.reduce(0, +)], at: location)
    let total = loss(x, .mean)
    expectClose(total, [mean], at: location)
    total.backward()
    expectClose(x.grad, gradient, "gradient", at: location)
  }

  @Test func plain() {
    check(
      { CrossEntropyLoss(reduction: $1)($0, classes) },
      none: [0.351951863802802, 0, 2.60039065637253, 0.717735918666703], mean: 1.22335947961401,
      gradient: [
        -0.0988953413260754, 0.031727732049725, 0.0671676092763503, 0, 0, 0, 0.00709047499909871,
        -0.30858514385517, 0.301494668856071, -0.170714816279877, 0.162618517053456,
        0.00809629922642107,
      ])
  }

  @Test func weighted() {
    check(
      { CrossEntropyLoss(weight: weight, reduction: $1)($0, classes) },
      none: [0.175975931901401, 0, 5.20078131274506, 0.358867959333351], mean: 1.91187506799327,
      gradient: [
        -0.0494476706630377, 0.0158638660248625, 0.0335838046381752, 0, 0, 0, 0.0141809499981974,
        -0.61717028771034, 0.602989337712142, -0.0853574081399386, 0.0813092585267281,
        0.00404814961321053,
      ])
  }

  @Test func smoothed() {
    check(
      { CrossEntropyLoss(labelSmoothing: 0.1, reduction: $1)($0, classes) },
      none: [0.460285197136135, 0, 2.55872398970587, 0.817735918666703], mean: 1.27891503516957,
      gradient: [
        -0.0766731191038531, 0.0206166209386139, 0.0560564981652392, 0, 0, 0, -0.0040206361120124,
        -0.286362921632948, 0.29038355774496, -0.148492594057655, 0.151507405942345,
        -0.00301481188469004,
      ])
  }

  @Test func weightedAndSmoothed() {
    check(
      { CrossEntropyLoss(weight: weight, labelSmoothing: 0.3, reduction: $1)($0, classes) },
      none: [0.811415101257031, 0, 4.36569341506124, 0.895358541033359], mean: 2.02415568578388,
      gradient: [
        0.0366342108719287, -0.043664060930616, 0.00702985005868731, 0, 0, 0, -0.00408107354326646,
        -0.489405297009593, 0.49348637055286, -0.0154349084695776, 0.051231758197089,
        -0.0357968497275114,
      ])
  }

  @Test func ofLogarithms() {
    let x = leaf(logits)
    let logs = x.logSoftmax(dim: 1)
    let loss = NLLLoss(weight: weight)(logs, classes)
    expectClose(loss, [1.91187506799327])
    expectClose(
      nllLoss(logs, classes, weight: weight, reduction: .none),
      [0.175975931901401, 0, 5.20078131274506, 0.358867959333351])
    let slopes = grad(of: loss, wrt: logs)
    let sixth = -1.0 / 6
    expectClose(slopes, [sixth, 0, 0, 0, 0, 0, 0, 4 * sixth, 0, sixth, 0, 0])
  }

  @Test func ofProbabilities() {
    let target = [[0.2, 0.3, 0.5], [1, 0, 0], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]]
    var (x, y) = (leaf(logits), leaf(target))
    var loss = crossEntropy(x, y)
    expectClose(loss, [2.10998111459958])
    loss.backward()
    expectClose(
      x.grad,
      [
        0.125828494005443, -0.0512042009627063, -0.0746242930427373, -0.221451200153851,
        0.210948683620335, 0.0105025165335165, -0.019682143750676, -0.181438857891377,
        0.201121001642053, 0.0594638877900921, 0.0594638877900921, -0.118927775580184,
      ], "gradient of the input")
    expectClose(
      y.grad,
      [
        0.0879879659507005, 0.5879879659507, 0.4004879659507, 0.542461504889071, 0.0424615048890714,
        0.792461504889071, 0.962597664093133, 0.650097664093133, 0.0250976640931331,
        0.179433979666676, 0.179433979666676, 0.929433979666676,
      ], "gradient of the target")
    (x, y) = (leaf(logits), leaf(target))
    loss = crossEntropy(x, y, weight: weight, labelSmoothing: 0.3)
    expectClose(loss, [2.51637061294935])
    loss.backward()
    expectClose(
      y.grad,
      [
        0.0307957880827452, 0.823183152330981, 0.350426970206863, 0.189861526711175,
        0.0594461068447, 0.693403816777937, 0.336909182432597, 0.910136729730386,
        0.0219604560814915, 0.0628018928833365, 0.251207571533346, 0.813254732208341,
      ], "gradient of the smoothed target")
  }

  @Test func withFurtherDimensions() {
    let x = leaf([
      [[0, 0.37], [0.74, 1.11], [1.48, 1.85]], [[0.32, 0.69], [1.06, 1.43], [1.8, 0.27]],
    ])
    let target = Tensor([[0, 2], [1, -100]], dtype: .int32)
    expectClose(crossEntropy(x, target, weight: weight), [1.12541941326279])
    let loss = crossEntropy(x, target, weight: weight, reduction: .none)
    #expect(loss.shape == [2, 2])
    expectClose(loss, [1.0067097066314, 0.666774266578489, 2.54683882652558, 0])
    loss.sum().backward()
    expectClose(
      x.grad,
      [
        -0.433234352775386, 0.166914118061536, 0.139936491166271, 0.349841227915678,
        0.293297861609115, -0.516755345977213, 0.267062588898457, 0, -1.44025403533492, 0,
        1.17319144643646, 0,
      ])
  }

  @Test(arguments: [DType.uint8, .int32, .int64])
  func ofOneSample(dtype: DType) {
    let loss = crossEntropy(leaf(logits[2]), Tensor(1, dtype: dtype), reduction: .none)
    #expect(loss.shape == [])
    expectClose(loss, [2.60039065637253])
  }
}

@Suite struct CrossEntropyExtremesTests {
  private func result(
    _ x: [Double], _ target: Int, labelSmoothing: Double = 0
  ) -> (loss: Double, gradient: [Double]) {
    let x = leaf([x])
    let loss = crossEntropy(x, Tensor([target]), labelSmoothing: labelSmoothing)
    loss.backward()
    return (loss.item(), x.grad!.values)
  }

  @Test func hugeLogits() {
    #expect(result([1e4, -1e4, 0], 1) == (2e4, [1, -1, 0]))
    #expect(result([-1e4, -1e4, 1e4], 2) == (0, [0, 0, 0]))
  }

  /// ln Σ exp as a single number would round 10000.3133 to the nearest 1/1024.
  @Test func theSumOfExponentialsIsKeptBesideALargeLogit() {
    let x = Tensor([[10000, 9999]], dtype: .float32, requiresGrad: true)
    let loss = crossEntropy(x, Tensor([0]))
    expectClose(loss, [0.31326166], tolerance: 1e-7)
    loss.backward()
    expectClose(x.grad, [-0.26894142, 0.26894142], tolerance: 1e-7)
  }

  @Test func impossibleClasses() {
    let none = result([-.infinity, 0, 1], 1)
    #expect(abs(none.loss - 1.31326168751822) < 1e-13)
    #expect(none.gradient[0] == 0)
    let target = result([-.infinity, 0, 1], 0)
    #expect(target.loss == .infinity)
    #expect(target.gradient[0] == -1)
    #expect(result([-.infinity, 0, 1], 1, labelSmoothing: 0.1).loss == .infinity)
    #expect(result([-.infinity, -.infinity], 1).loss.isNaN)
  }

  @Test func infiniteLogitsMakeNaN() {
    for target in [0, 1] {
      let (loss, gradient) = result([.infinity, 0, 1], target)
      #expect(loss.isNaN)
      #expect(gradient.allSatisfy { $0.isNaN })
    }
  }

  @Test func ignoredRowsDoNotAffectTheLoss() {
    let x = leaf([[Double.nan, 2], [1, 2]])
    let loss = crossEntropy(x, Tensor([-100, 1]))
    expectClose(loss, [0.31326168751822])
    loss.backward()
    expectClose(x.grad, [0, 0, 0.268941421369995, -0.268941421369995])
  }

  @Test func meanOfOnlyIgnoredRowsIsNaN() {
    let x = leaf([[1, 2]])
    for smoothing in [0, 0.1] {
      let loss = crossEntropy(x, Tensor([7]), ignoreIndex: 7, labelSmoothing: smoothing)
      #expect(loss.item().isNaN)
      #expect(grad(of: loss, wrt: x).values == [0, 0])
      #expect(
        crossEntropy(
          x, Tensor([7]), ignoreIndex: 7, labelSmoothing: smoothing, reduction: .sum
        ).item() == 0)
    }
    let empty = Tensor.zeros([0, 3])
    #expect(crossEntropy(empty, Tensor.zeros([0], dtype: .int64)).item().isNaN)
    #expect(crossEntropy(empty, empty).item().isNaN)
    #expect(nllLoss(empty, Tensor.zeros([0], dtype: .int64)).item().isNaN)
    #expect(crossEntropy(empty, empty, reduction: .none).shape == [0])
  }

  /// The kernel against its composition, with every option.
  @Test(arguments: [3, 37], [0, 0.2, 1])
  func theFusedFormMeansItsComposition(classes: Int, smoothing: Double) {
    var random = SplitMix(seed: 7)
    let numbers = (0..<100 * classes).map { _ in 8 * random.uniform() - 4 }
    let index = Tensor((0..<100).map { _ in Int(random.next() % UInt64(classes)) })
    let isIgnored = Tensor((0..<100).map { $0 % 5 == 3 })
    let g = Tensor((0..<100).map { _ in random.uniform() - 0.5 }, dtype: .float64)
    let weights = (0..<classes).map { _ in 0.5 + random.uniform() }
    for weight in [nil, Tensor(weights, dtype: .float64)] {
      let factor = weight?.indexSelect(dim: 0, index: index) ?? .ones([100], dtype: .float64)
      let rows = CrossEntropyRows(
        index: index, isIgnored: isIgnored,
        hit: factor.maskedFill(isIgnored, 0) * (1 - smoothing),
        smoothing: smoothing / Double(classes), weight: weight, classes: classes)
      let x = Tensor(numbers, shape: [100, classes], dtype: .float64, requiresGrad: true)
      let (fused, composed) = (crossEntropy(x, rows), composedCrossEntropy(x, rows))
      expectClose(fused, composed.values)
      let expected = grad(of: composed, wrt: x, gradient: g).values
      expectClose(grad(of: fused, wrt: x, gradient: g, retainGraph: true), expected, "fused")
      expectClose(grad(of: fused, wrt: x, gradient: g, createGraph: true), expected, "recorded")
    }
  }
}

@Suite struct CrossEntropyMisuseTests {
  private static let x = [[0.0, 1, 2], [0, 1, 2]]

  @Test func classesOutOfRangeStop() async {
    let row = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor(Self.x), Tensor([0, 3])) }
    expectMessage(
      row,
      """
      crossEntropy: the class 3 in row 1 of the target is out of range: there are 3 classes, from \
      0 on; rows with the class -100 are ignored
      """)
    let place = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let target = Tensor([[0, 1], [2, -1]])
      _ = nllLoss(Tensor.zeros([2, 3, 2]), target)
    }
    expectMessage(place, "nllLoss: the class -1 at [1, 1] of the target is out of range")
  }

  @Test func shapesThatDoNotFitStop() async {
    let column = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor(Self.x), Tensor([[0], [1]])) }
    expectMessage(
      column,
      """
      crossEntropy: an input of shape [2, 3], with 3 classes in dimension 1, needs indices of \
      shape [2], but the target has shape [2, 1]
      """)
    let oneHot = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor(Self.x), Tensor([[0, 1, 0], [1, 0, 0]])) }
    expectMessage(oneHot, "take argmax(dim:) of one-hot vectors")
    let probabilities = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor(Self.x), Tensor([0.0, 1.0])) }
    expectMessage(probabilities, "crossEntropy: the input has shape [2, 3], but the target [2]")
    let weight = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor(Self.x), Tensor([0, 1]), weight: Tensor.ones([2])) }
    expectMessage(weight, "the weight has shape [2]")
  }

  // As text, since NaN cannot be passed to the process of an exit test.
  @Test(arguments: ["-0.1", "1.5", "nan"])
  func smoothingOutOfRangeStops(smoothing: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [smoothing = smoothing as String] in
      _ = crossEntropy(Tensor(Self.x), Tensor([0, 1]), labelSmoothing: Double(smoothing)!)
    }
    expectMessage(result, "crossEntropy: labelSmoothing must be in 0…1, but it is \(smoothing)")
  }

  @Test func weightsOfAnotherDTypeStop() async {
    let logits = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let weight = Tensor.ones([3], dtype: .float64)
      _ = crossEntropy(Tensor(Self.x), Tensor([0, 1]), weight: weight)
    }
    expectMessage(
      logits,
      """
      crossEntropy: the weight is float64, but the input is float32; cast the weight with \
      to(.float32)
      """)
    let logs = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = nllLoss(Tensor(Self.x), Tensor([0, 1]), weight: Tensor([1, 1, 1])) }
    expectMessage(logs, "nllLoss: the weight is int64, but the input is float32")
    let leaf = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let weight = Tensor.ones([3], requiresGrad: true)
      _ = nllLoss(Tensor(Self.x), Tensor([0, 1]), weight: weight)
    }
    expectMessage(
      leaf,
      """
      nllLoss: the weight requires a gradient, but none flows to it if the target is class \
      indices; detach() it
      """)
  }

  /// With probabilities PyTorch promotes, and has a gradient of the weight.
  @Test func weightsOfProbabilities() {
    let x = Tensor(Self.x, requiresGrad: true)
    let y = Tensor([[0.5, 0.25, 0.25], [0, 1, 0]], dtype: .float32)
    let weight = Tensor([1, 2, 0.5], dtype: .float64, requiresGrad: true)
    let loss = crossEntropy(x, y, weight: weight)
    #expect(loss.dtype == .float64)
    expectClose(loss, [2.38688431944434])
    expectClose(
      grad(of: loss, wrt: weight), [0.601901491111095, 0.879753727777738, 0.0509507455555475],
      tolerance: 1e-6)
    #expect(grad(of: crossEntropy(x, y, weight: weight), wrt: x).dtype == .float32)
  }

  @Test func invalidDTypesStop() async {
    let integers = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor([[1, 2]]), Tensor([0])) }
    expectMessage(integers, "got int64 of shape [1, 2]")
    let bools = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor([[1.0, 2.0]]), Tensor([true])) }
    expectMessage(bools, "class indices must be integers, but the target is bool")
    let real = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = nllLoss(Tensor([[1.0, 2.0]]), Tensor([0.0])) }
    expectMessage(real, "nllLoss: the target must be class indices, but it is float32")
    let ignored = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = crossEntropy(Tensor([[1.0, 2.0]]), Tensor([[0.0, 1.0]]), ignoreIndex: 1) }
    expectMessage(ignored, "ignoreIndex 1 has no meaning for probabilities")
  }
}
