import CKernels

// The seam to the scans: one dimension of any layout becomes the middle of [outer, n, inner], contiguous.
// Its columns are independent, and each is one chain: threads share out the columns.

/// Elements that one thread should have at least; a step of a chain waits for the one before.
private let grain = 16_384

extension Tensor {
  /// `kernel` along dimension `d`, from its end if `reversed`, the shape staying as it is; off the tape.
  func scanned(_ kernel: ck_scan_fn, _ d: Int, reversed: Bool = false) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    let (tensor, outer, n, inner) = grouped(over: ndim == 0 ? [] : [d])
    nonisolated(unsafe) let (from, to) = (tensor.base, y.base)
    let item = dtype.itemSize
    forEachBlock(outer, n, inner, grain: grain) { blocks, width, first in
      let byte = first * item
      kernel(blocks, Int64(n), Int64(inner), width, reversed ? 1 : 0, from + byte, to + byte)
    }
    return y
  }

  /// y[i] = b[i] + `factors`[i]·y[i − 1] along dimension `d`, b being this tensor, or, `transposed`,
  /// y[i] = b[i] + `factors`[i + 1]·y[i + 1]. Both have one shape and dtype; off the tape.
  func recurred(_ factors: Tensor, _ d: Int, transposed: Bool) -> Tensor {
    let kernel = Kernels.table(dtype).pointee.recurrence!
    let y = Tensor(uninitialized: shape, dtype)
    let (tensor, outer, n, inner) = grouped(over: [d])
    let compact = factors.compacted()
    nonisolated(unsafe) let (a, b, to) = (compact.base, tensor.base, y.base)
    let item = dtype.itemSize
    forEachBlock(outer, n, inner, grain: grain) { blocks, width, first in
      let byte = first * item
      kernel(
        blocks, Int64(n), Int64(inner), width, transposed ? 1 : 0, a + byte, b + byte, to + byte)
    }
    return y
  }

  /// Calls `body` with a number of blocks [n, inner], the number of their columns to work on, and the
  /// element where the first of these starts, until all are done; threads get `grain` elements or more.
  func forEachBlock(
    _ outer: Int, _ n: Int, _ inner: Int, grain: Int, _ body: (Int64, Int64, Int) -> Void
  ) {
    if numel == 0 { return }
    if inner > outer {
      parallelFor(inner, grain: Swift.max(1, grain / (n * outer))) { part in
        body(Int64(outer), Int64(part.count), part.lowerBound)
      }
    } else {
      parallelFor(outer, grain: Swift.max(1, grain / (n * inner))) { part in
        body(Int64(part.count), Int64(inner), part.lowerBound * n * inner)
      }
    }
  }
}
