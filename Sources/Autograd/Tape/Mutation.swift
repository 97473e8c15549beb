// In-place changes: who may make them, and what becomes of the tape.
//
// While nothing records, the elements are overwritten where they lie: every view sees the change,
// and the version of the storage tells rules that saved it. While recording, the new elements get a
// storage of their own, so that the tape keeps the old ones, and the tensor is rebound to it. Views
// would then part from the tensor that they look at, so there must be none.

extension Tensor {
  /// Changes the elements of this tensor: the one place that decides whether and how.
  ///
  /// - Parameters:
  ///   - inputs: the other tensors that the new elements are computed from.
  ///   - write: overwrites the elements; called while nothing is recorded.
  ///   - recorded: the new elements as a fresh tensor of this shape, by ordinary ops of `old`,
  ///     which has taken over the elements and the past of this tensor, and of `inputs`. It must
  ///     not use `self`, which would be its own ancestor.
  ///   - link: where no derivative needs the old elements, records on `now`, this tensor after
  ///     `write`, how it depends on `old`, this tensor before, and on `inputs`. It spares the copy.
  @discardableResult
  func modify(
    reading inputs: [Tensor] = [], op: StaticString, write: () -> Void,
    recorded: (_ old: Tensor, _ inputs: [Tensor]) -> Tensor,
    link: ((_ now: Tensor, _ old: Tensor, _ inputs: [Tensor]) -> Tensor)? = nil
  ) -> Tensor {
    require(
      !layout.overlapsItself,
      """
      \(opName(op)): several elements of this tensor, of shape \(shape), are one in memory, as \
      after expand(), so they cannot be changed in place; work on a clone()
      """)
    if isRecorded(with: inputs) {
      requireSoleViewer(op: op)
      let old = Tensor(storage, layout, dtype, node: node)
      let inputs = inputs.map { $0 === self ? old : $0 }
      if let link, !(node?.keepsOutput ?? false) {
        write()
        storage.version &+= 1
        adoptPast(of: link(alias(), old, inputs))
      } else {
        let new = recorded(old, inputs).to(dtype)
        adoptPast(of: new)
        adoptElements(of: new, version: old.storage.version &+ 1)
      }
    } else {
      write()
      storage.version &+= 1
    }
    return self
  }

  /// Overwrites the elements with those of `new`, an op of this tensor and of `inputs` that keeps the
  /// shape and whose dtype this tensor can hold: the in-place form of an op.
  @discardableResult
  func overwrite(
    reading inputs: [Tensor] = [], op: StaticString, with new: (Tensor, [Tensor]) -> Tensor
  ) -> Tensor {
    func checked(_ y: Tensor) -> Tensor {
      require(
        y.shape == shape,
        """
        \(opName(op)): the result has the shape \(y.shape), but a change in place keeps the shape \
        \(shape); use the op that returns a new tensor
        """)
      requireRepresentable(y.dtype, op: op)
      return y
    }
    return modify(reading: inputs, op: op) {
      assign(checked(noGrad { new(self, inputs) }).separated(from: self))
    } recorded: { old, inputs in
      checked(new(old, inputs))
    }
  }

  private func isRecorded(with inputs: [Tensor]) -> Bool {
    dtype.isFloatingPoint && (node != nil || inputs.contains { $0.node != nil })
      && GradMode.isEnabled
  }

  private func requireSoleViewer(op: StaticString) {
    require(
      node == nil || !isLeaf,
      """
      \(opName(op)): a leaf that requires a gradient cannot be changed in place while recording; \
      wrap it in noGrad { }, or work on a clone()
      """)
    require(
      isOnlyViewer,
      """
      \(opName(op)): another tensor (a view, a detached one, or one that the tape has saved) \
      shares the storage of this one, of shape \(shape), so it cannot be changed in place while \
      recording; use the op that returns a new tensor, or work on a clone()
      """)
  }

  /// Whether no other tensor looks at the storage. What the own node keeps of its output does not
  /// count: it may go on looking at the old elements.
  private var isOnlyViewer: Bool {
    guard let node else { return isKnownUniquelyReferenced(&storage) }
    return node.withoutOutput(self) { isKnownUniquelyReferenced(&storage) }
  }

  /// Takes over how `new` was computed.
  private func adoptPast(of new: Tensor) {
    // What the user wants to know the gradient of is the tensor as it is now.
    if let node, node.retainsGrad {
      node.retainsGrad = false
      new.node?.retainsGrad = true
    }
    node = new.node
  }

  /// Takes over the storage of `new`, if it is laid out as this tensor is, or else its elements.
  private func adoptElements(of new: Tensor, version: UInt32) {
    let take = {
      let fits = self.layout.isCompact && new.layout.isCompact
      if fits, isKnownUniquelyReferenced(&new.storage) {
        self.storage = new.storage
      } else {
        let count = self.storage.byteCount / self.dtype.itemSize
        self.storage = Storage(count: count, dtype: self.dtype)
        self.assign(new)
      }
      // Whoever saved this tensor, and not just its elements, must notice.
      self.storage.version = version
    }
    if let node { node.withoutOutput(self, take) } else { take() }
  }
}

extension Layout {
  fileprivate var isCompact: Bool { isContiguous && offset == 0 }
}

extension Tensor {
  /// This tensor, or a copy if it looks at the memory of `target` in another order.
  func separated(from target: Tensor) -> Tensor {
    guard storage === target.storage else { return self }
    return layout.isSame(as: target.layout) ? self : copied()
  }
}
