import Autograd

/// A leaf of numbers in −0.4 ..< 0.6, no two neighbours alike. In Python:
///
/// ```python
/// def seq(*shape, k=7):
///   n = math.prod(shape)
///   return torch.tensor([(i * k + 3) % 11 / 11 - 0.4 for i in range(n)]).reshape(shape)
/// ```
func seq(_ shape: [Int], k: Int = 7) -> Tensor {
  let numbers = (0..<shape.reduce(1, *)).map { Double(($0 * k + 3) % 11) / 11 - 0.4 }
  return Tensor(numbers, shape: shape, dtype: .float64, requiresGrad: true)
}
