import Autograd

extension Adapter {
  static let products: [Adapter] = matrixProducts + vectorProducts + norms + others

  private static let matrixProducts: [Adapter] = [
    Adapter("matmul", "x.matmul(y)") { c in try c.x.matmul(c[1, "other"]) },
    Adapter("__rmatmul__", "y.matmul(x)") { c in try (c[1, "other"] as Tensor).matmul(c.x) },
    Adapter("mm", "x.mm(y)") { c in try c.x.mm(c[1, "mat2"]) },
    Adapter("bmm", "x.bmm(y)") { c in try c.x.bmm(c[1, "mat2"]) },
    Adapter("mv", "x.mv(y)") { c in try c.x.mv(c[1, "vec"]) },
    Adapter("addmm", "x.addmm(a, b, beta:alpha:)") { c in
      let (beta, alpha) = try c.factors
      return try c.x.addmm(c[1, "mat1"], c[2, "mat2"], beta: beta, alpha: alpha)
    },
    Adapter("addmv", "x.addmv(a, b, beta:alpha:)") { c in
      let (beta, alpha) = try c.factors
      return try c.x.addmv(c[1, "mat"], c[2, "vec"], beta: beta, alpha: alpha)
    },
    Adapter("addr", "x.addr(a, b, beta:alpha:)") { c in
      let (beta, alpha) = try c.factors
      return try c.x.addr(c[1, "vec1"], c[2, "vec2"], beta: beta, alpha: alpha)
    },
    Adapter("addbmm", "x.addbmm(a, b, beta:alpha:)") { c in
      let (beta, alpha) = try c.factors
      return try c.x.addbmm(c[1, "batch1"], c[2, "batch2"], beta: beta, alpha: alpha)
    },
    Adapter("baddbmm", "x.baddbmm(a, b, beta:alpha:)") { c in
      let (beta, alpha) = try c.factors
      return try c.x.baddbmm(c[1, "batch1"], c[2, "batch2"], beta: beta, alpha: alpha)
    },
    Adapter("linalg.multi_dot", "multiDot([a, b, …])") { c in try multiDot(c[0, "tensors"]) },
    Adapter("linalg.matrix_power", "x.matrixPower(n)") { c in try c.x.matrixPower(c[1, "n"]) },
  ]

  private static let vectorProducts: [Adapter] = [
    Adapter("dot", "x.dot(y)") { c in try c.x.dot(c[1, "tensor"]) },
    Adapter("vdot", "x.dot(y)") { c in try c.x.dot(c[1, "other"]) },
    Adapter("linalg.vecdot", "x.vecdot(y, dim:)") { c in
      try c.x.vecdot(c[1, "y"], dim: c[nil, "dim", or: -1])
    },
    Adapter("inner", "x.inner(y)") { c in try c.x.inner(c[1, "other"]) },
    Adapter("outer", "x.outer(y)") { c in try c.x.outer(c[1, "vec2"]) },
    Adapter("cross", "x.cross(y, dim:)") { c in
      let x = try c.x
      return try x.cross(
        c[1, "other"], dim: c[2, "dim", or: nil] ?? x.shape.firstIndex(of: 3) ?? -1)
    },
    Adapter("linalg.cross", "x.cross(y, dim:)") { c in
      try c.x.cross(c[1, "other"], dim: c["dim", or: -1])
    },
  ]

  private static let norms: [Adapter] = [
    Adapter("linalg.vector_norm", "x.norm(p, dims:keepdim:)") { c in
      let x = try c.x.to(c["dtype", or: nil] ?? c.x.dtype)
      return try x.norm(
        c[1, "ord", or: 2], dim: c[2, "dim", or: nil] ?? [], keepdim: c[3, "keepdim", or: false])
    },
    Adapter("linalg.matrix_norm", "x.matrixNorm(order, dims:keepdim:)") { c in
      let x = try c.x.to(c["dtype", or: nil] ?? c.x.dtype)
      let dims: [Int] = try c[2, "dim", or: [-2, -1]]
      return try x.matrixNorm(
        c[1, "ord", or: .frobenius], dims: (dims[0], dims[1]), keepdim: c[3, "keepdim", or: false])
    },
    // The norm of vectors or of matrices, depending on the arguments.
    Adapter("linalg.norm", "x.norm(p, dims:keepdim:), x.matrixNorm(order, dims:keepdim:)") { c in
      let x = try c.x.to(c["dtype", or: nil] ?? c.x.dtype)
      let order: MatrixNorm? = try c[1, "ord", or: nil]
      let dims: [Int]? = try c[2, "dim", or: nil]
      let keepdim: Bool = try c[3, "keepdim", or: false]
      guard let order else { return x.norm(dim: dims ?? [], keepdim: keepdim) }
      if dims?.count ?? x.ndim == 1, case .p(let p) = order {
        return x.norm(p, dim: dims ?? [], keepdim: keepdim)
      }
      let matrix = dims ?? [0, 1]
      guard matrix.count == 2 else { throw NotSupported("a norm over \(matrix)") }
      return x.matrixNorm(order, dims: (matrix[0], matrix[1]), keepdim: keepdim)
    },
    Adapter("cdist", "x.cdist(y, p:mode:)") { c in
      try c.x.cdist(
        c[1, "x2"], p: c[2, "p", or: 2], mode: c[3, "compute_mode", or: .automatic])
    },
  ]

  private static let others: [Adapter] = [
    Adapter("einsum", "einsum(equation, a, b, …)") { c in
      // The cases have the operands first.
      try einsum(c[1, "equation"], c[0, "operands"])
    },
    Adapter("tensordot", "x.tensordot(y, dims:)") { c in
      let (x, y): (Tensor, Tensor) = (try c.x, try c[1, "other"])
      let pairs = c.value(2, "dims")
      if let lists = pairs?.elements {
        guard lists.count == 2 else { throw NotSupported("dims that are no pairs") }
        return try x.tensordot(y, dims: [Int](lists[0], c), [Int](lists[1], c))
      }
      return try x.tensordot(y, dims: pairs.map { try Int($0, c) } ?? 2)
    },
    Adapter("kron", "x.kron(y)") { c in try c.x.kron(c[1, "other"]) },
    Adapter("trace", "x.trace()") { c in try c.x.trace() },
    Adapter("linalg.diagonal", "x.diagonal(offset:dim1: -2, dim2: -1)") { c in
      try c.x.diagonal(
        offset: c["offset", or: 0], dim1: c["dim1", or: -2], dim2: c["dim2", or: -1])
    },
    Adapter("linalg.vander", "x.vander(n:)") { c in try c.x.vander(n: c["N", or: nil]) },
  ]
}

// MARK: - Arguments

extension Call {
  /// β and α of a tensor plus a product.
  fileprivate var factors: (any TensorScalar, any TensorScalar) {
    get throws { (try number(nil, "beta", or: 1), try number(nil, "alpha", or: 1)) }
  }
}

extension MatrixNorm: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "fro": self = .frobenius
    case "nuc": self = .nuclear
    case nil: self = .p(try Double(value, call))
    default: throw NotSupported("the order \(value)")
    }
  }
}

extension EuclideanMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    self =
      switch value.text {
      case "use_mm_for_euclid_dist": .product
      case "donot_use_mm_for_euclid_dist": .differences
      case "use_mm_for_euclid_dist_if_necessary": .automatic
      default: throw NoSuchCase(value: value)
      }
  }
}
