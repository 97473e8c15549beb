// In-place changes and how they are recorded.
//
// Without recording, the elements are overwritten. Views see the change, and rules detect it by the
// storage's version. While recording, the new elements go to a new storage, because the tape may
// need the old ones, and the tensor is rebound to it. A view would keep the old storage, so
// recording requires that there is none.

extension Tensor {
  /// Changes the elements of this tensor in place; every in-place op does so through this function.
  ///
  /// - Parameters:
  ///   - inputs: the other tensors that the new elements are computed from.
  ///   - write: overwrites the elements; called without recording.
  ///   - recorded: the new elements as a new tensor of this shape, computed by ordinary ops from
  ///     `inputs` and `old`, which has the old elements and the node of this tensor. It must not
  ///     use `self`, which would become its own ancestor.
  ///   - link: for a derivative that does not need the old elements, and hence no copy: records on
  ///     `now`, this tensor after `write`, how it depends on `inputs` and on `old`, this tensor
  ///     before.
  @discardableResult
  func modify(
    reading inputs: [Tensor] = [], op: StaticString, write: () -> Void,
    recorded: (_ old: Tensor, _ inputs: [Tensor]) -> Tensor,
    link: ((_ now: Tensor, _ old: Tensor, _ inputs: [Tensor]) -> Tensor)? = nil
  ) -> Tensor {
    require(
      !layout.overlapsItself,
      """
      \(opName(op)): elements of this tensor, of shape \(shape), share memory, as after \
      expand(), so they cannot be changed in place; use a clone()
      """)
    if isRecorded(with: inputs) {
      requireUnsharedStorage(op: op)
      let old = Tensor(storage, layout, dtype, node: node)
      let inputs = inputs.map { $0 === self ? old : $0 }
      if let link, !(node?.keepsOutput ?? false) {
        write()
        storage.version &+= 1
        adoptNode(of: link(alias(), old, inputs))
      } else {
        let new = recorded(old, inputs).to(dtype)
        adoptNode(of: new)
        adoptElements(of: new, version: old.storage.version &+ 1)
      }
    } else {
      write()
      storage.version &+= 1
    }
    return self
  }

  /// Overwrites the elements with those of `new`, an op of this tensor and of `inputs` that keeps
  /// the shape and whose dtype this tensor can hold: the in-place form of an op.
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

  private func requireUnsharedStorage(op: StaticString) {
    require(
      node == nil || !isLeaf,
      """
      \(opName(op)): a leaf that requires a gradient cannot be changed in place while recording; \
      wrap it in noGrad { }, or use a clone()
      """)
    require(
      isStorageUnshared,
      """
      \(opName(op)): another tensor (a view, a detached tensor, or one saved for a backward pass) \
      shares the storage of this one, of shape \(shape), so it cannot be changed in place while \
      recording; use the op that returns a new tensor, or a clone()
      """)
  }

  /// Whether no other tensor uses the storage. The output that the tensor's own node keeps is
  /// ignored: it may keep the old elements.
  private var isStorageUnshared: Bool {
    guard let node else { return isKnownUniquelyReferenced(&storage) }
    return node.withoutOutput(self) { isKnownUniquelyReferenced(&storage) }
  }

  /// Takes over the node of `new`.
  private func adoptNode(of new: Tensor) {
    // retainGrad() refers to the tensor after the change.
    if let node, node.retainsGrad {
      node.retainsGrad = false
      new.node?.retainsGrad = true
    }
    node = new.node
  }

  /// Takes over the storage of `new` if both are contiguous with offset 0, or else copies its
  /// elements to a new storage.
  private func adoptElements(of new: Tensor, version: Int) {
    let take = {
      let fits = self.layout.isCompact && new.layout.isCompact
      if fits, isKnownUniquelyReferenced(&new.storage) {
        self.storage = new.storage
      } else {
        let count = self.storage.byteCount / self.dtype.itemSize
        self.storage = Storage(count: count, dtype: self.dtype)
        self.assign(new)
      }
      // A rule that saved this tensor object must detect the change, though the old storage is
      // intact.
      self.storage.version = version
    }
    if let node { node.withoutOutput(self, take) } else { take() }
  }
}

extension Layout {
  fileprivate var isCompact: Bool { isContiguous && offset == 0 }
}

extension Tensor {
  /// This tensor, or a copy if it has the storage of `target` but another layout.
  func separated(from target: Tensor) -> Tensor {
    guard storage === target.storage else { return self }
    return layout.isSame(as: target.layout) ? self : copied()
  }
}
