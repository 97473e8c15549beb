import Autograd

/// A tensor that a rule saved is changed in place before the backward pass, which must then stop.
///
/// The change itself is tested in a process of its own, which an exit test starts.
extension OpCase {
  /// The inputs, by position, that the gradients depend on in the backward pass; after the inputs
  /// comes the output.
  public func positionsThatGradientsDependOn() -> [Int] {
    (0...inputs.count).filter { position in
      let x = leaves()
      let y = call(x)
      guard y.requiresGrad else { return false }
      let right = gradients(of: y, x, retainGraph: true)
      let changed = (x + [y])[position]
      // Leaves the version as it is, so that the backward pass does not notice.
      changed.assign(otherValues(for: changed))
      return zip(right, gradients(of: y, x)).contains { distance($0, $1) != 0 }
    }
  }

  /// Changes the tensor at `position` in place, and starts the backward pass.
  public func differentiateAfterChange(at position: Int) {
    let x = leaves()
    let y = call(x)
    let changed = (x + [y])[position]
    changed.detach().copy_(otherValues(for: changed))
    _ = gradients(of: y, x)
  }

  /// NaN, or another valid index or bool.
  private func otherValues(for x: Tensor) -> Tensor {
    guard x.dtype.isFloatingPoint else { return .zerosLike(x) }
    return limits.contains(.finiteElements)
      ? x.detach() * 1.25 : .fullLike(x.detach(), Double.nan)
  }
}
