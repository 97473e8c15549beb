import Autograd

/// Divides a parameter by its largest singular value, W/σ: PyTorch's
/// `torch.nn.utils.parametrizations.spectral_norm`.
///
/// σ is estimated by power iteration, uᵀ·W·v, where u and v are kept as buffers `_u` and `_v`. They
/// start random, and improve by `nPowerIterations` steps at each use of the parameter in training. A
/// parameter of more than two dimensions counts as the matrix [size of `dim`, all others]; a vector is
/// divided by its norm.
///
/// Source: Miyato et al., Spectral normalization for generative adversarial networks, 2018.
///
/// - Parameters:
///   - module: the module.
///   - name: the name of its parameter.
///   - nPowerIterations: the number of steps at each use, positive.
///   - eps: the least norm that a vector is divided by.
///   - dim: the dimension of the outputs; nil for 0, or 1 in transposed convolutions.
/// - Returns: the module.
@discardableResult
public func spectralNorm<M: Module>(
  _ module: M, _ name: String = "weight", nPowerIterations: Int = 1, eps: Double = 1e-12,
  dim: Int? = nil
) -> M {
  let weight = parametrizedValue(name, of: module, #function)
  let dim = dim ?? (module is TransposedConvolutionLayer ? 1 : 0)
  weight.requireDimension(dim, op: #function)
  require(
    nPowerIterations > 0,
    "spectralNorm: nPowerIterations must be positive, but it is \(nPowerIterations)")
  require(eps >= 0, "spectralNorm: eps must not be negative, but it is \(eps)")
  let norm = SpectralNorm(
    of: weight.detach(), nPowerIterations, dim < 0 ? dim + weight.ndim : dim, eps)
  return registerParametrization(module, name, norm)
}

private final class SpectralNorm: Module, Parametrization {
  @Buffer("_u") private var u: Tensor?
  @Buffer("_v") private var v: Tensor?
  private let (count, dim, eps): (Int, Int, Double)

  init(of weight: Tensor, _ count: Int, _ dim: Int, _ eps: Double) {
    (self.count, self.dim, self.eps) = (count, dim, eps)
    super.init()
    if weight.ndim < 2 { return }
    let matrix = matrix(weight)
    func unitVector(_ size: Int) -> Tensor {
      normalize(Tensor.randn([size], dtype: weight.dtype), dim: 0, eps: eps)
    }
    u = unitVector(matrix.size(0))
    v = unitVector(matrix.size(1))
    iterate(matrix, 15)
  }

  override func forward(_ weight: Tensor) -> Tensor {
    guard let u, let v else { return normalize(weight, dim: 0, eps: eps) }
    let matrix = matrix(weight)
    if isTraining { iterate(matrix, count) }
    // Copies, since a later use changes u and v in place.
    return weight / u.clone().dot(matrix.mv(v.clone()))
  }

  func rightInverse(_ value: Tensor) -> [Tensor]? { [value] }

  private func matrix(_ weight: Tensor) -> Tensor {
    let first = dim == 0 ? weight : weight.movedim(dim, 0)
    return first.flatten(startDim: 1)
  }

  /// Steps of the power iteration, u ← W·v/‖W·v‖, v ← Wᵀ·u/‖Wᵀ·u‖.
  private func iterate(_ matrix: Tensor, _ steps: Int) {
    noGrad {
      guard let u, let v else { return }
      for _ in 0..<steps {
        u.copy_(normalize(matrix.mv(v), dim: 0, eps: eps))
        v.copy_(normalize(matrix.mT.mv(u), dim: 0, eps: eps))
      }
    }
  }
}
