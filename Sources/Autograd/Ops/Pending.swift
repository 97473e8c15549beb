// Ops of other families that are on their way, in the least form that the reductions and products need.
// To be deleted when those arrive.

extension Tensor {
  func exp() -> Tensor { elementwise(.exp, self).wrt(self) { g, y in g * y } }

  func abs() -> Tensor { elementwise(.abs, self).wrt(self) { [x = Saved(self)] g in g * x.value.sign() } }

  func sign() -> Tensor { elementwise(.sign, self) }

  func sqrt() -> Tensor { elementwise(.sqrt, self).wrt(self) { g, y in g / (y * 2) } }

  func pow<S: TensorScalar>(_ exponent: S) -> Tensor {
    elementwise(.pow, self, exponent.scalar).wrt(self) { [x = Saved(self)] g in
      g * x.value.pow(exponent.scalar.double - 1) * exponent
    }
  }

  func maskedFill<S: TensorScalar>(_ mask: Tensor, _ value: S) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    let filling = Tensor.full([], value, dtype: dtype)
    run(
      Kernels.map(.where, dtype, op: #function), over: shape, count: numel,
      [y, mask, filling, self].map { Operand($0, along: shape) })
    return y.wrt(self) { [mask = Saved(mask)] g in g.maskedFill(mask.value, 0) }
  }

  func narrow(dim: Int, start: Int, length: Int) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    return alias(layout.sliced(d, start: start, length: length))
      .windowing(self) { $0.narrow(dim: d, start: start, length: length) }
  }

  func diagonal(offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
    alias(layout.diagonal(above: offset, dim1, dim2))
      .windowing(self) { $0.diagonal(offset: offset, dim1: dim1, dim2: dim2) }
  }

  func flip(_ dims: [Int]) -> Tensor {
    var strides = layout.explicitStrides
    var offset = layout.offset
    for d in dims.map({ shape.dimension($0, op: #function) }) where numel > 0 {
      offset += (shape[d] - 1) * strides[d]
      strides[d] = -strides[d]
    }
    return alias(Layout(shape, strides: strides, offset: offset)).copied()
      .wrt(self) { g in g.flip(dims) }
  }

  var mT: Tensor {
    permute(Array(0..<(ndim - 2)) + [ndim - 1, ndim - 2])
  }
}
