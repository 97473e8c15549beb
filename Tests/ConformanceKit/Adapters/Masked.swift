import Autograd

extension Adapter {
  static let masked: [Adapter] = reductionsOfMasked + normalizationsOfMasked + masking

  private static let reductionsOfMasked: [Adapter] = [
    Adapter("masked.amax", "x.masked(mask).amax(dim:keepdim:)") { c in
      try c.masked.amax(dim: c.dims, keepdim: c.keepdim)
    },
    Adapter("masked.amin", "x.masked(mask).amin(dim:keepdim:)") { c in
      try c.masked.amin(dim: c.dims, keepdim: c.keepdim)
    },
    // PyTorch gives indices in the type of the elements.
    Adapter("masked.argmax", "x.masked(mask).argmax(dim:keepdim:)") { c in
      try c.masked.argmax(dim: c[1, "dim", or: nil], keepdim: c.keepdim).to(c.x.dtype)
    },
    Adapter("masked.argmin", "x.masked(mask).argmin(dim:keepdim:)") { c in
      try c.masked.argmin(dim: c[1, "dim", or: nil], keepdim: c.keepdim).to(c.x.dtype)
    },
    Adapter("masked.cumprod", "x.masked(mask).cumprod(dim:dtype:)") { c in
      try c.masked.cumprod(dim: c[1, "dim"], dtype: c.dtype)
    },
    Adapter("masked.cumsum", "x.masked(mask).cumsum(dim:dtype:)") { c in
      try c.masked.cumsum(dim: c[1, "dim"], dtype: c.dtype)
    },
    Adapter("masked.logsumexp", "x.masked(mask).logsumexp(dim:keepdim:)") { c in
      try c.masked.logsumexp(dim: c.dims, keepdim: c.keepdim)
    },
    Adapter("masked.mean", "x.masked(mask).mean(dim:keepdim:dtype:)") { c in
      try c.masked.mean(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("masked.median", "x.masked(mask).median(dim:keepdim:)") { c in
      try c.masked.median(dim: c[1, "dim", or: -1], keepdim: c.keepdim)
    },
    Adapter("masked.norm", "x.masked(mask).norm(p, dim:keepdim:dtype:)") { c in
      try c.masked.norm(
        c[1, "ord", or: nil as Double?] ?? 2, dim: c[2, "dim", or: nil as [Int]?] ?? [],
        keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("masked.prod", "x.masked(mask).prod(dim:keepdim:dtype:)") { c in
      try c.masked.prod(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("masked.std", "x.masked(mask).std(dim:correction:keepdim:)") { c in
      try c.masked.std(dim: c.dims, correction: c.correction, keepdim: c.keepdim)
    },
    Adapter("masked.sum", "x.masked(mask).sum(dim:keepdim:dtype:)") { c in
      try c.masked.sum(dim: c.dims, keepdim: c.keepdim, dtype: c.dtype)
    },
    Adapter("masked.var", "x.masked(mask).var(dim:correction:keepdim:)") { c in
      try c.masked.var(dim: c.dims, correction: c.correction, keepdim: c.keepdim)
    },
  ]

  private static let normalizationsOfMasked: [Adapter] = [
    Adapter("masked.log_softmax", "x.masked(mask).logSoftmax(dim:dtype:)") { c in
      try c.masked.logSoftmax(dim: c[1, "dim"], dtype: c.dtype)
    },
    Adapter("masked.normalize", "x.masked(mask).normalize(p, dim:eps:)") { c in
      try c.masked.normalize(c[1, "ord"], dim: c[2, "dim"], eps: c["eps", or: 1e-12])
    },
    Adapter("masked.softmax", "x.masked(mask).softmax(dim:dtype:)") { c in
      try c.masked.softmax(dim: c[1, "dim"], dtype: c.dtype)
    },
    Adapter("masked.softmin", "x.masked(mask).softmin(dim:dtype:)") { c in
      try c.masked.softmin(dim: c[1, "dim"], dtype: c.dtype)
    },
  ]

  private static let masking: [Adapter] = [
    Adapter("masked_fill", "x.maskedFill(mask, value)") { c in
      c.isTensor(2, "value")
        ? try c.x.maskedFill(c[1, "mask"], c[2, "value"])
        : try c.x.maskedFill(c[1, "mask"], c.number(2, "value"))
    },
    Adapter("masked_scatter", "x.maskedScatter(mask, source:)") { c in
      try c.x.maskedScatter(c[1, "mask"], source: c[2, "source"])
    },
    Adapter("masked_select", "x.maskedSelect(mask)") { c in try c.x.maskedSelect(c[1, "mask"]) },
  ]
}

// MARK: - Arguments of masked reductions

extension Call {
  /// The input and its mask; all true if there is none.
  fileprivate var masked: MaskedTensor {
    get throws { try x.masked(self["mask", or: nil as Tensor?] ?? Tensor(true)) }
  }

  fileprivate var dims: [Int] { get throws { try self[1, "dim", or: nil as [Int]?] ?? [] } }

  fileprivate var keepdim: Bool { get throws { try self["keepdim", or: false] } }

  fileprivate var dtype: DType? { get throws { try self["dtype", or: nil] } }

  fileprivate var correction: Double {
    get throws {
      let unbiased = try self[2, "unbiased", or: nil as Bool?] ?? true
      return try self["correction", or: nil as Double?] ?? (unbiased ? 1 : 0)
    }
  }
}
