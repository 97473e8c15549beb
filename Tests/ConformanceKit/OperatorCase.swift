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

  /// Makes the call once, for its effect: what a call that must be rejected does.
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
      if let trouble = try difference(got, want, tolerance) { return "output \(i): \(trouble)" }
    }
    return try gradientDifference(got, inputs, layout, tolerance)
  }

  private func difference(_ got: Output, _ want: Value, _ tolerance: Tolerance) throws -> String? {
    switch (got, want) {
    case (.tensor(let got), .tensor): return tolerance.difference(got, try file.tensor(want))
    case (.value(.bool(let got)), .bool(let want)):
      return got == want ? nil : "\(got), want \(want)"
    case (.value(let value), _):
      guard let got = value.double, let want = want.double else { return "\(got), want \(want)" }
      return tolerance.accepts(got, want) ? nil : "\(got), want \(want)"
    default: return "\(got), want \(want)"
    }
  }
}

// MARK: - Gradients

extension OperatorCase {
  /// Compares the gradients of L1 = Σ ⟨output, cotangent⟩, and those of L2 = Σ ⟨gradient of L1, v⟩.
  private func gradientDifference(
    _ outputs: [Output], _ inputs: Inputs, _ layout: InputLayout, _ tolerance: Tolerance
  ) throws -> String? {
    guard let want = one["grads"]?.members, !want.isEmpty else { return nil }
    let second = one["second"]
    let names = want.keys.sorted()
    let leaves = try names.map { try inputs.leaf($0) }

    var roots: [Tensor] = []
    var cotangents: [(key: String, leaf: Tensor)] = []
    for (position, value) in (one["cotangents"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard case .tensor(let key) = value, let position = Int(position),
        case .tensor(let output) = outputs[position]
      else { throw NotSupported("cotangents that name no outputs") }
      guard output.requiresGrad else { continue }
      roots.append(output)
      cotangents.append(
        (key, layout.leaf(try file.tensor(key), requiresGrad: second != nil)))
    }
    guard !roots.isEmpty else {
      return try firstDifference(names, leaves.map { _ in nil }, want, tolerance, "gradient of")
    }
    let gradients = grad(
      of: roots, wrt: leaves, gradients: cotangents.map(\.leaf), createGraph: second != nil,
      allowUnused: true)
    if let trouble = try firstDifference(names, gradients, want, tolerance, "gradient of") {
      return trouble
    }
    guard let second else { return nil }

    let byName = Dictionary(uniqueKeysWithValues: zip(names, gradients))
    var vectors: [Tensor] = []
    var live: [Tensor] = []
    for (name, value) in second["v"]?.members ?? [:] {
      guard let gradient = byName[name] ?? nil, gradient.requiresGrad else { continue }
      live.append(gradient)
      vectors.append(layout.leaf(try file.tensor(value)))
    }
    let all = zip(names, leaves) + cotangents.map { ($0.key, $0.leaf) }
    let secondGradients =
      live.isEmpty
      ? all.map { _ in nil }
      : grad(of: live, wrt: all.map(\.1), gradients: vectors, allowUnused: true)
    return try firstDifference(
      all.map(\.0), secondGradients, second["grads"]?.members ?? [:], tolerance,
      "second gradient of")
  }

  private func firstDifference(
    _ names: [String], _ got: [Tensor?], _ want: [String: Value], _ tolerance: Tolerance,
    _ what: String
  ) throws -> String? {
    for (name, got) in zip(names, got) {
      guard let value = want[name] else { continue }
      var expected: Tensor?
      if case .tensor = value { expected = try file.tensor(value) }
      if let trouble = tolerance.difference(gradient: got, expected) {
        return "\(what) \(name.split(separator: "/").last!): \(trouble)"
      }
    }
    return nil
  }
}

private func + (a: Zip2Sequence<[String], [Tensor]>, b: [(String, Tensor)]) -> [(String, Tensor)] {
  Array(a) + b
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
    Call(one["args"]?.elements ?? [], one["kwargs"]?.members ?? [:]) { try self.leaf($0) }
  }

  func leaf(_ key: String) throws -> Tensor {
    if let leaf = leaves[key] { return leaf }
    let needsGradient = one["grads"]?[key] != nil
    let leaf = layout.leaf(try file.tensor(key), requiresGrad: needsGradient)
    leaves[key] = leaf
    return leaf
  }
}
