// Ops that look at the same elements in another shape; nothing is copied.

extension Tensor {
  /// The same elements in the same order in another shape; a view where the strides allow it, else a copy.
  ///
  /// One size may be -1: it is what the others leave.
  public func reshape(_ shape: [Int]) -> Tensor {
    let target = inferred(shape, op: #function)
    if target == self.shape { return wrapped }
    let y =
      layout.reshaped(target).map { alias($0) } ?? { let c = copied(); return c.alias(Layout(target)) }()
    return y.wrt(self) { [shape = self.shape] g in g.reshape(shape) }
  }

  /// A view of the whole tensor, on the tape.
  private var wrapped: Tensor { alias().wrt(self, op: "view") { g in g } }

  /// `shape` with its -1 replaced by what the other sizes leave.
  func inferred(_ shape: [Int], op: StaticString) -> [Int] {
    let unknown = shape.indices.filter { shape[$0] == -1 }
    var shape = shape
    if let d = unknown.first {
      require(unknown.count == 1, "\(opName(op)): only one size can be -1, but the shape is \(shape)")
      let rest = shape.reduce(1) { $1 == -1 ? $0 : $0 * $1 }
      require(
        rest != 0 && numel % rest == 0,
        "\(opName(op)): the shape \(self.shape), of \(numel) elements, leaves no single size for the -1 in \(shape)"
      )
      shape[d] = numel / rest
    }
    require(
      Layout.count(of: shape) == numel,
      "\(opName(op)): the shape \(shape) does not hold the \(numel) elements of the shape \(self.shape)")
    return shape
  }

  /// Repeats dimensions of size 1, and adds dimensions in front, without copying. A size of -1 keeps the
  /// dimension as it is.
  public func expand(_ shape: [Int]) -> Tensor {
    let added = shape.count - ndim
    require(
      added >= 0, "expand: the shape \(shape) has fewer dimensions than the tensor, \(self.shape)")
    let target = shape.indices.map { d in shape[d] == -1 && d >= added ? self.shape[d - added] : shape[d] }
    if target == self.shape { return wrapped }
    require(
      self.shape.indices.allSatisfy { self.shape[$0] == 1 || self.shape[$0] == target[$0 + added] },
      "expand: the shape \(self.shape) does not expand to \(shape): only sizes of 1 can grow")
    return alias(layout.broadcast(to: target)).wrt(self) { g in g }
  }

  /// Dimensions reordered: dimension i of the result is dimension `dims[i]` of this tensor.
  public func permute(_ dims: [Int]) -> Tensor {
    let order = dims.map { shape.dimension($0, op: #function) }
    require(
      Set(order).count == ndim && order.count == ndim,
      "permute: \(dims) does not name each dimension of the shape \(shape) once")
    var inverse = order
    for (i, d) in order.enumerated() { inverse[d] = i }
    return alias(layout.permuted(order)).wrt(self) { g in g.permute(inverse) }
  }

  /// A tensor of zeros of shape `shape` with this one where `window` looks.
  func embedded(in shape: [Int], window: @escaping (Tensor) -> Tensor) -> Tensor {
    let y = Tensor.zeros(shape, dtype: dtype)
    noGrad { window(y) }.assign(self)
    return y.wrt(self) { g in window(g) }
  }

  /// A contiguous copy, on the tape.
  public func clone() -> Tensor { copied().wrt(self) { g in g } }

  /// The elements as `dtype`; this very tensor if they are that already.
  public func to(_ dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let y = cast(to: dtype)
    // The engine casts back. An integer has no gradient.
    return dtype.isFloatingPoint ? y.wrt(self) { g in g } : y
  }
}
