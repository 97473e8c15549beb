import CKernels

// Reductions of what an element-wise kernel makes of the elements. Intermediate results stay in
// cache; the bits are the same as if they were stored.

/// Elements that are mapped together.
private let together = 8192

extension Tensor {
  /// `kernel` over the dimensions `dims` (sorted, unique) of `map` applied to the elements; off the
  /// tape.
  func reduced(
    _ kernel: ReductionKernel, of map: ElementwiseKernel, _ dims: [Int], keepdim: Bool,
    op: StaticString
  ) -> Tensor {
    guard isContiguous, numel > together, let last = dims.last else {
      return elementwise(map, self, op: op).reduced(kernel, dims, keepdim: keepdim, op: op)
    }
    guard let (outer, n, inner) = split(by: dims) else {
      // The last dimensions first, as they would be reduced if the elements were stored.
      let innermost = dims.enumerated().filter { $1 + dims.count - 1 - $0 == last }.map(\.element)
      return reduced(kernel, of: map, innermost, keepdim: true, op: op)
        .reduced(kernel, dims, keepdim: keepdim, op: op)
    }
    let reduce = Kernels.reduction(kernel, dtype, op: op)
    let map = Kernels.elementwise(map, dtype, op: op)
    let y = Tensor(uninitialized: reducedShape(dims, keepdim: keepdim), dtype)
    if outer == 1 {
      reduceInBlocks(reduce, self, n, inner, into: y) { rows, columns, result in
        reduceBlock(rows, columns, of: inner, reduce, of: map, into: result)
      }
      return y
    }
    let size = n * inner
    launch((self, y), units: outer, cost: size) { part in
      let most = Swift.min(part.count, Swift.max(1, together / Swift.max(1, size)))
      withScratch(most * size) { mapped in
        for first in stride(from: part.lowerBound, to: part.upperBound, by: most) {
          let count = Swift.min(most, part.upperBound - first)
          ck_map1(map, Int64(count * size), mapped, address(first * size), Parameters())
          reduce(
            Int64(count), Int64(n), Int64(inner), Int64(size), Int64(inner), mapped,
            y.address(first * inner))
        }
      }
    }
    return y
  }

  /// The same for a block of this tensor as [n, inner], which becomes one row.
  private func reduceBlock(
    _ rows: Range<Int>, _ columns: Range<Int>, of inner: Int, _ reduce: ck_reduce_fn,
    of map: ck_map_fn, into result: UnsafeMutableRawPointer
  ) {
    let n = rows.count, start = rows.lowerBound * inner
    // A call for each of many short rows would take longer than all else.
    if columns.count == inner, inner < together || n * inner <= Cost.ofThread {
      return withScratch(n * inner) { mapped in
        ck_map1(map, Int64(n * inner), mapped, address(start), Parameters())
        reduce(1, Int64(n), Int64(inner), 0, Int64(inner), mapped, result)
      }
    }
    let most = Swift.min(columns.count, Swift.max(64, together / n))
    withScratch(n * most) { mapped in
      for first in stride(from: columns.lowerBound, to: columns.upperBound, by: most) {
        let count = Swift.min(most, columns.upperBound - first), bytes = dtype.itemSize
        for i in 0..<n {
          let row = mapped + i * count * bytes
          ck_map1(map, Int64(count), row, address(start + i * inner + first), Parameters())
        }
        reduce(
          1, Int64(n), Int64(count), 0, Int64(count), mapped,
          result + (first - columns.lowerBound) * bytes)
      }
    }
  }

  /// The sum of `kernel` applied to this tensor and `other`, which has the same shape; 0-d, off the
  /// tape.
  func sum(of kernel: ElementwiseKernel, with other: Tensor, _ parameters: Parameters) -> Tensor {
    guard dtype == other.dtype, isContiguous, other.isContiguous else {
      return elementwise(kernel, self, other, parameters)
        .reduced(.sum, Array(shape.indices), keepdim: false, op: #function)
    }
    let map = Kernels.elementwise(kernel, dtype, op: #function)
    let sum = Kernels.reduction(.sum, dtype, op: #function)
    let y = Tensor(uninitialized: [], dtype)
    reduceInBlocks(sum, (self, other), numel, 1, into: y) { part, _, result in
      let (count, first) = (Int64(part.count), part.lowerBound)
      withScratch(part.count) { mapped in
        ck_map2(map, count, mapped, address(first), 1, other.address(first), 1, parameters)
        sum(1, count, 1, count, 1, mapped, result)
      }
    }
    return y
  }

  /// Calls `body` with memory for `count` elements of this tensor's type.
  private func withScratch(_ count: Int, _ body: (UnsafeMutableRawPointer) -> Void) {
    let scratch = Tensor(uninitialized: [count], dtype)
    withExtendedLifetime(scratch) { body(scratch.base) }
  }
}
