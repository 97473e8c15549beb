// Tensors of evenly spaced numbers, and the identity matrix.

// MARK: - A given step

extension Tensor {
  /// The numbers 0, 1, 2, … below `end`.
  ///
  /// - Parameters:
  ///   - end: the end, exclusive.
  ///   - dtype: by default int64 for an integer, else ``DType/default``.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func arange<S: TensorScalar>(
    _ end: S, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    arange(.int(0), end.scalar, .int(1), dtype, requiresGrad)
  }

  /// The numbers start + i·step from `start` up to `end`, which is left out: ⌈(end − start) / step⌉
  /// of them.
  ///
  /// With a fractional step, whether the last number is below `end` depends on rounding; `linspace`
  /// takes the count instead. For an integer dtype the numbers are counted before start and step
  /// are truncated, as in PyTorch.
  ///
  /// - Parameters:
  ///   - start: the first number.
  ///   - end: the end, exclusive.
  ///   - step: 1 by default; negative to count down.
  ///   - dtype: by default int64 for integers, else ``DType/default``.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func arange<S: TensorScalar>(
    _ start: S, _ end: S, _ step: S? = nil, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    arange(start.scalar, end.scalar, step?.scalar ?? .int(1), dtype, requiresGrad)
  }

  private static func arange(
    _ start: Scalar, _ end: Scalar, _ step: Scalar, _ dtype: DType?, _ requiresGrad: Bool
  ) -> Tensor {
    let (first, last, width) = (start.double, end.double, step.double)
    require(
      first.isFinite && last.isFinite && width.isFinite && width != 0,
      """
      arange: the bounds must be finite and the step not 0, but they are \(first), \(last) \
      and \(width)
      """)
    let isWhole = [start, end, step].allSatisfy { $0.category < .floating }
    // Large integers can be equal as real numbers.
    let (isEmpty, isUpwards) =
      isWhole ? (start.int64 == end.int64, start.int64 < end.int64) : (first == last, first < last)
    require(
      isEmpty || isUpwards == (width > 0),
      """
      arange: a step of \(step.text) does not lead from \(start.text) to \(end.text); change its \
      sign
      """)
    let dtype = dtype ?? (isWhole ? .int64 : .default)
    requireNumbers(dtype, op: #function)
    let count = isWhole ? count(start.int64, end.int64, step.int64) : count(first, last, width)
    if dtype.category == .integer {
      for number in [start, step] { requireFit(number, in: .int64, "number", op: "arange") }
    }
    let result =
      dtype.category == .integer
      ? range(count, from: start.int64, by: step.int64, dtype)
      : range(count, from: first, by: width, dtype)
    result.requiresGrad = requiresGrad
    return result
  }

  private static func count(_ start: Double, _ end: Double, _ step: Double) -> Int {
    let count = Int(exactly: ((end - start) / step).rounded(.up))
    require((count ?? .max) < .max / 8, "arange: \((end - start) / step) elements are too many")
    return count!
  }

  /// The count for integers, computed without rounding.
  private static func count(_ start: Int64, _ end: Int64, _ step: Int64) -> Int {
    let (span, overflow) = end.subtractingReportingOverflow(start)
    require(!overflow, "arange: from \(start) to \(end) there are too many elements")
    let (steps, rest) = span.magnitude.quotientAndRemainder(dividingBy: step.magnitude)
    return Int(clamping: steps) + (rest == 0 ? 0 : 1)
  }
}

// MARK: - A given count

extension Tensor {
  /// `steps` numbers from `start` to `end`, both included, evenly spaced.
  ///
  /// The first half is computed from `start`, the second back from `end`, so that both ends are
  /// exact. For an integer dtype the bounds are truncated first, and then the numbers.
  ///
  /// - Parameters:
  ///   - start: the first number.
  ///   - end: the last number.
  ///   - steps: how many there are.
  ///   - dtype: any but bool.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func linspace(
    _ start: Double, _ end: Double, _ steps: Int, dtype: DType = .default,
    requiresGrad: Bool = false
  ) -> Tensor {
    let y = spaced(start, end, steps, dtype, op: #function).cast(to: dtype)
    y.requiresGrad = requiresGrad
    return y
  }

  /// `steps` numbers from `base` to the `start` to `base` to the `end`, both included, whose
  /// exponents are evenly spaced, as `linspace` spaces them.
  ///
  /// - Parameters:
  ///   - start: the first exponent.
  ///   - end: the last exponent.
  ///   - steps: how many numbers there are.
  ///   - base: the base.
  ///   - dtype: any but bool. For an integer dtype the exponents are not truncated, unlike their
  ///     bounds.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func logspace(
    _ start: Double, _ end: Double, _ steps: Int, base: Double = 10, dtype: DType = .default,
    requiresGrad: Bool = false
  ) -> Tensor {
    let exponents = spaced(start, end, steps, dtype, op: #function)
    let y = elementwise(.pow, exponents, .float(base), isReversed: true).cast(to: dtype)
    y.requiresGrad = requiresGrad
    return y
  }

  /// Evenly spaced numbers: float64 if the result is converted to integers, else `dtype`, because
  /// PyTorch computes in the precision of the result, on which the values near 0 depend.
  private static func spaced(
    _ start: Double, _ end: Double, _ steps: Int, _ dtype: DType, op: StaticString
  ) -> Tensor {
    requireNumbers(dtype, op: op)
    require(steps >= 0, "\(opName(op)): steps must not be negative, but it is \(steps)")
    if dtype.isFloatingPoint { return evenlySpaced(steps, from: start, to: end, dtype, op: op) }
    for bound in [start, end] { requireFit(.float(bound), in: dtype, "bound", op: op) }
    return evenlySpaced(
      steps, from: start.rounded(.towardZero), to: end.rounded(.towardZero), .float64, op: op)
  }
}

// MARK: - Helpers

extension Tensor {
  private static func requireNumbers(_ dtype: DType, op: StaticString) {
    require(
      dtype != .bool, "\(opName(op)): not defined for bool; give a dtype of numbers, or compare it")
  }
}

// MARK: - The identity matrix

extension Tensor {
  /// The matrix of `n` rows and `m` columns, by default as many, with ones on the diagonal and
  /// zeros elsewhere.
  ///
  /// - Parameters:
  ///   - n: the rows.
  ///   - m: the columns.
  ///   - dtype: the element type.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func eye(
    _ n: Int, _ m: Int? = nil, dtype: DType = .default, requiresGrad: Bool = false
  ) -> Tensor {
    let m = m ?? n
    require(n >= 0 && m >= 0, "eye: n and m must not be negative, but they are \(n) and \(m)")
    let y = Tensor.filled([n, m], .int(0), dtype, op: #function)
    y.alias(y.layout.diagonal(above: 0, 0, 1)).assign(.int(1))
    y.requiresGrad = requiresGrad
    return y
  }
}
