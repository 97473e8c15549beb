// Tensors of evenly spaced numbers, and the identity matrix.

extension Tensor {
  /// The numbers 0, 1, 2, … below `end`.
  ///
  /// - Parameters:
  ///   - end: where to stop.
  ///   - dtype: by default int64 for an integer, else ``DType/default``.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func arange<S: TensorScalar>(
    _ end: S, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    arange(.int(0), end.scalar, .int(1), dtype ?? S.defaultDType, requiresGrad)
  }

  /// The numbers start + i·step from `start` up to `end`, which is left out: ⌈(end − start) / step⌉ of
  /// them.
  ///
  /// With a fractional step rounding decides whether the last number is below `end`: `linspace` is
  /// given the count instead.
  ///
  /// - Parameters:
  ///   - step: 1 by default; negative to count down.
  ///   - dtype: by default int64 for integers, else ``DType/default``.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  ///   - start: where to begin.
  ///   - end: where to stop.
  public static func arange<S: TensorScalar>(
    _ start: S, _ end: S, _ step: S? = nil, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    arange(
      start.scalar, end.scalar, step?.scalar ?? .int(1), dtype ?? S.defaultDType, requiresGrad)
  }

  private static func arange(
    _ start: Scalar, _ end: Scalar, _ step: Scalar, _ dtype: DType, _ requiresGrad: Bool
  ) -> Tensor {
    let (first, last, width) = (start.double, end.double, step.double)
    require(
      first.isFinite && last.isFinite && width.isFinite && width != 0,
      "arange: from \(first) to \(last) by \(width) is no range; bounds are finite, steps not 0")
    require(
      first == last || (first < last) == (width > 0),
      "arange: a step of \(width) does not lead from \(first) to \(last); change its sign")
    if dtype.category == .integer {
      return whole(start.int64, end.int64, step.int64, dtype, requiresGrad)
    }
    let count = Int(exactly: ((last - first) / width).rounded(.up))
    require(
      (count ?? .max) < .max / 8, "arange: \((last - first) / width) numbers are too many")
    let numbers = (0..<count!).map { first + Double($0) * width }
    return Tensor(numbers, shape: [count!], dtype: dtype, requiresGrad: requiresGrad)
  }

  /// The range in whole numbers, which reals do not count exactly.
  private static func whole(
    _ start: Int64, _ end: Int64, _ step: Int64, _ dtype: DType, _ requiresGrad: Bool
  ) -> Tensor {
    require(step != 0, "arange: the step truncates to 0 in \(dtype); give a dtype of real numbers")
    let (span, overflow) = end.subtractingReportingOverflow(start)
    require(!overflow, "arange: from \(start) to \(end) there are too many numbers")
    let (steps, rest) = span.magnitude.quotientAndRemainder(dividingBy: step.magnitude)
    let count = Int(clamping: steps) + (rest == 0 ? 0 : 1)
    let y = Tensor(uninitialized: [count], .int64)
    let numbers = y.elements(as: Int64.self)
    for i in numbers.indices { numbers[i] = start &+ Int64(i) &* step }
    let result = y.cast(to: dtype)
    result.requiresGrad = requiresGrad
    return result
  }

  /// `steps` numbers from `start` to `end`, both included, evenly spaced.
  ///
  /// The first half is counted from `start`, the other back from `end`, so that both are met exactly.
  public static func linspace(
    _ start: Double, _ end: Double, _ steps: Int, dtype: DType = .default,
    requiresGrad: Bool = false
  ) -> Tensor {
    require(steps >= 0, "linspace: \(steps) numbers were asked for; give 0 or more")
    let step = steps > 1 ? (end - start) / Double(steps - 1) : 0
    let numbers = (0..<steps).map { i in
      i < steps / 2 || steps == 1 ? start + step * Double(i) : end - step * Double(steps - 1 - i)
    }
    return Tensor(numbers, shape: [steps], dtype: dtype, requiresGrad: requiresGrad)
  }

  /// The matrix of `n` rows and `m` columns, by default as many, with ones on the diagonal and zeros
  /// elsewhere.
  public static func eye(
    _ n: Int, _ m: Int? = nil, dtype: DType = .default, requiresGrad: Bool = false
  ) -> Tensor {
    let y = Tensor.zeros([n, m ?? n], dtype: dtype)
    y.alias(y.layout.diagonal(above: 0, 0, 1)).assign(.int(1))
    y.requiresGrad = requiresGrad
    return y
  }
}
