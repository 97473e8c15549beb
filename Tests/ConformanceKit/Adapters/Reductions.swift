import Autograd

extension Adapter {
  static let reductions: [Adapter] = sums + moments + norms + scans + differences

  private static let sums: [Adapter] = [
    Adapter("all", "x.all(dim:keepdim:)") { c in
      try c.x.all(dim: c.dims, keepdim: c.keepdim)
    },
    Adapter("any", "x.any(dim:keepdim:)") { c in
      try c.x.any(dim: c.dims, keepdim: c.keepdim)
    },
    Adapter("count_nonzero", "x.countNonzero(dim:)") { c in try c.x.countNonzero(dim: c.dims) },
    Adapter("logsumexp", "x.logsumexp(dim:keepdim:)") { c in
      try c.x.logsumexp(dim: c.dims, keepdim: c.keepdim)
    },
    Adapter("mean", "x.mean(dim:keepdim:dtype:)") { c in
      try c.x.mean(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("nanmean", "x.nanmean(dim:keepdim:dtype:)") { c in
      try c.x.nanmean(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("nansum", "x.nansum(dim:keepdim:dtype:)") { c in
      try c.x.nansum(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("prod", "x.prod(dim:keepdim:dtype:)") { c in
      try c.x.prod(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("sum", "x.sum(dim:keepdim:dtype:)") { c in
      try c.x.sum(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("sum_to_size", "x.sumToSize([m, n])") { c in
      try c.x.sumToSize(c.rest(from: 1, "size"))
    },
  ]

  private static let moments: [Adapter] = [
    Adapter("corrcoef", "x.corrcoef()") { c in try c.x.corrcoef() },
    Adapter("cov", "x.cov(correction:fweights:aweights:)") { c in
      try c.x.cov(
        correction: c["correction", or: 1], fweights: c["fweights", or: nil],
        aweights: c["aweights", or: nil])
    },
    Adapter("std", "x.std(dim:correction:keepdim:)") { c in
      let (dims, correction, keepdim) = try c.momentArguments
      return try c.x.std(dim: dims, correction: correction, keepdim: keepdim)
    },
    Adapter("std_mean", "x.stdMean(dim:correction:keepdim:)") { c in
      let (dims, correction, keepdim) = try c.momentArguments
      let y = try c.x.stdMean(dim: dims, correction: correction, keepdim: keepdim)
      return [y.std, y.mean]
    },
    Adapter("var", "x.var(dim:correction:keepdim:)") { c in
      let (dims, correction, keepdim) = try c.momentArguments
      return try c.x.var(dim: dims, correction: correction, keepdim: keepdim)
    },
    Adapter("var_mean", "x.varMean(dim:correction:keepdim:)") { c in
      let (dims, correction, keepdim) = try c.momentArguments
      let y = try c.x.varMean(dim: dims, correction: correction, keepdim: keepdim)
      return [y.var, y.mean]
    },
  ]

  private static let norms: [Adapter] = [
    Adapter("dist", "x.dist(y, p:)") { c in try c.x.dist(c[1, "other"], p: c[2, "p", or: 2]) },
    Adapter("norm", "x.norm(p, dim:keepdim:dtype:)") { c in
      if case .string("nuc") = c.value(1, "p") {
        let dims = try c[2, "dim", or: [-2, -1]]
        return try c.x.matrixNorm(
          .nuclear, dims: (dims[0], dims[1]), keepdim: c[3, "keepdim", or: false])
      }
      return try c.x.norm(
        c.order, dim: c[2, "dim", or: nil as [Int]?] ?? [], keepdim: c[3, "keepdim", or: false],
        dtype: c.dtype)
    },
    Adapter("renorm", "x.renorm(p:dim:maxnorm:)") { c in
      try c.x.renorm(p: c[1, "p"], dim: c[2, "dim"], maxnorm: c[3, "maxnorm"])
    },
  ]

  private static let scans: [Adapter] = [
    Adapter("cumprod", "x.cumprod(dim:dtype:)") { c in
      try c.x.cumprod(dim: c[1, "dim"], dtype: c.dtype)
    },
    Adapter("cumsum", "x.cumsum(dim:dtype:)") { c in
      try c.x.cumsum(dim: c[1, "dim"], dtype: c.dtype)
    },
    Adapter("logcumsumexp", "x.logcumsumexp(dim:)") { c in
      try c.x.logcumsumexp(dim: c[1, "dim"])
    },
  ]

  private static let differences: [Adapter] = [
    Adapter("cumulative_trapezoid", "y.cumulativeTrapezoid(x, dim:)") { c in
      let dim: Int = try c["dim", or: -1]
      return c.has(1, "x")
        ? try c.x.cumulativeTrapezoid(c[1, "x"], dim: dim)
        : try c.x.cumulativeTrapezoid(dx: c["dx", or: 1], dim: dim)
    },
    Adapter("diff", "x.diff(n:dim:prepend:append:)") { c in
      try c.x.diff(
        n: c[1, "n", or: 1], dim: c[2, "dim", or: -1], prepend: c[3, "prepend", or: nil],
        append: c[4, "append", or: nil])
    },
    Adapter("gradient", "x.gradient(spacing:dim:edgeOrder:)") { c in
      let dims = try c["dim", or: nil as [Int]?] ?? []
      let edgeOrder: Int = try c["edge_order", or: 1]
      guard let list = c.value(nil, "spacing")?.elements else {
        let spacing: Double = try c["spacing", or: nil as Double?] ?? 1
        return try c.x.gradient(spacing: spacing, dim: dims, edgeOrder: edgeOrder)
      }
      if case .tensor = list.first {
        return try c.x.gradient(
          spacing: c["spacing"] as [Tensor], dim: dims, edgeOrder: edgeOrder)
      }
      return try c.x.gradient(spacing: c["spacing"] as [Double], dim: dims, edgeOrder: edgeOrder)
    },
    Adapter("trapezoid", "y.trapezoid(x, dim:)") { c in try trapezoid(c) },
    Adapter("trapz", "y.trapezoid(x, dim:)") { c in try trapezoid(c) },
  ]

  private static func trapezoid(_ c: Call) throws -> Tensor {
    let dim: Int = try c["dim", or: -1]
    return c.has(1, "x")
      ? try c.x.trapezoid(c[1, "x"], dim: dim)
      : try c.x.trapezoid(dx: c["dx", or: 1], dim: dim)
  }
}

// MARK: - Arguments of reductions

extension Call {
  /// The dimensions to reduce; empty for all.
  fileprivate var dims: [Int] { get throws { try self[1, "dim", or: nil as [Int]?] ?? [] } }

  fileprivate var keepdim: Bool { get throws { try self[2, "keepdim", or: false] } }

  fileprivate var dtype: DType? { get throws { try self["dtype", or: nil] } }

  /// The order of a norm of the elements: PyTorch's "fro" is 2.
  fileprivate var order: Double {
    get throws { value(1, "p")?.text == "fro" ? 2 : try self[1, "p", or: nil as Double?] ?? 2 }
  }

  /// The arguments of `var`, `std` and the like: `(dim, unbiased, keepdim)`, `(unbiased)`, or
  /// `correction` by name.
  fileprivate var momentArguments: (dims: [Int], correction: Double, keepdim: Bool) {
    get throws {
      if case .bool(let unbiased) = value(1, "dim") { return ([], unbiased ? 1 : 0, false) }
      let unbiased: Bool = try self[2, "unbiased", or: true]
      let correction = try self["correction", or: nil as Double?] ?? (unbiased ? 1 : 0)
      return (try dims, correction, try self[3, "keepdim", or: false])
    }
  }
}
