import Autograd
import NN
import TestSupport
import Testing

private final class Symmetric: Module, Parametrization {
  override func forward(_ x: Tensor) -> Tensor { x.triu() + x.triu(diagonal: 1).mT }
  func rightInverse(_ value: Tensor) -> [Tensor]? { [value.triu()] }
}

private final class Doubled: Module {
  var calls = 0
  override func forward(_ x: Tensor) -> Tensor {
    calls += 1
    return x * 2
  }
}

private final class Shorter: Module {
  override func forward(_ x: Tensor) -> Tensor { x[0] }
}

/// x = [[1, −2, 3], [0.5, 1, −1]]
private var x: Tensor { Tensor([[1, -2, 3], [0.5, 1, -1]], dtype: .float64) }

/// l = nn.Linear(columns, rows, bias=False) with the weights `values`.
private func linear(_ rows: Int, _ columns: Int, _ values: [Double]) -> Linear {
  let layer = Linear(columns, rows, bias: false, dtype: .float64)
  layer.weight = Tensor(values, shape: [rows, columns], dtype: .float64)
  return layer
}

private func linear() -> Linear { linear(2, 3, [1, 2, -1, 0.5, -3, 2]) }

private func original(_ module: Module, _ number: String = "") -> Tensor {
  module.getParameter("parametrizations.weight.original\(number)")
}

@Suite struct ParametrizationTests {
  @Test(.ownGenerator) func aParameterIsComputedFromItsOriginal() {
    let layer = linear(2, 2, [1, 2, 3, 4])
    let weight = layer.weight
    #expect(!isParametrized(layer))
    registerParametrization(layer, "weight", Symmetric())
    #expect(isParametrized(layer) && isParametrized(layer, "weight"))
    #expect(!isParametrized(layer, "bias"))
    #expect(layer.weight.values == [1, 2, 2, 4])
    #expect(layer.namedParameters.map(\.name) == ["parametrizations.weight.original"])
    #expect(original(layer) === weight && weight.values == [1, 2, 0, 4])
    #expect(
      layer.namedModules.map(\.name) == [
        "", "parametrizations.weight", "parametrizations.weight.0",
      ])
    layer(Tensor([[1, 10]], dtype: .float64)).sum().backward()
    #expect(weight.grad!.values == [1, 11, 0, 10])
    layer.weight = Tensor([[5, 6], [6, 7]], dtype: .float64)
    #expect(original(layer) === weight && weight.values == [5, 6, 0, 7])
    // A second one is applied to the value of the first.
    registerParametrization(layer, "weight", Doubled())
    #expect(layer.weight.values == [10, 12, 12, 14])
    removeParametrizations(layer, "weight")
    #expect(!isParametrized(layer) && layer.weight === weight)
    #expect(layer.weight.values == [10, 12, 12, 14] && layer.weight.requiresGrad)
  }

  @Test(.ownGenerator) func theOriginalCanBeLeft() {
    let layer = registerParametrization(linear(1, 2, [1, 2]), "weight", Doubled())
    #expect(layer.weight.values == [2, 4])
    removeParametrizations(layer, "weight", leaveParametrized: false)
    #expect(layer.weight.values == [1, 2])
  }

  @Test(.ownGenerator) func aCachedParameterIsComputedOnce() {
    let doubled = Doubled()
    let layer = registerParametrization(linear(1, 2, [1, 2]), "weight", doubled)
    doubled.calls = 0
    let x = Tensor([[1, 1]], dtype: .float64)
    withCachedParametrizations(layer) {
      #expect((layer(x) + layer(x)).item() == 12)
      #expect(doubled.calls == 1)
      // What was kept without recording is not used for recording.
      noGrad { _ = layer(x) }
      #expect(layer(x).requiresGrad)
      let other = Tensor([[3, 3]], dtype: .float64)
      let name = "parametrizations.weight.original"
      #expect(functionalCall(layer, [name: other], x).item() == 12)
    }
    let calls = doubled.calls
    _ = (layer(x), layer(x))
    #expect(doubled.calls == calls + 2)
  }

  /// l=P.weight_norm(lin(),dim=dim); l.parametrizations.weight.original0.mul_(2)
  /// (l(x)**2).sum().backward()
  @Test(
    .ownGenerator,
    arguments: [
      (
        0, [2, 1], [4.898979485566, 7.280109889281], [78.79192005953, 196.4942867286],
        [
          -98.33333333333, -4.666666666667, -107.6666666667, 27.01886792453, 85.88679245283,
          122.0754716981,
        ]
      ),
      (
        1, [1, 3], [2.2360679775, 7.211102550928, 4.472135955],
        [2.90688837075, 133.4053971922, 189.618564492], [-39.2, -24.0, -2.4, 78.4, -16.0, -1.2]
      ),
      (
        nil, [], [8.774964387392], [207.0093871389],
        [
          -128.3636363636, -64.72727272727, -77.63636363636, 33.81818181818, 45.09090909091,
          149.2727272727,
        ]
      ),
    ] as [(Int?, [Int], [Double], [Double], [Double])])
  func weightNormOfPyTorch(_ row: (Int?, [Int], [Double], [Double], [Double])) {
    let layer = weightNorm(linear(), dim: row.0)
    #expect(
      layer.stateDict().names == [
        "parametrizations.weight.original0", "parametrizations.weight.original1",
      ])
    let (g, v) = (original(layer, "0"), original(layer, "1"))
    noGrad { g.mul_(2) }
    #expect(g.shape == row.1)
    expectClose(g, row.2, tolerance: 1e-11)
    expectClose(layer.weight, [2, 4, -2, 1, -6, 4])
    layer(x).square().sum().backward()
    expectClose(g.grad, row.3, tolerance: 1e-11)
    expectClose(v.grad, row.4, tolerance: 1e-11)
    removeParametrizations(layer, "weight")
    #expect(layer.namedParameters.map(\.name) == ["weight"] && layer.weight.isLeaf)
    expectClose(layer.weight, [2, 4, -2, 1, -6, 4])
  }

  @Test(.ownGenerator) func weightNormOfAVectorAndFrozenWeights() {
    final class Vector: Module {
      @Parameter var weight = Tensor([3.0, -4.0])
    }
    let vector = Vector().requiresGrad(false)
    weightNorm(vector)
    #expect(original(vector, "0").array() == [3.0, 4.0] && vector.weight.array() == [3.0, -4.0])
    #expect(vector.parameters.allSatisfy { !$0.requiresGrad })
  }

  /// torch.manual_seed(3); P.spectral_norm(l); y=(l(x)**2).sum(); y.backward(); l.eval(); l(x)
  @Test func spectralNormOfPyTorch() {
    let layer = linear()
    Generator.withDefault(Generator(seed: 3)) {
      // The seed comes before nn.Linear in the fixture.
      _ = Linear(3, 2, bias: false, dtype: .float64)
      spectralNorm(layer)
    }
    let (u, v) = (
      layer.getBuffer("parametrizations.weight.0._u"),
      layer.getBuffer("parametrizations.weight.0._v")
    )
    expectClose(u, [0.5314279534705, -0.8471034944268], tolerance: 1e-11)
    expectClose(v, [0.0254584353027, 0.8505715954352, -0.5252426383213], tolerance: 1e-11)
    let y = layer(x).square().sum()
    y.backward()
    expectClose(y.detach(), [12.64612590422], tolerance: 1e-11)
    expectClose(
      original(layer).grad,
      [
        -0.554158047776, -0.9715140362981, -0.7287743735966, 1.256537695628, 0.986896183332,
        2.050415724479,
      ], tolerance: 1e-11)
    layer.eval()
    expectClose(
      layer(x), [-1.415980568061, 2.949959516793, 0.8259886647021, -1.120984616381],
      tolerance: 1e-11)
    #expect(
      layer.stateDict().names == [
        "parametrizations.weight.original", "parametrizations.weight.0._u",
        "parametrizations.weight.0._v",
      ])
  }

  /// c.weight.copy_(torch.arange(8.).reshape(2,2,2)-3); torch.manual_seed(5)
  /// P.spectral_norm(c, n_power_iterations=3, dim=1)
  @Test func spectralNormOfAnotherDimension() {
    let layer = Conv1d(2, 2, 2, bias: false).to(.float64)
    layer.weight = (Tensor.arange(8, dtype: .float64) - 3).reshape([2, 2, 2])
    Generator.withDefault(Generator(seed: 5)) {
      _ = spectralNorm(layer, nPowerIterations: 3, dim: 1)
    }
    expectClose(
      layer.getBuffer("parametrizations.weight.0._u"), [0.6021955131445, 0.798348648116],
      tolerance: 1e-11)
    expectClose(
      layer.weight.detach(),
      [
        -0.4961544099406, -0.3307696066271, -0.1653848033135, 0, 0.1653848033135, 0.3307696066271,
        0.4961544099406, 0.6615392132541,
      ], tolerance: 1e-11)
  }

  /// Each use improves u and v, so an earlier graph must have kept its own.
  @Test(.ownGenerator) func spectralNormCanBeUsedTwiceBeforeThePass() {
    let layer = spectralNorm(linear())
    let loss = layer(x).sum() - layer(x * 2).sum()
    loss.backward()
    #expect(original(layer).grad != nil)
    let before = layer.getBuffer("parametrizations.weight.0._u").values
    #expect("\(layer)".contains("(0): SpectralNorm()"))
    #expect(layer.getBuffer("parametrizations.weight.0._u").values == before)
  }

  /// l.weight.copy_((torch.arange(n)**2-4).reshape(shape)); torch.manual_seed(7)
  /// P.orthogonal(l, orthogonal_map=m); p=l.parametrizations.weight
  /// p.original.add_((torch.arange(n)*0.1-0.2).reshape(shape)*(1-torch.eye(*shape)))
  /// w=l.weight; (w*torch.arange(1.,1+n).reshape(shape)).sum().backward()
  @Test(.ownGenerator, arguments: OrthogonalRow.all)
  fileprivate func orthogonalOfPyTorch(_ row: OrthogonalRow) {
    let (rows, columns) = row.shape
    let count = rows * columns
    let layer = linear(rows, columns, (0..<count).map { Double($0 * $0) - 4 })
    Generator.withDefault(Generator(seed: 7)) {
      _ = orthogonal(layer, orthogonalMap: row.map)
    }
    #expect(
      layer.stateDict().names == [
        "parametrizations.weight.original", "parametrizations.weight.0.base",
      ])
    let shape = [rows, columns]
    noGrad {
      let steps = (Tensor.arange(count, dtype: .float64) * 0.1 - 0.2).reshape(shape)
      original(layer).add_(steps * (1 - Tensor.eye(rows, columns, dtype: .float64)))
    }
    let factors = Tensor.arange(1, 1 + count, dtype: .float64).reshape(shape)
    let w = layer.weight
    (w * factors).sum().backward()
    expectClose(w.detach(), row.value, tolerance: 1e-11)
    expectClose(original(layer).grad, row.gradient, tolerance: 1e-11)
  }

  /// P.orthogonal(l, orthogonal_map='householder', use_trivialization=False); l.weight = Q
  @Test(.ownGenerator) func orthogonalWithoutTrivialization() {
    let layer = linear(3, 2, [-4, -3, 0, 5, 12, 21])
    orthogonal(layer, orthogonalMap: .householder, useTrivialization: false)
    expectClose(
      original(layer).detach(),
      [1, 20.87103255711, 0, -1, -0.7207592200561, 0.3365037450364], tolerance: 1e-11)
    expectClose(
      layer.weight.detach(),
      [-0.3162277660168, 0.5735276890894, 0, 0.7965662348465, 0.9486832980505, 0.1911758963632],
      tolerance: 1e-11)
    let q = Tensor([[1, 2], [3, -1], [0.5, 2]], dtype: .float64).qr().q
    layer.weight = q
    expectClose(layer.weight.detach(), q.values, tolerance: 1e-12)
    expectClose(
      original(layer).detach().select(dim: 1, index: 0), [1, 0.7140201466107, 0.1190033577685],
      tolerance: 1e-11)
  }

  @Test(.ownGenerator) func misuseStops() async {
    let name = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      weightNorm(Linear(2, 2), "wight")
    }
    expectMessage(
      name, "weightNorm: Linear has no parameter \"wight\" of its own; it has weight, bias")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      registerParametrization(Linear(2, 3), "weight", Shorter())
    }
    expectMessage(
      shape,
      "registerParametrization: Shorter makes a tensor of shape [2] and dtype float32 of a",
      "of shape [3, 2]")
    let assigned = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = registerParametrization(Linear(2, 2), "weight", Doubled())
      layer.weight = Tensor.ones([2, 2])
    }
    expectMessage(assigned, "Doubled: a parameter with this parametrisation cannot be assigned")
    let several = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      removeParametrizations(weightNorm(Linear(2, 2)), "weight", leaveParametrized: false)
    }
    expectMessage(several, "removeParametrizations: \"weight\" is computed from 2 tensors")
    let absent = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      removeParametrizations(Linear(2, 2), "weight")
    }
    expectMessage(absent, "removeParametrizations: Linear has no parameter \"weight\" with a")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      orthogonal(Linear(2, 2), "bias")
    }
    expectMessage(vector, "orthogonal: expected a matrix or a batch of matrices, got the shape [2]")
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      spectralNorm(Linear(2, 2), nPowerIterations: 0)
    }
    expectMessage(steps, "spectralNorm: nPowerIterations must be positive, but it is 0")
  }
}

private struct OrthogonalRow: CustomTestStringConvertible, Sendable {
  let map: OrthogonalMap
  let shape: (Int, Int)
  let value: [Double]
  let gradient: [Double]

  var testDescription: String { "\(map) \(shape)" }

  static let all = [
    OrthogonalRow(
      map: .matrixExp, shape: (3, 3),
      value: [
        0.2308765714052, 0.8296432548094, 0.5083188748467, -0.04461029477643, 0.530910043932,
        -0.8462531812951, 0.9719598398988, -0.1727037781908, -0.1595853208239,
      ], gradient: [0, 0, 0, -4.491537365871, 0, 0, -14.02742226059, -8.278244227612, 0]),
    OrthogonalRow(
      map: .matrixExp, shape: (3, 2),
      value: [
        -0.4748760538618, 0.335555257322, 0.09466828442608, 0.9385686614856, 0.874946083706,
        0.08057007484637,
      ], gradient: [0, 0, -1.086085331681, 0, -2.370787843592, -3.054260955875]),
    OrthogonalRow(
      map: .matrixExp, shape: (2, 3),
      value: [
        -0.7698273256478, -0.6319661125121, -0.08935726787599, -0.4185203486371, 0.3941243867612,
        0.8182338819291,
      ], gradient: [0, 9.592965199823, 0.4920383384998, 0, 0, -2.000669498376]),
    OrthogonalRow(
      map: .cayley, shape: (3, 3),
      value: [
        0.2213469940986, 0.8218773193871, 0.5249030196908, -0.03528381151696, 0.5446514555274,
        -0.8379199512105, 0.9745565970473, -0.1669504832842, -0.1495559269397,
      ], gradient: [0, 0, 0, -4.226325342251, 0, 0, -12.87455101699, -7.218007848215, 0]),
    OrthogonalRow(
      map: .cayley, shape: (3, 2),
      value: [
        -0.4731469833634, 0.3381488630696, 0.09395957985567, 0.93750560463, 0.8759586345756,
        0.08208890115072,
      ], gradient: [0, 0, -1.075361566599, 0, -2.279659815414, -2.931245614747]),
    OrthogonalRow(
      map: .cayley, shape: (2, 3),
      value: [
        -0.7701702056034, -0.6316429778947, -0.0886848514527, -0.4166999298882, 0.3929982805013,
        0.8197033121528,
      ], gradient: [0, 9.488794264646, 0.4845017394082, 0, 0, -1.895983594323]),
    OrthogonalRow(
      map: .householder, shape: (3, 3),
      value: [
        0.5894340962641, 0.8052320517276, 0.0645661601145, -0.05590967609901, 0.1203998373819,
        -0.9911498308918, 0.8058793670766, -0.5806076317351, -0.1159880325341,
      ], gradient: [0, 0, 0, 5.430839734354, 0, 0, -26.95885711631, -5.867436141378, 0]),
    OrthogonalRow(
      map: .householder, shape: (3, 2),
      value: [
        -0.5825522004732, 0.1617893058498, 0.2325197177815, 0.9722051993721, 0.7788244439967,
        -0.1692373210212,
      ], gradient: [0, 0, -1.552695169382, 0, -8.330140453056, -9.371137060475]),
    OrthogonalRow(
      map: .householder, shape: (2, 3),
      value: [
        -0.7485354538526, -0.6356160945331, -0.1889096469111, -0.5945502625737, 0.5172015430616,
        0.6156399508871,
      ], gradient: [0, 17.43048645904, 7.497206712351, 0, 0, -5.319263479399]),
  ]
}
