import CKernels

// The seam to the copies: elements that stay what they are, by their size alone. All off the tape.

/// Elements that one thread should have at least.
private let grain = 32_768

extension Tensor {
  /// Overwrites the elements with those of `source`, which broadcasts; does not touch the version.
  package func assign(_ source: Tensor) {
    if source.dtype == dtype {
      // What would be written over itself is there already.
      if base == source.base, layout.isSame(as: source.layout) { return }
      if isContiguous, source.isContiguous, numel <= grain, shape == source.shape {
        base.copyMemory(from: source.base, byteCount: numel * dtype.itemSize)
        return
      }
      copy(Operand(source))
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
      copy(Operand(value: element))
    }
  }

  /// Overwrites the elements with those of `source`, of the same dtype.
  private func copy(_ source: Operand) {
    guard numel > 0 else { return }
    let item = dtype.itemSize
    withNest(collapsing: shape, [Operand(self), source]) { nest in
      ck_put_neighbours_first(nest)
      nonisolated(unsafe) let (nest, to, from) = (nest, base, source.base)
      parallelFor(numel / nest.rowLength, grain: nest.fewestRows(elements: grain)) { part in
        ck_copy(nest, Int64(item), Int64(part.lowerBound), Int64(part.upperBound), to, from)
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
