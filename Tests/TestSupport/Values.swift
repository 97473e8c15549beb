import Autograd

extension Tensor {
  /// The elements as `[Double]`: a type that comparisons with literals need not search for.
  public var values: [Double] { array(of: Double.self) }
}
