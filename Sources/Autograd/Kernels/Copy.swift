import CKernels

// The seam to the copies: elements that stay what they are, by their size alone. All off the tape.

/// Elements that one thread should have at least.
private let grain = 32_768

extension Tensor {
  /// Overwrites the elements with those of `source`, which broadcasts; does not touch the version.
  func assign(_ source: Tensor) {
    if source.dtype == dtype {
      // What would be written over itself is there already.
      if base == source.base, layout.isSame(as: source.layout) { return }
      copy(Operand(source, along: shape))
    } else {
      fill(Kernels.cast(source.dtype, dtype), source)
    }
  }

  /// Overwrites every element with `value`; does not touch the version.
  func assign(_ value: Scalar) {
    Tensor.withElement(value, dtype) { element in
      if isContiguous, numel <= grain {
        ck_fill(Int64(numel), Int64(dtype.itemSize), element, base)
        return
      }
      copy(Operand(value: element, rank: ndim))
    }
  }

  /// Overwrites the elements with those of `source`, of the same dtype.
  private func copy(_ source: Operand) {
    guard numel > 0 else { return }
    let item = dtype.itemSize
    if source.strides == nil, isContiguous, numel <= grain {
      base.copyMemory(from: source.base, byteCount: numel * item)
      return
    }
    var nest = ck_nest(collapsing: shape, [Operand(self, along: shape), source])
    ck_put_neighbours_first(&nest)
    let row = nest.rank == 1 ? 1 : Int(nest.shape.0)
    nonisolated(unsafe) let (to, from) = (base, source.base)
    parallelFor(numel / row, grain: nest.fewestRows(elements: grain)) { part in
      withUnsafePointer(to: nest) {
        ck_copy(
          $0, Int64(item), Int64(part.lowerBound), Int64(part.upperBound), to, from)
      }
    }
  }

  /// Overwrites the rows, the elements along the last dimension, with those of `x`: in the columns that
  /// `kept` names for the row of that number, and with zeros elsewhere. Both are contiguous, of one shape
  /// and dtype.
  func copyRows(of x: Tensor, kept: (Int) -> Range<Int>) {
    guard numel > 0 else { return }
    let columns = shape[ndim - 1]
    let item = dtype.itemSize
    withExtendedLifetime(x) {
      nonisolated(unsafe) let (to, from, kept) = (base, x.base, kept)
      func clear(_ start: Int, _ count: Int) {
        // Zero has no bit set, whatever the dtype.
        (to + start * item).initializeMemory(as: UInt8.self, repeating: 0, count: count * item)
      }
      parallelFor(numel / columns, grain: Swift.max(1, grain / columns)) { part in
        for row in part {
          let (start, kept) = (row * columns, kept(row))
          clear(start, kept.lowerBound)
          let first = (start + kept.lowerBound) * item
          (to + first).copyMemory(from: from + first, byteCount: kept.count * item)
          clear(start + kept.upperBound, columns - kept.upperBound)
        }
      }
    }
  }
}
