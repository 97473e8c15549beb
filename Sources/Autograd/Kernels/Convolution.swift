import CKernels

/// How windows slide over one to three dimensions, and the three products that belong to them. Each
/// is linear in both of its operands, and the derivatives of each are the other two.
///
/// With x [batch, channels, input…], w [filters, channels / groups, kernel…] and y [batch, filters,
/// output…], all of one floating-point type and off the tape:
/// y[n, f, o] = Σ w[f, c, k] · x[n, c, o·stride + k·dilation − before].
package struct Convolution {
  package let input, output, kernel, stride, dilation, before: [Int]
  package let groups: Int

  /// - Parameter before: the number of elements that are added before each dimension.
  package init(
    input: [Int], output: [Int], kernel: [Int], stride: [Int], dilation: [Int], before: [Int],
    groups: Int
  ) {
    self.groups = groups
    if kernel.allSatisfy({ $0 == 1 }) && input == output && before.allSatisfy({ $0 == 0 }) {
      // A product with each position alone: their arrangement is free.
      let rows = Self.rows(input.reduce(1, *))
      (self.input, self.output) = ([1] + rows, [1] + rows)
      (self.kernel, self.stride, self.dilation) = ([1, 1, 1], [1, 1, 1], [1, 1, 1])
      self.before = [0, 0, 0]
      return
    }
    (self.input, self.output) = (input.leading(1), output.leading(1))
    (self.kernel, self.stride) = (kernel.leading(1), stride.leading(1))
    (self.dilation, self.before) = (dilation.leading(1), before.leading(0))
  }

  /// Divides positions into rows that are long, but not longer than what a box should hold, if it can
  /// be done.
  private static func rows(_ positions: Int) -> [Int] {
    var count = parts(positions, of: 1024)
    while count > 0, positions / count >= 64 {
      if positions % count == 0 { return [count, positions / count] }
      count += 1
    }
    return [1, positions]
  }

  /// For each dimension, where the elements of the kernel lie, relative to stride · output.
  private var taps: [[Int]] {
    kernel.indices.map { d in (0..<kernel[d]).map { $0 * dilation[d] - before[d] } }
  }

  /// y for x and w, plus a bias [filters] if there is one, in the shape `shape`.
  package func outputs(
    _ x: Tensor, _ w: Tensor, bias: Tensor? = nil, shape: [Int], op: StaticString
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, x.dtype, op: op)
    if y.numel == 0 { return y }
    if w.numel == 0 {
      y.fill(with: bias)
      return y
    }
    let sum = WindowSum(
      x: x.compacted(), w: w.compacted(), bias: bias?.compacted(), y: y, groups: groups,
      input: input, output: output, stride: stride, taps: taps)
    sum.run(op)
    return y
  }

  /// The gradient of x for a gradient g of y: the transposed convolution of g with w, plus a bias
  /// [channels] if there is one, in the shape `shape`.
  package func inputs(
    _ g: Tensor, _ w: Tensor, bias: Tensor? = nil, shape: [Int], op: StaticString
  ) -> Tensor {
    // First, since it stops if there is not enough memory, while the lists below are as long.
    let x = Tensor(uninitialized: shape, g.dtype, op: op)
    // Positions i of x with the same remainder modulo the stride use the same part of the kernel.
    // For i = r + s·o the windows q with q·s + k·dilation − before = i lie at o plus a whole number.
    let phases = kernel.indices.map { d in
      (0..<Swift.min(stride[d], input[d])).map { Phase(self, d, remainder: $0) }
    }
    let isCovered = phases.allSatisfy { $0.allSatisfy { !$0.taps.isEmpty } }
    let isZero = w.numel == 0 || g.numel == 0
    if !isCovered || isZero { x.fill(with: bias) }
    if isZero { return x }
    let g = g.compacted()
    let compact = w.compacted()
    let weights = compact.alias(
      compact.layout.reshaped([groups, w.shape[0] / groups, w.shape[1]] + kernel))
    for a in phases[0] {
      for b in phases[1] {
        for c in phases[2] where !a.taps.isEmpty && !b.taps.isEmpty && !c.taps.isEmpty {
          let phase = [a, b, c]
          var layout = weights.layout
          for (d, phase) in phase.enumerated() {
            layout = layout.sliced(
              3 + d, start: phase.first, length: phase.taps.count, step: phase.step)
          }
          let sum = WindowSum(
            x: g, w: weights.alias(layout.exchanged(1, 2)).compacted(), bias: bias?.compacted(),
            y: x, groups: groups, input: output, output: phase.map(\.count), stride: [1, 1, 1],
            taps: phase.map(\.taps), every: stride, from: phase.map(\.remainder), of: input)
          sum.run(op)
        }
      }
    }
    return x
  }

  /// The gradient of w for a gradient g of y, in the shape `shape`.
  package func weights(_ x: Tensor, _ g: Tensor, shape: [Int], op: StaticString) -> Tensor {
    let w = Tensor(uninitialized: shape, x.dtype, op: op)
    if g.numel == 0 || x.numel == 0 || w.numel == 0 {
      w.fill(with: nil)
      return w
    }
    let sum = WindowSum(
      x: x.compacted(), w: w, bias: nil, y: g.compacted(), groups: groups, input: input,
      output: output, stride: stride, taps: taps)
    sum.runForWeights(op)
    return w
  }

  /// Along one dimension, the positions of x with one remainder modulo the stride, and the elements
  /// of the kernel that they meet.
  private struct Phase {
    let remainder: Int
    /// The number of positions.
    let count: Int
    /// The elements of the kernel, first + step·i.
    let first: Int, step: Int
    /// Where the windows lie, relative to the position.
    let taps: [Int]

    init(_ c: Convolution, _ d: Int, remainder: Int) {
      self.remainder = remainder
      let (stride, dilation, before) = (c.stride[d], c.dilation[d], c.before[d])
      count = parts(c.input[d] - remainder, of: stride)
      let meeting = (0..<c.kernel[d]).filter { (remainder + before - $0 * dilation) % stride == 0 }
      first = meeting.first ?? 0
      step = meeting.count > 1 ? meeting[1] - meeting[0] : 1
      taps = meeting.map { (remainder + before - $0 * dilation) / stride }
    }
  }
}

extension Tensor {
  /// Overwrites this tensor [batch, channels, …] with the bias of each channel, or zeros.
  fileprivate func fill(with bias: Tensor?) {
    let ones = Array(repeating: 1, count: Swift.max(0, ndim - 2))
    if let bias {
      assign(bias.alias(bias.layout.reshaped([shape[1]] + ones)))
    } else {
      assign(.filled([], .int(0), dtype, op: "convolution"))
    }
  }
}

// MARK: - The kernels

/// The number of parts of `size` elements, of which the last may have less, that make up `whole`.
private func parts(_ whole: Int, of size: Int) -> Int { (whole + size - 1) / size }

/// The operands of the kernels; see convolution.h. All tensors are contiguous.
private struct WindowSum {
  let x, w: Tensor
  let bias: Tensor?
  let y: Tensor
  let groups: Int
  let input, output, stride: [Int]
  /// The coordinates of the taps along each dimension; a tap is a combination of them.
  let taps: [[Int]]
  /// The outputs are every so many positions of y, whose sizes are `whole`, from `from` on.
  let every, from, whole: [Int]
  private let taps3: [Int64]

  init(
    x: Tensor, w: Tensor, bias: Tensor?, y: Tensor, groups: Int, input: [Int], output: [Int],
    stride: [Int], taps: [[Int]], every: [Int] = [1, 1, 1], from: [Int] = [0, 0, 0],
    of whole: [Int]? = nil
  ) {
    (self.x, self.w, self.bias, self.y) = (x, w, bias, y)
    (self.groups, self.input, self.output, self.stride) = (groups, input, output, stride)
    (self.taps, self.every, self.from, self.whole) = (taps, every, from, whole ?? output)
    taps3 = taps[0].flatMap { a in
      taps[1].flatMap { b in taps[2].flatMap { c in [Int64(a), Int64(b), Int64(c)] } }
    }
  }

  private var images: Int { x.shape[0] }
  private var channels: Int { x.shape[1] / groups }
  private var filters: Int { y.shape[1] / groups }
  private var outputs: Int { output.reduce(1, *) }
  private var tapCount: Int { taps.reduce(1) { $0 * $1.count } }
  /// Multiplications, in floating point against overflow.
  private var work: Double {
    Double(images * groups * filters) * Double(outputs) * Double(channels * tapCount)
  }

  /// y, or its part.
  func run(_ op: StaticString) {
    let threads = threads(for: work)
    // Boxes of about 1,024 outputs: enough to load the weights for, and few enough that inputs and
    // outputs stay in the caches. Fewer if threads would have nothing to do.
    let outputs = images * groups * outputs
    let box = box(of: Swift.max(1, Swift.min(1024, outputs / threads)))
    let boxes = zip([images] + output, box).reduce(1) { $0 * parts($1.0, of: $1.1) }
    let table = Kernels.table(x.dtype).pointee
    launch(
      units: groups * boxes, threads, box, chunk: [1, 1], table.convolution,
      table.convolution_workspace, op)
  }

  /// w, of which y is the gradient's.
  func runForWeights(_ op: StaticString) {
    let threads = threads(for: work)
    var chunk = [Swift.min(filters, 64), Swift.min(channels, 64)]
    func units() -> Int {
      groups * parts(filters, of: chunk[0]) * parts(channels, of: chunk[1])
    }
    // Each element is computed in the same way in any chunk. Dividing channels is cheaper, since
    // fewer inputs are copied twice.
    while units() < threads, chunk[1] >= 8 { chunk[1] = (chunk[1] + 1) / 2 }
    while units() < threads, chunk[0] > 1 { chunk[0] = (chunk[0] + 1) / 2 }
    let table = Kernels.table(x.dtype).pointee
    launch(
      units: units(), threads, box(of: 2048), chunk: chunk, table.convolution_weight,
      table.convolution_weight_workspace, op)
  }

  private func threads(for work: Double) -> Int {
    Swift.max(1, Int(Swift.min(Double(Threads.count), work / Cost.ofThreadInMultiplications)))
  }

  /// A box of about `count` outputs: images, slices and rows.
  private func box(of count: Int) -> [Int] {
    // Several images, if they are small.
    if outputs <= count { return [Swift.min(images, count / outputs), output[0], output[1]] }
    func even(_ whole: Int, _ size: Int) -> Int {
      Swift.max(1, parts(whole, of: parts(whole * size, of: count)))
    }
    let slice = output[1] * output[2]
    if slice <= count { return [1, even(output[0], slice), output[1]] }
    return [1, 1, even(output[1], output[2])]
  }

  private func launch(
    units: Int, _ threads: Int, _ box: [Int], chunk: [Int], _ function: ck_convolution_fn,
    _ workspaceSize: ck_convolution_workspace_fn, _ op: StaticString
  ) {
    var c = ck_convolution()
    (c.images, c.groups) = (Int64(images), Int64(groups))
    (c.channels, c.filters) = (Int64(channels), Int64(filters))
    (c.input, c.output, c.stride) = (input.triple, output.triple, stride.triple)
    c.box = box.triple
    c.taps = Int64(tapCount)
    (c.low, c.high) = (taps.map { $0.min()! }.triple, taps.map { $0.max()! }.triple)
    (c.x, c.w) = (UnsafeRawPointer(x.base), UnsafeRawPointer(w.base))
    c.bias = bias.map { UnsafeRawPointer($0.base) }
    let filterSize = whole.reduce(1, *)
    let steps = [whole[1] * whole[2], whole[2], 1]
    c.y = y.address(zip(steps, from).reduce(0) { $0 + $1.0 * $1.1 })
    (c.y_image, c.y_filter) = (Int64(groups * filters * filterSize), Int64(filterSize))
    c.y_step = zip(steps, every).map { $0 * $1 }.triple
    c.chunk = (Int64(chunk[0]), Int64(chunk[1]))
    taps3.withUnsafeBufferPointer { taps in
      c.tap = taps.baseAddress
      let call = c
      Autograd.launch(self, units: units, atLeast: parts(units, of: threads)) { part in
        var call = call
        let bytes = Int(workspaceSize(&call))
        guard let workspace = Memory.allocate(bytes) else {
          fail("\(opName(op)): out of memory for a workspace of \(bytes) bytes")
        }
        defer { Memory.release(workspace, bytes) }
        function(&call, Int64(part.lowerBound), Int64(part.upperBound), workspace)
      }
    }
  }
}
