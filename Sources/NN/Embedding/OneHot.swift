import Autograd

/// Vectors of zeros with a 1 at each index of `x`: int64, of shape `x.shape + [numClasses]`.
///
/// ```swift
/// oneHot(Tensor([0, 2]))  // [[1, 0, 0], [0, 0, 1]]
/// ```
///
/// - Parameters:
///   - x: indices of any integer type and shape.
///   - numClasses: the number of classes; by default one more than the largest index.
public func oneHot(_ x: Tensor, numClasses: Int? = nil) -> Tensor {
  require(
    !x.dtype.isFloatingPoint && x.dtype != .bool,
    "oneHot: indices must be integers, but the tensor is \(x.dtype); cast it with to(.int64)")
  require(
    x.numel > 0 || numClasses != nil,
    "oneHot: an empty tensor does not say how many classes there are; pass numClasses")
  let labels = x.array(of: Int.self)
  let classes = numClasses ?? (labels.max()! &+ 1)
  require(
    classes > 0 || (classes == 0 && x.numel == 0),
    "oneHot: the number of classes must be positive, but it is \(classes)")
  if let wrong = labels.first(where: { $0 < 0 || $0 >= classes }) {
    let remedy = wrong < 0 ? "classes start at 0" : "pass a larger numClasses"
    fail("oneHot: the class \(wrong) is not one of 0 ..< \(classes); \(remedy)")
  }
  return Tensor(1, dtype: .int64).scattered(
    along: x.ndim, x.unsqueeze(-1), in: x.shape + [classes], op: #function)
}
