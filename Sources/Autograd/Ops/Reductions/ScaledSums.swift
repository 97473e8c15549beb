// Sums of squares and other powers, whose terms may overflow or vanish where the norm or standard
// deviation computed from them does not. Such sums are computed again, of scaled elements.

extension Tensor {
  /// `sum` of this tensor, computed again of elements / scale if a sum has overflowed or lost digits
  /// to underflow; off the tape.
  ///
  /// - Returns: the sums, and the scale of each, with the reduced dimensions kept; nil for 1.
  func scaledSum(
    scale: (Tensor) -> Tensor, sum: (Tensor) -> Tensor
  ) -> (sum: Tensor, scale: Tensor?) {
    noGrad {
      let unscaled = sum(self)
      if unscaled.isWithinRange { return (unscaled, nil) }
      let scale = scale(self)
      return (sum(elementwise(.div, self, scale)), scale)
    }
  }

  /// Whether no element has overflowed, and none is so small that terms which vanished could
  /// change it.
  var isWithinRange: Bool {
    let least = dtype.leastNormalMagnitude / dtype.epsilon * 8
    if numel <= 1 { return numel == 0 || (least..<Double.infinity).contains(item()) }
    let all = Array(shape.indices)
    return reduced(.min, all, keepdim: false, op: #function).item() >= least
      && reduced(.max, all, keepdim: false, op: #function).item() < .infinity
  }

  /// The largest magnitudes over `over`, which are kept with size 1; 1 for those that are 0, ∞ or
  /// NaN. Off the tape.
  func magnitude(_ kernel: ReductionKernel = .max, _ over: [Int], op: StaticString) -> Tensor {
    let found = reduced(kernel, of: .abs, over, keepdim: true, op: op)
    let isScale = found.gt(0).logicalAnd(found.lt(Double.infinity))
    return Autograd.where(isScale, found, 1)
  }

  /// ``magnitude(_:_:op:)`` rounded down to powers of two: a division by them loses no digits.
  package func binaryMagnitude(_ over: [Int], op: StaticString) -> Tensor {
    let found = magnitude(.max, over, op: op)
    let powers = found.array(of: Double.self).map(\.binade)
    return Tensor(powers, shape: found.shape, dtype: dtype)
  }

  /// This result of a reduction, times the `scale` of ``scaledSum(scale:sum:)``.
  func scaled(by scale: Tensor?) -> Tensor {
    scale.map { elementwise(.mul, self, $0.reshape(shape)) } ?? self
  }
}
