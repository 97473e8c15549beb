import CKernels

/// Windows that slide over images: for each of the two dimensions the number of windows, their
/// size, the distances between them and between their elements, and the padding before the first.
package struct ImageWindows {
  let output, kernel, stride, dilation, before: [Int]

  package init(
    output: [Int], kernel: [Int], stride: [Int], dilation: [Int], before: [Int]
  ) {
    self.output = output
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.before = before
  }
}

extension Tensor {
  /// The maximum of each window of images [images, height · width], whose rows have `width`
  /// elements, and its position: [images, windows]. What lies outside of the image does not count.
  /// Off the tape.
  package func maxima(of windows: ImageWindows, width: Int) -> (values: Tensor, indices: Tensor) {
    require(
      shape[1] <= Int(Int32.max),
      """
      maxPool2d: expected images of at most \(Int32.max) elements, got \(shape[1]); split them with \
      narrow
      """)
    let function = Kernels.table(dtype).pointee.max_pool!
    let count = windows.output.reduce(1, *)
    let values = Tensor(uninitialized: [shape[0], count], dtype)
    let indices = Tensor(uninitialized: [shape[0], count], .int64)
    let x = compacted()
    func pair(_ sizes: [Int]) -> (Int64, Int64) { (Int64(sizes[0]), Int64(sizes[1])) }
    let cost = Cost.chained * count * windows.kernel.reduce(1, *)
    launch((x, values, indices), units: shape[0], cost: cost) { images in
      let first = images.lowerBound
      var pool = ck_pool()
      pool.images = Int64(images.count)
      (pool.height, pool.width) = (Int64(shape[1] / width), Int64(width))
      (pool.rows, pool.columns) = pair(windows.output)
      pool.kernel = pair(windows.kernel)
      pool.stride = pair(windows.stride)
      pool.before = pair(windows.before)
      pool.dilation = pair(windows.dilation)
      pool.x = UnsafeRawPointer(x.address(first * shape[1]))
      pool.y = values.address(first * count)
      pool.index = indices.pointer(first * count)
      function(&pool)
    }
    return (values, indices)
  }
}
