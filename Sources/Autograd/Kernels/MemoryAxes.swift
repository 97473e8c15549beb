import CKernels

/// The dimensions of a tensor in the order of its memory, for reductions: those of a permuted
/// tensor are reduced where they are, without a copy.
struct MemoryAxes {
  /// Neighbouring dimensions that are all reduced, or all kept, and lie in memory as one.
  private struct Axis {
    var size: Int
    var stride: Int
    let isReduced: Bool
  }

  /// The dimensions with more than one element, those with the largest strides first.
  private let order: [Int]
  private let sizes: [Int]
  private let isReduced: [Bool]
  private var axes: [Axis] = []
  /// What is reduced next.
  private(set) var tensor: Tensor

  /// The axes of `x`, which has elements, for a reduction over the dimensions `dims`.
  init(_ x: Tensor, reducing dims: [Int]) {
    let (shape, strides) = (x.shape, x.layout.explicitStrides)
    // Repeated elements come first: a kernel steps over its inner dimension by 1.
    func rank(_ d: Int) -> Int { strides[d] == 0 ? .max : abs(strides[d]) }
    let order = shape.indices.filter { shape[$0] > 1 }
      .sorted { (rank($0), $1) > (rank($1), $0) }
    self.order = order
    sizes = order.map { shape[$0] }
    isReduced = order.map { dims.contains($0) }
    tensor = x
    setAxes(strides: order.map { strides[$0] })
    guard let last = axes.lastIndex(where: { $0.isReduced }) else {
      // Each element is reduced alone.
      axes.append(Axis(size: 1, stride: 1, isReduced: true))
      return
    }
    // The kernels take one inner dimension, without gaps.
    if axes.count - last > 2 || axes[axes.count - 1].stride != 1 {
      tensor = x.alias(Layout(sizes, strides: order.map { strides[$0] }, offset: x.layout.offset))
        .copied()
      setAxes(strides: Layout.rowMajorStrides(sizes))
    }
  }

  private mutating func setAxes(strides: [Int]) {
    axes = []
    for i in order.indices {
      if let last = axes.last, last.isReduced == isReduced[i], last.stride == sizes[i] * strides[i]
      {
        axes[axes.count - 1].size *= sizes[i]
        axes[axes.count - 1].stride = strides[i]
      } else {
        axes.append(Axis(size: sizes[i], stride: strides[i], isReduced: isReduced[i]))
      }
    }
  }

  // MARK: - Steps

  /// A reduction over the middle of [outer, n, inner], in which the outer dimensions have any
  /// strides.
  struct Step {
    let x: Tensor
    let outer: [(size: Int, stride: Int)]
    /// The number of results is `count` · `inner`.
    let count: Int
    let n: Int, inner: Int
    /// The distance between neighbours along n.
    let row: Int

    /// Calls `body` for each range of `part`, of the outer dimensions in row-major order, that one
    /// kernel call covers: with its start, its length, the distance between its elements, and the
    /// position of the first.
    func forEachRun(_ part: Range<Int>, _ body: (Int, Int, Int, Int) -> Void) {
      guard let (length, stride) = outer.last else { return body(0, 1, 0, 0) }
      var start = part.lowerBound
      while start < part.upperBound {
        let first = start % length
        let count = Swift.min(length - first, part.upperBound - start)
        var (position, rest) = (first * stride, start / length)
        for (size, stride) in outer.dropLast().reversed() {
          position += rest % size * stride
          rest /= size
        }
        body(start, count, stride, position)
        start += count
      }
    }
  }

  /// The reduction over the innermost reduced dimension; nil if none is left.
  func nextStep() -> Step? {
    guard let r = axes.lastIndex(where: { $0.isReduced }) else { return nil }
    var outer: [(size: Int, stride: Int)] = []
    for axis in axes[..<r] {
      if let last = outer.last, last.stride == axis.size * axis.stride {
        outer[outer.count - 1] = (last.size * axis.size, axis.stride)
      } else {
        outer.append((axis.size, axis.stride))
      }
    }
    return Step(
      x: tensor, outer: outer, count: outer.reduce(1) { $0 * $1.size }, n: axes[r].size,
      inner: axes[(r + 1)...].reduce(1) { $0 * $1.size }, row: axes[r].stride)
  }

  /// Goes on with `y`, the contiguous result of the step.
  mutating func finish(_ y: Tensor) {
    axes.remove(at: axes.lastIndex { $0.isReduced }!)
    var stride = 1
    for i in axes.indices.reversed() {
      axes[i].stride = stride
      stride *= axes[i].size
    }
    tensor = y
  }

  /// `y`, whose dimensions are the kept ones in the order of memory, in the shape `target`, in which
  /// they are ascending.
  func arranged(_ y: Tensor, _ target: [Int]) -> Tensor {
    let kept = order.indices.filter { !isReduced[$0] }
    let ascending = kept.indices.sorted { order[kept[$0]] < order[kept[$1]] }
    if ascending == Array(kept.indices) { return y.alias(Layout(target)) }
    return y.alias(Layout(kept.map { sizes[$0] }).permuted(ascending)).copied()
      .alias(Layout(target))
  }
}
