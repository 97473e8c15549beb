// The three products of a convolution as ops. Each is linear in both operands, and the derivatives of
// each are the other two, so derivatives of all orders exist.

import Autograd

extension Convolution {
  init(_ windows: SlidingWindows, groups: Int) {
    self.init(
      input: windows.input, output: windows.output, kernel: windows.kernel, stride: windows.stride,
      dilation: windows.dilation, before: windows.before, groups: groups)
  }

  /// The convolution of x with w, in the shape `shape`, plus the bias.
  func convolved(
    _ x: Tensor, _ w: Tensor, _ bias: Tensor? = nil, shape: [Int], op: StaticString
  ) -> Tensor {
    let y = outputs(x, w, bias: bias, shape: shape, op: op)
      .wrt(x, op: op) { [w = Saved(w, op: op), shape = x.shape] g in
        transposed(g, w.value, shape: shape, op: op)
      }
      .wrt(w, op: op) { [x = Saved(x, op: op), shape = w.shape] g in
        correlated(x.value, g, shape: shape, op: op)
      }
    return bias.map { y.wrt($0, op: op, sumOverPositions) } ?? y
  }

  /// The transposed convolution of y with w, in the shape `shape`, plus the bias.
  func transposed(
    _ y: Tensor, _ w: Tensor, _ bias: Tensor? = nil, shape: [Int], op: StaticString
  ) -> Tensor {
    let x = inputs(y, w, bias: bias, shape: shape, op: op)
      .wrt(y, op: op) { [w = Saved(w, op: op), shape = y.shape] g in
        convolved(g, w.value, shape: shape, op: op)
      }
      .wrt(w, op: op) { [y = Saved(y, op: op), shape = w.shape] g in
        correlated(g, y.value, shape: shape, op: op)
      }
    return bias.map { x.wrt($0, op: op, sumOverPositions) } ?? x
  }

  /// The sums over all windows of the products of x and y, in the shape `shape` of the weights.
  private func correlated(_ x: Tensor, _ y: Tensor, shape: [Int], op: StaticString) -> Tensor {
    weights(x, y, shape: shape, op: op)
      .wrt(x, op: op) { [y = Saved(y, op: op), shape = x.shape] g in
        transposed(y.value, g, shape: shape, op: op)
      }
      .wrt(y, op: op) { [x = Saved(x, op: op), shape = y.shape] g in
        convolved(x.value, g, shape: shape, op: op)
      }
  }
}

/// The sum for each channel of [batch, channels, …].
private func sumOverPositions(_ g: Tensor) -> Tensor {
  g.sum(dim: g.shape.indices.filter { $0 != 1 })
}
