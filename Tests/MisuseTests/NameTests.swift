import Autograd
import Foundation
import NN
import Testing

/// A call that must stop, with tensors of shapes [2, 3] and [4].
private struct NameRow: Sendable {
  let op: String
  let call: @Sendable (Tensor, Tensor) -> Any

  init(_ op: String, _ call: @escaping @Sendable (Tensor, Tensor) -> Any) {
    self.op = op
    self.call = call
  }
}

private let rows: [NameRow] = [
  NameRow("maximum") { $0.maximum($1) },
  NameRow("minimum") { $0.minimum($1) },
  NameRow("fmax") { $0.fmax($1) },
  NameRow("fmin") { $0.fmin($1) },
  NameRow("atan2") { $0.atan2($1) },
  NameRow("hypot") { $0.hypot($1) },
  NameRow("fmod") { $0.fmod($1) },
  NameRow("remainder") { $0.remainder($1) },
  NameRow("pow") { $0.pow($1) },
  NameRow("copysign") { $0.copysign($1) },
  NameRow("logaddexp") { $0.logaddexp($1) },
  NameRow("logaddexp2") { $0.logaddexp2($1) },
  NameRow("xlogy") { $0.xlogy($1) },
  NameRow("nextafter") { $0.nextafter($1) },
  NameRow("heaviside") { $0.heaviside($1) },
  NameRow("lerp") { $0.lerp($1, 0.5) },
  NameRow("lerp") { $0.lerp($0, $1) },
  NameRow("clamp") { $0.clamp(min: $1) },
  NameRow("clamp") { $0.clamp(max: $1) },
  NameRow("clamp") { $0.clamp(min: $1, max: $1) },
  NameRow("clampMin") { $0.clampMin($1) },
  NameRow("clampMax") { $0.clampMax($1) },
  NameRow("addcmul") { $0.addcmul($1, $1) },
  NameRow("addcdiv") { $0.addcdiv($1, $1) },
  NameRow("isclose") { $0.isclose($1) },
  NameRow("allclose") { $0.allclose($1) },
  NameRow("logicalAnd") { $0.logicalAnd($1) },
  NameRow("dist") { $0.dist($1) },
  NameRow("cdist") { $0.cdist($1) },
  NameRow("matmul") { $0.matmul($1) },
  NameRow("mm") { $0.mm($1) },
  NameRow("bmm") { $0.bmm($1) },
  NameRow("mv") { $0.mv($1) },
  NameRow("dot") { $0.dot($1) },
  NameRow("outer") { $0.outer($1) },
  NameRow("inner") { $0.inner($1) },
  NameRow("cross") { $0.cross($1) },
  NameRow("tensordot") { $0.tensordot($1, dims: 1) },
  NameRow("expandAs") { $0.expandAs($1) },
  NameRow("viewAs") { $0.viewAs($1) },
  NameRow("reshapeAs") { $0.reshapeAs($1) },
  NameRow("bucketize") { x, _ in bucketize(x, x) },
  NameRow("searchsorted") { searchsorted($0, $1) },
  NameRow("cat") { cat([$0, $1]) },
  NameRow("stack") { stack([$0, $1]) },
  NameRow("where") { Autograd.where(Tensor([true]), $0, $1) },
  NameRow("maskedFill") { x, _ in x.maskedFill(Tensor([true, false]), 1) },
  NameRow("maskedFill") { $0.maskedFill(Tensor([[true]]), $1) },
  NameRow("maskedSelect") { x, _ in x.maskedSelect(Tensor([true, false])) },
  NameRow("maskedScatter") { $0.maskedScatter(Tensor([true, false]), source: $1) },
  NameRow("cosineSimilarity") { cosineSimilarity($0, $1) },
  NameRow("cosineSimilarity") { x, _ in cosineSimilarity(x, x, dim: 3) },
  NameRow("pairwiseDistance") { pairwiseDistance($0, $1) },
  NameRow("normalize") { _, _ in normalize(Tensor([1, 2])) },
  NameRow("normalize") { x, _ in normalize(x.to(.int64)) },
  NameRow("add_") { $0.add_($1) },
  NameRow("sub_") { $0.sub_($1) },
  NameRow("mul_") { $0.mul_($1) },
  NameRow("div_") { $0.div_($1) },
  NameRow("copy_") { $0.copy_($1) },
  NameRow("lerp_") { $0.lerp_($1, 0.5) },
  NameRow("lerp_") { $0.lerp_($0, $1) },
  NameRow("addcmul_") { $0.addcmul_($1, $1) },
  NameRow("addcdiv_") { $0.addcdiv_($1, $1) },
  NameRow("atan2_") { $0.atan2_($1) },
  NameRow("copysign_") { $0.copysign_($1) },
  NameRow("fmod_") { $0.fmod_($1) },
  NameRow("hypot_") { $0.hypot_($1) },
  NameRow("remainder_") { $0.remainder_($1) },
  NameRow("pow_") { $0.pow_($1) },
  NameRow("xlogy_") { $0.xlogy_($1) },
  NameRow("clamp_") { $0.clamp_(min: $1) },
  NameRow("clamp_") { _, _ in Tensor([1], dtype: .uint8).clamp_(min: 300) },
  NameRow("clampMin_") { _, _ in Tensor([1], dtype: .uint8).clampMin_(300) },
  NameRow("clampMax_") { _, _ in Tensor([1], dtype: .uint8).clampMax_(300) },
  NameRow("pow_") { _, _ in Tensor([1]).pow_(-1) },
  NameRow("scatter_") { x, _ in x.scatter_(dim: 3, index: Tensor([[0]]), src: x) },
  NameRow("scatterAdd_") { x, _ in x.scatterAdd_(dim: 3, index: Tensor([[0]]), src: x) },
  NameRow("scatterReduce_") { x, _ in
    x.scatterReduce_(dim: 3, index: Tensor([[0]]), src: x, reduce: .sum)
  },
  NameRow("indexAdd_") { x, _ in x.indexAdd_(dim: 3, index: Tensor([0]), source: x) },
  NameRow("indexCopy_") { x, _ in x.indexCopy_(dim: 3, index: Tensor([0]), source: x) },
  NameRow("indexFill_") { x, _ in x.indexFill_(dim: 3, index: Tensor([0]), value: 1) },
  NameRow("indexPut_") { x, _ in x.indexPut_([Tensor([7])], x) },
  NameRow("put_") { x, _ in x.put_(Tensor([70]), Tensor([1.0])) },
  NameRow("maskedFill_") { x, _ in x.maskedFill_(Tensor([true, false]), 1) },
  NameRow("maskedScatter_") { $0.maskedScatter_(Tensor([true, false]), source: $1) },
  NameRow("tril_") { _, _ in Tensor([1.0]).tril_() },
  NameRow("triu_") { _, _ in Tensor([1.0]).triu_() },
  NameRow("cumsum_") { x, _ in x.cumsum_(dim: 3) },
  NameRow("cumprod_") { x, _ in x.cumprod_(dim: 3) },
  NameRow("exp_") { _, _ in Tensor([1]).exp_() },
  NameRow("erf_") { _, _ in Tensor([1]).erf_() },
  NameRow("logit_") { _, _ in Tensor([1]).logit_() },
  NameRow("round_") { _, _ in Tensor([1]).round_(decimals: 400) },
]

/// The message of a call names the function that was called, not one that it is made of.
@Test func messagesNameTheFunctionThatWasCalled() async {
  let result = await #expect(
    processExitsWith: .success, observing: [\.standardErrorContent],
    performing: {
      let failures = rows.compactMap { row -> String? in
        let ending = Ending { _ = row.call(Tensor.ones([2, 3]), Tensor.ones([4])) }
        let isNamed = ending.message.contains("Fatal error: \(row.op): ")
        return isNamed ? nil : "\(row.op): \(ending)"
      }
      FileHandle.standardError.write(Data(failures.joined(separator: "\n").utf8))
    })
  let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(message.isEmpty, "\(message)")
}
