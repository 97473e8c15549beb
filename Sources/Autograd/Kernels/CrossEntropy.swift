import CKernels

// The seam to the kernels of cross entropy with class indices: rows of logits x, [rows, classes].

/// What the gradient of cross entropy needs to know of each row besides the logits.
package struct CrossEntropyRows {
  /// The class of each row, [rows] of int64; must be in range, also where it does not count.
  package let index: Tensor
  /// Whether a row does not count, [rows] of bool.
  package let isIgnored: Tensor
  /// The factor of each row's own class, [rows].
  package let hit: Tensor
  /// The factor of every class, in all rows.
  package let spread: Double
  /// A factor for each class, [classes], on `spread`; the user's own tensor.
  package var weight: Tensor? { savedWeight?.value }
  private let savedWeight: Saved?
  /// What the factors of a row add up to, [rows].
  let total: Tensor

  /// The loss of row i is hit[i]·(−ln p[index[i]]) + spread·Σ weight[c]·(−ln p[c]), where it counts.
  package init(
    index: Tensor, isIgnored: Tensor, hit: Tensor, spread: Double, weight: Tensor?, classes: Int
  ) {
    self.index = index.compacted()
    self.isIgnored = isIgnored
    self.hit = hit.compacted()
    self.spread = spread
    savedWeight = weight.map { Saved($0.compacted(), op: "crossEntropy") }
    let sum = weight.map { spread * $0.sum() } ?? Tensor(spread * Double(classes), dtype: hit.dtype)
    total = (hit + sum).to(hit.dtype).compacted()
  }
}

extension Tensor {
  /// The greatest logit of each row and ln Σ exp(x − greatest), [rows, 2]; off the tape.
  package func logPartition() -> Tensor {
    let kernel = Kernels.table(dtype).pointee.log_partition!
    let (rows, n, item) = (shape[0], shape[1], dtype.itemSize)
    let y = Tensor(uninitialized: [rows, 2], dtype)
    nonisolated(unsafe) let tensors = (compacted(), y)
    parallelFor(rows, grain: grain(of: n)) { part in
      let (x, y) = tensors
      let first = part.lowerBound
      kernel(Int64(part.count), Int64(n), x.base + first * n * item, y.base + first * 2 * item)
    }
    return y
  }

  /// The gradient of cross entropy with respect to these logits, for the gradient `g` of the rows'
  /// losses, [rows]; off the tape.
  package func crossEntropyGradient(_ g: Tensor, _ row: CrossEntropyRows, partition: Tensor)
    -> Tensor
  {
    let kernel = Kernels.table(dtype).pointee.cross_entropy_grad!
    let (rows, n, item) = (shape[0], shape[1], dtype.itemSize)
    let scale = g.to(dtype).maskedFill(row.isIgnored, 0).compacted()
    let y = Tensor(uninitialized: [rows, n], dtype)
    var whole = ck_cross_entropy()
    whole.n = Int64(n)
    whole.weight = row.weight.map { UnsafeRawPointer($0.base) }
    whole.spread = row.spread
    nonisolated(unsafe) let template = whole
    nonisolated(unsafe) let tensors = (compacted(), y, partition, row, scale)
    parallelFor(rows, grain: grain(of: n)) { part in
      let (x, y, partition, row, scale) = tensors
      let first = part.lowerBound
      var block = template
      block.rows = Int64(part.count)
      block.x = UnsafeRawPointer(x.base + first * n * item)
      block.y = y.base + first * n * item
      block.partition = UnsafeRawPointer(partition.base + first * 2 * item)
      block.target = UnsafePointer(row.index.elements(as: Int64.self).baseAddress! + first)
      block.scale = UnsafeRawPointer(scale.base + first * item)
      block.total = UnsafeRawPointer(row.total.base + first * item)
      block.hit = UnsafeRawPointer(row.hit.base + first * item)
      kernel(&block)
    }
    return y
  }
}

/// Rows of `n` logits that one thread should have at least; each logit costs an exponential.
private func grain(of n: Int) -> Int { max(1, 8192 / max(1, n)) }
