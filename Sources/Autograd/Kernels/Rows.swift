import CKernels

// The seam to the row kernels: one dimension of any layout becomes the last of [rows, n],
// contiguous.

/// Elements that one thread should have at least; each costs an exponential.
private let grain = 8192

/// Runs of `length` elements that one thread should have at least.
private func runs(of length: Int) -> Int { max(1, grain / max(1, length)) }

extension Tensor {
  /// `kernel` along dimension `dim`; off the tape.
  func rows(_ kernel: ck_row_fn, _ dim: Int) -> Tensor {
    let x = lastIs(dim)
    let y = Tensor(uninitialized: x.shape, dtype)
    x.forEachBlockOfRows { rows, n, byte in
      kernel(rows, n, x.base + byte, y.base + byte)
    }
    return y.lastWas(dim)
  }

  /// `kernel` along dimension `dim` of this gradient, at the output `y` of the op; off the tape.
  func rows(_ kernel: ck_row_grad_fn, at y: Tensor, _ dim: Int) -> Tensor {
    let (g, y) = (lastIs(dim), y.lastIs(dim))
    let x = Tensor(uninitialized: g.shape, dtype)
    g.forEachBlockOfRows { rows, n, byte in
      kernel(rows, n, y.base + byte, g.base + byte, x.base + byte)
    }
    return x.lastWas(dim)
  }

  /// ln Σ exp over the dimensions `dims` (sorted, unique); off the tape.
  func logSumExpOfRows(_ dims: [Int], keepdim: Bool) -> Tensor {
    let kernel = Kernels.table(dtype).pointee.logsumexp!
    let y = Tensor(uninitialized: reducedShape(dims, keepdim: keepdim), dtype)
    let kept = shape.indices.filter { !dims.contains($0) }
    let x = alias(layout.permuted(kept + dims)).compacted()
    let (n, item) = (count(dims), dtype.itemSize)
    nonisolated(unsafe) let (from, to) = (x.base, y.base)
    parallelFor(y.numel, grain: runs(of: n)) { part in
      let first = part.lowerBound
      kernel(Int64(part.count), Int64(n), from + first * n * item, to + first * item)
    }
    return y
  }

  /// A contiguous tensor in which dimension `dim` is the last.
  func lastIs(_ dim: Int) -> Tensor {
    if dim >= ndim - 1 { return compacted() }
    return alias(layout.permuted(shape.indices.filter { $0 != dim } + [dim])).compacted()
  }

  /// Undoes ``lastIs(_:)``.
  func lastWas(_ dim: Int) -> Tensor {
    if dim >= ndim - 1 { return self }
    var order = Array(shape.indices.dropLast())
    order.insert(ndim - 1, at: dim)
    return alias(layout.permuted(order))
  }

  /// Calls `body` with the number of rows, their length, and the byte where they start, for blocks
  /// of rows along the last dimension.
  private func forEachBlockOfRows(_ body: (Int64, Int64, Int) -> Void) {
    guard numel > 0 else { return }
    let n = shape.last ?? 1
    let bytes = n * dtype.itemSize
    parallelFor(numel / n, grain: runs(of: n)) { part in
      body(Int64(part.count), Int64(n), part.lowerBound * bytes)
    }
  }
}
