// Choosing between two values element by element: how rules treat the points where a formula has none.

/// `a` where `mask` is true, else `b`, with broadcasting.
///
/// Nothing of the value not taken gets through, not even a NaN, and the gradient that goes there is 0.
func choose(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  let dtype = resultType(a, b)
  let op: StaticString = #function
  let shape = broadcastShape(mask.shape, broadcastShape(a.shape, b.shape, op: op), op: op)
  let y = Tensor(uninitialized: shape, dtype)
  let operands = [y, mask, a.cast(to: dtype), b.cast(to: dtype)]
  withExtendedLifetime(operands) {
    run(
      Kernels.map(.where, dtype, op: op), over: shape, count: y.numel,
      operands.map { Operand($0, along: shape) })
  }
  return y.wrt(a) { [mask = Saved(mask)] g in choose(mask.value, g, 0) }
    .wrt(b) { [mask = Saved(mask)] g in choose(mask.value, 0, g) }
}

/// `a` where `mask` is true, else the number `b`.
func choose(_ mask: Tensor, _ a: Tensor, _ b: Double) -> Tensor {
  choose(mask, a, Tensor(b, dtype: a.dtype))
}

/// The number `a` where `mask` is true, else `b`.
func choose(_ mask: Tensor, _ a: Double, _ b: Tensor) -> Tensor {
  choose(mask, Tensor(a, dtype: b.dtype), b)
}

/// The derivative of a function that is constant between its jumps.
func noSlope(_ g: Tensor) -> Tensor { Tensor.zeros(g.shape, dtype: g.dtype) }
