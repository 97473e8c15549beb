import CKernels

// Layer normalisation over rows x [rows, n].

/// The results of the forward pass of layer normalisation that its gradients need.
package struct LayerNormRows {
  fileprivate let count: Int
  fileprivate let n: Int
  /// Whether the mean is subtracted.
  fileprivate let isCentered: Bool
  /// An origin, 1/√(variance + eps) and the origin's own result of each row, [rows, 3].
  fileprivate let stats: Tensor

  /// The number of rows that one kernel call processes; the gradient of the weight is summed over
  /// them first. It depends on the sizes only, so the bits do not depend on the number of threads.
  fileprivate var blockRows: Int {
    Swift.min(64, Swift.max(4, Cost.ofThread / Cost.chained / Swift.max(1, n)))
  }
  fileprivate var blocks: Int { (count + blockRows - 1) / blockRows }
}

extension Tensor {
  /// (x − mean)/√(variance + eps)·weight + bias over the last `rank` dimensions; all of one dtype.
  /// If not centered, x/√(mean of x² + eps)·weight + bias. Off the tape.
  package func layerNormalized(
    _ rank: Int, weight: Tensor?, bias: Tensor?, eps: Double, isCentered: Bool = true
  ) -> (y: Tensor, rows: LayerNormRows) {
    let n = shape.suffix(rank).reduce(1, *)
    let count = n == 0 ? 0 : numel / n
    let rows = LayerNormRows(
      count: count, n: n, isCentered: isCentered, stats: Tensor(uninitialized: [count, 3], dtype))
    let y = Tensor(uninitialized: layout.compact, dtype)
    rows.run(
      Kernels.table(dtype).pointee.layer_norm, x: self, weight: weight, bias: bias, eps: eps, to: y)
    return (y, rows)
  }
}

extension LayerNormRows {
  /// The gradient of `x`, of which these are the rows, for the gradient `g` of the result; off the
  /// tape.
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

  /// Runs `function` on each block of rows; y has one row per block if `isSum`, else one per row of
  /// x.
  fileprivate func run(
    _ function: ck_layer_norm_fn, x: Tensor, g: Tensor? = nil, weight: Tensor? = nil,
    bias: Tensor? = nil, eps: Double = 0, to y: Tensor, isSum: Bool = false
  ) {
    let (x, g, weight, bias) = (
      x.compacted(), g?.compacted(), weight?.compacted(), bias?.compacted()
    )
    let rows = blockRows
    let operands = (x, g, weight, bias, stats, y)
    launch(operands, units: blocks, cost: Cost.chained * n * rows) { part in
      for i in part {
        let first = i * rows
        var block = ck_layer_norm()
        block.rows = Int64(Swift.min(rows, count - first))
        block.n = Int64(n)
        block.is_centered = isCentered ? 1 : 0
        block.eps = eps
        block.x = UnsafeRawPointer(x.address(first * n))
        block.g = g.map { UnsafeRawPointer($0.address(first * n)) }
        block.weight = weight.map { UnsafeRawPointer($0.base) }
        block.bias = bias.map { UnsafeRawPointer($0.base) }
        block.stats = stats.address(first * 3)
        block.y = y.address((isSum ? i : first) * n)
        function(&block)
      }
    }
  }
}
