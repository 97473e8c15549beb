import CKernels

// Scans: one dimension of any layout becomes the middle one of [outer, n, inner], contiguous. Each
// column is one chain, and columns are independent, so threads share out the columns.

extension Tensor {
  /// `kernel` along dimension `d`, from its end if `reversed`; the shape stays the same. Off the
  /// tape.
  func scanned(
    _ kernel: ScanKernel, _ d: Int, reversed: Bool = false, op: StaticString = #function
  ) -> Tensor {
    let function = Kernels.scan(kernel, dtype, op: op)
    let y = Tensor(uninitialized: shape, dtype)
    let (x, outer, n, inner) = grouped(over: ndim == 0 ? [] : [d])
    launchColumns((x, y), outer, n, inner, cost: Cost.chained) { blocks, width, first in
      function(
        blocks, Int64(n), Int64(inner), width, reversed ? 1 : 0, x.address(first),
        y.address(first))
    }
    return y
  }

  /// y[i] = b[i] + `factors`[i]·y[i − 1] along dimension `d`, b being this tensor; or,
  /// `transposed`, y[i] = b[i] + `factors`[i + 1]·y[i + 1]. Both have one shape and dtype. Off the
  /// tape.
  func recurred(_ factors: Tensor, _ d: Int, transposed: Bool) -> Tensor {
    let function = Kernels.table(dtype).pointee.recurrence!
    let y = Tensor(uninitialized: shape, dtype)
    let (b, outer, n, inner) = grouped(over: [d])
    let a = factors.compacted()
    launchColumns((a, b, y), outer, n, inner, cost: Cost.chained) { blocks, width, first in
      function(
        blocks, Int64(n), Int64(inner), width, transposed ? 1 : 0, a.address(first),
        b.address(first), y.address(first))
    }
    return y
  }
}

/// Calls `body` with a number of blocks [n, inner], the number of their columns to work on, and the
/// position of the first element of these, until all of [outer, n, inner] is done; `cost` is that
/// of an element.
func launchColumns<Operands>(
  _ operands: Operands, _ outer: Int, _ n: Int, _ inner: Int, cost: Int,
  _ body: (Int64, Int64, Int) -> Void
) {
  if outer == 0 || n == 0 || inner == 0 { return }
  if inner > outer {
    launch(operands, units: inner, cost: cost * n * outer) { part in
      body(Int64(outer), Int64(part.count), part.lowerBound)
    }
  } else {
    launch(operands, units: outer, cost: cost * n * inner) { part in
      body(Int64(part.count), Int64(inner), part.lowerBound * n * inner)
    }
  }
}
