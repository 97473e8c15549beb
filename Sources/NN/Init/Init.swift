// The initialisation of parameters: PyTorch's `torch.nn.init`, with the same random numbers.
//
// Each function overwrites a tensor, off the tape, and returns it.

import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
  noGrad { x.uniform_(a, b, generator: generator) }
}

/// Draws every element from the normal distribution.
@discardableResult
public func normal_(
  _ x: Tensor, mean: Double = 0, std: Double = 1, generator: Generator = .default
) -> Tensor {
  noGrad { x.normal_(mean, std, generator: generator) }
}

/// Draws every element from the normal distribution, truncated to [`a`, `b`].
@discardableResult
public func truncNormal_(
  _ x: Tensor, mean: Double = 0, std: Double = 1, a: Double = -2, b: Double = 2,
  generator: Generator = .default
) -> Tensor {
  require(std > 0, "truncNormal_: std must be positive, but it is \(std)")
  require(a < b, "truncNormal_: a must be below b, but they are \(a) and \(b)")
  let inside = normalCDF((b - mean) / std) - normalCDF((a - mean) / std)
  return noGrad {
    inside > 0.3
      ? drawUntilInside(x, mean, std, a...b, generator)
      : sampleByRejection(x, mean, std, a...b, generator)
  }
}

private func normalCDF(_ x: Double) -> Double { (1 + erf(x / 2.0.squareRoot())) / 2 }

/// Draws the whole tensor again until each element has been inside the range once.
private func drawUntilInside(
  _ x: Tensor, _ mean: Double, _ std: Double, _ range: ClosedRange<Double>, _ generator: Generator
) -> Tensor {
  func draw() -> [Double] {
    Tensor.empty(x.shape, dtype: x.dtype).normal_(mean, std, generator: generator)
      .array(of: Double.self)
  }
  // The bounds rounded to the dtype of the tensor.
  let low = Tensor(range.lowerBound, dtype: x.dtype).item()
  let high = Tensor(range.upperBound, dtype: x.dtype).item()
  var elements = draw()
  while let first = elements.firstIndex(where: { $0 < low || $0 > high }) {
    let next = draw()
    for i in first..<elements.count where elements[i] < low || elements[i] > high {
      elements[i] = next[i]
    }
  }
  return x.copy_(Tensor(elements, shape: x.shape, dtype: x.dtype))
}

/// Draws uniformly from the range and accepts each number with the ratio of its density to the
/// highest one: for ranges in a tail, which normal numbers rarely reach.
private func sampleByRejection(
  _ x: Tensor, _ mean: Double, _ std: Double, _ range: ClosedRange<Double>, _ generator: Generator
) -> Tensor {
  func draw(_ from: Double, _ to: Double) -> [Double] {
    Tensor.empty(x.shape, dtype: x.dtype).uniform_(from, to, generator: generator)
      .array(of: Double.self)
  }
  func logDensity(_ value: Double) -> Double {
    let z = (value - mean) / std
    return -0.5 * z * z
  }
  let peak = logDensity(max(range.lowerBound, min(mean, range.upperBound)))
  var elements = [Double](repeating: 0, count: x.numel)
  var pending = Array(elements.indices)
  while !pending.isEmpty {
    let candidates = draw(range.lowerBound, range.upperBound)
    let chances = draw(0, 1)
    pending = pending.filter { i in
      elements[i] = candidates[i]
      return log(chances[i]) > logDensity(candidates[i]) - peak
    }
  }
  return x.copy_(Tensor(elements, shape: x.shape, dtype: x.dtype))
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
  let fan = fans(of: x, op: #function)
  let std = gain * (2 / Double(fan.in + fan.out)).squareRoot()
  let bound = 3.0.squareRoot() * std
  return uniform_(x, a: -bound, b: bound, generator: generator)
}

/// Draws weights from the normal distribution with standard deviation gain·√(2 / (fan-in +
/// fan-out)).
///
/// Source: that of ``xavierUniform_(_:gain:generator:)``.
@discardableResult
public func xavierNormal_(_ x: Tensor, gain: Double = 1, generator: Generator = .default) -> Tensor
{
  let fan = fans(of: x, op: #function)
  let std = gain * (2 / Double(fan.in + fan.out)).squareRoot()
  return normal_(x, std: std, generator: generator)
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
  return uniform_(x, a: -bound, b: bound, generator: generator)
}

/// Draws weights from the normal distribution with standard deviation gain / √fan; the arguments
/// are those of ``kaimingUniform_(_:a:mode:nonlinearity:generator:)``.
@discardableResult
public func kaimingNormal_(
  _ x: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu,
  generator: Generator = .default
) -> Tensor {
  guard let std = kaimingStd(x, a, mode, nonlinearity, op: #function) else { return x }
  return normal_(x, std: std, generator: generator)
}

/// gain / √fan; nil if `x` is empty.
private func kaimingStd(
  _ x: Tensor, _ a: Double, _ mode: FanMode, _ nonlinearity: Nonlinearity, op: StaticString
) -> Double? {
  if x.numel == 0 { return nil }
  let fan = fans(of: x, op: op)
  return calculateGain(nonlinearity, a) / Double(mode == .fanIn ? fan.in : fan.out).squareRoot()
}
