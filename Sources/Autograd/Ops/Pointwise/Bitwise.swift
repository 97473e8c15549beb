// Operations on the bits of integers, or on truth values: PyTorch's bitwise_and, bitwise_or, bitwise_xor
// and bitwise_not.

extension Tensor {
  /// The bits that are set in both, with broadcasting; of truth values, whether both are true.
  ///
  /// For integers and truth values. With numbers in place of either: `flags & 1`.
  public static func & (a: Tensor, b: Tensor) -> Tensor { bitwise(.bitAnd, a, b, "bitwise_and") }
  /// The bits of `a` that are set in the number `b`.
  public static func & (a: Tensor, b: some TensorScalar) -> Tensor { a & a.scalarTensor(b) }
  /// The bits of `b` that are set in the number `a`.
  public static func & (a: some TensorScalar, b: Tensor) -> Tensor { b & a }

  /// The bits that are set in one or both, with broadcasting; of truth values, whether one or both are true.
  ///
  /// For integers and truth values.
  public static func | (a: Tensor, b: Tensor) -> Tensor { bitwise(.bitOr, a, b, "bitwise_or") }
  /// The bits that are set in `a` or in the number `b`.
  public static func | (a: Tensor, b: some TensorScalar) -> Tensor { a | a.scalarTensor(b) }
  /// The bits that are set in `b` or in the number `a`.
  public static func | (a: some TensorScalar, b: Tensor) -> Tensor { b | a }

  /// The bits that are set in exactly one, with broadcasting; of truth values, whether exactly one is true.
  ///
  /// For integers and truth values.
  public static func ^ (a: Tensor, b: Tensor) -> Tensor { bitwise(.bitXor, a, b, "bitwise_xor") }
  /// The bits that are set in either `a` or the number `b`.
  public static func ^ (a: Tensor, b: some TensorScalar) -> Tensor { a ^ a.scalarTensor(b) }
  /// The bits that are set in either `b` or the number `a`.
  public static func ^ (a: some TensorScalar, b: Tensor) -> Tensor { b ^ a }

  /// The bits inverted; of truth values, whether they are false.
  ///
  /// For integers and truth values.
  public static prefix func ~ (x: Tensor) -> Tensor {
    requireBits(x.dtype, "bitwise_not")
    return elementwise(.bitNot, x)
  }

  private static func bitwise(_ kernel: ElementwiseKernel, _ a: Tensor, _ b: Tensor, _ op: StaticString)
    -> Tensor
  {
    requireBits(resultType(a, b), op)
    return elementwise(kernel, a, b, op: op)
  }

  private static func requireBits(_ dtype: DType, _ op: StaticString) {
    require(
      !dtype.isFloatingPoint,
      """
      \(op): for integers and truth values, not \(dtype); compare first, cast with to(.int64), or use \
      logicalAnd, logicalOr, logicalXor or logicalNot
      """)
  }
}
