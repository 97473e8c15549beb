// In-place changes and how they are recorded.
//
// Without recording, the elements are overwritten. Views see the change, and rules detect it by the
// storage's version. While recording, the new elements go to a new storage, because the tape may
// need the old ones, and the tensor is rebound to it. If other tensors use the storage, the elements
// are overwritten there, and the tape gets a copy of the old ones; views follow, see
// ViewHistory.swift.

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
    guard isRecorded(with: inputs) else {
      write()
      storage.version &+= 1
      return self
    }
    dropUnsharedBase()
    requireChangeable(op: op)
    if isStorageUnshared {
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
      let new = overwriteShared(reading: inputs, write: write, recorded: recorded, link: link)
      if let base = viewBase {
        rewriteBase(base, with: new, op: op)
      } else {
        adoptNode(of: new)
        rewrites &+= 1
      }
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
      assign(checked(named(op) { noGrad { new(self, inputs) } }).separated(from: self))
    } recorded: { old, inputs in
      checked(named(op) { new(old, inputs) })
    }
  }

  private func isRecorded(with inputs: [Tensor]) -> Bool {
    dtype.isFloatingPoint && (node != nil || inputs.contains { $0.node != nil })
      && GradMode.isEnabled
  }

  private func requireChangeable(op: StaticString) {
    require(
      node == nil || !isLeaf,
      """
      \(opName(op)): a leaf that requires a gradient cannot be changed in place while recording; \
      wrap it in noGrad { }, or use a clone()
      """)
    require(
      viewBase?.node == nil || !viewBase!.isLeaf,
      """
      \(opName(op)): this tensor, of shape \(shape), is a view of a leaf that requires a gradient, \
      which cannot be changed in place while recording; wrap it in noGrad { }, or use a clone()
      """)
    require(
      !isUnrecordedView || isStorageUnshared,
      """
      \(opName(op)): this tensor, of shape \(shape), is a view that was made inside noGrad { }, so \
      a change in place cannot be recorded on the tensor that it shows; make the view while \
      recording, or change it inside noGrad { }
      """)
    require(
      !(viewBase?.layout.overlapsItself ?? false),
      """
      \(opName(op)): this tensor, of shape \(shape), is a view of one whose elements share memory, \
      as after expand(), so it cannot be changed in place while recording; use a clone()
      """)
  }

  /// Overwrites the elements in the storage, which other tensors use, and returns a tensor with the
  /// node of the new elements; for the arguments see `modify`.
  private func overwriteShared(
    reading inputs: [Tensor], write: () -> Void, recorded: (Tensor, [Tensor]) -> Tensor,
    link: ((Tensor, Tensor, [Tensor]) -> Tensor)?
  ) -> Tensor {
    (viewBase ?? self).node?.keepCopyOfOutput(in: storage)
    if let link {
      let old = Tensor(storage, layout, dtype, node: node)
      write()
      storage.version &+= 1
      return link(alias(), old, inputs.map { $0 === self ? old : $0.toSave })
    }
    // The rules may need the old elements.
    func copy(_ x: Tensor) -> Tensor {
      let y = x.copied()
      y.node = x.node
      return y
    }
    let old = copy(self)
    let sources = inputs.map { x in
      x === self ? old : x.storage === storage ? copy(x) : x
    }
    let new = recorded(old, sources).to(dtype)
    assign(new)
    storage.version &+= 1
    return new
  }

  /// Whether no other tensor uses the storage. The output that the tensor's own node keeps is
  /// ignored: it may keep the old elements.
  private var isStorageUnshared: Bool {
    guard let node else { return isKnownUniquelyReferenced(&storage) }
    return node.withoutOutput(self) { isKnownUniquelyReferenced(&storage) }
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

extension Tensor {
  /// Makes the elements of this leaf those of `source`, of the same shape, in the dtype of `source`
  /// and, where both lie in row-major order, in its memory.
  ///
  /// The tensor stays the same object, so whatever holds it, such as an optimizer, sees the change;
  /// its gradient is converted. Views of this tensor keep the old elements. A rule that saved this
  /// tensor stops at its next use, as after any change in place.
  package func adopt(_ source: Tensor, op: StaticString) {
    require(
      isLeaf,
      """
      \(opName(op)): expected a leaf, but this tensor, of shape \(shape), was computed by \
      \(gradFn ?? "an op"); use detach()
      """)
    require(
      shape == source.shape,
      "\(opName(op)): expected elements of shape \(shape), got \(source.shape)")
    require(
      node == nil || source.dtype.isFloatingPoint,
      "\(opName(op)): a tensor that requires a gradient cannot be \(source.dtype)")
    let (version, count) = (storage.version &+ 1, storage.byteCount / dtype.itemSize)
    if dtype != source.dtype {
      node?.convert(to: source.dtype)
      dtype = source.dtype
    }
    if layout.isCompact && source.layout.isCompact {
      storage = source.storage
    } else {
      storage = Storage(count: count, dtype: dtype, op: op)
      assign(source)
    }
    storage.version = Swift.max(storage.version, version)
    // Views are no views of this tensor any more.
    rewrites &+= 1
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
