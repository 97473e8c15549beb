// Porting aids: what a PyTorch user types first of modules, where it is spelled otherwise here. The
// compiler's message names the right spelling. None of these declarations can be called.

import Autograd

// MARK: - Modules: properties that are methods in PyTorch

extension Module {
  @available(*, unavailable, message: "parameters is a property: drop the ()")
  public func parameters(_ none: Void = ()) -> [Tensor] { fatalError() }

  @available(*, unavailable, message: "namedParameters is a property: drop the ()")
  public func namedParameters(_ none: Void = ()) -> [(name: String, tensor: Tensor)] {
    fatalError()
  }

  @available(*, unavailable, message: "buffers is a property: drop the ()")
  public func buffers(_ none: Void = ()) -> [Tensor] { fatalError() }

  @available(*, unavailable, message: "namedBuffers is a property: drop the ()")
  public func namedBuffers(_ none: Void = ()) -> [(name: String, tensor: Tensor)] { fatalError() }

  @available(*, unavailable, message: "modules is a property: drop the ()")
  public func modules(_ none: Void = ()) -> [Module] { fatalError() }

  @available(*, unavailable, message: "namedModules is a property: drop the ()")
  public func namedModules(_ none: Void = ()) -> [(name: String, module: Module)] { fatalError() }

  @available(*, unavailable, message: "children is a property: drop the ()")
  public func children(_ none: Void = ()) -> [Module] { fatalError() }

  @available(*, unavailable, message: "namedChildren is a property: drop the ()")
  public func namedChildren(_ none: Void = ()) -> [(name: String, module: Module)] { fatalError() }
}

// MARK: - Modules: names

extension Module {
  @available(*, unavailable, message: "use namedParameters, a property without ()")
  public func named_parameters() -> [(name: String, tensor: Tensor)] { fatalError() }

  @available(*, unavailable, message: "use namedBuffers, a property without ()")
  public func named_buffers() -> [(name: String, tensor: Tensor)] { fatalError() }

  @available(*, unavailable, message: "use namedModules, a property without ()")
  public func named_modules() -> [(name: String, module: Module)] { fatalError() }

  @available(*, unavailable, message: "use namedChildren, a property without ()")
  public func named_children() -> [(name: String, module: Module)] { fatalError() }

  @available(*, unavailable, message: "use stateDict()")
  public func state_dict() -> StateDict { fatalError() }

  @available(*, unavailable, message: "use loadStateDict(state, strict:), with try")
  @discardableResult
  public func load_state_dict(_ state: StateDict, strict: Bool = true) -> StateDictMismatch {
    fatalError()
  }

  @available(*, unavailable, message: "use zeroGrad()")
  public func zero_grad() { fatalError() }

  @available(*, unavailable, message: "use zeroGrad(setToNil:)")
  public func zeroGrad(setToNone: Bool) { fatalError() }

  @available(*, unavailable, message: "use getSubmodule(_:)")
  public func get_submodule(_ path: String) -> Module { fatalError() }

  @available(*, unavailable, message: "use getParameter(_:)")
  public func get_parameter(_ path: String) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use getBuffer(_:)")
  public func get_buffer(_ path: String) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "use registerForwardHook { module, inputs, outputs in }"
  )
  public func register_forward_hook(_ hook: Any) -> HookHandle { fatalError() }

  @available(*, unavailable, message: "use registerForwardPreHook { module, inputs in }")
  public func register_forward_pre_hook(_ hook: Any) -> HookHandle { fatalError() }

  @available(
    *, unavailable,
    message: "use registerFullBackwardHook { module, gradInputs, gradOutputs in }"
  )
  public func register_full_backward_hook(_ hook: Any) -> HookHandle { fatalError() }

  @available(
    *, unavailable, message: "use requiresGrad(false) to freeze, requiresGrad() to undo it"
  )
  @discardableResult
  public func requires_grad_(_ requiresGrad: Bool = true) -> Self { fatalError() }

  @available(
    *, unavailable, message: "use requiresGrad(false) to freeze, requiresGrad() to undo it"
  )
  @discardableResult
  public func requiresGrad_(_ requiresGrad: Bool = true) -> Self { fatalError() }

  @available(*, unavailable, message: "use isTraining")
  public var training: Bool { fatalError() }

  @available(*, unavailable, message: "mark the property: @Buffer var name: Tensor")
  public func registerBuffer(_ name: String, _ tensor: Tensor?, persistent: Bool = true) {
    fatalError()
  }

  @available(*, unavailable, message: "mark the property: @Buffer var name: Tensor")
  public func register_buffer(_ name: String, _ tensor: Tensor?, persistent: Bool = true) {
    fatalError()
  }

  @available(*, unavailable, message: "mark the property: @Parameter var name: Tensor")
  public func registerParameter(_ name: String, _ tensor: Tensor?) { fatalError() }

  @available(*, unavailable, message: "mark the property: @Parameter var name: Tensor")
  public func register_parameter(_ name: String, _ tensor: Tensor?) { fatalError() }

  @available(*, unavailable, message: "store the module in a property: let name = Linear(2, 3)")
  public func addModule(_ name: String, _ module: Module) { fatalError() }

  @available(*, unavailable, message: "store the module in a property: let name = Linear(2, 3)")
  public func add_module(_ name: String, _ module: Module) { fatalError() }
}

// MARK: - Modules: devices and types

extension Module {
  @available(*, unavailable, message: "there is one device, the CPU; drop the call")
  @discardableResult
  public func cuda() -> Self { fatalError() }

  @available(*, unavailable, message: "there is one device, the CPU; drop the call")
  @discardableResult
  public func cpu() -> Self { fatalError() }

  @available(*, unavailable, message: "there is one device, the CPU; to(_:) takes a type, .float64")
  @discardableResult
  public func to(_ device: String) -> Self { fatalError() }

  @available(*, unavailable, message: "half precision is not there yet; use to(.float32)")
  @discardableResult
  public func half() -> Self { fatalError() }

  @available(*, unavailable, message: "half precision is not there yet; use to(.float32)")
  @discardableResult
  public func bfloat16() -> Self { fatalError() }

  @available(*, unavailable, message: "use to(.float32)")
  @discardableResult
  public func float() -> Self { fatalError() }

  @available(*, unavailable, message: "use to(.float64)")
  @discardableResult
  public func double() -> Self { fatalError() }
}

extension Parameter {
  @available(*, unavailable, message: "mark a property of a module: @Parameter var name: Tensor")
  public convenience init(_ value: Value) { fatalError() }
}

extension Buffer {
  @available(*, unavailable, message: "mark a property of a module: @Buffer var name: Tensor")
  public convenience init(_ value: Value) { fatalError() }
}

// MARK: - Files

@available(*, unavailable, message: "use saveSafetensors(net.stateDict(), to: \"net.safetensors\")")
public func save(_ value: Any, _ path: String) { fatalError() }

@available(*, unavailable, message: "use loadSafetensors(\"net.safetensors\")")
public func load(_ path: String) -> StateDict { fatalError() }
