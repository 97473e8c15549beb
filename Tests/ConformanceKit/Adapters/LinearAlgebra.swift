import Autograd

extension Adapter {
  static let decompositions: [Adapter] = factorizations + systems + spectra + functions

  private static let factorizations: [Adapter] = [
    Adapter("linalg.cholesky", "a.cholesky(upper:)") { c in
      try c.x.cholesky(upper: c["upper", or: false])
    },
    Adapter("linalg.cholesky_ex", "a.choleskyEx(upper:)") { c in
      let (factor, info) = try c.x.choleskyEx(upper: c["upper", or: false])
      return [factor, info]
    },
    Adapter("cholesky_inverse", "l.choleskyInverse(upper:)") { c in
      try c.x.choleskyInverse(upper: c[1, "upper", or: false])
    },
    Adapter("cholesky_solve", "b.choleskySolve(l, upper:)") { c in
      try c.x.choleskySolve(c[1, "input2"], upper: c[2, "upper", or: false])
    },
    Adapter("linalg.lu", "a.lu(pivot:)") { c in
      let (p, l, u) = try c.x.lu(pivot: c["pivot", or: true])
      return [p, l, u]
    },
    Adapter("linalg.lu_factor", "a.luFactor(pivot:)") { c in
      let (lu, pivots) = try c.x.luFactor(pivot: c["pivot", or: true])
      return [lu, pivots]
    },
    Adapter("linalg.lu_solve", "lu.luSolve(pivots:_:left:adjoint:)") { c in
      try c.x.luSolve(
        pivots: c[1, "pivots"], c[2, "B"], left: c["left", or: true],
        adjoint: c["adjoint", or: false])
    },
    Adapter("linalg.qr", "a.qr(mode:)") { c in
      let (q, r) = try c.x.qr(mode: c.mode(1, "mode"))
      return [q, r]
    },
  ]

  private static let systems: [Adapter] = [
    Adapter("linalg.solve", "a.solve(b, left:)") { c in
      try c.x.solve(c[1, "B"], left: c["left", or: true])
    },
    Adapter("linalg.solve_triangular", "a.solveTriangular(b, upper:left:unitriangular:)") { c in
      try c.x.solveTriangular(
        c[1, "B"], upper: c["upper"], left: c["left", or: true],
        unitriangular: c["unitriangular", or: false])
    },
    Adapter("triangular_solve", "a.solveTriangular(b, upper:left:unitriangular:)") { c in
      let a: Tensor = try c[1, "A"]
      let isTransposed = try c[3, "transpose", or: false]
      let upper = try c[2, "upper", or: true]
      let x = try (isTransposed ? a.mT : a).solveTriangular(
        c.x, upper: upper != isTransposed, unitriangular: c[4, "unitriangular", or: false])
      return [x, a.clone()]
    },
    Adapter("linalg.inv", "a.inv()") { c in try c.x.inv() },
    Adapter("linalg.inv_ex", "a.invEx()") { c in
      let (inverse, info) = try c.x.invEx()
      return [inverse, info]
    },
    Adapter("linalg.tensorinv", "a.tensorinv(ind:)") { c in
      try c.x.tensorinv(ind: c[1, "ind", or: 2])
    },
    Adapter("linalg.tensorsolve", "a.tensorsolve(b, dims:)") { c in
      try c.x.tensorsolve(c[1, "B"], dims: c[2, "dims", or: nil as [Int]?] ?? [])
    },
    Adapter("linalg.lstsq", "a.lstsq(b, rcond:driver:)") { c in
      let result = try c.x.lstsq(
        c[1, "B"], rcond: c[2, "rcond", or: nil as Double?], driver: c.driver("driver"))
      let (solution, residuals, rank, singularValues) = result
      // A variant of the op whose outputs are those that have a derivative.
      return c.variant == "grad_oriented"
        ? [solution, residuals] : [solution, residuals, rank, singularValues]
    },
  ]

  private static let spectra: [Adapter] = [
    Adapter("linalg.eigh", "a.eigh(upper:)", settle: settledEigenvectors) { c in
      let (values, vectors) = try c.x.eigh(upper: c[1, "UPLO", or: "L"] == "U")
      return [values, vectors]
    },
    Adapter("linalg.eigvalsh", "a.eigvalsh(upper:)") { c in
      try c.x.eigvalsh(upper: c[1, "UPLO", or: "L"] == "U")
    },
    Adapter("linalg.svd", "a.svd(fullMatrices:)", settle: settledSingularVectors) { c in
      let (u, s, vh) = try c.x.svd(fullMatrices: c[1, "full_matrices", or: true])
      return [u, s, vh]
    },
    Adapter("linalg.svdvals", "a.svdvals()") { c in try c.x.svdvals() },
    Adapter("linalg.matrix_rank", "a.matrixRank(atol:rtol:hermitian:)") { c in
      try c.x.matrixRank(
        atol: c.tolerance("atol"), rtol: c.tolerance("rtol"), hermitian: c["hermitian", or: false])
    },
    Adapter("linalg.pinv", "a.pinv(atol:rtol:hermitian:)") { c in
      // A variant of the op takes the factors of a singular matrix.
      if c.variant == "singular" {
        let factor: Tensor = try c[1]
        return try c.x.matmul(factor.mT).pinv()
      }
      return try c.x.pinv(
        atol: c.tolerance("atol"), rtol: c.tolerance("rtol"), hermitian: c["hermitian", or: false])
    },
    Adapter("pinverse", "a.pinv(rtol: 1e-15)") { c in
      try c.x.pinv(rtol: c[1, "rcond", or: 1e-15])
    },
  ]

  private static let functions: [Adapter] = [
    Adapter("linalg.det", "a.det()") { c in try c.x.det() },
    Adapter("linalg.slogdet", "a.slogdet()") { c in
      let (sign, logarithm) = try c.x.slogdet()
      return [sign, logarithm]
    },
    Adapter("logdet", "a.logdet()") { c in try c.x.logdet() },
    Adapter("matrix_exp", "a.matrixExp()") { c in try c.x.matrixExp() },
  ]
}

// MARK: - Arguments

extension Call {
  fileprivate func mode(_ position: Int, _ name: String) throws -> QRMode {
    switch try self[position, name, or: "reduced"] {
    case "reduced": .reduced
    case "complete": .complete
    case "r": .r
    case let mode: throw NoSuchCase(value: .string(mode))
    }
  }

  fileprivate func driver(_ name: String) throws -> LeastSquaresDriver {
    switch try self[name, or: nil as String?] {
    case nil, "gelsy": .gelsy
    case "gels": .gels
    case "gelsd": .gelsd
    case "gelss": .gelss
    case let driver?: throw NoSuchCase(value: .string(driver))
    }
  }

  /// A number or a tensor.
  fileprivate func tolerance(_ name: String) throws -> Tensor? {
    guard let value = value(nil, name) else { return nil }
    if case .tensor = value { return try self[name] }
    return try (self[name] as Double?).map { Tensor($0, dtype: .float64) }
  }
}

// MARK: - Outputs that are not unique

extension Adapter {
  /// Eigenvectors with the signs of the expected ones.
  private static func settledEigenvectors(_ got: [Tensor], _ want: [Tensor]) -> [Tensor] {
    guard got[1].shape == want[1].shape else { return got }
    return [got[0], got[1] * signs(got[1], want[1])]
  }

  /// Singular vectors with the signs of the expected ones. The vectors that `fullMatrices` adds are
  /// any basis, which is replaced by the expected one.
  private static func settledSingularVectors(_ got: [Tensor], _ want: [Tensor]) -> [Tensor] {
    guard zip(got, want).allSatisfy({ $0.shape == $1.shape }) else { return got }
    let (u, s, v) = (got[0], got[1], got[2].mT)
    let k = s.size(-1)
    let part = { (x: Tensor, start: Int, end: Int) in
      x.narrow(dim: -1, start: start, length: end - start)
    }
    let signs = signs(part(u, 0, k), part(want[0], 0, k))
    let settled = { (x: Tensor, want: Tensor) in
      let rest = part(x, k, x.size(-1))
      let basis = rest.mT.matmul(part(want, k, x.size(-1))).detach()
      return cat([part(x, 0, k) * signs, rest.matmul(basis)], dim: -1)
    }
    return [settled(u, want[0]), s, settled(v, want[2].mT).mT]
  }

  /// 1 or −1 for each column.
  private static func signs(_ got: Tensor, _ want: Tensor) -> Tensor {
    let products = (got.detach() * want).sum(dim: -2, keepdim: true)
    return `where`(products .< 0, -1.0, 1.0).to(got.dtype)
  }
}
