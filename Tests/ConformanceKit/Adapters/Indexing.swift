import Autograd

extension Adapter {
  static let indexing: [Adapter] = reads + writes

  private static let reads: [Adapter] = [
    Adapter("__getitem__", "x[…]") { c in
      guard let indices = c.value(1, "indices") else { throw NotSupported("no indices") }
      return try c.x[indices: c.subscripts(indices)]
    },
    Adapter("gather", "x.gather(dim:index:)") { c in
      c.ignore("sparse_grad")
      return try c.x.gather(dim: c[1, "dim"], index: c[2, "index"])
    },
    Adapter("index_select", "x.indexSelect(dim:index:)") { c in
      try c.x.indexSelect(dim: c[1, "dim"], index: c[2, "index"])
    },
    Adapter("take", "x.take(index)") { c in try c.x.take(c[1, "index"]) },
    Adapter("take_along_dim", "x.takeAlongDim(indices, dim:)") { c in
      try c.x.takeAlongDim(c[1, "indices"], dim: c[2, "dim", or: nil])
    },
    Adapter("nonzero", "x.nonzero(), x.nonzero().unbind(dim: 1)") { c in
      guard try c["as_tuple", or: false] else { return try c.x.nonzero() }
      return try (c.x.ndim == 0 ? c.x.unsqueeze(0) : c.x).nonzero().unbind(dim: 1)
    },
    Adapter("argwhere", "x.nonzero()") { c in try c.x.nonzero() },
  ]

  private static let writes: [Adapter] = [
    Adapter("index_add", "x.indexAdd(dim:index:source:alpha:)") { c in
      try c.x.indexAdd(
        dim: c[1, "dim"], index: c[2, "index"], source: c[3, "source"],
        alpha: c.number(nil, "alpha", or: 1))
    },
    Adapter("index_copy", "x.indexCopy(dim:index:source:)") { c in
      try c.x.indexCopy(dim: c[1, "dim"], index: c[2, "index"], source: c[3, "source"])
    },
    Adapter("index_fill", "x.indexFill(dim:index:value:)") { c in
      let (dim, index): (Int, Tensor) = (try c[1, "dim"], try c[2, "index"])
      return c.isTensor(3, "value")
        ? try c.x.indexFill(dim: dim, index: index, value: c[3, "value"])
        : try c.x.indexFill(dim: dim, index: index, value: c.number(3, "value"))
    },
    Adapter("index_put", "x.indexPut(indices, values, accumulate:)") { c in
      guard let indices = c.value(1, "indices") else { throw NotSupported("no indices") }
      return try c.x.indexPut(
        c.subscripts(indices), c[2, "values"], accumulate: c[3, "accumulate", or: false])
    },
    Adapter("index_reduce", "x.indexReduce(dim:index:source:reduce:includeSelf:)") { c in
      try c.x.indexReduce(
        dim: c[1, "dim"], index: c[2, "index"], source: c[3, "source"], reduce: c[4, "reduce"],
        includeSelf: c["include_self", or: true])
    },
    Adapter("put", "x.put(index, source, accumulate:)") { c in
      try c.x.put(c[1, "index"], c[2, "source"], accumulate: c[3, "accumulate", or: false])
    },
    Adapter("scatter", "x.scatter(dim:index:src:), x.scatter(dim:index:value:)") { c in
      let (dim, index): (Int, Tensor) = (try c[1, "dim"], try c[2, "index"])
      let isTensor = c.isTensor(3, "src")
      if c.has(nil, "reduce") {
        let src =
          isTensor
          ? try c[3, "src"] : try Tensor.fullLike(index, c[3, "value"] as Double, dtype: c.x.dtype)
        return try c.x.scatterReduce(dim: dim, index: index, src: src, reduce: c["reduce"])
      }
      return isTensor
        ? try c.x.scatter(dim: dim, index: index, src: c[3, "src"])
        : try c.x.scatter(dim: dim, index: index, value: c.number(3, "value"))
    },
    Adapter("scatter_add", "x.scatterAdd(dim:index:src:)") { c in
      try c.x.scatterAdd(dim: c[1, "dim"], index: c[2, "index"], src: c[3, "src"])
    },
    Adapter("scatter_reduce", "x.scatterReduce(dim:index:src:reduce:includeSelf:)") { c in
      try c.x.scatterReduce(
        dim: c[1, "dim"], index: c[2, "index"], src: c[3, "src"], reduce: c[4, "reduce"],
        includeSelf: c["include_self", or: true])
    },
  ]
}

// MARK: - Arguments

extension ScatterReduction: Argument {
  /// PyTorch's names; `scatter` has its own.
  init(_ value: Value, _ call: Call) throws {
    self =
      switch value.text {
      case "sum", "add": .sum
      case "prod", "multiply": .prod
      case "mean": .mean
      case "amin": .amin
      case "amax": .amax
      default: throw NoSuchCase(value: value)
      }
  }
}

extension Call {
  /// The indices of a subscript: a tuple has one index per dimension, any other value is one index.
  fileprivate func subscripts(_ value: Value) throws -> [any TensorIndexing] {
    if case .tuple(let values) = value { return try values.map { try index($0) } }
    return [try index(value)]
  }

  private func index(_ value: Value) throws -> any TensorIndexing {
    switch value {
    case .none: return .newAxis as TensorIndex
    case .ellipsis: return .ellipsis as TensorIndex
    case .int(let i): return i
    case .bool(let flag): return Tensor(flag)
    case .tensor: return try Tensor(value, self)
    case .slice(let from, let to, let step):
      let bounds = try [from, to, step].map { try Int?($0, self) }
      return TensorIndex.slice(from: bounds[0], to: bounds[1], by: bounds[2] ?? 1)
    case .list(let values): return try Self.tensor(values)
    default: throw NotSupported("the index \(value)")
    }
  }

  /// A list of indices, nested or not.
  private static func tensor(_ values: [Value]) throws -> Tensor {
    if values.isEmpty { return Tensor([Int]()) }
    return try stack(
      values.map { value in
        switch value {
        case .int(let i): Tensor(i)
        case .bool(let flag): Tensor(flag)
        case .list(let inner): try tensor(inner)
        default: throw NotSupported("\(value) in a list of indices")
        }
      })
  }
}
