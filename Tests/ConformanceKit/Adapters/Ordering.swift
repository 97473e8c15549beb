import Autograd

extension Adapter {
  static let ordering: [Adapter] = extremes + sorting + ranks + unique + searching

  private static let extremes: [Adapter] = [
    Adapter("max", "x.max(dim:)") { c in
      if c.isTensor(1, "other") { return try c.x.maximum(c[1, "other"]) }
      guard c.has(1, "dim") else { return try c.x.max() }
      return try pair(c.x.max(dim: c[1, "dim"], keepdim: c[2, "keepdim", or: false]))
    },
    Adapter("min", "x.min(dim:)") { c in
      if c.isTensor(1, "other") { return try c.x.minimum(c[1, "other"]) }
      guard c.has(1, "dim") else { return try c.x.min() }
      return try pair(c.x.min(dim: c[1, "dim"], keepdim: c[2, "keepdim", or: false]))
    },
    Adapter("amax", "x.amax(dim:)") { c in
      try c.x.amax(dim: c[1, "dim", or: []], keepdim: c[2, "keepdim", or: false])
    },
    Adapter("amin", "x.amin(dim:)") { c in
      try c.x.amin(dim: c[1, "dim", or: []], keepdim: c[2, "keepdim", or: false])
    },
    Adapter("aminmax", "x.aminmax(dim:)") { c in
      let (min, max) = try c.x.aminmax(dim: c["dim", or: nil], keepdim: c["keepdim", or: false])
      return [min, max]
    },
    Adapter("argmax", "x.argmax(dim:)") { c in
      try c.x.argmax(dim: c[1, "dim", or: nil], keepdim: c[2, "keepdim", or: false])
    },
    Adapter("argmin", "x.argmin(dim:)") { c in
      try c.x.argmin(dim: c[1, "dim", or: nil], keepdim: c[2, "keepdim", or: false])
    },
    Adapter("cummax", "x.cummax(dim:)") { c in try pair(c.x.cummax(dim: c[1, "dim"])) },
    Adapter("cummin", "x.cummin(dim:)") { c in try pair(c.x.cummin(dim: c[1, "dim"])) },
  ]

  private static let sorting: [Adapter] = [
    Adapter("sort", "x.sort(dim:descending:stable:)") { c in
      try pair(
        c.x.sort(
          dim: c[1, "dim", or: -1], descending: c[2, "descending", or: false],
          stable: c["stable", or: false]))
    },
    Adapter("argsort", "x.argsort(dim:descending:stable:)") { c in
      try c.x.argsort(
        dim: c[1, "dim", or: -1], descending: c[2, "descending", or: false],
        stable: c["stable", or: false])
    },
    Adapter("msort", "x.msort()") { c in try c.x.msort() },
    Adapter("topk", "x.topk(_:dim:largest:sorted:)") { c in
      try pair(
        c.x.topk(
          c[1, "k"], dim: c[2, "dim", or: -1], largest: c[3, "largest", or: true],
          sorted: c[4, "sorted", or: true]))
    },
  ]

  private static let ranks: [Adapter] = [
    Adapter("kthvalue", "x.kthvalue(_:dim:)") { c in
      try pair(
        c.x.kthvalue(c[1, "k"], dim: c[2, "dim", or: -1], keepdim: c[3, "keepdim", or: false]))
    },
    Adapter("mode", "x.mode(dim:)") { c in
      try pair(c.x.mode(dim: c[1, "dim", or: -1], keepdim: c[2, "keepdim", or: false]))
    },
    Adapter("median", "x.median(dim:)") { c in
      guard c.has(1, "dim") else { return try c.x.median() }
      return try pair(c.x.median(dim: c[1, "dim"], keepdim: c[2, "keepdim", or: false]))
    },
    Adapter("nanmedian", "x.nanmedian(dim:)") { c in
      guard c.has(1, "dim") else { return try c.x.nanmedian() }
      return try pair(c.x.nanmedian(dim: c[1, "dim"], keepdim: c[2, "keepdim", or: false]))
    },
    Adapter("quantile", "x.quantile(_:dim:interpolation:)") { c in
      let dim: Int? = try c[2, "dim", or: nil]
      let keepdim = try c[3, "keepdim", or: false]
      let interpolation = try interpolation(c)
      if c.isTensor(1, "q") {
        return try c.x.quantile(
          c[1, "q"] as Tensor, dim: dim, keepdim: keepdim, interpolation: interpolation)
      }
      return try c.x.quantile(
        c[1, "q"] as Double, dim: dim, keepdim: keepdim, interpolation: interpolation)
    },
    Adapter("nanquantile", "x.nanquantile(_:dim:interpolation:)") { c in
      let dim: Int? = try c[2, "dim", or: nil]
      let keepdim = try c[3, "keepdim", or: false]
      let interpolation = try interpolation(c)
      if c.isTensor(1, "q") {
        return try c.x.nanquantile(
          c[1, "q"] as Tensor, dim: dim, keepdim: keepdim, interpolation: interpolation)
      }
      return try c.x.nanquantile(
        c[1, "q"] as Double, dim: dim, keepdim: keepdim, interpolation: interpolation)
    },
  ]

  private static let unique: [Adapter] = [
    Adapter("unique", "x.unique(dim:)") { c in
      c.ignore("sorted")  // the result is always sorted
      return try wanted(c, c.x.unique(dim: c["dim", or: nil]))
    },
    Adapter("unique_consecutive", "x.uniqueConsecutive(dim:)") { c in
      try wanted(c, c.x.uniqueConsecutive(dim: c["dim", or: nil]))
    },
    Adapter("bincount", "x.bincount(weights:minlength:)") { c in
      try c.x.bincount(
        weights: c[1, "weights", or: nil], minlength: c[2, "minlength", or: 0])
    },
    Adapter("histc", "x.histc(bins:min:max:)") { c in
      try c.x.histc(
        bins: c[1, "bins", or: 100], min: c[2, "min", or: 0], max: c[3, "max", or: 0])
    },
  ]

  private static let searching: [Adapter] = [
    Adapter("searchsorted", "searchsorted(sequence, values)") { c in
      let right = try c["right", or: false] || c["side", or: "left"] == "right"
      let outInt32 = try c["out_int32", or: false]
      let sorter: Tensor? = try c["sorter", or: nil]
      if c.isTensor(1, "input") {
        return try searchsorted(
          c.x, c[1, "input"], outInt32: outInt32, right: right, sorter: sorter)
      }
      return try searchsorted(
        c[0, "sorted_sequence"], c.number(1, "input"), outInt32: outInt32, right: right,
        sorter: sorter)
    },
    Adapter("bucketize", "bucketize(x, boundaries)") { c in
      try bucketize(
        c.x, c[1, "boundaries"], outInt32: c["out_int32", or: false], right: c["right", or: false])
    },
  ]

  private static func pair(_ found: (values: Tensor, indices: Tensor)) -> [Tensor] {
    [found.values, found.indices]
  }

  /// The outputs that PyTorch returns if asked to.
  private static func wanted(
    _ c: Call, _ found: (values: Tensor, inverse: Tensor, counts: Tensor)
  ) throws -> [Tensor] {
    [found.values] + (try c["return_inverse", or: false] ? [found.inverse] : [])
      + (try c["return_counts", or: false] ? [found.counts] : [])
  }

  private static func interpolation(_ c: Call) throws -> QuantileInterpolation {
    let name: String = try c["interpolation", or: "linear"]
    guard let one = QuantileInterpolation.allCases.first(where: { "\($0)" == name }) else {
      throw NoSuchCase(value: .string(name))
    }
    return one
  }
}
