import CKernels

// The seam to the kernels of layer normalisation, over rows x [rows, n].

/// Elements that one thread should have at least.
private let grain = 16_384

/// What the gradients of layer normalisation need to know of its forward pass besides the input.
package struct LayerNormRows {
  fileprivate let count: Int
  fileprivate let n: Int
  /// The mean and 1/√(variance + eps) of each row, [rows, 2].
  fileprivate let stats: Tensor

  /// The rows that one call of a kernel takes, and adds up for the gradient of the weight: a number that
  /// depends on the sizes alone, lest the bits depend on how many threads there are.
  fileprivate var blockRows: Int { Swift.min(64, Swift.max(4, grain / Swift.max(1, n))) }
  fileprivate var blocks: Int { (count + blockRows - 1) / blockRows }
}

extension Tensor {
  /// (x − mean)/√(variance + eps)·weight + bias over the last `rank` dimensions; all of one dtype. Off the
  /// tape.
  package func layerNormalized(
    _ rank: Int, weight: Tensor?, bias: Tensor?, eps: Double
  ) -> (y: Tensor, rows: LayerNormRows) {
    let n = shape.suffix(rank).reduce(1, *)
    let count = n == 0 ? 0 : numel / n
    let rows = LayerNormRows(
      count: count, n: n, stats: Tensor(uninitialized: [count, 2], dtype))
    let y = Tensor(uninitialized: layout.compact, dtype)
    rows.run(
      Kernels.table(dtype).pointee.layer_norm, x: self, weight: weight, bias: bias, eps: eps, to: y)
    return (y, rows)
  }
}

extension LayerNormRows {
  /// The gradient of `x`, whose rows these are, for the gradient `g` of the result; off the tape.
  package func gradient(_ g: Tensor, of x: Tensor, weight: Tensor?) -> Tensor {
    let y = Tensor(uninitialized: x.shape, x.dtype)
    run(
      Kernels.table(x.dtype).pointee.layer_norm_grad, x: x, g: g.to(x.dtype), weight: weight,
      to: y)
    return y
  }

  /// The gradient of the weight, [n], for the gradient `g` of the result; off the tape.
  package func weightGradient(_ g: Tensor, of x: Tensor) -> Tensor {
    let sums = Tensor(uninitialized: [blocks, n], x.dtype)
    run(
      Kernels.table(x.dtype).pointee.layer_norm_weight_grad, x: x, g: g.to(x.dtype), to: sums,
      isSum: true)
    return blocks == 1 ? sums : sums.reduced(.sum, [0], keepdim: false, op: "layerNorm")
  }

  /// Calls `kernel` for each block of rows; y has a row for each if `isSum`, else for each row of x.
  fileprivate func run(
    _ kernel: ck_layer_norm_fn, x: Tensor, g: Tensor? = nil, weight: Tensor? = nil,
    bias: Tensor? = nil, eps: Double = 0, to y: Tensor, isSum: Bool = false
  ) {
    let tensors = (x.compacted(), g?.compacted(), weight?.compacted(), bias?.compacted())
    var whole = ck_layer_norm()
    whole.n = Int64(n)
    whole.eps = eps
    whole.weight = tensors.2.map { UnsafeRawPointer($0.base) }
    whole.bias = tensors.3.map { UnsafeRawPointer($0.base) }
    nonisolated(unsafe) let (template, x, g) = (whole, tensors.0.base, tensors.1?.base)
    nonisolated(unsafe) let (y, stats) = (y.base, stats.base)
    let (item, rows) = (tensors.0.dtype.itemSize, blockRows)
    withExtendedLifetime(tensors) {
      parallelFor(blocks, grain: Swift.max(1, grain / Swift.max(1, n * rows))) { part in
        for i in part {
          let first = i * rows
          var block = template
          block.rows = Int64(Swift.min(rows, count - first))
          block.x = UnsafeRawPointer(x + first * n * item)
          block.g = g.map { UnsafeRawPointer($0 + first * n * item) }
          block.stats = stats + first * 2 * item
          block.y = y + (isSum ? i : first) * n * item
          kernel(&block)
        }
      }
    }
  }
}
