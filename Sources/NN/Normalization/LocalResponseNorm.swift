import Autograd

/// Each element, divided by a power of the mean square of its neighbours in other channels: PyTorch's
/// `local_response_norm` (Krizhevsky et al. 2012).
///
/// y = x / (k + alpha · mean of x² over `size` channels)^beta. Channels that do not exist count as 0.
///
/// - Parameters:
///   - input: x, [batch, channels, …] of three or more dimensions.
///   - size: the number of channels, ⌊size/2⌋ of them before that of the element.
///   - alpha: the weight of the mean square.
///   - beta: the exponent.
///   - k: is added to the mean square.
public func localResponseNorm(
  _ input: Tensor, _ size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1
) -> Tensor {
  require(
    input.ndim >= 3,
    "localResponseNorm: expected [batch, channels, …] of 3 or more dimensions, got \(input.shape)")
  require(
    input.dtype.isFloatingPoint,
    "localResponseNorm: not defined for \(input.dtype) tensors; cast with to(.float32)")
  require(size > 0, "localResponseNorm: the size must be positive, but it is \(size)")
  if input.numel == 0 { return input.clone() }
  let channels = input.shape[1]
  let inner = input.shape.dropFirst(2).reduce(1, *)
  let first = (0..<channels).map { max(0, $0 &- size / 2) }
  let last = (0..<channels).map { i in
    let (end, isBeyond) = i.addingReportingOverflow((size - 1) / 2 + 1)
    return isBeyond ? channels : min(channels, end)
  }
  let columns = Array(0..<inner)
  let windows = BoundedWindows(
    size: [channels, inner], windows: [channels, inner], first: [first, columns],
    last: [last, columns.map { $0 + 1 }], divisor: size)
  let squares = input.square().reshape([input.shape[0], channels * inner])
  let mean = windows.means(of: squares, op: #function).reshape(input.shape)
  return input / (mean * alpha + k).pow(beta)
}

/// Divides each element by a power of the mean square of its neighbours in other channels:
/// ``localResponseNorm(_:_:alpha:beta:k:)``.
public final class LocalResponseNorm: Module {
  let size: Int
  let alpha, beta, k: Double

  /// A layer with the given settings.
  ///
  /// - Parameters:
  ///   - size: the number of channels.
  ///   - alpha: the weight of the mean square.
  ///   - beta: the exponent.
  ///   - k: is added to the mean square.
  public init(_ size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.k = k
  }

  public override var extraRepr: String { "\(size), alpha: \(alpha), beta: \(beta), k: \(k)" }

  public override func forward(_ x: Tensor) -> Tensor {
    localResponseNorm(x, size, alpha: alpha, beta: beta, k: k)
  }
}
