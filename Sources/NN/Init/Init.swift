// The initialisation of parameters: PyTorch's `torch.nn.init`, with the same random numbers.
//
// Each function overwrites a tensor, off the tape, and returns it.

import Autograd

// MARK: - Constants

/// Sets every element to `value`.
@discardableResult
public func constant_(_ x: Tensor, _ value: Double) -> Tensor { noGrad { x.fill_(value) } }

/// Sets every element to 0.
@discardableResult
public func zeros_(_ x: Tensor) -> Tensor { constant_(x, 0) }

/// Sets every element to 1.
@discardableResult
public func ones_(_ x: Tensor) -> Tensor { constant_(x, 1) }

/// Sets a matrix to 1 on the diagonal and 0 elsewhere: a ``Linear`` layer with it returns its
/// inputs.
@discardableResult
public func eye_(_ x: Tensor) -> Tensor {
  require(x.ndim == 2, "eye_: expected 2 dimensions, got the shape \(x.shape)")
  let (rows, columns) = (x.shape[0], x.shape[1])
  var elements = [Double](repeating: 0, count: x.numel)
  for i in 0..<min(rows, columns) { elements[i * columns + i] = 1 }
  return noGrad { x.copy_(Tensor(elements, shape: x.shape, dtype: x.dtype)) }
}

// MARK: - Distributions

/// Draws every element from the uniform distribution on [`a`, `b`).
@discardableResult
public func uniform_(
  _ x: Tensor, a: Double = 0, b: Double = 1, generator: Generator = .default
) -> Tensor {
  noGrad { x.drawUniform(a, b, generator, op: #function) }
}

/// Draws every element from the normal distribution.
@discardableResult
public func normal_(
  _ x: Tensor, mean: Double = 0, std: Double = 1, generator: Generator = .default
) -> Tensor {
  noGrad { x.drawNormal(mean, std, generator, op: #function) }
}

// MARK: - Distributions scaled to the layer

/// The function that follows a layer. The initial weights compensate for its effect on the
/// variance.
public enum Nonlinearity: Sendable {
  /// None.
  case linear
  /// The logistic function.
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
  /// The rectifier.
  case relu
  /// The rectifier with a slope below 0.
  case leakyRelu
  /// The scaled exponential linear unit.
  case selu
}

/// The side of a layer whose variance is preserved: ``fanIn`` preserves that of the activations in
/// the forward pass, ``fanOut`` that of the gradients in the backward pass.
public enum FanMode: Sendable {
  /// The number of inputs of a unit.
  case fanIn
  /// The number of units that an input is connected to.
  case fanOut
}

/// The recommended factor for the standard deviation of weights in front of `nonlinearity`.
///
/// - Parameters:
///   - nonlinearity: the function that follows the layer.
///   - negativeSlope: the slope of a leaky ReLU below 0; other functions ignore it.
public func calculateGain(_ nonlinearity: Nonlinearity, _ negativeSlope: Double = 0.01) -> Double {
  switch nonlinearity {
  case .linear, .sigmoid: 1
  case .tanh: 5.0 / 3
  case .relu: 2.0.squareRoot()
  case .leakyRelu: (2 / (1 + negativeSlope * negativeSlope)).squareRoot()
  case .selu: 3.0 / 4
  }
}

/// The fan-in and fan-out of a layer with weights `x`, [outputs, inputs, kernel…].
func fans(of x: Tensor, op: StaticString) -> (in: Int, out: Int) {
  require(
    x.ndim >= 2,
    """
    \(opName(op)): expected weights of at least 2 dimensions, [outputs, inputs], got the shape \
    \(x.shape)
    """)
  let kernel = x.shape.dropFirst(2).reduce(1, *)
  return (x.shape[1] * kernel, x.shape[0] * kernel)
}

/// Draws weights uniformly from ±gain·√(6 / (fan-in + fan-out)).
///
/// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
/// networks, 2010.
@discardableResult
public func xavierUniform_(_ x: Tensor, gain: Double = 1, generator: Generator = .default) -> Tensor
{
  guard let std = xavierStd(x, gain, op: #function) else { return x }
  let bound = 3.0.squareRoot() * std
  return noGrad { x.drawUniform(-bound, bound, generator, op: #function) }
}

/// Draws weights from the normal distribution with standard deviation gain·√(2 / (fan-in +
/// fan-out)).
///
/// Source: that of ``xavierUniform_(_:gain:generator:)``.
@discardableResult
public func xavierNormal_(_ x: Tensor, gain: Double = 1, generator: Generator = .default) -> Tensor
{
  guard let std = xavierStd(x, gain, op: #function) else { return x }
  return noGrad { x.drawNormal(0, std, generator, op: #function) }
}

/// gain·√(2 / (fan-in + fan-out)); nil if `x` is empty.
private func xavierStd(_ x: Tensor, _ gain: Double, op: StaticString) -> Double? {
  require(
    gain >= 0 && gain.isFinite,
    "\(opName(op)): gain must be finite and not negative, but it is \(gain)")
  x.dtype.requireReal(op: op)
  let fan = fans(of: x, op: op)
  return x.numel == 0 ? nil : gain * (2 / Double(fan.in + fan.out)).squareRoot()
}

/// Draws weights uniformly from ±gain·√(3 / fan).
///
/// Source: He et al., Delving deep into rectifiers, 2015.
///
/// - Parameters:
///   - x: the weights, [outputs, inputs, kernel…].
///   - a: the negative slope of the leaky ReLU that follows; other functions ignore it.
///   - mode: the fan to use.
///   - nonlinearity: the function that follows the layer.
///   - generator: the source of the random numbers.
@discardableResult
public func kaimingUniform_(
  _ x: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu,
  generator: Generator = .default
) -> Tensor {
  guard let std = kaimingStd(x, a, mode, nonlinearity, op: #function) else { return x }
  let bound = 3.0.squareRoot() * std
  return noGrad { x.drawUniform(-bound, bound, generator, op: #function) }
}

/// Draws weights from the normal distribution with standard deviation gain / √fan; the arguments
/// are those of ``kaimingUniform_(_:a:mode:nonlinearity:generator:)``.
@discardableResult
public func kaimingNormal_(
  _ x: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu,
  generator: Generator = .default
) -> Tensor {
  guard let std = kaimingStd(x, a, mode, nonlinearity, op: #function) else { return x }
  return noGrad { x.drawNormal(0, std, generator, op: #function) }
}

/// gain / √fan; nil if `x` is empty.
private func kaimingStd(
  _ x: Tensor, _ a: Double, _ mode: FanMode, _ nonlinearity: Nonlinearity, op: StaticString
) -> Double? {
  x.dtype.requireReal(op: op)
  require(
    nonlinearity != .leakyRelu || !a.isNaN,
    "\(opName(op)): a, the negative slope, must be a number, but it is \(a)")
  if x.numel == 0 { return nil }
  let fan = fans(of: x, op: op)
  return calculateGain(nonlinearity, a) / Double(mode == .fanIn ? fan.in : fan.out).squareRoot()
}
