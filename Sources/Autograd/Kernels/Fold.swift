import CKernels

// Sums of overlapping windows.

extension Tensor {
  /// The sum of these windows, `step` apart along dimension `d`, in a tensor of the shape `whole`:
  /// the last dimension is that of a window, the others are those of `whole` with the number of
  /// windows as size `d`. Off the tape.
  func sumOfWindows(in whole: [Int], _ d: Int, step: Int) -> Tensor {
    let function = Kernels.table(dtype).pointee.fold!
    let y = Tensor(uninitialized: whole, dtype)
    // The windows of a 0-d tensor have no dimension that counts them.
    let (n, windows) = whole.isEmpty ? (1, 1) : (whole[d], shape[d])
    let size = shape[ndim - 1]
    let outer = whole.prefix(d).reduce(1, *)
    let inner = whole.dropFirst(d + 1).reduce(1, *)
    guard y.numel > 0 else { return y }
    let g = compacted()
    let cost = windows * inner * size
    func run(_ blocks: Range<Int>, _ rows: Range<Int>) {
      function(
        Int64(blocks.count), Int64(n), Int64(inner), Int64(windows), Int64(size), Int64(step),
        Int64(rows.lowerBound), Int64(rows.upperBound), g.address(blocks.lowerBound * cost),
        y.address(blocks.lowerBound * n * inner))
    }
    if outer > 1 {
      launch((g, y), units: outer, cost: cost) { run($0, 0..<n) }
    } else {
      // A row gets the same sum whichever rows a thread has.
      launch((g, y), units: n, cost: cost / n) { run(0..<1, $0) }
    }
    return y
  }
}
