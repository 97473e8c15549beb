import CKernels

// Copies and fills: they depend on the size of the elements, not on their type. All off the tape.

extension Tensor {
  /// Overwrites the elements with those of `source`, which broadcasts; does not change the version.
  package func assign(_ source: Tensor) {
    if source.dtype == dtype {
      if base == source.base, layout.isSame(as: source.layout) { return }
      if isContiguous, source.isContiguous, numel <= Cost.ofThread, shape == source.shape {
        withExtendedLifetime(source) {
          base.copyMemory(from: source.base, byteCount: numel * dtype.itemSize)
        }
        return
      }
      copy(Operand(source))
    } else {
      fill(Kernels.cast(source.dtype, dtype), source)
    }
  }

  /// Overwrites every element with `value`; does not change the version.
  func assign(_ value: Scalar) {
    Tensor.withElement(value, dtype) { element in
      if isContiguous, numel <= Cost.ofThread {
        ck_fill(Int64(numel), Int64(dtype.itemSize), element, base)
        return
      }
      copy(Operand(value: element))
    }
  }

  /// Overwrites the elements with those of `source`, of the same dtype.
  private func copy(_ source: Operand) {
    guard numel > 0 else { return }
    withNest(collapsing: shape, [Operand(self), source]) { nest in
      ck_put_neighbours_first(nest)
      let rows = numel / nest.rowLength
      launch(
        (self, source), units: rows, atLeast: nest.fewestRows(elements: Cost.ofThread)
      ) { part in
        ck_copy(
          nest, Int64(dtype.itemSize), Int64(part.lowerBound), Int64(part.upperBound), base,
          source.base)
      }
    }
  }

  /// Overwrites the columns from `start` on of this contiguous tensor, as a matrix of `blocks` rows,
  /// with `x`, as a matrix of as many rows. Returns false, and does nothing, unless `x` is short,
  /// contiguous and of this dtype.
  ///
  /// Joining many small tensors thus needs no layout of the place of each.
  func putColumns(of x: Tensor, at start: Int, blocks: Int) -> Bool {
    guard x.dtype == dtype, x.numel <= Cost.ofThread, x.isContiguous else { return false }
    let width = x.numel / blocks
    withExtendedLifetime((self, x)) {
      ck_copy_block(
        Int64(dtype.itemSize), Int64(width), Int64(blocks), address(start), 1,
        Int64(numel / blocks), x.base, 1, Int64(width))
    }
    return true
  }

  /// Copies the columns `kept(row)` of each row of `x`, and fills the others with zeros. Both
  /// tensors are contiguous and have one shape and dtype; a row is the elements along the last
  /// dimension.
  func copyRows(of x: Tensor, kept: (Int) -> Range<Int>) {
    guard numel > 0 else { return }
    let columns = shape[ndim - 1]
    let item = dtype.itemSize
    func clear(_ start: Int, _ count: Int) {
      // Zero has all bits 0 in every dtype.
      address(start).initializeMemory(as: UInt8.self, repeating: 0, count: count * item)
    }
    launch((self, x), units: numel / columns, cost: columns) { part in
      for row in part {
        let (start, kept) = (row * columns, kept(row))
        clear(start, kept.lowerBound)
        let first = start + kept.lowerBound
        address(first).copyMemory(from: x.address(first), byteCount: kept.count * item)
        clear(start + kept.upperBound, columns - kept.upperBound)
      }
    }
  }

  /// This tensor if it is contiguous, else a contiguous copy.
  func compacted() -> Tensor { isContiguous ? self : copied() }

  /// A contiguous copy.
  func copied(op: StaticString = "Tensor") -> Tensor {
    let y = Tensor(uninitialized: layout.compact, dtype, op: op)
    y.assign(self)
    return y
  }
}
