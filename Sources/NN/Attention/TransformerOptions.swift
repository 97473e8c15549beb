import Autograd

/// The function between the linear layers of a transformer's layer.
public enum TransformerActivation {
  /// The rectifier.
  case relu
  /// The exact GELU.
  case gelu
  /// Any function.
  case function((Tensor) -> Tensor)

  func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: x.relu()
    case .gelu: x.gelu()
    case .function(let function): function(x)
    }
  }
}

/// The settings of a transformer's layer.
struct TransformerOptions {
  let dModel, nhead, dimFeedforward: Int
  let dropout: Double
  let activation: TransformerActivation
  let layerNormEps: Double
  let batchFirst, normFirst, bias: Bool
  let dtype: DType

  func attention() -> MultiheadAttention {
    MultiheadAttention(
      dModel, nhead, dropout: dropout, bias: bias, batchFirst: batchFirst, dtype: dtype)
  }

  func linear1() -> Linear { Linear(dModel, dimFeedforward, bias: bias, dtype: dtype) }
  func linear2() -> Linear { Linear(dimFeedforward, dModel, bias: bias, dtype: dtype) }
  func norm() -> LayerNorm { LayerNorm(dModel, eps: layerNormEps, bias: bias, dtype: dtype) }
}

/// Whether `mask` is that of ``Transformer/generateSquareSubsequentMask(_:dtype:)``, or excludes the
/// same keys by true.
func isSquareCausal(_ mask: Tensor?) -> Bool {
  guard let mask, mask.ndim == 2, mask.size(0) == mask.size(1), !mask.requiresGrad else {
    return false
  }
  return noGrad {
    let isHidden = Tensor.ones(mask.shape, dtype: .bool).triu(diagonal: 1)
    if mask.dtype == .bool { return mask.equal(isHidden) }
    guard mask.dtype.isFloatingPoint else { return false }
    let zeros = Tensor.zeros(mask.shape, dtype: mask.dtype)
    return mask.equal(zeros.maskedFill(isHidden, -Double.infinity))
  }
}

func requireLayerCount(_ count: Int, op: StaticString) {
  require(
    (0...100_000).contains(count),
    "\(opName(op)): the number of layers must be in 0 … 100000, but it is \(count)")
}
