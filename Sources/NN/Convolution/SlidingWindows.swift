import Autograd

/// Windows that slide over the last dimensions of a tensor: what convolution and pooling share.
struct SlidingWindows {
  let kernel, stride, dilation: [Int]
  /// The number of elements added before and after each dimension.
  let before, after: [Int]
  /// The sizes of the input without padding, and the number of windows that fit.
  let input, output: [Int]

  /// Stops if a setting is out of range, or if no window fits.
  ///
  /// - Parameter ceil: whether a last window may extend past the end, if it starts inside.
  init(
    over input: [Int], kernel: [Int], stride: [Int], padding: (before: [Int], after: [Int]),
    dilation: [Int], ceil: Bool = false, op: StaticString
  ) {
    self.input = input
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    (before, after) = padding
    var output: [Int] = []
    for d in kernel.indices {
      require(
        kernel[d] > 0 && stride[d] > 0 && dilation[d] > 0 && before[d] >= 0 && after[d] >= 0,
        """
        \(opName(op)): kernel, stride and dilation must be positive and the padding not negative, \
        but they are \(kernel), \(stride), \(dilation) and \(before)
        """)
      let span = dilation[d] * (kernel[d] - 1) + 1
      let room = input[d] + before[d] + after[d] - span
      require(
        room >= 0,
        """
        \(opName(op)): a kernel that spans \(span) elements does not fit into dimension \(d) of \
        \(input), which has \(input[d]) elements and \(before[d]) + \(after[d]) of padding
        """)
      var count = room / stride[d] + 1
      if ceil, room % stride[d] != 0, count * stride[d] < input[d] + before[d] { count += 1 }
      output.append(count)
    }
    self.output = output
  }

  /// For each position in the kernel, in row-major order, the elements that it covers in all
  /// windows: a view of the padded tensor, whose last sizes are `output`.
  func elements(of x: Tensor, padValue: Double = 0) -> [Tensor] {
    let padded = padded(x, padValue)
    return (0..<kernel.reduce(1, *)).map { position in
      var rest = position
      var index: [any TensorIndexing] = []
      for d in kernel.indices.reversed() {
        let start = rest % kernel[d] * dilation[d]
        rest /= kernel[d]
        let end = start + (output[d] - 1) * stride[d] + 1
        index.insert(.slice(from: start, to: end, by: stride[d]), at: 0)
      }
      return padded[indices: [.ellipsis] + index]
    }
  }

  /// `x` with `value` around it, as far as the windows reach.
  private func padded(_ x: Tensor, _ value: Double) -> Tensor {
    var padding: [Int] = []
    for d in kernel.indices.reversed() {
      let end = (output[d] - 1) * stride[d] + dilation[d] * (kernel[d] - 1) + 1
      padding += [before[d], max(after[d], end - before[d] - input[d])]
    }
    return padding.allSatisfy { $0 == 0 } ? x : pad(x, padding, value: value)
  }
}

extension [Int] {
  /// One size for each of `count` dimensions; a single size applies to all of them.
  func expanded(to count: Int, _ label: String, op: StaticString) -> [Int] {
    if self.count == count { return self }
    require(
      self.count == 1,
      """
      \(opName(op)): \(label) has \(self.count) sizes for \(count) dimensions; give 1 or \(count)
      """)
    return Array(repeating: self[0], count: count)
  }
}
