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
    requireSettings(kernel, stride, dilation, padding: before, op: op)
    var output: [Int] = []
    for d in kernel.indices {
      let span = spanOfKernel(kernel[d], dilation[d], op: op)
      let padded = sum([input[d], before[d], after[d]], op: op)
      let room = padded - span
      require(
        room >= 0,
        """
        \(opName(op)): a kernel that spans \(span) elements does not fit into dimension \(d) of \
        \(input), which has \(input[d]) elements and \(before[d]) + \(after[d]) of padding
        """)
      var count = room / stride[d] + 1
      let (next, overflow) = count.multipliedReportingOverflow(by: stride[d])
      if ceil, room % stride[d] != 0, !overflow, next < input[d] + before[d] { count += 1 }
      output.append(count)
    }
    self.output = output
  }

  /// For each position in the kernel, in row-major order, the elements that it covers in all
  /// windows: a view of the padded tensor, whose last sizes are `output`.
  func elements(of x: Tensor, padValue: Double = 0, op: StaticString) -> [Tensor] {
    let padded = padded(x, padValue, op: op)
    return (0..<kernel.reduce(1, *)).map { view($0, of: padded) }
  }

  /// The elements of a padded tensor that one position in the kernel covers in all windows.
  func view(_ position: Int, of padded: Tensor) -> Tensor {
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

  /// `x` with `value` around it, as far as the windows reach.
  func padded(_ x: Tensor, _ value: Double, op: StaticString) -> Tensor {
    var padding: [Int] = []
    for d in kernel.indices.reversed() {
      let end = (output[d] - 1) * stride[d] + dilation[d] * (kernel[d] - 1) + 1
      padding += [before[d], max(after[d], end - before[d] - input[d])]
    }
    return padding.allSatisfy { $0 == 0 }
      ? x : pad(x, padding, mode: .constant, value: value, op: op)
  }
}

/// Stops unless windows can have these settings.
func requireSettings(
  _ kernel: [Int], _ stride: [Int], _ dilation: [Int], padding: [Int], op: StaticString
) {
  require(
    (kernel + stride + dilation).allSatisfy { $0 > 0 } && padding.allSatisfy { $0 >= 0 },
    """
    \(opName(op)): kernel, stride and dilation must be positive and the padding not negative, but \
    they are \(kernel), \(stride), \(dilation) and \(padding)
    """)
}

/// Far above every size, and sums of some such numbers do not overflow.
private let largest = Int.max / 8

/// The number of elements from the first to the last that a kernel reads.
func spanOfKernel(_ size: Int, _ dilation: Int, op: StaticString) -> Int {
  let (steps, overflow) = (size - 1).multipliedReportingOverflow(by: dilation)
  require(
    !overflow && steps < largest,
    "\(opName(op)): a kernel of \(size) elements with a dilation of \(dilation) is too large")
  return steps + 1
}

private func sum(_ sizes: [Int], op: StaticString) -> Int {
  require(
    sizes.allSatisfy { $0 < largest },
    """
    \(opName(op)): an input of \(sizes[0]) elements with \(sizes[1]) + \(sizes[2]) of padding is \
    too large
    """)
  return sizes.reduce(0, +)
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
