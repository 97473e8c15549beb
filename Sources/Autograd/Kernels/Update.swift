import CKernels

// Optimizer steps, for Optim: one pass over a parameter, its gradient and its state.

/// An optimizer step that has a kernel, with its arguments. The arrays of its state are stated at
/// its body, in optimizers.inc.
package enum UpdateKernel {
  case sgd(ck_sgd)
  case adam(ck_adam)
  case rmsprop(ck_rmsprop)
  case adagrad(ck_adagrad)
}

extension Tensor {
  /// Runs `kernel` on this tensor, a parameter, and changes it and the state in place.
  ///
  /// - Parameters:
  ///   - kernel: the step.
  ///   - gradient: of this tensor's shape and dtype, with any strides.
  ///   - state: contiguous tensors of this tensor's shape and dtype; nil where the step does not
  ///     use one.
  package func update(_ kernel: UpdateKernel, gradient: Tensor, state: [Tensor?]) {
    switch kernel {
    case .sgd(let arguments): update(.sgd, arguments, gradient, state)
    case .adam(let arguments): update(.adam, arguments, gradient, state)
    case .rmsprop(let arguments): update(.rmsprop, arguments, gradient, state)
    case .adagrad(let arguments): update(.adagrad, arguments, gradient, state)
    }
  }

  private func update<Arguments: BitwiseCopyable>(
    _ kernel: ck_update, _ arguments: Arguments, _ gradient: Tensor, _ state: [Tensor?]
  ) {
    require(
      gradient.dtype == dtype && gradient.shape == shape,
      """
      step: expected a gradient of shape \(shape) and dtype \(dtype), those of its parameter, \
      got shape \(gradient.shape) and dtype \(gradient.dtype); use to(_:) or reshape
      """)
    require(
      !layout.overlapsItself,
      """
      step: elements of a parameter of shape \(shape) and strides \(strides) share memory; \
      give the optimizer the tensor that it was expanded from
      """)
    let function = Kernels.update(kernel, dtype, op: "step")
    // The kernel takes contiguous arrays that do not overlap.
    let x = compacted()
    let g = gradient.sharesStorage(with: self) ? gradient.copied() : gradient.compacted()
    launch((x, g, state), units: numel) { part in
      let count = 2 + state.count
      withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: count) { p in
        p[0] = x.address(part.lowerBound)
        p[1] = g.address(part.lowerBound)
        for (k, tensor) in state.enumerated() { p[2 + k] = tensor?.address(part.lowerBound) }
        withUnsafePointer(to: arguments) { function(Int64(part.count), p.baseAddress, $0) }
      }
    }
    if !isContiguous { assign(x) }
    storage.version &+= 1
  }
}
