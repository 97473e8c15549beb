// The four operations, with broadcasting and promotion.

extension Tensor {
  /// Element-wise sum, with broadcasting.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    elementwise(.add, a, b).wrt(a) { g in g }.wrt(b) { g in g }
  }

  /// Element-wise difference, with broadcasting.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    elementwise(.sub, a, b).wrt(a) { g in g }.wrt(b) { g in -g }
  }

  /// Element-wise product, with broadcasting.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    elementwise(.mul, a, b)
      .wrt(a) { [b = Saved(b)] g in g * b.value }
      .wrt(b) { [a = Saved(a)] g in g * a.value }
  }

  /// Element-wise quotient, with broadcasting. Integers are divided as real numbers.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    elementwise(.div, a, b)
      .wrt(a) { [b = Saved(b)] g in g / b.value }
      .wrt(b) { [b = Saved(b)] g, y in -g * (y / b.value) }
  }

  /// The elements with their signs changed.
  public static prefix func - (x: Tensor) -> Tensor {
    elementwise(.neg, x).wrt(x) { g in -g }
  }
}

// MARK: - With a number

extension Tensor {
  /// Adds `b` to each element.
  public static func + <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(.add, a, b.scalar).wrt(a) { g in g }
  }

  /// Adds `a` to each element.
  public static func + <S: TensorScalar>(a: S, b: Tensor) -> Tensor { b + a }

  /// Subtracts `b` from each element.
  public static func - <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(.sub, a, b.scalar).wrt(a) { g in g }
  }

  /// Subtracts each element from `a`.
  public static func - <S: TensorScalar>(a: S, b: Tensor) -> Tensor {
    elementwise(.sub, b, a.scalar, isReversed: true).wrt(b) { g in -g }
  }

  /// Multiplies each element by `b`.
  public static func * <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(.mul, a, b.scalar).wrt(a) { g in g * b }
  }

  /// Multiplies each element by `a`.
  public static func * <S: TensorScalar>(a: S, b: Tensor) -> Tensor { b * a }

  /// Divides each element by `b`. Integers are divided as real numbers.
  public static func / <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(.div, a, b.scalar).wrt(a) { g in g / b }
  }

  /// Divides `a` by each element.
  public static func / <S: TensorScalar>(a: S, b: Tensor) -> Tensor {
    elementwise(.div, b, a.scalar, isReversed: true)
      .wrt(b) { [b = Saved(b)] g, y in -g * (y / b.value) }
  }
}

// MARK: - Rebinding

extension Tensor {
  /// Rebinds `a` to `a + b`; the old tensor is not changed. For a change in place there is `add_`.
  public static func += (a: inout Tensor, b: Tensor) { a = a + b }
  /// Rebinds `a` to `a - b`.
  public static func -= (a: inout Tensor, b: Tensor) { a = a - b }
  /// Rebinds `a` to `a * b`.
  public static func *= (a: inout Tensor, b: Tensor) { a = a * b }
  /// Rebinds `a` to `a / b`.
  public static func /= (a: inout Tensor, b: Tensor) { a = a / b }
  /// Rebinds `a` to `a + b`.
  public static func += <S: TensorScalar>(a: inout Tensor, b: S) { a = a + b }
  /// Rebinds `a` to `a - b`.
  public static func -= <S: TensorScalar>(a: inout Tensor, b: S) { a = a - b }
  /// Rebinds `a` to `a * b`.
  public static func *= <S: TensorScalar>(a: inout Tensor, b: S) { a = a * b }
  /// Rebinds `a` to `a / b`.
  public static func /= <S: TensorScalar>(a: inout Tensor, b: S) { a = a / b }
}
