// Products of matrices and vectors.

// MARK: - The product

extension Tensor {
  /// The matrix product, PyTorch's `@`.
  ///
  /// - [m, k] · [k, n] → [m, n];
  /// - a vector as first factor is a row, as second a column, and its dimension is dropped again:
  ///   [k] · [k, n] → [n], [m, k] · [k] → [m], [k] · [k] → [];
  /// - further dimensions are batches of matrices, and broadcast: [b, m, k] · [k, n] → [b, m, n].
  ///
  /// Both factors have one dtype, as in PyTorch; integers wrap around.
  public func matmul(_ b: Tensor) -> Tensor { product(b, op: #function) }

  /// The matrix product, on the tape.
  func product(_ b: Tensor, op: StaticString) -> Tensor {
    requireSameNumbers(b, op: op)
    require(
      ndim > 0 && b.ndim > 0,
      """
      \(opName(op)): shapes \(shape) and \(b.shape) do not fit: a 0-d tensor is no matrix; \
      multiply with *
      """)
    if ndim == 1, b.ndim == 1 { return dotted(b, op: op) }
    if ndim == 1 {
      return reshape([1, numel]).product(b, op: op)
        .reshape(b.shape.dropLast(2) + b.shape.suffix(1))
    }
    if b.ndim == 1 {
      return product(b.reshape([b.numel, 1]), op: op).reshape(Array(shape.dropLast()))
    }
    requireFit(b, op: op)
    guard dtype.isFloatingPoint else { return integerProduct(b, op: op) }
    if ndim == 2, b.ndim == 2 {
      // No batch to broadcast or to sum over.
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

  /// Σ aᵀ·g over the matrices of a batch: with a [..., n, k] and g [..., n, m] it is [k, m].
  private func sumOfProducts(_ g: Tensor) -> Tensor { asOneMatrix.mT.matmul(g.asOneMatrix) }

  /// The matrices of a batch stacked: [..., n, k] → [... · n, k].
  fileprivate var asOneMatrix: Tensor {
    ndim == 2 ? self : reshape([shape.dropLast().reduce(1, *), shape[ndim - 1]])
  }

  /// Stops unless both tensors hold numbers of one type.
  func requireSameNumbers(_ b: Tensor, op: StaticString) {
    require(
      dtype == b.dtype,
      """
      \(opName(op)): the factors are \(dtype) and \(b.dtype); cast one with \
      to(.\(DType.promote(dtype, b.dtype)))
      """)
    require(
      dtype != .bool, "\(opName(op)): not defined for bool tensors; cast with to(.float32)")
  }

  private func requireFit(_ b: Tensor, op: StaticString) {
    require(
      size(-1) == b.size(-2),
      """
      \(opName(op)): shapes \(shape) and \(b.shape) do not fit: \(size(-1)) columns against \
      \(b.size(-2)) rows
      """)
  }
}

extension Tensor {
  /// The inner product of two vectors; no check of their dimensions.
  func dotted(_ b: Tensor, op: StaticString) -> Tensor {
    require(
      numel == b.numel,
      """
      \(opName(op)): shapes \(shape) and \(b.shape) do not fit: \(numel) elements against \(b.numel)
      """)
    return (self * b).sum().to(dtype)
  }
}

// MARK: - Off the tape

extension Tensor {
  /// The product of two matrices that fit.
  private func matrixProduct(_ b: Tensor) -> Tensor {
    let y = Tensor(uninitialized: [shape[0], b.shape[1]], dtype)
    MatrixProduct.run(self, b, into: y)
    return y
  }

  private func floatingProduct(_ b: Tensor, op: StaticString) -> Tensor {
    let batch = broadcastShape(Array(shape.dropLast(2)), Array(b.shape.dropLast(2)), op: op)
    let y = Tensor(uninitialized: batch + [size(-2), b.size(-1)], dtype)
    if b.ndim == 2, ndim > 2, let a = stacked(self) {
      // One large product instead of a batch of small ones.
      MatrixProduct.run(a, b, into: stacked(y)!)
    } else {
      MatrixProduct.run(
        alias(layout.broadcast(to: batch + shape.suffix(2))),
        b.alias(b.layout.broadcast(to: batch + b.shape.suffix(2))), into: y)
    }
    return y
  }

  /// The product of integers, one outer product of a column and a row at a time.
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

/// The matrices of a batch stacked, off the tape; nil if the strides do not allow it without a
/// copy.
private func stacked(_ x: Tensor) -> Tensor? {
  if x.ndim == 2 { return x }
  return x.layout.reshaped([x.shape.dropLast().reduce(1, *), x.size(-1)]).map { x.alias($0) }
}

// MARK: - Linear map

// The one function of torch.nn.functional that stays in this module: it is the largest part of small models,
// `wrt` is inlined only within the module, and the product is accumulated onto the bias.

/// x·Wᵀ + b along the last dimension: what a fully connected layer computes.
///
/// ```swift
/// let y = linear(x, weight, bias)
/// ```
///
/// - Parameters:
///   - input: x, [..., in].
///   - weight: W, [out, in]; or [in], for a single output that adds no dimension.
///   - bias: b, [out].
/// - Returns: [..., out].
public func linear(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
  if weight.ndim == 1 {
    return linear(input, weight.unsqueeze(0), bias?.reshape([1])).squeeze(-1)
  }
  require(
    input.ndim > 0 && weight.ndim == 2 && input.size(-1) == weight.size(-1),
    """
    linear: an input of shape \(input.shape) does not fit a weight of shape \(weight.shape); the \
    weight is [out, in], the input [..., in]
    """)
  let width = weight.size(0)
  let dtype = input.dtype
  require(
    weight.dtype == dtype && dtype.isFloatingPoint,
    """
    linear: the input is \(dtype), the weight \(weight.dtype); cast them to one floating-point type
    """)
  if let bias {
    require(
      bias.dtype == dtype,
      "linear: the input is \(dtype), the bias \(bias.dtype); cast one with to(_:)")
    require(
      bias.shape == [width],
      """
      linear: a bias of shape \(bias.shape) does not fit a weight of shape \(weight.shape), which \
      needs [\(width)]
      """)
  }
  let x = stacked(input) ?? stacked(input.copied())!
  let y = Tensor(uninitialized: [x.size(0), width], dtype)
  // The product is added to the bias: one pass over the result less.
  if let bias { y.assign(bias) }
  MatrixProduct.run(
    x, weight.alias(weight.layout.exchanged(0, 1)), into: y, accumulate: bias != nil)
  let result = input.ndim == 2 ? y : y.alias(Layout(input.shape.dropLast() + [width]))
  result
    .wrt(input, saving: weight) { g, weight in g.matmul(weight) }
    .wrt(weight, saving: input) { g, x in g.asOneMatrix.mT.matmul(x.asOneMatrix) }
  return bias.map { result.wrt($0) { g in g } } ?? result
}
