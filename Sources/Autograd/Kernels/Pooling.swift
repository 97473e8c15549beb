import CKernels

/// Windows that slide over images of one to three dimensions: for each of them the size of the
/// image, the number of windows, their size, the distances between them and between their elements,
/// and the padding before the first.
package struct SlidingPool {
  fileprivate let size, windows, kernel, stride, before, dilation: [Int]

  package init(
    size: [Int], windows: [Int], kernel: [Int], stride: [Int], before: [Int], dilation: [Int]
  ) {
    (self.size, self.windows) = (size.leading(1), windows.leading(1))
    (self.kernel, self.stride) = (kernel.leading(1), stride.leading(1))
    (self.before, self.dilation) = (before.leading(0), dilation.leading(1))
  }
}

/// Windows with given bounds over images of one to three dimensions. For each of them, window i is
/// the elements from `first[i]` up to `last[i]`, and both ascend.
package struct BoundedWindows: Sendable {
  fileprivate let size, windows: [Int]
  fileprivate let first, last, count: [[Int]]
  fileprivate let divisor: Double
  fileprivate let isOwn: Bool

  /// - Parameters:
  ///   - size: the sizes of an image.
  ///   - windows: the numbers of windows.
  ///   - first: for each dimension the first element of each window; if `isOwn`, the windows of each
  ///     image in turn.
  ///   - last: the elements behind the windows, likewise.
  ///   - count: for each dimension what a sum over a window is divided by; by default the number of
  ///     its elements.
  ///   - divisor: what all sums are divided by instead.
  ///   - isOwn: whether each image has windows of its own.
  package init(
    size: [Int], windows: [Int], first: [[Int]], last: [[Int]], count: [[Int]]? = nil,
    divisor: Int? = nil, isOwn: Bool = false
  ) {
    let count = count ?? zip(first, last).map { zip($0, $1).map { max(1, $1 - $0) } }
    let missing = 3 - size.count
    // The windows of a dimension of size 1 that is not there.
    let images = isOwn ? (first.first?.count ?? 0) / max(1, windows[0]) : 1
    func whole(_ value: Int) -> [[Int]] {
      Array(repeating: Array(repeating: value, count: images), count: missing)
    }
    (self.size, self.windows) = (size.leading(1), windows.leading(1))
    (self.first, self.last, self.count) = (whole(0) + first, whole(1) + last, whole(1) + count)
    self.divisor = Double(divisor ?? 0)
    self.isOwn = isOwn
  }
}

extension Tensor {
  /// The maximum of each window of images [images, elements], and its position: [images, windows].
  /// What lies outside of the image does not count. Off the tape.
  package func maxima(of pool: SlidingPool, op: StaticString) -> (values: Tensor, indices: Tensor) {
    requireImages(op: op)
    let indices = Tensor(
      uninitialized: [shape[0], pool.windows.reduce(1, *)], .int64, op: op)
    return (run(pool, indices, op: op), indices)
  }

  /// The maxima without their positions, which takes less.
  package func maximaAlone(of pool: SlidingPool, op: StaticString) -> Tensor {
    run(pool, nil, op: op)
  }

  private func run(_ pool: SlidingPool, _ indices: Tensor?, op: StaticString) -> Tensor {
    requireImages(op: op)
    let function = Kernels.table(dtype).pointee.max_pool!
    let count = pool.windows.reduce(1, *)
    let values = Tensor(uninitialized: [shape[0], count], dtype, op: op)
    let x = compacted()
    let cost = Cost.chained * count * pool.kernel.reduce(1, *)
    launch((x, values, indices), units: shape[0], cost: cost) { images in
      let first = images.lowerBound
      var call = ck_pool()
      call.images = Int64(images.count)
      (call.size, call.windows) = (pool.size.triple, pool.windows.triple)
      (call.kernel, call.stride) = (pool.kernel.triple, pool.stride.triple)
      (call.before, call.dilation) = (pool.before.triple, pool.dilation.triple)
      call.x = UnsafeRawPointer(x.address(first * shape[1]))
      call.y = values.address(first * count)
      call.index = indices?.pointer(first * count)
      function(&call)
    }
    return values
  }

  /// The maximum of each window of images [images, elements], and its position: [images, windows].
  /// Off the tape.
  package func maxima(
    of windows: BoundedWindows, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    requireImages(op: op)
    let indices = Tensor(
      uninitialized: [shape[0], windows.windows.reduce(1, *)], .int64, op: op)
    let values = run(
      Kernels.table(dtype).pointee.window_maxima, windows, to: windows.windows, indices, op: op)
    return (values, indices)
  }

  /// The mean of each window of images [images, elements]: [images, windows]. Off the tape.
  package func windowMeans(_ windows: BoundedWindows, op: StaticString) -> Tensor {
    run(Kernels.table(dtype).pointee.window_means, windows, to: windows.windows, op: op)
  }

  /// For the gradients of the means, [images, windows], those of the images, [images, elements]. Off
  /// the tape.
  package func windowShares(_ windows: BoundedWindows, op: StaticString) -> Tensor {
    run(Kernels.table(dtype).pointee.window_shares, windows, to: windows.size, op: op)
  }

  private func requireImages(op: StaticString) {
    require(
      shape[1] <= Int(Int32.max),
      """
      \(opName(op)): expected images of at most \(Int32.max) elements, got \(shape[1]); split them \
      with narrow
      """)
  }

  private func run(
    _ function: ck_windows_fn, _ windows: BoundedWindows, to size: [Int], _ indices: Tensor? = nil,
    op: StaticString
  ) -> Tensor {
    let count = size.reduce(1, *)
    let y = Tensor(uninitialized: [shape[0], count], dtype, op: op)
    let x = compacted()
    // All bounds in one list.
    var bounds: [Int64] = []
    var places: [Int] = []
    for list in windows.first + windows.last + windows.count {
      places.append(bounds.count)
      for bound in list { bounds.append(Int64(bound)) }
    }
    typealias Pointers = (UnsafePointer<Int64>?, UnsafePointer<Int64>?, UnsafePointer<Int64>?)
    func pointers(_ base: UnsafePointer<Int64>?, _ kind: Int, _ image: Int) -> Pointers {
      func pointer(_ d: Int) -> UnsafePointer<Int64>? {
        base.map { $0 + places[3 * kind + d] + (windows.isOwn ? image * windows.windows[d] : 0) }
      }
      return (pointer(0), pointer(1), pointer(2))
    }
    // Where windows overlap, they have more elements than the image.
    let elements = (0..<3).reduce(1) { product, d in
      let bounds = zip(windows.first[d], windows.last[d]).prefix(windows.windows[d])
      return product &* bounds.reduce(0) { $0 + $1.1 - $1.0 }
    }
    let cost = Swift.max(count, elements)
    bounds.withUnsafeBufferPointer { bounds in
      let base = bounds.baseAddress
      launch((x, y, indices), units: shape[0], cost: cost) { images in
        let first = images.lowerBound
        var call = ck_windows()
        call.images = Int64(images.count)
        (call.size, call.windows) = (windows.size.triple, windows.windows.triple)
        call.first = pointers(base, 0, first)
        call.last = pointers(base, 1, first)
        call.count = pointers(base, 2, 0)
        call.divisor = windows.divisor
        call.is_own = windows.isOwn ? 1 : 0
        call.x = UnsafeRawPointer(x.address(first * x.shape[1]))
        call.y = y.address(first * count)
        call.index = indices?.pointer(first * count)
        function(&call)
      }
    }
    return y
  }
}
