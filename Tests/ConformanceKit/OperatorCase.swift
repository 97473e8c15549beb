import Autograd

/// A case of an `ops_*` group: values, gradients and second gradients of one call.
struct OperatorCase {
  let file: CaseFile
  let one: Value

  /// Runs the case with inputs stored in each way.
  func verdict() throws -> Verdict {
    guard let op = one["op"]?.text, let adapter = Adapter.all[op] else {
      throw NotSupported("the op")
    }
    for layout in InputLayout.allCases {
      if let trouble = try difference(adapter, layout) {
        return .failed(layout == .contiguous ? trouble : "inputs not contiguous: \(trouble)")
      }
    }
    return .passed
  }

  /// Makes the call once, without comparing: for calls that must be rejected.
  func call() throws {
    guard let op = one["op"]?.text, let adapter = Adapter.all[op] else {
      throw NotSupported("the op")
    }
    let inputs = Inputs(self, .contiguous)
    let call = inputs.call
    _ = try adapter.run(call)
    try call.checkEveryArgumentIsUsed()
  }

  private func difference(_ adapter: Adapter, _ layout: InputLayout) throws -> String? {
    let tolerance = Tolerance(one)
    let inputs = Inputs(self, layout)
    let call = inputs.call
    var got = try adapter.run(call).outputs
    try call.checkEveryArgumentIsUsed()

    let want = one["outputs"]?.elements ?? []
    guard got.count == want.count else { return "\(got.count) outputs, want \(want.count)" }
    if let settle = adapter.settle {
      let tensors = got.compactMap { if case .tensor(let x) = $0 { x } else { nil } }
      got = settle(tensors, try want.map { try file.tensor($0) }).map { .tensor($0) }
    }
    for (i, (got, want)) in zip(got, want).enumerated() {
      if let trouble = try file.difference(got, want, tolerance) {
        return "output \(i): \(trouble)"
      }
    }
    let gradients = GradientComparison(
      file: file, one: one, layout: layout, tolerance: tolerance)
    return try gradients.difference(got) { try inputs.leaf($0) }
  }
}

// MARK: - Inputs

/// The tensors of a case, each made once: an input that occurs twice is one leaf.
private final class Inputs {
  private let file: CaseFile
  private let one: Value
  private let layout: InputLayout
  private var leaves: [String: Tensor] = [:]

  init(_ operatorCase: OperatorCase, _ layout: InputLayout) {
    file = operatorCase.file
    one = operatorCase.one
    self.layout = layout
  }

  var call: Call {
    Call(
      one["args"]?.elements ?? [], one["kwargs"]?.members ?? [:], variant: one["variant"]?.text
    ) { try self.leaf($0) }
  }

  func leaf(_ key: String) throws -> Tensor {
    if let leaf = leaves[key] { return leaf }
    let needsGradient = one["grads"]?[key] != nil
    let leaf = layout.leaf(try file.tensor(key), requiresGrad: needsGradient)
    leaves[key] = leaf
    return leaf
  }
}
