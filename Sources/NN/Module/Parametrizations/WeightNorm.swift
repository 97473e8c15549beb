import Autograd

/// Computes a parameter as magnitude times direction, w = g · v/‖v‖: PyTorch's
/// `torch.nn.utils.parametrizations.weight_norm`.
///
/// The parameters are then g, `parametrizations.weight.original0`, and v,
/// `parametrizations.weight.original1`; make the optimizer afterwards.
///
/// ```swift
/// let layer = weightNorm(Linear(20, 40))
/// ```
///
/// Source: Salimans and Kingma, Weight normalization, 2016.
///
/// - Parameters:
///   - module: the module.
///   - name: the name of its parameter.
///   - dim: the dimension that has a norm for each index, over all others; nil for one norm of the
///     whole. −1 is the last dimension; in PyTorch it means the whole.
/// - Returns: the module.
@discardableResult
public func weightNorm<M: Module>(_ module: M, _ name: String = "weight", dim: Int? = 0) -> M {
  let weight = parametrizedValue(name, of: module, #function)
  if let dim { weight.requireDimension(dim, op: #function) }
  return registerParametrization(
    module, name, WeightNorm(dim: dim.map { $0 < 0 ? $0 + weight.ndim : $0 }), unsafe: true)
}

/// The parameter `name` of `module`, with parametrisations or without.
func parametrizedValue(_ name: String, of module: Module, _ op: StaticString) -> Tensor {
  if let slot = Members(of: module).parametrized.first(where: { $0.name == name })?.slot {
    return noGrad { module.asInEvaluation { slot.held! } }
  }
  return plainSlot(name, of: module, op).held!
}

private final class WeightNorm: Module, Parametrization {
  private let dim: Int?

  init(dim: Int?) { self.dim = dim }

  override var mapsTensorToTensor: Bool { false }

  func value(from originals: [Tensor]) -> Tensor {
    call(originals[0], originals[1]) { g, v in v * (g / norm(v)) }
  }

  func rightInverse(_ value: Tensor) -> [Tensor]? { [norm(value), value] }

  /// ‖v‖ for each index of `dim`, in a shape that broadcasts with v.
  private func norm(_ v: Tensor) -> Tensor {
    guard let dim else { return v.norm() }
    // No dimensions would mean all.
    if v.ndim == 1 { return v.abs() }
    return v.norm(dim: v.shape.indices.filter { $0 != dim }, keepdim: true)
  }
}
