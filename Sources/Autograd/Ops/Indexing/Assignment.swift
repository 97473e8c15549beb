// Assignment to a subscript.

extension Tensor {
  /// Overwrites what `selection` selects with `value`, which broadcasts and is cast.
  func assign(_ value: Tensor, at selection: Selection, op: StaticString) {
    let value = value.fitted(to: selection.shape, op: op)
    modify(reading: [value], op: op) {
      overwrite(selection, with: value, op: op)
    } recorded: { old, inputs in
      old.replaced(by: inputs[0], at: selection, op: op)
    } link: { now, old, inputs in
      now.recordReplacement(in: old, at: selection, by: inputs[0], op: op)
    }
  }

  /// A copy with `value` written where `selection` selects.
  func replaced(
    by value: Tensor, at selection: Selection, op: StaticString
  ) -> Tensor {
    let y = copied()
    y.overwrite(selection, with: value, op: op)
    return y.recordReplacement(in: self, at: selection, by: value, op: op)
  }

  /// A copy to which `value` is added where `selection` selects.
  func added(_ value: Tensor, at selection: Selection, op: StaticString) -> Tensor {
    let y = copied()
    if let picks = selection.picks {
      y.region(selection).combine(.add, value, picks.places)
    } else {
      let view = y.region(selection)
      view.assign(elementwise(addition(of: dtype), view, value))
    }
    return y.wrt(self, op: op) { g in g }
      .wrt(value, op: op) { g in g.taken(at: selection, op: op) }
  }

  private func recordReplacement(
    in old: Tensor, at selection: Selection, by value: Tensor, op: StaticString
  ) -> Tensor {
    wrt(old, op: op) { g in
      g.replaced(by: .zeros([], dtype: g.dtype), at: selection, op: op)
    }
    .wrt(value, op: op) { g in g.taken(at: selection, op: op) }
  }

  /// Overwrites what `selection` selects; off the tape.
  private func overwrite(_ selection: Selection, with value: Tensor, op: StaticString) {
    let value = value.storage === storage ? value.copied() : value
    if let picks = selection.picks {
      region(selection).combine(.put, value, picks.places)
    } else {
      region(selection).assign(value)
    }
  }

  /// The view of `selection`, its dimensions in the order in which index tensors pick from them.
  private func region(_ selection: Selection) -> Tensor {
    let view = alias(selection.view(layout))
    return selection.picks?.order.map { view.alias(view.layout.permuted($0)) } ?? view
  }

  /// This tensor without leading sizes of 1 in excess of the dimensions of `target`; it must
  /// broadcast to it.
  func fitted(to target: [Int], op: StaticString) -> Tensor {
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
