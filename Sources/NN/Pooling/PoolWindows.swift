import Autograd

// What the kinds of pooling share: how inputs and settings are checked, and how windows are computed.

/// Images to pool: [batch, channels, size…] or [channels, size…].
struct PoolInput {
  let x: Tensor
  /// The sizes of an image.
  let size: [Int]
  private let leading: [Int]

  /// Stops unless `x` is an input of images of `dims` dimensions, of which only the batch may be
  /// empty.
  init(_ x: Tensor, _ dims: Int, op: StaticString) {
    let names = ["depth", "height", "width"].suffix(dims).joined(separator: ", ")
    let sizes = dims == 1 ? "length" : names
    require(
      [dims + 1, dims + 2].contains(x.ndim)
        && x.shape.suffix(dims + 1).allSatisfy { $0 > 0 },
      """
      \(opName(op)): expected [batch, channels, \(sizes)] or [channels, \(sizes)], of which only the \
      batch may be empty; got the shape \(x.shape)
      """)
    require(
      x.dtype.isFloatingPoint,
      "\(opName(op)): not defined for \(x.dtype) tensors; cast with to(.float32)")
    self.x = x
    size = Array(x.shape.suffix(dims))
    leading = Array(x.shape.dropLast(dims))
  }

  /// The images as rows, [batch · channels, elements].
  private var rows: Tensor { x.reshape([leading.reduce(1, *), size.reduce(1, *)]) }

  /// The maxima that `find` finds in rows, and their positions in the images.
  func maxima(
    _ output: [Int], op: StaticString, _ find: (Tensor) -> (values: Tensor, indices: Tensor)
  ) -> (values: Tensor, indices: Tensor) {
    let rows = rows
    let found = rows.selecting(find(rows), 1, op: op)
    return (found.values.reshape(leading + output), found.indices.reshape(leading + output))
  }

  /// The maxima that `find` finds in rows, off the tape.
  func maximaAlone(_ output: [Int], _ find: (Tensor) -> Tensor) -> Tensor {
    noGrad { find(rows).reshape(leading + output) }
  }

  /// The means of windows that divide images evenly.
  func evenMeans(_ output: [Int], op: StaticString) -> Tensor {
    if output.allSatisfy({ $0 == 1 }) {
      // A whole image is a row.
      return x.mean(dim: Array(leading.count..<x.ndim), keepdim: true)
    }
    return means(of: evenWindows(size, output), output, op: op)
  }

  /// The means of windows.
  func means(of windows: BoundedWindows, _ output: [Int], op: StaticString) -> Tensor {
    windows.means(of: rows, op: op).reshape(leading + output)
  }
}

extension BoundedWindows {
  /// The mean of each window of images [images, elements]: [images, windows].
  func means(of x: Tensor, op: StaticString) -> Tensor {
    x.windowMeans(self, op: op).wrt(x, op: op) { [self] g in shares(of: g, op: op) }
  }

  /// For the gradients of the means, [images, windows], those of the images, [images, elements].
  private func shares(of g: Tensor, op: StaticString) -> Tensor {
    g.windowShares(self, op: op).wrt(g, op: op) { [self] v in means(of: v, op: op) }
  }
}

extension SlidingWindows {
  /// The windows of a pooling over images of the sizes `size`.
  init(
    pooling size: [Int], _ kernelSize: [Int], stride: [Int], padding: [Int] = [0],
    dilation: [Int] = [1], ceil: Bool, op: StaticString
  ) {
    let dims = size.count
    let padding = padding.expanded(to: dims, "padding", op: op)
    self.init(
      over: size, kernel: kernelSize.expanded(to: dims, "kernelSize", op: op),
      stride: (stride.isEmpty ? kernelSize : stride).expanded(to: dims, "stride", op: op),
      padding: (padding, padding), dilation: dilation.expanded(to: dims, "dilation", op: op),
      ceil: ceil, op: op)
    for d in 0..<dims {
      require(
        padding[d] <= spanOfKernel(kernel[d], self.dilation[d], op: op) / 2,
        """
        \(opName(op)): the padding \(padding) is more than half of the kernel \(kernel) with the \
        dilation \(self.dilation); a window could then lie in the padding alone
        """)
    }
  }

  /// The bounds of the windows, which are not dilated, clipped to the images.
  func bounded(includingPadding: Bool, divisor: Int?) -> BoundedWindows {
    var (first, last, count) = ([[Int]](), [[Int]](), [[Int]]())
    for d in kernel.indices {
      let starts = (0..<output[d]).map { $0 * stride[d] - before[d] }
      // What extends past the padding never counts.
      let ends = starts.map { Swift.min($0 + kernel[d], input[d] + after[d]) }
      first.append(starts.map { Swift.max($0, 0) })
      last.append(ends.map { Swift.min($0, input[d]) })
      count.append(
        includingPadding
          ? zip(starts, ends).map { $1 - $0 } : zip(first[d], last[d]).map { Swift.max(1, $1 - $0) }
      )
    }
    return BoundedWindows(
      size: input, windows: output, first: first, last: last, count: count, divisor: divisor)
  }

  /// Stops if a window of a dilated kernel has no element in the images.
  func requireElements(op: StaticString) {
    for d in kernel.indices where dilation[d] > 1 && before[d] > 0 {
      let empty = (0..<output[d]).lazy.map { $0 * stride[d] - before[d] }.first { start in
        let skipped = start < 0 ? (dilation[d] - 1 - start) / dilation[d] : 0
        return skipped >= kernel[d] || start + skipped * dilation[d] >= input[d]
      }
      require(
        empty == nil,
        """
        \(opName(op)): a window of \(kernel[d]) elements, \(dilation[d]) apart, with a padding of \
        \(before[d]), has no element in dimension \(d) of \(input); use less padding
        """)
    }
  }
}

/// Stops unless there is the memory for lists of these sizes.
func requireRoom(forEachOf sizes: [Int], op: StaticString) {
  for size in sizes { _ = Tensor.uninitialized([size], .int64, op: op) }
}

// MARK: - Sizes that may be nil

/// The sizes of the output of an adaptive pooling: an `Int`, or a list in which nil stands for the
/// size of the input.
public protocol AdaptiveSize {
  /// The sizes; nil for that of the input.
  var adaptiveSizes: [Int?] { get }
}

extension Int: AdaptiveSize {
  /// This size for every dimension.
  public var adaptiveSizes: [Int?] { [self] }
}

extension Optional: AdaptiveSize where Wrapped == Int {
  /// This size for every dimension, or that of the input.
  public var adaptiveSizes: [Int?] { [self] }
}

extension Array: AdaptiveSize where Element: AdaptiveSize {
  /// The size of each dimension.
  public var adaptiveSizes: [Int?] { flatMap(\.adaptiveSizes) }
}

extension AdaptiveSize {
  /// One size for each dimension of `input`.
  func sizes(over input: [Int], op: StaticString) -> [Int] {
    let given = adaptiveSizes
    require(
      given.count == 1 || given.count == input.count,
      """
      \(opName(op)): outputSize has \(given.count) sizes for \(input.count) dimensions; give 1 or \
      \(input.count)
      """)
    let sizes = input.indices.map { d in given[given.count == 1 ? 0 : d] ?? input[d] }
    require(
      sizes.allSatisfy { $0 >= 0 },
      "\(opName(op)): outputSize must not be negative, but it is \(sizes)")
    requireRoom(forEachOf: sizes, op: op)
    return sizes
  }
}
