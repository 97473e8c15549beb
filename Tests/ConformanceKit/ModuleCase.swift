import Autograd
import NN

/// A case of `modules`: the outputs of a layer or a loss, its gradients, and its buffers after the
/// call.
struct ModuleCase {
  let file: CaseFile
  let one: Value

  func verdict() throws -> Verdict {
    for layout in InputLayout.allCases {
      if let trouble = try difference(layout) {
        return .failed(layout == .contiguous ? trouble : "inputs not contiguous: \(trouble)")
      }
    }
    return .passed
  }

  private func difference(_ layout: InputLayout) throws -> String? {
    let name = (one["module"]?.text ?? "").replacing("nn.", with: "")
    var leaves: [String: Tensor] = [:]
    func leaf(_ key: String) throws -> Tensor {
      if let leaf = leaves[key] { return leaf }
      let needsGradient = one["grads"]?[key] != nil
      let leaf = layout.leaf(try file.tensor(key), requiresGrad: needsGradient)
      leaves[key] = leaf
      return leaf
    }
    func call(_ arguments: String, _ keywords: String) -> Call {
      Call(one[arguments]?.elements ?? [], one[keywords]?.members ?? [:], find: leaf)
    }

    let setup = call("init_args", "init_kwargs")
    let inputs = call("args", "kwargs")
    let output: any Outputs
    // A loss is a value: the class weights that PyTorch lists as its state are an argument here.
    var state: StateDict?
    if let loss = Adapter.losses[name] {
      output = try loss(setup, inputs)
    } else if let make = Adapter.modules[name] {
      let module = try make(setup, dtype)
      try module.loadStateDict(file.stateDict(one["state"]))
      module.train(isTraining)
      let id = one["id"]?.text ?? ""
      for (name, parameter) in module.namedParameters { leaves["\(id)/s/\(name)"] = parameter }
      output = try Adapter.output(of: module, inputs, setup)
      state = module.stateDict()
    } else {
      throw NotSupported("the module")
    }
    try setup.checkEveryArgumentIsUsed()
    try inputs.checkEveryArgumentIsUsed()

    let tolerance = Tolerance(one)
    let (got, want) = (output.outputs, one["outputs"]?.elements ?? [])
    guard got.count == want.count else { return "\(got.count) outputs, want \(want.count)" }
    for (i, (got, want)) in zip(got, want).enumerated() {
      if let trouble = try file.difference(got, want, tolerance) {
        return "output \(i): \(trouble)"
      }
    }
    let gradients = GradientComparison(
      file: file, one: one, layout: layout, tolerance: tolerance)
    if let trouble = try gradients.difference(got, leaf: leaf) { return trouble }
    guard let state else { return nil }
    for (name, value) in one["state_after"]?.members ?? [:] {
      guard let buffer = state[name] else { return "there is no \(name) in the state dict" }
      if let trouble = tolerance.difference(buffer.detach(), try file.tensor(value)) {
        return "\(name) after the call: \(trouble)"
      }
    }
    return nil
  }

  private var isTraining: Bool { if case .bool(let flag) = one["training"] { flag } else { true } }

  /// The dtype of the inputs, which the parameters share.
  private var dtype: DType { (one["id"]?.text ?? "").contains("/float32/") ? .float32 : .float64 }
}
