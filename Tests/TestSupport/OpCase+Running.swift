import Autograd

extension OpCase {
  /// The sample inputs; those that are differentiable are leaves that require a gradient.
  public func leaves(_ dtype: DType = .float64) -> [Tensor] {
    inputs.enumerated().map { i, sample in
      let x = sample.tensor(dtype, seed: UInt64(i))
      x.requiresGrad = sample.isDifferentiable
      return x
    }
  }

  var isDifferentiable: Bool { inputs.contains(where: \.isDifferentiable) }

  /// Whole Jacobians for small inputs, random directions for the others.
  var gradcheckMode: GradcheckMode {
    let count = inputs.reduce(0) { $1.isDifferentiable ? $0 + $1.tensor().numel : $0 }
    return count <= 40 ? .full : .directional(seed: 1, directions: 2)
  }

  /// A random gradient of the output `y`; the same for each shape.
  func cotangent(of y: Tensor) -> Tensor { Sample.constant(y.shape).tensor(y.dtype, seed: 99) }

  /// The gradients of the inputs that require one; nil where `y` does not depend on the input.
  func gradients(
    of y: Tensor, _ x: [Tensor], from g: Tensor? = nil, retainGraph: Bool? = nil,
    createGraph: Bool = false
  ) -> [Tensor?] {
    grad(
      of: y, wrt: x.filter(\.requiresGrad), gradient: g ?? cotangent(of: y),
      retainGraph: retainGraph, createGraph: createGraph, allowUnused: true)
  }
}

/// The largest difference between elements, relative to the largest finite element of `b` or to 1,
/// whichever is larger. Equal infinities do not differ, nor do two NaN. nil means zeros.
public func distance(_ a: Tensor?, _ b: Tensor?) -> Double {
  guard let shape = a?.shape ?? b?.shape else { return 0 }
  let zeros = [Double](repeating: 0, count: shape.reduce(1, *))
  let (a, b) = (a?.values ?? zeros, b?.values ?? zeros)
  guard a.count == b.count else { return .infinity }
  let scale = b.reduce(1) { $1.isFinite ? max($0, abs($1)) : $0 }
  return zip(a, b).reduce(0) { worst, pair in
    if pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN) { return worst }
    let difference = abs(pair.0 - pair.1) / scale
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}
