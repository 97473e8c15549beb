import Autograd

/// The tensors that one layer in one direction computes with.
struct RecurrentOperands {
  /// The inputs [rows, inputs].
  var x: Tensor
  /// W_ih and W_hh.
  var inputWeight, hiddenWeight: Tensor
  /// b_ih and b_hh: both or none.
  var inputBias, hiddenBias: Tensor?
  /// W_hr [state, hidden].
  var projection: Tensor?
  /// The states before the first step, [sequences, state] and [sequences, hidden]; zeros if nil.
  var h, c: Tensor?

  var weights: RecurrentWeights {
    RecurrentWeights(
      input: inputWeight, hidden: hiddenWeight, inputBias: inputBias, hiddenBias: hiddenBias,
      projection: projection)
  }

  fileprivate var all: [Tensor] {
    [x, inputWeight, hiddenWeight]
      + [inputBias, hiddenBias, projection, h, c].compactMap { $0 }
  }
}

/// The operands, as they were in the forward pass.
private struct SavedOperands {
  let x, inputWeight, hiddenWeight: Saved
  let inputBias, hiddenBias, projection, h, c: Saved?

  init(_ a: RecurrentOperands, op: StaticString) {
    func saved(_ x: Tensor?) -> Saved? { x.map { Saved($0, op: op) } }
    x = Saved(a.x, op: op)
    (inputWeight, hiddenWeight) = (Saved(a.inputWeight, op: op), Saved(a.hiddenWeight, op: op))
    (inputBias, hiddenBias) = (saved(a.inputBias), saved(a.hiddenBias))
    (projection, h, c) = (saved(a.projection), saved(a.h), saved(a.c))
  }

  /// All of them, with `tensor` in the place of one.
  func replacing(
    _ place: WritableKeyPath<RecurrentOperands, Tensor>, by tensor: Tensor
  ) -> RecurrentOperands {
    var a = values
    a[keyPath: place] = tensor
    return a
  }

  func replacing(
    _ place: WritableKeyPath<RecurrentOperands, Tensor?>, by tensor: Tensor
  ) -> RecurrentOperands {
    var a = values
    a[keyPath: place] = tensor
    return a
  }

  private var values: RecurrentOperands {
    RecurrentOperands(
      x: x.value, inputWeight: inputWeight.value, hiddenWeight: hiddenWeight.value,
      inputBias: inputBias?.value, hiddenBias: hiddenBias?.value, projection: projection?.value,
      h: h?.value, c: c?.value)
  }

  /// Those that the kernels of the gradients read.
  func inputs(_ result: Saved, wantsWeights: Bool) -> RecurrentPass.Inputs {
    RecurrentPass.Inputs(
      weights: RecurrentWeights(
        input: inputWeight.value, hidden: hiddenWeight.value, inputBias: nil, hiddenBias: nil,
        projection: projection?.value),
      x: wantsWeights ? x.value : nil, result: result.value, h: h?.value, c: c?.value)
  }
}

/// One layer in one direction, for sequences that are sorted by their length: h after each step,
/// [rows, state], if wanted, h after the last step of each sequence, [sequences, state], and with an
/// LSTM c, [sequences, hidden], one after the other in a tensor of one dimension.
///
/// All operands are of one floating-point type.
func recurrence(
  _ kind: RecurrentKind, _ a: RecurrentOperands, _ steps: RecurrentSteps, isReverse: Bool = false,
  wantsOutput: Bool = true
) -> Tensor {
  let saves = GradMode.isEnabled && a.all.contains { $0.requiresGrad }
  let (pass, y) = RecurrentPass.run(
    kind, a.x, steps, isReverse: isReverse, a.weights, h: a.h, c: a.c, wantsOutput: wantsOutput,
    saves: saves)
  guard saves else { return y }
  let op = kind.name
  let (saved, result) = (SavedOperands(a, op: op), Saved(y.detach(), op: op))
  let wantsWeights = a.inputWeight.requiresGrad || a.hiddenWeight.requiresGrad
  func inputs() -> RecurrentPass.Inputs { saved.inputs(result, wantsWeights: wantsWeights) }
  func composed(_ a: RecurrentOperands) -> Tensor {
    composedRecurrence(kind, a, steps, isReverse: isReverse, wantsOutput: wantsOutput)
  }
  y.wrt(
    a.x, op: op, fused: { g in pass.xGradient(g, inputs()) },
    meaning: { composed(saved.replacing(\.x, by: $0)) })
  y.wrt(
    a.inputWeight, op: op,
    fused: { g in pass.inputWeightGradient(g, inputs()) },
    meaning: { composed(saved.replacing(\.inputWeight, by: $0)) })
  y.wrt(
    a.hiddenWeight, op: op, fused: { g in pass.hiddenWeightGradient(g, inputs()) },
    meaning: { composed(saved.replacing(\.hiddenWeight, by: $0)) })
  if let bias = a.inputBias {
    y.wrt(
      bias, op: op, fused: { g in pass.inputBiasGradient(g, inputs()) },
      meaning: { composed(saved.replacing(\.inputBias, by: $0)) })
  }
  if let bias = a.hiddenBias {
    y.wrt(
      bias, op: op, fused: { g in pass.hiddenBiasGradient(g, inputs()) },
      meaning: { composed(saved.replacing(\.hiddenBias, by: $0)) })
  }
  if let projection = a.projection {
    y.wrt(
      projection, op: op, fused: { g in pass.projectionGradient(g, inputs()) },
      meaning: { composed(saved.replacing(\.projection, by: $0)) })
  }
  if let h = a.h {
    y.wrt(
      h, op: op, fused: { g in pass.hGradient(g, inputs()) },
      meaning: { composed(saved.replacing(\.h, by: $0)) })
  }
  if let c = a.c {
    y.wrt(
      c, op: op, fused: { g in pass.cGradient(g, inputs()) },
      meaning: { composed(saved.replacing(\.c, by: $0)) })
  }
  return y
}

/// ``recurrence(_:_:_:isReverse:wantsOutput:)`` in ordinary ops.
func composedRecurrence(
  _ kind: RecurrentKind, _ a: RecurrentOperands, _ steps: RecurrentSteps, isReverse: Bool,
  wantsOutput: Bool
) -> Tensor {
  let (sequences, state) = (steps.sequences, a.hiddenWeight.shape[1])
  let hidden = a.hiddenWeight.shape[0] / kind.gates
  func zeros(_ size: Int) -> Tensor { .zeros([sequences, size], dtype: a.x.dtype) }
  let products = linear(a.x, a.inputWeight, a.inputBias)
  var (h, c) = (a.h ?? zeros(state), a.c ?? zeros(kind == .lstm ? hidden : 0))
  var outputs = [Tensor?](repeating: nil, count: steps.count)
  for s in 0..<steps.count {
    let t = isReverse ? steps.count - 1 - s : s
    let size = steps.size(t)
    func now(_ x: Tensor) -> Tensor {
      size == sequences ? x : x.narrow(dim: 0, start: 0, length: size)
    }
    func replacingNow(in x: Tensor, _ new: Tensor) -> Tensor {
      if size == sequences { return new }
      return cat([new, x.narrow(dim: 0, start: size, length: sequences - size)])
    }
    let x = products.narrow(dim: 0, start: steps.offsets[t], length: size)
    let (newH, newC) = step(kind, x, linear(now(h), a.hiddenWeight, a.hiddenBias), now(h), now(c))
    let output = a.projection.map { linear(newH, $0) } ?? newH
    outputs[t] = output
    h = replacingNow(in: h, output)
    c = replacingNow(in: c, newC)
  }
  let results = (wantsOutput ? outputs.compactMap { $0 } : []) + [h] + (kind == .lstm ? [c] : [])
  return cat(results.map { $0.reshape([$0.numel]) })
}

/// The states after one step, for `x`, the product of the inputs with W_ih and its bias, and `y`,
/// that of the states with W_hh.
private func step(
  _ kind: RecurrentKind, _ x: Tensor, _ y: Tensor, _ h: Tensor, _ c: Tensor
) -> (h: Tensor, c: Tensor) {
  let hidden = x.shape[1] / kind.gates
  func gate(_ x: Tensor, _ q: Int) -> Tensor {
    x.narrow(dim: 1, start: q * hidden, length: hidden)
  }
  switch kind {
  case .rnnTanh: return ((x + y).tanh(), c)
  case .rnnRelu: return ((x + y).relu(), c)
  case .lstm:
    let sum = x + y
    let (i, f) = (gate(sum, 0).sigmoid(), gate(sum, 1).sigmoid())
    let (g, o) = (gate(sum, 2).tanh(), gate(sum, 3).sigmoid())
    let newC = f * c + i * g
    return (o * newC.tanh(), newC)
  case .gru:
    let r = (gate(x, 0) + gate(y, 0)).sigmoid()
    let z = (gate(x, 1) + gate(y, 1)).sigmoid()
    let n = (gate(x, 2) + r * gate(y, 2)).tanh()
    return (n + z * (h - n), c)
  }
}
