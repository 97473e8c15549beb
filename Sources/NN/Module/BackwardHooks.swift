// How backward hooks see the gradients of one call, all at once.

import Autograd

/// The backward hooks of one call of a module.
final class BackwardHooks {
  private let module: Module
  private let pre: ModuleHooks.List<(Module, inout [Tensor?]) -> Void>
  private let full: ModuleHooks.List<(Module, inout [Tensor?], [Tensor?]) -> Void>
  private var inputCount = 0
  private var inputsRequireGradients = false
  /// The gradients of the results, until the hooks of the inputs have run.
  private var gradOutputs: [Tensor?]?

  /// Nil if there are no backward hooks, or nothing is recorded.
  init?(of module: Module, _ hooks: ModuleHooks) {
    if hooks.backwardPre.isEmpty && hooks.backward.isEmpty || !GradMode.isEnabled { return nil }
    self.module = module
    pre = hooks.backwardPre
    full = hooks.backward
  }

  /// The inputs of the call, whose gradients will be seen.
  func entering(_ inputs: [Tensor]) -> [Tensor] {
    if full.isEmpty { return inputs }
    inputCount = inputs.count
    inputsRequireGradients = inputs.contains { $0.requiresGrad }
    return GradientGate { self.runFullHooks($0) }.passed(inputs)
  }

  /// The outputs of the call, whose gradients will be seen.
  func leaving(_ outputs: [Tensor]) -> [Tensor] {
    let shapes = outputs.map(\.shape)
    return GradientGate { arrived in
      var gradients = arrived
      for entry in self.pre {
        entry.hook(self.module, &gradients)
        self.check(gradients, like: shapes, "full backward pre-hook", "gradOutputs")
      }
      if !self.full.isEmpty {
        self.gradOutputs = gradients
        if !self.inputsRequireGradients {
          _ = self.runFullHooks(Array(repeating: nil, count: self.inputCount))
        }
      }
      return gradients
    }.passed(outputs)
  }

  private func runFullHooks(_ arrived: [Tensor?]) -> [Tensor?] {
    // A gradient can come to the inputs without passing the outputs, as in the pass through a pass
    // that was recorded.
    guard let gradOutputs else { return arrived }
    var gradients = arrived
    for entry in full {
      entry.hook(module, &gradients, gradOutputs)
      check(gradients, like: arrived.map { $0?.shape }, "full backward hook", "gradInputs")
    }
    self.gradOutputs = nil
    return gradients
  }

  /// Stops if hooks have left other numbers or shapes of gradients.
  private func check(_ gradients: [Tensor?], like shapes: [[Int]?], _ hook: String, _ what: String)
  {
    module.requireSameCount(gradients.count, shapes.count, hook, what)
    for (i, (gradient, shape)) in zip(gradients, shapes).enumerated() {
      guard let gradient, let shape else { continue }
      require(
        gradient.shape == shape,
        """
        \(type(of: module)): a \(hook) replaced \(what)[\(i)], of shape \(shape), by a tensor of \
        shape \(gradient.shape); a gradient has the shape of its tensor
        """)
    }
  }
}

/// A place in the graph where the gradients of several tensors are seen at once.
///
/// The tensors that leave it are results of a scalar without meaning, and that is a result of the
/// tensors that enter it. The gradients that arrive are kept here, and taken on when the backward
/// pass comes to the scalar: it is older than all that leave it, so everything has arrived by then.
private final class GradientGate {
  private let transform: ([Tensor?]) -> [Tensor?]
  private var arrived: [Tensor?] = []
  /// The gradients that go on, in a pass that has come to the scalar.
  private var departing: [Tensor?]?

  /// A gate where `transform` makes the gradients that go on from those that arrive.
  init(_ transform: @escaping ([Tensor?]) -> [Tensor?]) { self.transform = transform }

  /// `tensors`, those that require a gradient as results of this gate.
  func passed(_ tensors: [Tensor]) -> [Tensor] {
    guard tensors.contains(where: \.requiresGrad) else { return tensors }
    arrived = Array(repeating: nil, count: tensors.count)
    let scalar = Tensor.zeros([])
    for (i, tensor) in tensors.enumerated() {
      let (shape, dtype) = (tensor.shape, tensor.dtype)
      scalar.wrt(tensor, op: "moduleHook") { [self] _ in
        depart(i) ?? .zeros(shape, dtype: dtype)
      }
    }
    return tensors.enumerated().map { i, tensor in
      guard tensor.requiresGrad else { return tensor }
      return tensor.detach().wrt(scalar, op: "moduleHook") { [self] g in
        arrive(g, at: i)
        return .zeros([])
      }
    }
  }

  private func arrive(_ g: Tensor, at i: Int) {
    // What an earlier pass has left.
    departing = nil
    arrived[i] = g
  }

  private func depart(_ i: Int) -> Tensor? {
    if departing == nil {
      let all = arrived
      arrived = Array(repeating: nil, count: all.count)
      departing = transform(all)
    }
    return departing![i].take()
  }
}
