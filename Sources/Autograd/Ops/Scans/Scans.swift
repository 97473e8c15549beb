// Running reductions along a dimension.
//
// Their derivatives are linear recurrences, y[i] = b[i] + a[i]·y[i − 1]: exact where elements are 0 or
// far apart, since nothing is divided and no large number taken from another. The derivative of a
// recurrence is again one, from the other end.

// MARK: - Sums and products

extension Tensor {
  /// The running sum along dimension `dim`: element i of the result is the sum of elements 0 … i.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; by default integers and bool become int64, as in PyTorch.
  public func cumsum(dim: Int, dtype: DType? = nil) -> Tensor {
    castForSum(to: dtype).runningSum(shape.dimension(dim, op: #function), reversed: false)
  }

  private func runningSum(_ d: Int, reversed: Bool) -> Tensor {
    scanned(.cumsum, d, reversed: reversed, op: "cumsum")
      .wrt(self, op: "cumsum") { g in g.runningSum(d, reversed: !reversed) }
  }

  /// The running product along dimension `dim`: element i of the result is the product of elements
  /// 0 … i.
  ///
  /// The derivative is exact where elements are zero: no product is divided by an element.
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - dtype: the type to cast to first; by default integers and bool become int64, as in PyTorch.
  public func cumprod(dim: Int, dtype: DType? = nil) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    let x = castForSum(to: dtype)
    return x.scanned(.cumprod, d, op: #function)
      .wrt(x) { [x = Saved(x)] g, y in
        if y.ndim == 0 || y.numel == 0 { return g }
        // dL/dx[k] = Π x[..<k] · Σ g[i]·Π x[k<…i] over i ≥ k.
        let before = y.delayed(d, behind: .onesLike(y.narrow(dim: d, start: 0, length: 1)))
        return before * g.recurrence(x.value, d, transposed: true)
      }
  }
}

// MARK: - Logarithms of sums

extension Tensor {
  /// The running ln Σ exp(x) along dimension `dim`, without overflow on the way: element i of the
  /// result is the logarithm of the sum of the exponentials of elements 0 … i.
  ///
  /// The tensor must be floating-point. Elements of −∞ count for nothing; the derivative at a first
  /// run of them is NaN, as in PyTorch.
  /// - Parameter dim: the dimension, counted from the end if negative.
  public func logcumsumexp(dim: Int) -> Tensor {
    requireFloating(op: #function)
    let d = shape.dimension(dim, op: #function)
    return scanned(.logcumsumexp, d, op: #function)
      .wrt(self) { [x = Saved(self)] g, y in
        let x = x.value
        if y.ndim == 0 || y.numel == 0 { return g * (x - y).exp() }
        // dL/dx[k] = e^(x[k] − y[k]) · Σ g[i]·e^(y[k] − y[i]) over i ≥ k; y never falls, so that no
        // exponent is positive. Infinities are not subtracted from each other: what depends on them is
        // NaN, and nothing else, in derivatives of every order.
        let isUndefined = (x .== y).logicalAnd(y.isinf())
        let share = (x.maskedFill(isUndefined, 0) - y.maskedFill(isUndefined, 0)).exp()
        let before = y.delayed(d, behind: y.narrow(dim: d, start: 0, length: 1))
        let isSame = (before .== y).logicalAnd(y.isinf())
        let fall = (before.maskedFill(isSame, 0) - y.maskedFill(isSame, 0)).exp()
        return Autograd.where(
          isUndefined, Double.nan, share * g.recurrence(fall, d, transposed: true))
      }
  }
}

// MARK: - Recurrences

extension Tensor {
  /// y[i] = b[i] + a[i]·y[i − 1] along dimension `d`, b being this tensor and a being `factors`; or,
  /// `transposed`, y[i] = b[i] + a[i + 1]·y[i + 1]. Both have the same shape, and at least one dimension.
  private func recurrence(_ factors: Tensor, _ d: Int, transposed: Bool) -> Tensor {
    recurred(factors, d, transposed: transposed)
      .wrt(self) { [a = Saved(factors)] g in g.recurrence(a.value, d, transposed: !transposed) }
      .wrt(factors) { [a = Saved(factors)] g, y in
        let slope = g.recurrence(a.value, d, transposed: !transposed)
        let nothing = Tensor.zerosLike(y.narrow(dim: d, start: 0, length: 1))
        return transposed
          ? slope.delayed(d, behind: nothing) * y : slope * y.delayed(d, behind: nothing)
      }
  }

  /// The elements moved one place on along dimension `d`, behind `first`; the last falls off.
  private func delayed(_ d: Int, behind first: Tensor) -> Tensor {
    Autograd.cat([first, narrow(dim: d, start: 0, length: shape[d] - 1)], dim: d)
  }
}
