// Initial weights with a structure: orthogonal, sparse, and those that pass inputs on.

import Autograd

/// Makes weights [outputs, inputs, kernel…], as the matrix [outputs, inputs·kernel], an orthogonal
/// matrix times `gain`: with orthonormal rows, or columns if there are more rows than columns.
///
/// It is the Q of the QR decomposition of a matrix of normal numbers in which the diagonal of R is
/// positive, so that it is uniformly distributed.
///
/// Source: Saxe et al., Exact solutions to the nonlinear dynamics of learning in deep linear neural
/// networks, 2013.
@discardableResult
public func orthogonal_(_ x: Tensor, gain: Double = 1, generator: Generator = .default) -> Tensor {
  x.dtype.requireReal(op: #function)
  require(
    x.ndim >= 2,
    "orthogonal_: expected weights of at least 2 dimensions, got the shape \(x.shape)")
  if x.numel == 0 { return x }
  return noGrad {
    let (rows, columns) = (x.size(0), x.numel / x.size(0))
    let normal = Tensor.empty([rows, columns], dtype: x.dtype)
      .drawNormal(0, 1, generator, op: #function)
    let (q, r) = (rows < columns ? normal.mT : normal).qr()
    let signed = q * r.diagonal().sign()
    return x.copy_((rows < columns ? signed.mT : signed).reshape(x.shape)).mul_(gain)
  }
}

/// Sets the weights of a convolution, [outputs, inputs / groups, kernel…] of 3 to 5 dimensions, to 1
/// where they pass an input on to the output of the same number in its group, and to 0 elsewhere.
///
/// - Parameters:
///   - x: the weights; the number of outputs must be a multiple of `groups`.
///   - groups: the number of groups of the convolution, positive.
@discardableResult
public func dirac_(_ x: Tensor, groups: Int = 1) -> Tensor {
  require(
    (3...5).contains(x.ndim),
    "dirac_: expected weights of 3, 4 or 5 dimensions, got the shape \(x.shape)")
  require(
    groups > 0 && x.size(0) % groups == 0,
    """
    dirac_: the number of outputs must be a multiple of groups, but there are \(x.size(0)) outputs \
    and \(groups) groups
    """)
  let (outputs, inputs) = (x.size(0) / groups, x.size(1))
  let kernel = Array(x.shape.dropFirst(2))
  let kernelSize = kernel.reduce(1, *)
  let centre = kernel.reduce(0) { $0 * $1 + $1 / 2 }
  var elements = [Double](repeating: 0, count: x.numel)
  if kernelSize > 0 {
    for group in 0..<groups {
      for i in 0..<min(outputs, inputs) {
        elements[((group * outputs + i) * inputs + i) * kernelSize + centre] = 1
      }
    }
  }
  return noGrad { x.copy_(Tensor(elements, shape: x.shape, dtype: x.dtype)) }
}

/// Draws a matrix of weights from the normal distribution of mean 0, and sets some elements of each
/// column to 0: ⌈`sparsity` · rows⌉, drawn for each column.
///
/// Both are drawn from `generator`; PyTorch draws the positions from the default one.
///
/// Source: Martens, Deep learning via Hessian-free optimization, 2010.
///
/// - Parameters:
///   - x: the weights, a matrix.
///   - sparsity: the part of each column that is 0, from 0 to 1.
///   - std: the standard deviation of the other elements.
///   - generator: the source of the random numbers.
@discardableResult
public func sparse_(
  _ x: Tensor, sparsity: Double, std: Double = 0.01, generator: Generator = .default
) -> Tensor {
  require(x.ndim == 2, "sparse_: expected 2 dimensions, got the shape \(x.shape)")
  require(
    (0...1).contains(sparsity), "sparse_: sparsity must be from 0 to 1, but it is \(sparsity)")
  return noGrad {
    x.drawNormal(0, std, generator, op: #function)
    let (rows, columns) = (x.size(0), x.size(1))
    let count = Int((sparsity * Double(rows)).rounded(.up))
    var mask = [Double](repeating: 1, count: x.numel)
    for column in 0..<columns {
      let order = Tensor.randperm(rows, generator: generator).array(of: Int.self)
      for row in order.prefix(count) { mask[row * columns + column] = 0 }
    }
    return x.mul_(Tensor(mask, shape: x.shape, dtype: x.dtype))
  }
}
