import CKernels

// Cross entropy with class indices: rows of logits x, [rows, classes].

/// The values for each row that the gradient of cross entropy needs besides the logits.
package struct CrossEntropyRows {
  /// The class of each row, [rows] of int64; it must be in range even if the row is ignored.
  package let index: Tensor
  /// Whether a row is ignored, [rows] of bool.
  package let isIgnored: Tensor
  /// The factor of the target class of each row, [rows].
  package let hit: Tensor
  /// The factor of every class, in all rows.
  package let smoothing: Double
  /// The weight of each class, [classes], by which `smoothing` is multiplied; the user's tensor.
  package var weight: Tensor? { savedWeight?.value }
  private let savedWeight: Saved?
  /// The sum of the factors of each row, [rows].
  let total: Tensor

  /// The loss of row i is hit[i]·(−ln p[index[i]]) + smoothing·Σ weight[c]·(−ln p[c]), and 0 if it
  /// is ignored.
  package init(
    index: Tensor, isIgnored: Tensor, hit: Tensor, smoothing: Double, weight: Tensor?, classes: Int
  ) {
    self.index = index.compacted()
    self.isIgnored = isIgnored
    self.hit = hit.compacted()
    self.smoothing = smoothing
    savedWeight = weight.map { Saved($0.compacted(), op: "crossEntropy") }
    let sum =
      weight.map { smoothing * $0.sum() } ?? Tensor(smoothing * Double(classes), dtype: hit.dtype)
    total = (hit + sum).to(hit.dtype).compacted()
  }
}

extension Tensor {
  /// The maximum of each row of logits and ln Σ exp(x − maximum), [rows, 2]; off the tape.
  package func logPartition() -> Tensor {
    let function = Kernels.table(dtype).pointee.log_partition!
    let n = shape[1]
    let (x, y) = (compacted(), Tensor(uninitialized: [shape[0], 2], dtype))
    launch((x, y), units: shape[0], cost: Cost.exponential * n) { rows in
      let first = rows.lowerBound
      function(Int64(rows.count), Int64(n), x.address(first * n), y.address(first * 2))
    }
    return y
  }

  /// The gradient of cross entropy with respect to these logits, for the gradient `g` of the rows'
  /// losses, [rows]; off the tape.
  package func crossEntropyGradient(_ g: Tensor, _ row: CrossEntropyRows, partition: Tensor)
    -> Tensor
  {
    let function = Kernels.table(dtype).pointee.cross_entropy_grad!
    let n = shape[1]
    let (x, y) = (compacted(), Tensor(uninitialized: shape, dtype))
    let scale = g.to(dtype).maskedFill(row.isIgnored, 0).compacted()
    let weight = row.weight
    let operands = (x, y, partition, row, scale, weight)
    launch(operands, units: shape[0], cost: Cost.exponential * n) { rows in
      let first = rows.lowerBound
      var block = ck_cross_entropy()
      block.rows = Int64(rows.count)
      block.n = Int64(n)
      block.x = UnsafeRawPointer(x.address(first * n))
      block.y = y.address(first * n)
      block.partition = UnsafeRawPointer(partition.address(first * 2))
      block.target = UnsafePointer(row.index.pointer(first))
      block.scale = UnsafeRawPointer(scale.address(first))
      block.total = UnsafeRawPointer(row.total.address(first))
      block.hit = UnsafeRawPointer(row.hit.address(first))
      block.weight = weight.map { UnsafeRawPointer($0.base) }
      block.smoothing = row.smoothing
      function(&block)
    }
    return y
  }
}
