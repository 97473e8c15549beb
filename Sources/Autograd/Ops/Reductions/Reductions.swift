// Sums, means, products and counts over dimensions.
//
// Each takes its dimensions as `dim: 0` or `dim: [0, -1]`; without any, all are reduced. Dimensions
// count from the end if negative, and stay with size 1 if `keepdim`.

// MARK: - Sums

extension Tensor {
  /// The sum over the dimensions `dim`, or over all if none is named.
  ///
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  ///   - dtype: the type to cast to first; by default integers and bool become int64, as in
  ///     PyTorch.
  /// - Returns: the sums; the sum of no elements is 0.
  @inlinable
  public func sum(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    sum(over: dim.ints, keepdim: keepdim, dtype: dtype)
  }

  @usableFromInline
  func sum(over dims: [Int], keepdim: Bool, dtype: DType?) -> Tensor {
    let over = reductionDims(dims, op: #function)
    let x = castForSum(to: dtype)
    // The sum of bools as a bool is "or".
    return x.reduced(x.dtype == .bool ? .max : .sum, over, keepdim: keepdim, op: #function)
      .wrt(x) { [shape] g in g.unreduced(over, keepdim, to: shape) }
  }

  /// The sum of the elements that are not NaN over the dimensions `dim`, or over all if none is
  /// named.
  ///
  /// The gradient of a NaN is 0.
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  ///   - dtype: the type to cast to first; by default integers and bool become int64.
  /// - Returns: the sums; the sum of no elements is 0.
  public func nansum(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    let x = castForSum(to: dtype)
    if !x.dtype.isFloatingPoint { return x.sum(dim: dim, keepdim: keepdim, dtype: x.dtype) }
    let over = reductionDims(dim.ints, op: #function)
    let numbers = noGrad { x.maskedFill(x.isnan(), 0) }
    return numbers.reduced(.sum, over, keepdim: keepdim, op: #function)
      .wrt(x) { [x = Saved(x)] g in
        // A product rather than `where`: an infinite or NaN gradient is NaN at the NaNs, as in
        // PyTorch.
        let x = x.value
        return g.unreduced(over, keepdim, to: x.shape) * x.isnan().logicalNot().to(g.dtype)
      }
  }

  /// The sum that reduces this tensor to a shape that broadcasts to its own: the gradient of
  /// broadcasting.
  ///
  /// Dimensions of size 1 in that shape, and leading dimensions that it lacks, are summed over.
  /// Integers become int64 if anything is summed.
  public func sumToSize<S: IntList>(_ size: S, _ more: S...) -> Tensor {
    let shape = size.followed(by: more)
    let added = ndim - shape.count
    require(
      added >= 0
        && shape.indices.allSatisfy { shape[$0] == self.shape[$0 + added] || shape[$0] == 1 },
      """
      sumToSize: the shape \(shape) does not broadcast to \(self.shape), that of the \
      tensor; each size must be that of the tensor, aligned at the end, or 1
      """)
    return sum(to: shape)
  }
}

// MARK: - Means and counts

extension Tensor {
  /// The mean over the dimensions `dim`, or over all if none is named.
  ///
  /// The tensor must be floating-point, or cast to such a `dtype`. The mean of no elements is NaN.
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  ///   - dtype: the type to cast to first; the tensor's own by default.
  @inlinable
  public func mean(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    mean(over: dim.ints, keepdim: keepdim, dtype: dtype)
  }

  @usableFromInline
  func mean(over dims: [Int], keepdim: Bool, dtype: DType?) -> Tensor {
    let x = to(dtype ?? self.dtype)
    x.requireFloating(op: #function)
    let over = reductionDims(dims, op: #function)
    let count = Double(count(over))
    let sum = x.reduced(.sum, over, keepdim: keepdim, op: #function)
    return elementwise(.div, sum, .float(count))
      .wrt(x) { [shape] g in (g / Swift.max(count, 1)).unreduced(over, keepdim, to: shape) }
  }

  /// The mean of the elements that are not NaN over the dimensions `dim`, or over all if none is
  /// named.
  ///
  /// The tensor must be floating-point. Where all elements are NaN, so is the mean, and so is the
  /// gradient; elsewhere the gradient of a NaN is 0.
  /// - Parameters:
  ///   - dim: counted from the end if negative.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  ///   - dtype: the type of the sums; the tensor's own by default.
  public func nanmean(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor
  {
    requireFloating(op: #function)
    _ = reductionDims(dim.ints, op: #function)
    let isNumber = isnan().logicalNot()
    let numbers = nansum(dim: dim, keepdim: keepdim, dtype: dtype)
    return numbers / isNumber.sum(dim: dim, keepdim: keepdim)
  }

  /// How many elements are not zero, over the dimensions `dim` or over all, as int64; NaN is not
  /// zero.
  public func countNonzero(dim: some IntList = []) -> Tensor {
    let over = reductionDims(dim.ints, op: #function)
    return cast(to: .bool).cast(to: .int64)
      .reduced(.sum, over, keepdim: false, op: #function)
  }
}

// MARK: - Products

extension Tensor {
  /// The product over the dimensions `dim`, or over all if none is named.
  ///
  /// The derivative is exact where elements are zero: products are divided by elements only if all
  /// are far from the ends of the dtype's range.
  /// - Parameters:
  ///   - dim: counted from the end if negative. PyTorch takes one dimension or all of them; here
  ///     there may be several.
  ///   - keepdim: whether the reduced dimensions stay, with size 1.
  ///   - dtype: the type to cast to first; by default integers and bool become int64, as in
  ///     PyTorch.
  /// - Returns: the products; the product of no elements is 1.
  public func prod(dim: some IntList = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    let over = reductionDims(dim.ints, op: #function)
    let x = castForSum(to: dtype)
    // The product of bools as a bool is "and".
    var y = x.reduced(x.dtype == .bool ? .min : .prod, over, keepdim: keepdim, op: #function)
    if let whole = x.productOfExtremes(over, keepdim: keepdim, ifNeededFor: y) { y = whole }
    return y.wrt(
      x,
      fused: { [x = Saved(x)] g, y in
        let x = x.value
        // Where quotients are accurate, two passes give what the halves give in many.
        guard x.isOrdinary, elementwise(.abs, y).isWithinRange else {
          return x.slopeOfProduct(g, over, keepdim)
        }
        return g.unreduced(over, keepdim, to: x.shape)
          * (y.unreduced(over, keepdim, to: x.shape) / x)
      },
      meaning: { [x = Saved(x)] g, _ in x.value.slopeOfProduct(g, over, keepdim) })
  }

  /// The derivative of the product over `over`, times `g`.
  private func slopeOfProduct(_ g: Tensor, _ over: [Int], _ keepdim: Bool) -> Tensor {
    if numel == 0 { return .zerosLike(self) }
    return pullback(g, at: self) { $0.productOfHalves(over, keepdim: keepdim) }
  }

  /// The product over `over` by repeated multiplication of the two halves: slower than the kernel,
  /// but its derivatives need no division.
  private func productOfHalves(_ over: [Int], keepdim: Bool) -> Tensor {
    let kept = shape.indices.filter { !over.contains($0) }
    var level = permute(kept + over).reshape(kept.map { shape[$0] } + [count(over)])
    if let order = level.orderAgainstOverflow() {
      level = level.gather(dim: -1, index: order)
    }
    var odd: Tensor?
    while level.size(-1) > 1 {
      let (half, rest) = level.size(-1).quotientAndRemainder(dividingBy: 2)
      if rest == 1 {
        let last = level.narrow(dim: -1, start: 2 * half, length: 1)
        odd = odd.map { $0 * last } ?? last
      }
      level =
        level.narrow(dim: -1, start: 0, length: half)
        * level.narrow(dim: -1, start: half, length: half)
    }
    return (odd.map { level * $0 } ?? level).reshape(reducedShape(over, keepdim: keepdim))
  }

  /// The product over `over` in an order in which it does not overflow on the way, off the tape; nil
  /// unless the product `y` by the kernel may have done so.
  private func productOfExtremes(
    _ over: [Int], keepdim: Bool, ifNeededFor y: Tensor
  ) -> Tensor? {
    if !dtype.isFloatingPoint || numel == 0 { return nil }
    return noGrad {
      if elementwise(.abs, y).isWithinRange { return nil }
      if !hasExtremes { return nil }
      return detach().productOfHalves(over, keepdim: keepdim)
    }
  }

  /// Whether one of the magnitudes is so large, or so small and not 0, that few of them have a
  /// product outside of the range of the dtype; off the tape.
  private var hasExtremes: Bool {
    if isOrdinary { return false }
    let (least, greatest) = dtype.extreme
    let sizes = elementwise(.abs, self)
    return (sizes .> greatest).logicalOr((sizes .< least).logicalAnd(sizes .> 0)).any()
      .item(as: Bool.self)
  }

  /// Whether all magnitudes are far from the ends of the range of the dtype; none is 0 then. Off the
  /// tape.
  private var isOrdinary: Bool {
    let (least, greatest) = dtype.extreme
    let all = Array(shape.indices)
    return reduced(.min, of: .abs, all, keepdim: false, op: #function).item() >= least
      && reduced(.max, of: .abs, all, keepdim: false, op: #function).item() <= greatest
  }

  /// The order of elements in which ``productOfHalves(_:keepdim:)`` multiplies the largest ones by
  /// the smallest ones, so that no product on the way overflows or vanishes where the whole does not;
  /// nil if there are no elements of such sizes.
  private func orderAgainstOverflow() -> Tensor? {
    noGrad {
      let n = size(-1)
      if !hasExtremes { return nil }
      // The second half is multiplied by the first, in which the order is the opposite.
      let order = detach().abs().argsort(dim: -1), half = n / 2
      return Autograd.cat(
        [
          order.narrow(dim: -1, start: 0, length: half),
          order.narrow(dim: -1, start: n - half, length: half).flip(-1),
          order.narrow(dim: -1, start: half, length: n % 2),
        ], dim: -1)
    }
  }
}

// MARK: - Truth

extension Tensor {
  /// Whether any element is not zero, over the dimensions `dim` or over all; false if there is
  /// none.
  ///
  /// The result is bool; PyTorch's is uint8 for a uint8 tensor.
  public func any(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    let over = reductionDims(dim.ints, op: #function)
    return cast(to: .bool).reduced(.max, over, keepdim: keepdim, op: #function)
  }

  /// Whether no element is zero, over the dimensions `dim` or over all; true if there is none.
  ///
  /// The result is bool; PyTorch's is uint8 for a uint8 tensor.
  public func all(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    let over = reductionDims(dim.ints, op: #function)
    return cast(to: .bool).reduced(.min, over, keepdim: keepdim, op: #function)
  }
}

// MARK: - What reductions share

extension Tensor {
  /// The dimensions of a reduction over `dims`, sorted: all if `dims` is empty.
  func reductionDims(_ dims: [Int], op: StaticString) -> [Int] {
    // Dimension 0 or −1 of a 0-d tensor is accepted, but there is nothing to reduce.
    let found = shape.dimensions(dims, op: op)
    if found.count == 1 { return ndim == 0 ? [] : found }
    return found.filter { $0 < ndim }.sorted()
  }

  /// The number of elements that a reduction over `dims` combines into one.
  func count(_ dims: [Int]) -> Int { dims.reduce(1) { $0 * shape[$1] } }

  /// Stops unless the elements are real numbers.
  func requireFloating(op: StaticString) {
    require(
      dtype.isFloatingPoint,
      "\(opName(op)): not defined for \(dtype) tensors; cast with to(.float32)")
  }

  /// The elements in the type of sums and products: `dtype`, or int64 for integers and bool; on the
  /// tape.
  func castForSum(to dtype: DType?) -> Tensor {
    to(dtype ?? self.dtype.sumType)
  }

  /// Broadcasts the result of a reduction over `dims` (sorted) back to the shape `target`.
  func unreduced(_ dims: [Int], _ keepdim: Bool, to target: [Int]) -> Tensor {
    let kept = keepdim ? self : reshape(target.indices.map { dims.contains($0) ? 1 : target[$0] })
    return kept.expand(target)
  }

  /// The sum over what broadcasting added, so that the result has the shape `target`.
  func sum(to target: [Int], rule: StaticString = "rule") -> Tensor {
    if shape == target { return self }
    let added = ndim - target.count
    require(
      added >= 0
        && target.indices.allSatisfy { target[$0] == shape[$0 + added] || target[$0] == 1 },
      """
      \(opName(rule)): its derivative has shape \(shape), which is not that of the input, \
      \(target), nor broadcast from it
      """)
    let over = shape.indices.filter { $0 < added || (target[$0 - added] == 1 && shape[$0] != 1) }
    let total = sum(dim: over, keepdim: over.count > added)
    return total.shape == target ? total : total.reshape(target)
  }
}
