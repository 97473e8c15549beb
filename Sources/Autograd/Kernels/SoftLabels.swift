import CKernels

// Cross entropy with probabilities, along a dimension with others behind it.

extension Tensor {
  /// Whether the kernels of this file take log-probabilities like these, with the classes in
  /// dimension `dim`, and the probabilities `labels`.
  package func hasKernels(forSoftLabels labels: Tensor, dim: Int) -> Bool {
    dtype.isFloatingPoint && labels.dtype == dtype && numel > 0 && labels.isContiguous
      && !isFasterMovedToLast(dim)
  }

  /// −Σ t·l along `dim` for these logarithms of probabilities, l, and labels t; what has the label 0
  /// counts as 0. Off the tape.
  package func softLabelLosses(_ labels: Tensor, dim: Int) -> Tensor {
    var reduced = shape
    reduced.remove(at: dim)
    let y = Tensor(uninitialized: reduced, dtype)
    runSoftLabels(Kernels.table(dtype).pointee.soft_labels!, labels, dim, y) { call, position, _ in
      call.y = y.address(position)
    }
    return y
  }

  /// The gradient of the logits for the gradient `g` of ``softLabelLosses(_:dim:)``, these being the
  /// logarithms of their softmax. Off the tape.
  package func softLabelGradient(_ labels: Tensor, _ g: Tensor, dim: Int) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    let scale = g.cast(to: dtype).compacted()
    runSoftLabels(
      Kernels.table(dtype).pointee.soft_labels_grad!, labels, dim, (y, scale)
    ) { call, position, first in
      call.scale = UnsafeRawPointer(scale.address(position))
      call.y = y.address(first)
    }
    return y
  }

  private func runSoftLabels<Operands>(
    _ kernel: ck_soft_labels_fn, _ labels: Tensor, _ dim: Int, _ operands: Operands,
    _ set: (inout ck_soft_labels, Int, Int) -> Void
  ) {
    let (l, n) = (compacted(), shape[dim])
    let (outer, inner) = (
      shape[..<dim].reduce(1, *), shape[(dim + 1)...].reduce(1, *)
    )
    launchColumns((l, labels, operands), outer, n, inner, cost: Cost.exponential) {
      blocks, width, first in
      var call = ck_soft_labels()
      (call.outer, call.n, call.inner, call.width) = (blocks, Int64(n), Int64(inner), width)
      call.l = UnsafeRawPointer(l.address(first))
      call.t = UnsafeRawPointer(labels.address(first))
      set(&call, first < inner ? first : first / n, first)
      kernel(&call)
    }
  }
}
