import CKernels

// Scans: the tensor is made contiguous as [outer, n, inner], with the scanned dimension in the
// middle. A column is computed sequentially; threads share the columns.

extension Tensor {
  /// The scan `kernel` along dimension `d`, from its end if `reversed`; of the same shape. Off the
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

  /// y[i] = b[i] + `factors`[i]·y[i − 1] along dimension `d`, where b is this tensor; if
  /// `transposed`, y[i] = b[i] + `factors`[i + 1]·y[i + 1]. Both tensors have one shape and dtype.
  /// Off the tape.
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

/// Splits [outer, n, inner] by columns: calls `body` with the number of blocks [n, inner], the
/// number of columns in each, and the position of the first element. `cost` is that of one element.
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
