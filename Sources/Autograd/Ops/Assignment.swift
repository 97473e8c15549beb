// Assignment to a subscript: in place, and on the tape where that can be told apart from the past.

extension Tensor {
  /// Overwrites what `selection` selects with `value`, which broadcasts and is cast.
  func assign(_ value: Tensor, at selection: Selection, op: StaticString) {
    let value = value.fitted(to: selection.shape, op: op)
    let needsTape =
      GradMode.isEnabled && dtype.isFloatingPoint && (node != nil || value.node != nil)
    guard needsTape else {
      overwrite(selection, with: value, op: op)
      storage.version &+= 1
      return
    }
    require(
      node == nil || !isLeaf,
      """
      \(opName(op)): a leaf that requires a gradient cannot be changed in place while operations are \
      recorded; do it inside noGrad, or assign to a clone()
      """)
    require(
      isKnownUniquelyReferenced(&storage),
      """
      \(opName(op)): the elements of this tensor, of shape \(shape), are also seen by a view of it, by \
      the value, or by the backward pass of \(gradFn ?? "another op"), so its place in the graph cannot \
      change; assign to a clone()
      """)
    // Nobody else sees the elements: the old tensor lives on in the graph alone, which needs no values.
    let old = Tensor(storage, layout, dtype, node: node)
    overwrite(selection, with: value, op: op)
    storage.version &+= 1
    node = alias().recordReplacement(in: old, at: selection, by: value, op: op).node
    // What is kept is the gradient of the tensor as it is now.
    if let before = old.node, before.retainsGrad {
      before.retainsGrad = false
      node!.retainsGrad = true
    }
  }

  /// A copy in which `value` stands where `selection` selects.
  private func replaced(
    by value: Tensor, at selection: Selection, op: StaticString
  ) -> Tensor {
    let y = copied()
    y.overwrite(selection, with: value, op: op)
    return y.recordReplacement(in: self, at: selection, by: value, op: op)
  }

  private func recordReplacement(
    in old: Tensor, at selection: Selection, by value: Tensor, op: StaticString
  ) -> Tensor {
    wrt(old, op: op) { g in
      g.replaced(by: .zeros([], dtype: g.dtype), at: selection, op: op)
    }
    .wrt(value, op: op) { g in g.selected(selection, op: op) }
  }

  /// Overwrites what `selection` selects; off the tape.
  private func overwrite(_ selection: Selection, with value: Tensor, op: StaticString) {
    require(
      !layout.overlapsItself,
      """
      \(opName(op)): several elements of this tensor, of shape \(shape) and strides \(strides), share \
      memory, as after expand; assign to a clone()
      """)
    let value = value.storage === storage ? value.copied() : value
    let view = alias(selection.view(layout))
    guard let picks = selection.picks else {
      view.assign(value)
      return
    }
    let region = picks.order.map { view.alias(view.layout.permuted($0)) } ?? view
    let flat = region.compacted()
    flat.put(value, picks.places)
    if flat.storage !== storage { region.assign(flat) }
  }

  /// This tensor without the leading sizes of 1 that `target` has no place for; it must broadcast to it.
  private func fitted(to target: [Int], op: StaticString) -> Tensor {
    let excess = Swift.max(0, ndim - target.count)
    require(
      shape[..<excess].allSatisfy { $0 == 1 }
        && zip(shape.dropFirst(excess).reversed(), target.reversed()).allSatisfy {
          $0 == $1 || $0 == 1
        },
      "\(opName(op)): a value of shape \(shape) does not broadcast to the selected shape \(target)")
    return excess == 0 ? self : reshape(Array(shape[excess...]))
  }
}

extension Tensor {
  /// A number as a 0-d tensor of the dtype of `x`.
  convenience init(_ number: Scalar, like x: Tensor) {
    self.init(uninitialized: [], x.dtype)
    assign(number)
  }
}
