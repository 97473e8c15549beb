import CKernels

// Optimizer steps, for Optim: one pass over a parameter, its gradient and its state.

/// The optimizer steps with a kernel; their arguments are documented at the bodies, in
/// optimizers.inc.
package enum UpdateKernel: Sendable {
  case sgd, adam, rmsprop, adagrad

  fileprivate var name: ck_update {
    switch self {
    case .sgd: .sgd
    case .adam: .adam
    case .rmsprop: .rmsprop
    case .adagrad: .adagrad
    }
  }
}

extension Tensor {
  /// Runs `kernel` on this tensor, a parameter, and changes it and the state in place.
  ///
  /// - Parameters:
  ///   - gradient: of this tensor's shape and dtype, with any strides.
  ///   - state: contiguous tensors of this tensor's shape and dtype; nil where the kernel needs
  ///     none.
  ///   - numbers: the hyper-parameters.
  package func update(
    _ kernel: UpdateKernel, gradient: Tensor, state: [Tensor?], _ numbers: [Double]
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
    let function = Kernels.update(kernel.name, dtype, op: "step")
    // The kernel needs contiguous arrays that do not overlap.
    let x = compacted()
    let g = gradient.sharesStorage(with: self) ? gradient.copied() : gradient.compacted()
    let item = dtype.itemSize
    let count = 2 + state.count
    withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: count) { bases in
      bases[0] = x.base
      bases[1] = g.base
      for (k, tensor) in state.enumerated() { bases[2 + k] = tensor?.base }
      launch((x, g, state), units: numel) { part in
        withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: count) { p in
          for k in 0..<count { p[k] = bases[k].map { $0 + part.lowerBound * item } }
          function(Int64(part.count), p.baseAddress, numbers)
        }
      }
    }
    if !isContiguous { assign(x) }
    storage.version &+= 1
  }
}
