import CKernels

// Cross entropy with class indices: logits [outer, classes, inner], whose positions [outer, inner]
// are flattened in this order.

/// The values for each position that cross entropy needs besides the logits.
package struct CrossEntropyRows {
  /// The class of each position, [positions] of int64.
  package let index: Tensor
  /// Whether a position is ignored, [positions] of bool; nil if none is.
  package let isIgnored: Tensor?
  /// The factor of the target class of each position, [positions].
  package let hit: Tensor
  /// The factor of every class, at all positions.
  package let smoothing: Double
  /// The weight of each class, [classes], by which `smoothing` is multiplied; the user's tensor.
  package var weight: Tensor? { savedWeight?.value }
  private let savedWeight: Saved?
  /// The sum of the factors of each position, [positions].
  let total: Tensor

  /// The loss of position i is hit[i]·(−ln p[index[i]]) + smoothing·Σ weight[c]·(−ln p[c]), and 0 if it
  /// is ignored.
  package init(
    index: Tensor, isIgnored: Tensor?, hit: Tensor, smoothing: Double, weight: Tensor?, classes: Int
  ) {
    self.index = index.compacted()
    self.isIgnored = isIgnored?.compacted()
    self.hit = hit.compacted()
    self.smoothing = smoothing
    savedWeight = weight.map { Saved($0.compacted(), op: "crossEntropy") }
    let sum =
      weight.map { smoothing * $0.sum() } ?? Tensor(smoothing * Double(classes), dtype: hit.dtype)
    total = (hit + sum).to(hit.dtype).compacted()
  }
}

extension Tensor {
  /// The loss of each position of these logits, [positions], and their partition, which the gradient
  /// needs; off the tape.
  package func crossEntropy(_ row: CrossEntropyRows, dim: Int) -> (
    losses: Tensor, partition: Tensor
  ) {
    let logits = ClassesOfLogits(self, dim)
    // Without classes all positions are ignored.
    let losses =
      logits.n == 0
      ? .zeros([row.index.numel], dtype: dtype) : Tensor(uninitialized: [row.index.numel], dtype)
    let partition = Tensor(uninitialized: [2 * row.index.numel], dtype)
    logits.launch(Kernels.table(dtype).pointee.cross_entropy!, row, partition) { block, position in
      block.is_ignored = row.isIgnored.map { UnsafePointer($0.pointer(position)) }
      block.y = losses.address(position)
    }
    return (losses, partition)
  }

  /// The gradient of cross entropy with respect to these logits, for the gradient `g` of the losses,
  /// [positions]; off the tape.
  package func crossEntropyGradient(
    _ g: Tensor, _ row: CrossEntropyRows, partition: Tensor, dim: Int
  ) -> Tensor {
    let logits = ClassesOfLogits(self, dim)
    let y = Tensor(uninitialized: logits.x.shape, dtype)
    let factor = g.to(dtype)
    let scale = (row.isIgnored.map { factor.maskedFill($0, 0) } ?? factor).compacted()
    withExtendedLifetime((y, scale)) {
      logits.launch(Kernels.table(dtype).pointee.cross_entropy_grad!, row, partition) {
        block, position in
        block.scale = UnsafeRawPointer(scale.address(position))
        block.total = UnsafeRawPointer(row.total.address(position))
        block.y = y.address(logits.element(position))
      }
    }
    return logits.restored(y)
  }
}

/// Logits as [outer, n, inner], contiguous, with the classes in the middle.
private struct ClassesOfLogits {
  let x: Tensor
  let dim: Int
  /// Whether the classes have been moved to the end.
  let isMoved: Bool
  let outer: Int
  let n: Int
  let inner: Int

  init(_ logits: Tensor, _ dim: Int) {
    self.dim = dim
    n = logits.shape[dim]
    let before = logits.shape.prefix(dim).reduce(1, *)
    let behind = logits.shape.dropFirst(dim + 1).reduce(1, *)
    isMoved = behind > 1 && logits.isFasterMovedToLast(dim)
    (outer, inner) = isMoved ? (before * behind, 1) : (before, behind)
    x = isMoved ? logits.movedToLast(dim) : logits.compacted()
  }

  /// `y`, of the shape of ``x``, with the classes in their dimension.
  func restored(_ y: Tensor) -> Tensor { isMoved ? y.movedBack(to: dim) : y }

  /// The position in ``x`` of the first class of a position.
  func element(_ position: Int) -> Int { position / inner * n * inner + position % inner }

  /// Runs `kernel` over all positions. `set` sets the pointers that only one direction has, for a
  /// block that begins at a position.
  func launch(
    _ kernel: ck_cross_entropy_fn, _ row: CrossEntropyRows, _ partition: Tensor,
    _ set: (inout ck_cross_entropy, Int) -> Void
  ) {
    let weight = row.weight
    let operands = (x, partition, row, weight)
    launchColumns(operands, outer, n, inner, cost: Cost.exponential) { blocks, width, first in
      // Either some columns of all blocks, or all columns of some blocks.
      let position = first < inner ? first : first / n
      var block = ck_cross_entropy()
      (block.outer, block.n, block.inner, block.width) = (blocks, Int64(n), Int64(inner), width)
      block.x = UnsafeRawPointer(x.address(first))
      block.partition = partition.address(position / inner * 2 * inner + position % inner)
      block.weight = weight.map { UnsafeRawPointer($0.base) }
      block.target = UnsafePointer(row.index.pointer(position))
      block.hit = UnsafeRawPointer(row.hit.address(position))
      block.smoothing = row.smoothing
      set(&block, position)
      kernel(&block)
    }
  }
}
