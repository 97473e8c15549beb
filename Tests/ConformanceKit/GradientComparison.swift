import Autograd

/// Compares the gradients of a case.
struct GradientComparison {
  let file: CaseFile
  let one: Value
  let layout: InputLayout
  let tolerance: Tolerance

  /// Compares the gradients of L1 = Σ ⟨output, cotangent⟩, and those of L2 = Σ ⟨gradient of L1, v⟩.
  ///
  /// `leaf` gives the input or the parameter of a name.
  func difference(_ outputs: [Output], leaf: (String) throws -> Tensor) throws -> String? {
    guard let want = one["grads"]?.members, !want.isEmpty else { return nil }
    let second = one["second"]
    let names = want.keys.sorted()
    let leaves = try names.map { try leaf($0) }

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
      return try firstDifference(names, leaves.map { _ in nil }, want, "gradient of")
    }
    let gradients = grad(
      of: roots, wrt: leaves, gradients: cotangents.map(\.leaf), createGraph: second != nil,
      allowUnused: true)
    if let trouble = try firstDifference(names, gradients, want, "gradient of") {
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
      all.map(\.0), secondGradients, second["grads"]?.members ?? [:],
      "second gradient of")
  }

  private func firstDifference(
    _ names: [String], _ got: [Tensor?], _ want: [String: Value],
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
