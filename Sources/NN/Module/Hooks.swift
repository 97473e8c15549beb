// Functions that run with every call of a module.

import Autograd

/// A registered hook, to remove it.
///
/// A hook stays when its handle is gone.
public final class HookHandle {
  private var removal: (() -> Void)?

  init(_ removal: @escaping () -> Void) { self.removal = removal }

  /// Removes the hook; nothing happens the second time.
  public func remove() {
    removal?()
    removal = nil
  }
}

/// A hook, with an identity.
final class HookEntry<Hook> {
  let hook: Hook
  init(_ hook: Hook) { self.hook = hook }
}

/// The hooks of a module that has some.
@usableFromInline final class ModuleHooks {
  typealias List<Hook> = [HookEntry<Hook>]

  var forwardPre: List<(Module, inout [Tensor]) -> Void> = []
  var forward: List<(Module, [Tensor], inout [Tensor]) -> Void> = []
  var backwardPre: List<(Module, inout [Tensor?]) -> Void> = []
  var backward: List<(Module, inout [Tensor?], [Tensor?]) -> Void> = []
  var stateDict: List<(Module, inout StateDict, String) -> Void> = []
  var loadStateDictPre: List<(Module, inout StateDict, String) -> Void> = []
  var loadStateDictPost: List<(Module, StateDictMismatch) -> Void> = []

  var isEmpty: Bool {
    forwardPre.isEmpty && forward.isEmpty && backwardPre.isEmpty && backward.isEmpty
      && stateDict.isEmpty && loadStateDictPre.isEmpty && loadStateDictPost.isEmpty
  }
}

// MARK: - Registration

extension Module {
  /// Adds a hook that runs before each call and may replace tensors among the arguments.
  ///
  /// ```swift
  /// let handle = net.fc1.registerForwardPreHook { _, inputs in inputs[0] = inputs[0] * 2 }
  /// handle.remove()
  /// ```
  ///
  /// The hook sees the tensors in the arguments, in order: those in optionals, arrays, dictionaries,
  /// tuples and structs too, and none for nil. It may assign others, but not change their number.
  /// PyTorch's hook returns them instead. A direct call of `forward(_:)` runs no hooks.
  ///
  /// - Parameters:
  ///   - prepend: whether it runs before the hooks that are there.
  ///   - hook: called with the module and the inputs. It must not capture the module, which would
  ///     then never be freed.
  @discardableResult
  public final func registerForwardPreHook(
    prepend: Bool = false, _ hook: @escaping (_ module: Module, _ inputs: inout [Tensor]) -> Void
  ) -> HookHandle {
    register(hook, in: \.forwardPre, prepend)
  }

  /// Adds a hook that runs after each call, sees the tensors among the arguments and in the result,
  /// and may replace those of the result.
  ///
  /// ```swift
  /// var features: Tensor?
  /// net.layer4.registerForwardHook { _, _, outputs in features = outputs[0] }
  /// ```
  ///
  /// The tensors are those of ``registerForwardPreHook(prepend:_:)``.
  @discardableResult
  public final func registerForwardHook(
    prepend: Bool = false,
    _ hook: @escaping (_ module: Module, _ inputs: [Tensor], _ outputs: inout [Tensor]) -> Void
  ) -> HookHandle {
    register(hook, in: \.forward, prepend)
  }

  /// Adds a hook that runs in a backward pass when the gradients of all results of a call are known,
  /// and may replace them.
  ///
  /// A gradient is nil for a result that the pass has not reached, or that requires none; where the
  /// hooks leave nil, zeros go on, as in PyTorch. Only calls after the registration are seen, and
  /// these also after the removal.
  @discardableResult
  public final func registerFullBackwardPreHook(
    prepend: Bool = false,
    _ hook: @escaping (_ module: Module, _ gradOutputs: inout [Tensor?]) -> Void
  ) -> HookHandle {
    register(hook, in: \.backwardPre, prepend)
  }

  /// Adds a hook that runs in a backward pass when the gradients of all tensors among the arguments
  /// of a call are known, sees them and those of the results, and may replace the former.
  ///
  /// A gradient is nil for an argument that requires none. If no argument requires a gradient, the
  /// hook runs when the gradients of the results are known. The gradients of parameters are not
  /// concerned; `grad` has them after the pass. See ``registerFullBackwardPreHook(prepend:_:)``.
  @discardableResult
  public final func registerFullBackwardHook(
    prepend: Bool = false,
    _ hook:
      @escaping (
        _ module: Module, _ gradInputs: inout [Tensor?], _ gradOutputs: [Tensor?]
      ) -> Void
  ) -> HookHandle {
    register(hook, in: \.backward, prepend)
  }

  /// Adds a hook that runs after ``stateDict(prefix:keepVars:)`` has added the tensors of this module
  /// and all below it, and may change the state dict. `prefix` is what names of this module begin
  /// with, such as "encoder.".
  @discardableResult
  public final func registerStateDictPostHook(
    _ hook: @escaping (_ module: Module, _ state: inout StateDict, _ prefix: String) -> Void
  ) -> HookHandle {
    register(hook, in: \.stateDict, false)
  }

  /// Adds a hook that runs before the names of a state dict are compared with those of this module
  /// and all below it, and may change the state dict: for example rename tensors of old files.
  /// `prefix` is what names of this module begin with, such as "encoder.".
  @discardableResult
  public final func registerLoadStateDictPreHook(
    _ hook: @escaping (_ module: Module, _ state: inout StateDict, _ prefix: String) -> Void
  ) -> HookHandle {
    register(hook, in: \.loadStateDictPre, false)
  }

  /// Adds a hook that runs after a state dict was loaded into this module and all below it, and sees
  /// the differences of the whole load.
  ///
  /// It cannot change them, unlike PyTorch's, since a state that does not fit is not loaded; a hook of
  /// ``registerLoadStateDictPreHook(_:)`` changes the state before.
  @discardableResult
  public final func registerLoadStateDictPostHook(
    _ hook: @escaping (_ module: Module, _ mismatch: StateDictMismatch) -> Void
  ) -> HookHandle {
    register(hook, in: \.loadStateDictPost, false)
  }

  private func register<Hook>(
    _ hook: Hook, in list: ReferenceWritableKeyPath<ModuleHooks, ModuleHooks.List<Hook>>,
    _ prepend: Bool
  ) -> HookHandle {
    let entry = HookEntry(hook)
    let hooks = self.hooks ?? ModuleHooks()
    self.hooks = hooks
    hooks[keyPath: list].insert(entry, at: prepend ? 0 : hooks[keyPath: list].count)
    return HookHandle { [weak self] in
      guard let self, let hooks = self.hooks else { return }
      hooks[keyPath: list].removeAll { $0 === entry }
      if hooks.isEmpty { self.hooks = nil }
    }
  }
}

// MARK: - A call with hooks

extension Module {
  /// ``call(_:body:)`` of a module with hooks.
  @usableFromInline @inline(never)
  final func callWithHooks<each Input, Output>(
    _ inputs: repeat each Input,
    body: (repeat each Input) throws -> Output
  ) rethrows -> Output {
    let hooks = hooks ?? ModuleHooks()
    var tensorInputs: [Tensor] = []
    for input in repeat each inputs { tensorInputs += tensors(in: input) }
    for entry in hooks.forwardPre {
      let count = tensorInputs.count
      entry.hook(self, &tensorInputs)
      requireSameCount(tensorInputs.count, count, "forward pre-hook", "inputs")
    }
    let backward = BackwardHooks(of: self, hooks)
    if let backward { tensorInputs = backward.entering(tensorInputs) }
    var rest = tensorInputs[...]
    let output = try body(repeat replacingTensors(in: each inputs) { rest.removeFirst() })
    var tensorOutputs = tensors(in: output)
    for entry in hooks.forward {
      let count = tensorOutputs.count
      entry.hook(self, tensorInputs, &tensorOutputs)
      requireSameCount(tensorOutputs.count, count, "forward hook", "outputs")
    }
    if let backward { tensorOutputs = backward.leaving(tensorOutputs) }
    rest = tensorOutputs[...]
    return replacingTensors(in: output) { rest.removeFirst() }
  }

  func requireSameCount(_ count: Int, _ expected: Int, _ hook: String, _ what: String) {
    require(
      count == expected,
      """
      \(type(of: self)): a \(hook) left \(count) \(what), but there are \(expected); assign to \
      them, and add or remove none
      """)
  }
}
