import CKernels

// The seam to the softmax kernels, which work along one dimension: any layout becomes [outer, n, inner],
// contiguous.

/// Elements that one thread should have at least; each costs an exponential.
private let grain = 8192

/// Neighbours past the dimension, of which there should be at least as many: fewer leave most lanes of a
/// register idle, and are worth a copy in which there are none.
private let fewestColumns = 8

extension Tensor {
  /// `kernel` along dimension `d`, of this tensor, or of it and the gradient `g` of the same shape; off the
  /// tape.
  func along(_ d: Int, _ kernel: ck_softmax_fn, _ g: Tensor? = nil) -> Tensor {
    let inner = shape.dropFirst(d + 1).reduce(1, *)
    if inner > 1, inner < fewestColumns {
      return lastIs(d).along(ndim - 1, kernel, g?.lastIs(d)).lastWas(d)
    }
    let y = Tensor(uninitialized: shape, dtype)
    let (x, slope) = (compacted(), (g ?? self).compacted())
    nonisolated(unsafe) let (from, slopes, to) = (x.base, slope.base, y.base)
    let item = dtype.itemSize
    let n = ndim == 0 ? 1 : shape[d]
    withExtendedLifetime((x, slope)) {
      forEachBlock(shape.prefix(d).reduce(1, *), n, inner, grain: grain) { blocks, width, first in
        let byte = first * item
        kernel(
          blocks, Int64(n), Int64(inner), width, from + byte, slopes + byte, to + byte)
      }
    }
    return y
  }

  /// ln Σ exp over the dimensions `dims` (sorted, unique); off the tape.
  func logSumExpOfRows(_ dims: [Int], keepdim: Bool) -> Tensor {
    let kernel = Kernels.table(dtype).pointee.logsumexp!
    let y = Tensor(uninitialized: reducedShape(dims, keepdim: keepdim), dtype)
    let kept = shape.indices.filter { !dims.contains($0) }
    let x = alias(layout.permuted(kept + dims)).compacted()
    let (n, item) = (count(dims), dtype.itemSize)
    nonisolated(unsafe) let (from, to) = (x.base, y.base)
    withExtendedLifetime(x) {
      parallelFor(y.numel, grain: Swift.max(1, grain / Swift.max(1, n))) { part in
        let first = part.lowerBound
        kernel(Int64(part.count), Int64(n), from + first * n * item, to + first * item)
      }
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
}
