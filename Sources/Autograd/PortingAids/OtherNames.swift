// Porting aids: names that PyTorch has besides, and functions that are elsewhere here. See
// Properties.swift.

// MARK: - Other names

extension Tensor {
  @available(*, unavailable, message: "use newTensor(values)")
  public func new_tensor(_ values: some TensorElement) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use Tensor(values)")
  public static func tensor(
    _ values: some TensorElement, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use Tensor(values)")
  public static func from_numpy(_ values: some TensorElement) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use Tensor(values)")
  public static func fromNumpy(_ values: some TensorElement) -> Tensor { fatalError() }

  @available(
    *, unavailable,
    message: "use the function stack(tensors, dim:); in an extension of Tensor, Autograd.stack"
  )
  public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor { fatalError() }

  @available(
    *, unavailable,
    message: "use the function cat(tensors, dim:); in an extension of Tensor, Autograd.cat"
  )
  public static func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use manualSeed(seed)")
  public static func manual_seed(_ seed: Int) { fatalError() }

  @available(*, unavailable, message: "use the function manualSeed(seed)")
  public static func manualSeed(_ seed: Int) { fatalError() }

  @available(*, unavailable, message: "use -x")
  public func neg() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use -x")
  public func negative() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use abs()")
  public func absolute() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use clamp(min:max:)")
  public func clip(_ min: some TensorScalar, _ max: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use clamp(min:max:)")
  public func clip(min: some TensorScalar, max: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x * y")
  public func multiply(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x / y")
  public func divide(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x - y")
  public func subtract(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use y - x")
  public func rsub(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use transpose(dim0, dim1)")
  public func swapaxes(_ dim0: Int, _ dim1: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use movedim(source, destination)")
  public func moveaxis(_ source: some IntList, _ destination: some IntList) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use flatten()")
  public func ravel() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use gt(other), or x .> y")
  public func greater(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use lt(other), or x .< y")
  public func less(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cat([x, y], dim:)")
  public func concat(_ other: Tensor, dim: Int = 0) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use inv()")
  public func inverse() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use sign()")
  public func sgn() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use trunc()")
  public func fix() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use Tensor.randint(from, to, shape)")
  public func random_(_ from: Int, _ to: Int) -> Tensor { fatalError() }
}

@available(*, unavailable, message: "use noGrad { }")
public func withNoGrad<R>(_ body: () throws -> R) -> R { fatalError() }

extension Tensor {
  @available(*, unavailable, message: "use allclose(_:rtol:atol:)")
  public func allClose(_ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8) -> Bool {
    fatalError()
  }

  @available(*, unavailable, message: "use leakyRelu(negativeSlope:)")
  public func leakyReLU(_ negativeSlope: Double = 0.01) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logSigmoid()")
  public func logsigmoid() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(other.dtype)")
  public func type_as(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(other.dtype)")
  public func typeAs(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use array(of: Float.self)")
  public func toArray() -> [Float] { fatalError() }

  @available(*, unavailable, message: "use maskedFill(mask, value) without labels")
  public func maskedFill(mask: Tensor, value: some TensorScalar) -> Tensor { fatalError() }
}
