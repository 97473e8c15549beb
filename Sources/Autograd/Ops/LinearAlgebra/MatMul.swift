// Products of matrices and vectors.

// MARK: - Matrix product

extension Tensor {
  /// The matrix product: PyTorch's `@`.
  ///
  /// - Matrices: [m, k] · [k, n] → [m, n].
  /// - A vector as first factor is a row, as second factor a column; its dimension is dropped from
  ///   the result: [k] · [k, n] → [n], [m, k] · [k] → [m], [k] · [k] → [].
  /// - Leading dimensions are batches of matrices, and broadcast: [b, m, k] · [k, n] → [b, m, n].
  ///
  /// Both factors must have one dtype, as in PyTorch. Integers wrap around.
  public func matmul(_ b: Tensor) -> Tensor { product(b, op: #function) }

  /// The matrix product, recorded under the name `op`.
  func product(_ b: Tensor, op: StaticString) -> Tensor {
    requireSameNumericType(b, op: op)
    require(
      ndim > 0 && b.ndim > 0,
      """
      \(opName(op)): expected at least 1 dimension, got shapes \(shape) and \(b.shape); use * to \
      multiply by a 0-d tensor
      """)
    if ndim == 1, b.ndim == 1 { return dotted(b, op: op) }
    if ndim == 1 {
      return reshape([1, numel]).product(b, op: op)
        .reshape(b.shape.dropLast(2) + b.shape.suffix(1))
    }
    if b.ndim == 1 {
      return product(b.reshape([b.numel, 1]), op: op).reshape(Array(shape.dropLast()))
    }
    requireInnerSizes(b, op: op)
    guard dtype.isFloatingPoint else { return integerProduct(b, op: op) }
    if ndim == 2, b.ndim == 2 {
      // No batch dimensions to broadcast or to sum over.
      return matrixProduct(b)
        .wrt(self, saving: b, op: op) { g, b in g.matmul(b.mT) }
        .wrt(b, saving: self, op: op) { g, a in a.mT.matmul(g) }
    }
    return floatingProduct(b, op: op)
      .wrt(self, op: op) { [b = Saved(b, op: op), shape] g in
        shape.count == 2 ? b.value.mT.sumOfProducts(g.mT).mT : g.matmul(b.value.mT)
      }
      .wrt(b, op: op) { [a = Saved(self, op: op), rank = b.ndim] g in
        rank == 2 ? a.value.sumOfProducts(g) : a.value.mT.matmul(g)
      }
  }

  /// Σ aᵀ·g over a batch of matrices: a [..., n, k] and g [..., n, m] give [k, m].
  private func sumOfProducts(_ g: Tensor) -> Tensor { asOneMatrix.mT.matmul(g.asOneMatrix) }

  /// The matrices of a batch, stacked along the rows: [..., n, k] → [... · n, k].
  fileprivate var asOneMatrix: Tensor {
    ndim == 2 ? self : reshape([shape.dropLast().reduce(1, *), shape[ndim - 1]])
  }

  /// Stops unless both tensors have one dtype, other than bool.
  func requireSameNumericType(_ b: Tensor, op: StaticString) {
    require(
      dtype == b.dtype,
      """
      \(opName(op)): expected factors of one dtype, got \(dtype) and \(b.dtype); cast one with \
      to(.\(DType.promote(dtype, b.dtype)))
      """)
    require(
      dtype != .bool, "\(opName(op)): not defined for bool tensors; cast with to(.float32)")
  }

  private func requireInnerSizes(_ b: Tensor, op: StaticString) {
    require(
      size(-1) == b.size(-2),
      """
      \(opName(op)): shapes \(shape) and \(b.shape) do not fit: \(size(-1)) columns against \
      \(b.size(-2)) rows
      """)
  }
}

extension Tensor {
  /// The inner product of two vectors; the caller has checked that both are 1-d.
  func dotted(_ b: Tensor, op: StaticString) -> Tensor {
    require(
      numel == b.numel,
      """
      \(opName(op)): shapes \(shape) and \(b.shape) do not fit: \(numel) elements against \(b.numel)
      """)
    guard dtype.isFloatingPoint else { return (self * b).sum().to(dtype) }
    return innerProduct(b)
      .wrt(self, saving: b, op: op) { g, b in g * b }
      .wrt(b, saving: self, op: op) { g, a in g * a }
  }
}

// MARK: - Off the tape

extension Tensor {
  /// The product of two matrices whose shapes have been checked.
  private func matrixProduct(_ b: Tensor) -> Tensor {
    let y = Tensor(uninitialized: [shape[0], b.shape[1]], dtype)
    MatrixProduct.run(self, b, into: y)
    return y
  }

  private func floatingProduct(_ b: Tensor, op: StaticString) -> Tensor {
    let batch = broadcastShape(Array(shape.dropLast(2)), Array(b.shape.dropLast(2)), op: op)
    let y = Tensor(uninitialized: batch + [size(-2), b.size(-1)], dtype)
    if b.ndim == 2, ndim > 2, let a = stacked(self) {
      // One large product is faster than a batch of small ones.
      MatrixProduct.run(a, b, into: stacked(y)!)
    } else {
      MatrixProduct.run(
        alias(layout.broadcast(to: batch + shape.suffix(2))),
        b.alias(b.layout.broadcast(to: batch + b.shape.suffix(2))), into: y)
    }
    return y
  }

  /// The product of integers, as a sum of outer products of a column and a row.
  private func integerProduct(_ b: Tensor, op: StaticString) -> Tensor {
    let batch = broadcastShape(Array(shape.dropLast(2)), Array(b.shape.dropLast(2)), op: op)
    let y = Tensor.zeros(batch + [size(-2), b.size(-1)], dtype: dtype)
    for p in 0..<size(-1) {
      let column = alias(layout.sliced(ndim - 1, start: p, length: 1))
      let row = b.alias(b.layout.sliced(b.ndim - 2, start: p, length: 1))
      y.accumulate(elementwise(.mul, column, row))
    }
    return y
  }
}

/// The matrices of a batch, stacked along the rows, off the tape; nil if that needs a copy.
private func stacked(_ x: Tensor) -> Tensor? {
  if x.ndim == 2 { return x }
  return x.layout.reshaped([x.shape.dropLast().reduce(1, *), x.size(-1)]).map { x.alias($0) }
}

// MARK: - Linear transformation

// The one function of torch.nn.functional that stays in this module: it is the largest part of
// small models, `wrt` is inlined only within the module, and the product is accumulated onto the
// bias.

/// x·Wᵀ + b along the last dimension, the function of a fully connected layer.
///
/// ```swift
/// let y = linear(x, weight, bias)
/// ```
///
/// - Parameters:
///   - input: x, [..., in].
///   - weight: W, [out, in]; or [in] for a single output, whose dimension is dropped.
///   - bias: b, [out].
/// - Returns: [..., out].
public func linear(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
  if weight.ndim == 1 {
    return linear(input, weight.unsqueeze(0), bias?.reshape([1])).squeeze(-1)
  }
  require(
    input.ndim > 0 && weight.ndim == 2 && input.size(-1) == weight.size(-1),
    """
    linear: expected an input of shape [..., in] and a weight of shape [out, in], got \
    \(input.shape) and \(weight.shape)
    """)
  let width = weight.size(0)
  let dtype = input.dtype
  require(
    weight.dtype == dtype && dtype.isFloatingPoint,
    """
    linear: expected input and weight of one floating-point dtype, got \(dtype) and \
    \(weight.dtype); cast them with to(_:)
    """)
  if let bias {
    require(
      bias.dtype == dtype,
      """
      linear: expected input and bias of one dtype, got \(dtype) and \(bias.dtype); cast one with \
      to(_:)
      """)
    require(
      bias.shape == [width],
      """
      linear: expected a bias of shape [\(width)] for a weight of shape \(weight.shape), got \
      \(bias.shape)
      """)
  }
  let x = stacked(input) ?? stacked(input.copied())!
  let y = Tensor(uninitialized: [x.size(0), width], dtype)
  // The product is accumulated into the bias, which saves a pass over the result.
  if let bias { y.assign(bias) }
  MatrixProduct.run(
    x, weight.alias(weight.layout.exchanged(0, 1)), into: y, accumulate: bias != nil)
  let result = input.ndim == 2 ? y : y.alias(Layout(input.shape.dropLast() + [width]))
  result
    .wrt(input, saving: weight) { g, weight in g.matmul(weight) }
    .wrt(weight, saving: input) { g, x in g.asOneMatrix.mT.matmul(x.asOneMatrix) }
  return bias.map { result.wrt($0) { g in g } } ?? result
}
