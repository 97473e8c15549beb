// How a change in place while recording reaches a tensor and all its views.
//
// A view knows its base, the tensor that it was made from, through other views or directly; a base
// is no view. A change of a view is recorded on the base: it became the old base with one part
// replaced. A change of a base is recorded on it like that of any tensor. Either way the base has
// been rewritten once more, and each view, when next asked for its node, takes a new one: that of a
// part of the base as it now is.
//
// A view keeps its base alive, so nothing that a base can be computed from may keep a view: rules
// save an alias without the base (`toSave`).

extension Tensor {
  /// This tensor; of a view, an alias with the same node, but without the base.
  var toSave: Tensor {
    @inline(__always) get { isView ? withoutBase() : self }
  }

  @inline(never)
  private func withoutBase() -> Tensor { Tensor(storage, layout, dtype, node: node) }

  /// Makes this view, of a base that nothing else refers to, a tensor on its own: no other view and
  /// no change of the base can be seen any more.
  func dropUnsharedBase() {
    guard ownsBase() else { return }
    // A change must know of what the node of the base keeps.
    if viewBase?.node?.keepsOutput ?? false { return }
    ownNode = node
    viewBase = nil
  }

  /// Takes the node of a part of the base as it now is, if the base has been rewritten.
  @inline(never)
  func followBase() {
    guard let base = viewBase, base.rewrites != rewrites else { return }
    if base.storage !== storage {
      // The base has adopted other elements.
      viewBase = nil
      return
    }
    rewrites = base.rewrites
    let op = ownNode?.op ?? "asStrided"
    adoptNode(of: enableGrad { alias().recordPart(layout, of: base, op: op) })
  }

  /// Records that the base of this view is what it was before with this part replaced by `new`.
  func rewriteBase(_ base: Tensor, with new: Tensor, op: StaticString) {
    let (part, whole) = (layout, base.layout)
    let changed = base.alias()
    // A view of all elements leaves nothing of the old base.
    let coversAll = part.lies(within: whole) && part.count == whole.count
    if new.node == nil || !coversAll {
      changed.wrt(base, op: op) { g in g.erased(part, of: whole, op: op) }
    }
    changed.wrt(new, op: op) { g in g.part(part, of: whole, op: op) }
    base.adoptNode(of: changed)
    base.rewrites &+= 1
  }

  /// Takes over the node of `new`.
  func adoptNode(of new: Tensor) {
    // retainGrad() refers to the tensor after the change.
    if let ownNode, ownNode.retainsGrad {
      ownNode.retainsGrad = false
      new.node?.retainsGrad = true
    }
    ownNode = new.node
  }
}

// MARK: - Parts

extension Layout {
  /// Whether the positions are some of those of `whole`, which is contiguous, and none occurs twice.
  fileprivate func lies(within whole: Layout) -> Bool {
    if count == 0 { return true }
    return whole.isContiguous && !overlapsItself && offset >= whole.offset
      && end.map { $0 <= whole.offset + whole.count } ?? false
  }
}

extension Tensor {
  /// Records that this tensor is the part of `base` that has the layout `part`.
  private func recordPart(_ part: Layout, of base: Tensor, op: StaticString) -> Tensor {
    let whole = base.layout
    return part.lies(within: whole)
      ? windowing(base, op: op) { g in g.part(part, of: whole, op: op) }
      : wrt(base, op: op) { g in g.unstrided(from: part, into: whole) }
  }

  /// The elements of this tensor that lie in `part` if the tensor has the layout `whole`; a view
  /// where it is contiguous.
  private func part(_ part: Layout, of whole: Layout, op: StaticString) -> Tensor {
    guard part.lies(within: whole) else {
      return spread(from: whole, beside: part).picked(part, beside: whole)
    }
    let x = contiguous()
    return x.alias(part.moved(by: x.layout.offset - whole.offset))
      .windowing(x, op: op) { g in g.part(part, of: whole, op: op) }
  }

  /// A copy of this tensor with zeros where `part` lies if the tensor has the layout `whole`.
  private func erased(_ part: Layout, of whole: Layout, op: StaticString) -> Tensor {
    guard part.lies(within: whole) else {
      let hits = noGrad {
        Tensor.ones(part.shape).spread(from: part, beside: whole).picked(whole, beside: part)
      }
      return Autograd.where(hits .> 0, 0, self)
    }
    let y = copied(op: op)
    y.alias(part.moved(by: -whole.offset)).assign(.int(0))
    return y.wrt(self, op: op) { g in g.erased(part, of: whole, op: op) }
  }
}
