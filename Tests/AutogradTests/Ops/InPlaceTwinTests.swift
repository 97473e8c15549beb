import Autograd
import TestSupport
import Testing

/// Each op that writes its result back gives what the op itself gives, with the same gradients.
@Suite struct InPlaceTwinTests {
  struct Twin: Sendable, CustomTestStringConvertible {
    let name: String
    let inPlace: @Sendable (Tensor, Tensor) -> Tensor
    let op: @Sendable (Tensor, Tensor) -> Tensor
    var testDescription: String { name }

    init(
      _ name: String, _ inPlace: @escaping @Sendable (Tensor, Tensor) -> Tensor,
      _ op: @escaping @Sendable (Tensor, Tensor) -> Tensor
    ) {
      (self.name, self.inPlace, self.op) = (name, inPlace, op)
    }
  }

  private static var index: Tensor { Tensor([[0, 1, 0], [1, 0, 1]]) }
  private static var slices: Tensor { Tensor([1, 0]) }
  private static var mask: Tensor { Tensor([[true, false, true], [false, true, false]]) }

  static let twins: [Twin] = [
    Twin("acos_", { x, _ in x.acos_() }, { x, _ in x.acos() }),
    Twin("acosh_", { x, _ in (x + 1).acosh_() }, { x, _ in (x + 1).acosh() }),
    Twin("asin_", { x, _ in x.asin_() }, { x, _ in x.asin() }),
    Twin("asinh_", { x, _ in x.asinh_() }, { x, _ in x.asinh() }),
    Twin("atan_", { x, _ in x.atan_() }, { x, _ in x.atan() }),
    Twin("atanh_", { x, _ in x.atanh_() }, { x, _ in x.atanh() }),
    Twin("ceil_", { x, _ in x.ceil_() }, { x, _ in x.ceil() }),
    Twin("cosh_", { x, _ in x.cosh_() }, { x, _ in x.cosh() }),
    Twin("deg2rad_", { x, _ in x.deg2rad_() }, { x, _ in x.deg2rad() }),
    Twin("digamma_", { x, _ in x.digamma_() }, { x, _ in x.digamma() }),
    Twin("erf_", { x, _ in x.erf_() }, { x, _ in x.erf() }),
    Twin("erfc_", { x, _ in x.erfc_() }, { x, _ in x.erfc() }),
    Twin("erfinv_", { x, _ in x.erfinv_() }, { x, _ in x.erfinv() }),
    Twin("exp2_", { x, _ in x.exp2_() }, { x, _ in x.exp2() }),
    Twin("expm1_", { x, _ in x.expm1_() }, { x, _ in x.expm1() }),
    Twin("floor_", { x, _ in x.floor_() }, { x, _ in x.floor() }),
    Twin("frac_", { x, _ in x.frac_() }, { x, _ in x.frac() }),
    Twin("i0_", { x, _ in x.i0_() }, { x, _ in x.i0() }),
    Twin("lgamma_", { x, _ in x.lgamma_() }, { x, _ in x.lgamma() }),
    Twin("log10_", { x, _ in x.log10_() }, { x, _ in x.log10() }),
    Twin("log1p_", { x, _ in x.log1p_() }, { x, _ in x.log1p() }),
    Twin("log2_", { x, _ in x.log2_() }, { x, _ in x.log2() }),
    Twin("rad2deg_", { x, _ in x.rad2deg_() }, { x, _ in x.rad2deg() }),
    Twin("sign_", { x, _ in x.sign_() }, { x, _ in x.sign() }),
    Twin("sinc_", { x, _ in x.sinc_() }, { x, _ in x.sinc() }),
    Twin("sinh_", { x, _ in x.sinh_() }, { x, _ in x.sinh() }),
    Twin("tan_", { x, _ in x.tan_() }, { x, _ in x.tan() }),
    Twin("trunc_", { x, _ in x.trunc_() }, { x, _ in x.trunc() }),
    Twin("logit_", { x, _ in x.logit_() }, { x, _ in x.logit() }),
    Twin("nanToNum_", { x, _ in x.nanToNum_() }, { x, _ in x.nanToNum() }),
    Twin("round_", { x, _ in x.round_(decimals: 1) }, { x, _ in x.round(decimals: 1) }),
    Twin("atan2_", { x, y in x.atan2_(y) }, { x, y in x.atan2(y) }),
    Twin("copysign_", { x, y in x.copysign_(y) }, { x, y in x.copysign(y) }),
    Twin("fmod_", { x, y in x.fmod_(y) }, { x, y in x.fmod(y) }),
    Twin("fmod_ number", { x, _ in x.fmod_(0.3) }, { x, _ in x.fmod(0.3) }),
    Twin("hypot_", { x, y in x.hypot_(y) }, { x, y in x.hypot(y) }),
    Twin("remainder_", { x, y in x.remainder_(y) }, { x, y in x.remainder(y) }),
    Twin("remainder_ number", { x, _ in x.remainder_(0.3) }, { x, _ in x.remainder(0.3) }),
    Twin("pow_", { x, y in x.pow_(y) }, { x, y in x.pow(y) }),
    Twin("xlogy_", { x, y in x.xlogy_(y) }, { x, y in x.xlogy(y) }),
    Twin("clamp_ min", { x, y in x.clamp_(min: y) }, { x, y in x.clamp(min: y) }),
    Twin("clamp_ max", { x, y in x.clamp_(max: y) }, { x, y in x.clamp(max: y) }),
    Twin(
      "clamp_", { x, y in x.clamp_(min: y, max: y + 1) }, { x, y in x.clamp(min: y, max: y + 1) }),
    Twin("clamp_ numbers", { x, _ in x.clamp_(0.3, 0.6) }, { x, _ in x.clamp(0.3, 0.6) }),
    Twin("lerp_", { x, y in x.lerp_(y, y * 2) }, { x, y in x.lerp(y, y * 2) }),
    Twin(
      "scatter_", { x, y in x.scatter_(dim: 0, index: index, src: y) },
      { x, y in x.scatter(dim: 0, index: index, src: y) }),
    Twin(
      "scatter_ number", { x, _ in x.scatter_(dim: 0, index: index, value: 2.0) },
      { x, _ in x.scatter(dim: 0, index: index, value: 2.0) }),
    Twin(
      "scatterAdd_", { x, y in x.scatterAdd_(dim: 0, index: index, src: y) },
      { x, y in x.scatterAdd(dim: 0, index: index, src: y) }),
    Twin(
      "scatterReduce_", { x, y in x.scatterReduce_(dim: 0, index: index, src: y, reduce: .prod) },
      { x, y in x.scatterReduce(dim: 0, index: index, src: y, reduce: .prod) }),
    Twin(
      "indexAdd_", { x, y in x.indexAdd_(dim: 0, index: slices, source: y, alpha: 2) },
      { x, y in x.indexAdd(dim: 0, index: slices, source: y, alpha: 2) }),
    Twin(
      "indexCopy_", { x, y in x.indexCopy_(dim: 0, index: slices, source: y) },
      { x, y in x.indexCopy(dim: 0, index: slices, source: y) }),
    Twin(
      "indexFill_", { x, _ in x.indexFill_(dim: 0, index: Tensor([1]), value: 3) },
      { x, _ in x.indexFill(dim: 0, index: Tensor([1]), value: 3) }),
    Twin(
      "indexFill_ tensor", { x, y in x.indexFill_(dim: 0, index: Tensor([1]), value: y[0, 0]) },
      { x, y in x.indexFill(dim: 0, index: Tensor([1]), value: y[0, 0]) }),
    Twin(
      "indexReduce_", { x, y in x.indexReduce_(dim: 0, index: slices, source: y, reduce: .amax) },
      { x, y in x.indexReduce(dim: 0, index: slices, source: y, reduce: .amax) }),
    Twin(
      "indexPut_", { x, y in x.indexPut_([slices], y, accumulate: true) },
      { x, y in x.indexPut([slices], y, accumulate: true) }),
    Twin(
      "put_", { x, y in x.put_(Tensor([0, 4]), y[0, ..<2]) },
      { x, y in x.put(Tensor([0, 4]), y[0, ..<2]) }),
    Twin("maskedFill_", { x, _ in x.maskedFill_(mask, -1) }, { x, _ in x.maskedFill(mask, -1) }),
    Twin(
      "maskedFill_ tensor", { x, y in x.maskedFill_(mask, y[0, 0]) },
      { x, y in x.maskedFill(mask, y[0, 0]) }),
    Twin(
      "maskedScatter_", { x, y in x.maskedScatter_(mask, source: y) },
      { x, y in x.maskedScatter(mask, source: y) }),
    Twin("tril_", { x, _ in x.tril_() }, { x, _ in x.tril() }),
    Twin("triu_", { x, _ in x.triu_(diagonal: 1) }, { x, _ in x.triu(diagonal: 1) }),
    Twin("cumsum_", { x, _ in x.cumsum_(dim: 1) }, { x, _ in x.cumsum(dim: 1) }),
    Twin("cumprod_", { x, _ in x.cumprod_(dim: 1) }, { x, _ in x.cumprod(dim: 1) }),
  ]

  private func leaves() -> (Tensor, Tensor) {
    let x = Tensor([[0.15, 0.7, 0.33], [0.9, 0.42, 0.58]], dtype: .float64, requiresGrad: true)
    let y = Tensor([[0.5, 0.2, 0.8], [0.35, 0.66, 0.11]], dtype: .float64, requiresGrad: true)
    return (x, y)
  }

  @Test(arguments: twins) func sameValuesAndGradients(_ twin: Twin) {
    let (x, y) = leaves()
    let expected = twin.op(x * 1, y)
    (expected * expected).sum().backward()
    let (gx, gy) = (x.grad, y.grad)

    let (u, v) = leaves()
    let changed = twin.inPlace(u * 1, v)
    #expect(changed.equal(expected))
    (changed * changed).sum().backward()
    #expect(u.grad?.values == gx?.values && v.grad?.values == gy?.values)
  }

  @Test func changesTheElementsAndCountsIt() {
    let x = Tensor([0.5, 1.5])
    let view = x[..<1]
    let version = x.version
    #expect(x.floor_() === x && view.values == [0] && x.version == version + 1)
    x.maskedFill_(x .== 0, -Double.infinity)
    #expect(x.values == [-.infinity, 1])
    #expect(x.mul_(x).values == [.infinity, 1] && x.pow_(x).values == [.infinity, 1])
  }

  @Test func whatDoesNotFitStops() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([1, 2]).tan_() }
    await #expect(processExitsWith: .failure) {
      _ = Tensor([1.0, 2]).hypot_(Tensor([[1.0], [2]]))
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor([1.0], requiresGrad: true).floor_()
    }
  }
}
