// Bitwise operations on integer and bool tensors.

extension Tensor {
  /// Bitwise "and", with broadcasting: PyTorch's `bitwise_and`.
  ///
  /// Both tensors hold integers or bools. Either may be a scalar: `flags & 1`.
  public static func & (a: Tensor, b: Tensor) -> Tensor { bitwise(.bitAnd, a, b, "bitwise_and") }
  /// Bitwise "and" of each element and the scalar `b`.
  public static func & (a: Tensor, b: some TensorScalar) -> Tensor { a & a.scalarTensor(b) }
  /// Bitwise "and" of each element and the scalar `a`.
  public static func & (a: some TensorScalar, b: Tensor) -> Tensor { b & a }

  /// Bitwise "or", with broadcasting: PyTorch's `bitwise_or`.
  ///
  /// Both tensors hold integers or bools.
  public static func | (a: Tensor, b: Tensor) -> Tensor { bitwise(.bitOr, a, b, "bitwise_or") }
  /// Bitwise "or" of each element and the scalar `b`.
  public static func | (a: Tensor, b: some TensorScalar) -> Tensor { a | a.scalarTensor(b) }
  /// Bitwise "or" of each element and the scalar `a`.
  public static func | (a: some TensorScalar, b: Tensor) -> Tensor { b | a }

  /// Bitwise "exclusive or", with broadcasting: PyTorch's `bitwise_xor`.
  ///
  /// Both tensors hold integers or bools.
  public static func ^ (a: Tensor, b: Tensor) -> Tensor { bitwise(.bitXor, a, b, "bitwise_xor") }
  /// Bitwise "exclusive or" of each element and the scalar `b`.
  public static func ^ (a: Tensor, b: some TensorScalar) -> Tensor { a ^ a.scalarTensor(b) }
  /// Bitwise "exclusive or" of each element and the scalar `a`.
  public static func ^ (a: some TensorScalar, b: Tensor) -> Tensor { b ^ a }

  /// Bitwise "not": PyTorch's `bitwise_not`. Of bool tensors it is the logical "not".
  ///
  /// The tensor holds integers or bools.
  public static prefix func ~ (x: Tensor) -> Tensor {
    requireBits(x.dtype, "bitwise_not")
    return elementwise(.bitNot, x)
  }

  private static func bitwise(
    _ kernel: ElementwiseKernel, _ a: Tensor, _ b: Tensor, _ op: StaticString
  ) -> Tensor {
    requireBits(resultType(a, b), op)
    return elementwise(kernel, a, b, op: op)
  }

  private static func requireBits(_ dtype: DType, _ op: StaticString) {
    require(
      !dtype.isFloatingPoint,
      """
      \(op): expected integer or bool tensors, got \(dtype); cast with to(.int64), or use \
      logicalAnd, logicalOr, logicalXor or logicalNot
      """)
  }
}
