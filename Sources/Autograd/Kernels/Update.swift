import CKernels

// The seam to the optimizer steps, which Optim reaches through here: one pass over a parameter, its
// gradient and its state.

/// The optimizer steps that have a kernel; what each wants is stated at its body, in
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
  /// Runs `kernel` over this tensor, a parameter: changes it in place, and the state with it.
  ///
  /// - Parameters:
  ///   - gradient: of this tensor's shape and dtype, with any strides.
  ///   - state: contiguous tensors of this tensor's shape and dtype; nil where the kernel goes
  ///     without.
  ///   - numbers: the hyper-parameters.
  package func update(
    _ kernel: UpdateKernel, gradient: Tensor, state: [Tensor?], _ numbers: [Double]
  ) {
    require(
      gradient.dtype == dtype && gradient.shape == shape,
      """
      step: a parameter of shape \(shape) and dtype \(dtype) has a gradient of shape \
      \(gradient.shape) and dtype \(gradient.dtype); make the two alike
      """)
    require(
      !layout.overlapsItself,
      """
      step: elements of a parameter of shape \(shape) and strides \(strides) share memory; give the \
      optimizer the tensor that it was expanded from
      """)
    let function = Kernels.update(kernel.name, dtype, op: "step")
    // The kernel wants runs, and arrays that do not meet.
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
