// What convolution and pooling share: windows that slide over the last dimensions.

/// A size for each sliding dimension: `2` for all of them, or `[2, 1]` one by one.
public struct Sizes: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, Sendable {
  private let each: [Int]

  /// One size for every dimension.
  public init(_ size: Int) { each = [size] }
  /// A size for each dimension.
  public init(_ sizes: [Int]) { each = sizes }
  /// One size for every dimension.
  public init(integerLiteral size: Int) { each = [size] }
  /// A size for each dimension.
  public init(arrayLiteral sizes: Int...) { each = sizes }

  /// The sizes of `count` dimensions.
  func spread(over count: Int, _ name: String, op: StaticString) -> [Int] {
    require(
      each.count == 1 || each.count == count,
      "\(opName(op)): \(name) has \(each.count) sizes for \(count) dimensions; give 1 or \(count)")
    return each.count == count ? each : Array(repeating: each[0], count: count)
  }
}

/// Windows over the last dimensions of a tensor.
struct SlidingWindows {
  let kernel, stride, padding, dilation: [Int]
  /// The sizes slid over, and how many windows fit.
  let input, output: [Int]

  /// - Parameter ceil: whether a last window may hang over the end, if it starts inside.
  init(
    over input: [Int], kernel: [Int], stride: Sizes, padding: Sizes, dilation: Sizes,
    ceil: Bool = false, op: StaticString
  ) {
    self.input = input
    self.kernel = kernel
    self.stride = stride.spread(over: kernel.count, "stride", op: op)
    self.padding = padding.spread(over: kernel.count, "padding", op: op)
    self.dilation = dilation.spread(over: kernel.count, "dilation", op: op)
    var output: [Int] = []
    for d in kernel.indices {
      let (s, p) = (self.stride[d], self.padding[d])
      require(
        kernel[d] > 0 && s > 0 && p >= 0 && self.dilation[d] > 0,
        """
        \(opName(op)): kernel, stride and dilation are positive and padding is not negative, but \
        they are \(kernel), \(self.stride), \(self.dilation) and \(self.padding)
        """)
      let reach = self.dilation[d] * (kernel[d] - 1) + 1
      let room = input[d] + 2 * p - reach
      require(
        room >= 0,
        """
        \(opName(op)): a kernel that reaches over \(reach) elements does not fit into the \
        \(input[d]) + 2·\(p) of dimension \(d) of \(input)
        """)
      var count = room / s + 1
      if ceil, room % s != 0, count * s < input[d] + p { count += 1 }
      output.append(count)
    }
    self.output = output
  }

  /// For each place in the kernel, row by row, what it meets in every window: a view of the padded
  /// tensor, with the sizes `output` at the end.
  func places(in x: Tensor, padValue: Double = 0) -> [Tensor] {
    let first = x.ndim - kernel.count
    let padded = padded(x, padValue)
    let total = kernel.reduce(1, *)
    return (0..<total).map { place in
      var rest = place
      var starts = [Int](repeating: 0, count: kernel.count)
      for d in kernel.indices.reversed() {
        starts[d] = rest % kernel[d] * dilation[d]
        rest /= kernel[d]
      }
      return padded.window(op: "windows") { layout in
        kernel.indices.reduce(layout) { layout, d in
          layout.sliced(first + d, start: starts[d], length: output[d], step: stride[d])
        }
      }
    }
  }

  /// `x` with `value` around it, as far as the windows reach.
  private func padded(_ x: Tensor, _ value: Double) -> Tensor {
    let first = x.ndim - kernel.count
    var shape = x.shape
    for d in kernel.indices {
      let needed = (output[d] - 1) * stride[d] + dilation[d] * (kernel[d] - 1) + 1
      shape[first + d] = Swift.max(input[d] + 2 * padding[d], needed)
    }
    if shape == x.shape { return x }
    func inside(_ whole: Tensor) -> Tensor {
      whole.window(op: "windows") { layout in
        kernel.indices.reduce(layout) { layout, d in
          layout.sliced(first + d, start: padding[d], length: input[d])
        }
      }
    }
    let y = x.embedded(in: shape, window: inside)
    if value == 0 { return y }
    let border = Tensor.full(shape, value, dtype: x.dtype)
    inside(border).assign(.int(0))
    return y + border
  }
}
