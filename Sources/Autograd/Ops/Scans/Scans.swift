// Cumulative sums, products and log-sum-exps along a dimension.
//
// The derivatives of products and log-sum-exps are linear recurrences, y[i] = b[i] + a[i]·y[i − 1].
// They neither divide nor subtract large numbers, so they stay accurate where elements are 0 or
// differ by orders of magnitude. The derivative of a recurrence is a recurrence in the opposite
// direction.

// MARK: - Sums and products

extension Tensor {
  /// The cumulative sum along dimension `dim`: element i of the result is the sum of elements 0…i.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the dtype to cast to first; by default integers and bools become int64, as in
  ///     PyTorch.
  public func cumsum(dim: Int, dtype: DType? = nil) -> Tensor {
    castForSum(to: dtype).runningSum(shape.dimension(dim, op: #function), reversed: false)
  }

  private func runningSum(_ d: Int, reversed: Bool) -> Tensor {
    scanned(.cumsum, d, reversed: reversed, op: "cumsum")
      .wrt(self, op: "cumsum") { g in g.runningSum(d, reversed: !reversed) }
  }

  /// The cumulative product along dimension `dim`: element i of the result is the product of
  /// elements 0…i.
  ///
  /// The derivative is exact where elements are 0, because no product is divided by an element.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the dtype to cast to first; by default integers and bools become int64, as in
  ///     PyTorch.
  public func cumprod(dim: Int, dtype: DType? = nil) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    let x = castForSum(to: dtype)
    return x.scanned(.cumprod, d, op: #function)
      .wrt(x) { [x = Saved(x)] g, y in
        if y.ndim == 0 || y.numel == 0 { return g }
        // dL/dx[k] = Π x[..<k] · Σ g[i]·Π x[k<…i] over i ≥ k.
        let before = y.shifted(d, first: .onesLike(y.narrow(dim: d, start: 0, length: 1)))
        return before * g.recurrence(x.value, d, transposed: true)
      }
  }
}

// MARK: - Logarithms of sums

extension Tensor {
  /// The cumulative log-sum-exp along dimension `dim`, without overflow: element i of the result is
  /// ln Σ exp(x) over elements 0…i.
  ///
  /// The tensor must be floating-point. Elements of −∞ add zero to the sum. At leading elements of
  /// −∞ the derivative of a finite result is 0, and that of a result of −∞ is NaN, except of the
  /// first, which is its element; PyTorch's derivative is NaN there.
  /// - Parameter dim: the dimension, counted from the end if negative.
  public func logcumsumexp(dim: Int) -> Tensor {
    requireFloating(op: #function)
    let d = shape.dimension(dim, op: #function)
    return scanned(.logcumsumexp, d, op: #function)
      .wrt(self) { [x = Saved(self)] g, y in
        let x = x.value
        if y.ndim == 0 || y.numel == 0 { return g * (x - y).exp() }
        // dL/dx[k] = e^(x[k] − y[k]) · Σ g[i]·e^(y[k] − y[i]) over i ≥ k. As y never decreases, no
        // exponent is positive. Equal infinities are replaced before the subtraction, so that
        // exactly the undefined elements are NaN, in derivatives of every order.
        let isUndefined = (x .== y).logicalAnd(y.isinf())
        let share = (x.maskedFill(isUndefined, 0) - y.maskedFill(isUndefined, 0)).exp()
        let before = y.shifted(d, first: y.narrow(dim: d, start: 0, length: 1))
        let isSame = (before .== y).logicalAnd(y.isinf())
        let fall = (before.maskedFill(isSame, 0) - y.maskedFill(isSame, 0)).exp()
        let defined = share * g.recurrence(fall, d, transposed: true)
        return Autograd.where(isUndefined, g.atInfinities(of: y, d), defined)
      }
  }
}

extension Tensor {
  /// The gradient of infinite elements of `logcumsumexp`, where the result `y` is the same: that of
  /// result 0 with respect to its element; NaN if another infinite result has a gradient.
  fileprivate func atInfinities(of y: Tensor, _ d: Int) -> Tensor {
    let g = detach()
    let isFirst = Tensor.arange(y.size(d)).eq(0)
      .reshape(y.shape.indices.map { $0 == d ? y.size(d) : 1 })
    let isUndefined = y.detach().isinf().logicalAnd(g.ne(0)).logicalAnd(isFirst.logicalNot())
    let reaches = isUndefined.to(.int64).flip(d).cumsum(dim: d).flip(d).gt(0)
    return Autograd.where(reaches, Double.nan, self * isFirst.to(g.dtype))
  }
}

// MARK: - Recurrences

extension Tensor {
  /// y[i] = b[i] + a[i]·y[i − 1] along dimension `d`, where b is this tensor and a is `factors`; if
  /// `transposed`, y[i] = b[i] + a[i + 1]·y[i + 1]. Both have one shape, of at least 1 dimension.
  private func recurrence(_ factors: Tensor, _ d: Int, transposed: Bool) -> Tensor {
    recurred(factors, d, transposed: transposed)
      .wrt(self) { [a = Saved(factors)] g in g.recurrence(a.value, d, transposed: !transposed) }
      .wrt(factors) { [a = Saved(factors)] g, y in
        let slope = g.recurrence(a.value, d, transposed: !transposed)
        let zero = Tensor.zerosLike(y.narrow(dim: d, start: 0, length: 1))
        return transposed
          ? slope.shifted(d, first: zero) * y : slope * y.shifted(d, first: zero)
      }
  }

  /// The elements moved back by one index along dimension `d`, with `first` at index 0; the last is
  /// dropped.
  private func shifted(_ d: Int, first: Tensor) -> Tensor {
    Autograd.cat([first, narrow(dim: d, start: 0, length: shape[d] - 1)], dim: d)
  }
}
