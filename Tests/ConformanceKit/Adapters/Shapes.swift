import Autograd

extension Adapter {
  static let shapes: [Adapter] =
    views + slices + parts + joins + arrangements + triangles + grids + creation

  // MARK: - Views

  private static let views: [Adapter] = [
    Adapter("T", "x.T") { c in try c.x.T },
    Adapter("H", "x.T") { c in try c.x.T },
    Adapter("t", "x.T") { c in try c.x.T },
    Adapter("mT", "x.mT") { c in try c.x.mT },
    Adapter("mH", "x.mT") { c in try c.x.mT },
    Adapter("atleast_1d", "x.atleast1d()") { c in
      try c.rest(from: 0, "tensors").map { (x: Tensor) in x.atleast1d() }
    },
    Adapter("atleast_2d", "x.atleast2d()") { c in
      try c.rest(from: 0, "tensors").map { (x: Tensor) in x.atleast2d() }
    },
    Adapter("atleast_3d", "x.atleast3d()") { c in
      try c.rest(from: 0, "tensors").map { (x: Tensor) in x.atleast3d() }
    },
    Adapter("broadcast_to", "x.expand(shape)") { c in try c.x.expand(c[1, "shape"] as [Int]) },
    Adapter("clone", "x.clone()") { c in try c.x.clone() },
    Adapter("contiguous", "x.contiguous()") { c in try c.x.contiguous() },
    Adapter("expand", "x.expand(shape)") { c in try c.x.expand(c.rest(from: 1, "size") as [Int]) },
    Adapter("expand_as", "x.expandAs(y)") { c in try c.x.expandAs(c[1, "other"]) },
    Adapter("flatten", "x.flatten(startDim:endDim:)") { c in
      try c.x.flatten(startDim: c[1, "start_dim", or: 0], endDim: c[2, "end_dim", or: -1])
    },
    Adapter("movedim", "x.movedim(source, destination)") { c in
      try c.x.movedim(c[1, "source"] as [Int], c[2, "destination"] as [Int])
    },
    Adapter("permute", "x.permute(dims)") { c in try c.x.permute(c.rest(from: 1, "dims") as [Int])
    },
    Adapter("ravel", "x.flatten().contiguous()") { c in try c.x.flatten().contiguous() },
    Adapter("reshape", "x.reshape(shape)") { c in try c.x.reshape(c.rest(from: 1, "shape") as [Int])
    },
    Adapter("reshape_as", "x.reshapeAs(y)") { c in try c.x.reshapeAs(c[1, "other"]) },
    Adapter("squeeze", "x.squeeze(dims)") { c in
      c.has(1, "dim") ? try c.x.squeeze(c[1, "dim"] as [Int]) : try c.x.squeeze()
    },
    Adapter("transpose", "x.transpose(dim0, dim1)") { c in
      try c.x.transpose(c[1, "dim0"], c[2, "dim1"])
    },
    Adapter("unflatten", "x.unflatten(dim:sizes:)") { c in
      try c.x.unflatten(dim: c[1, "dim"], sizes: c[2, "sizes"])
    },
    Adapter("unsqueeze", "x.unsqueeze(dim)") { c in try c.x.unsqueeze(c[1, "dim"]) },
    Adapter("view", "x.view(shape)") { c in try c.x.view(c.rest(from: 1, "size") as [Int]) },
    Adapter("view_as", "x.viewAs(y)") { c in try c.x.viewAs(c[1, "other"]) },
    Adapter("unfold", "x.unfold(dim:size:step:)") { c in
      try c.x.unfold(dim: c[1, "dimension"], size: c[2, "size"], step: c[3, "step"])
    },
    // The result depends on the storage of the input: the cases are for inputs with their own
    // storage.
    Adapter("as_strided", "x.asStrided(size, stride, storageOffset:)") { c in
      try c.x.clone().asStrided(
        c[1, "size"], c[2, "stride"], storageOffset: c[3, "storage_offset", or: nil])
    },
  ]

  // MARK: - Slices

  private static let slices: [Adapter] = [
    Adapter("diagonal", "x.diagonal(offset:dim1:dim2:)") { c in
      try c.x.diagonal(
        offset: c[1, "offset", or: 0], dim1: c[2, "dim1", or: 0], dim2: c[3, "dim2", or: 1])
    },
    Adapter("diagonal_scatter", "x.diagonalScatter(src, offset:dim1:dim2:)") { c in
      try c.x.diagonalScatter(
        c[1, "src"], offset: c[2, "offset", or: 0], dim1: c[3, "dim1", or: 0],
        dim2: c[4, "dim2", or: 1])
    },
    Adapter("narrow", "x.narrow(dim:start:length:)") { c in
      let length: Int = try c[3, "length"]
      return c.isTensor(2, "start")
        ? try c.x.narrow(dim: c[1, "dim"], start: c[2, "start"] as Tensor, length: length)
        : try c.x.narrow(dim: c[1, "dim"], start: c[2, "start"] as Int, length: length)
    },
    Adapter("select", "x.select(dim:index:)") { c in
      try c.x.select(dim: c[1, "dim"], index: c[2, "index"])
    },
    Adapter("select_scatter", "x.selectScatter(src, dim:index:)") { c in
      try c.x.selectScatter(c[1, "src"], dim: c[2, "dim"], index: c[3, "index"])
    },
    Adapter("slice", "x[.all, .slice(from:to:by:)]") { c in
      let dim: Int = try c[1, "dim", or: 0]
      let x = try c.x
      let slice = TensorIndex.slice(
        from: try c[2, "start", or: nil], to: try c[3, "end", or: nil],
        by: try c[4, "step", or: 1])
      let before = Array(repeating: TensorIndex.all, count: dim < 0 ? dim + x.ndim : dim)
      return x[indices: before + [slice]]
    },
    Adapter("slice_scatter", "x.sliceScatter(src, dim:start:end:step:)") { c in
      try c.x.sliceScatter(
        c[1, "src"], dim: c[2, "dim", or: 0], start: c[3, "start", or: nil],
        end: c[4, "end", or: nil], step: c[5, "step", or: 1])
    },
  ]

  // MARK: - Parts

  private static let parts: [Adapter] = [
    Adapter("chunk", "x.chunk(chunks, dim:)") { c in
      try c.x.chunk(c[1, "chunks"], dim: c[2, "dim", or: 0])
    },
    Adapter("unsafe_chunk", "x.chunk(chunks, dim:)") { c in
      try c.x.chunk(c[1, "chunks"], dim: c[2, "dim", or: 0])
    },
    Adapter("split", "x.split(size, dim:)") { c in
      c.isList(1, "split_size_or_sections")
        ? try c.x.split(
          c[1, "split_size_or_sections"] as [Int], dim: c[2, "dim", or: 0])
        : try c.x.split(c[1, "split_size_or_sections"] as Int, dim: c[2, "dim", or: 0])
    },
    Adapter("unsafe_split", "x.split(size, dim:)") { c in
      try c.x.split(c[1, "split_size"] as Int, dim: c[2, "dim", or: 0])
    },
    Adapter("split_with_sizes", "x.split(sizes, dim:)") { c in
      try c.x.split(c[1, "split_sizes"] as [Int], dim: c[2, "dim", or: 0])
    },
    Adapter("tensor_split", "x.tensorSplit(sections, dim:)") { c in
      let dim: Int = try c[2, "dim", or: 0]
      switch try c.sections() {
      case .count(let n): return try c.x.tensorSplit(n, dim: dim)
      case .places(let places): return try c.x.tensorSplit(places, dim: dim)
      }
    },
    Adapter("hsplit", "x.hsplit(sections)") { c in
      switch try c.sections() {
      case .count(let n): try c.x.hsplit(n)
      case .places(let places): try c.x.hsplit(places)
      }
    },
    Adapter("vsplit", "x.vsplit(sections)") { c in
      switch try c.sections() {
      case .count(let n): try c.x.vsplit(n)
      case .places(let places): try c.x.vsplit(places)
      }
    },
    Adapter("dsplit", "x.dsplit(sections)") { c in
      switch try c.sections() {
      case .count(let n): try c.x.dsplit(n)
      case .places(let places): try c.x.dsplit(places)
      }
    },
    Adapter("unbind", "x.unbind(dim:)") { c in try c.x.unbind(dim: c[1, "dim", or: 0]) },
  ]

  // MARK: - Grids

  private static let grids: [Adapter] = [
    Adapter("broadcast_tensors", "broadcastTensors(tensors)") { c in
      try broadcastTensors(c.rest(from: 0, "tensors"))
    },
    Adapter("cartesian_prod", "cartesianProd(tensors)") { c in
      try cartesianProd(c.rest(from: 0, "tensors"))
    },
    Adapter("combinations", "x.combinations(r:withReplacement:)") { c in
      try c.x.combinations(
        r: c[1, "r", or: 2], withReplacement: c[2, "with_replacement", or: false])
    },
    Adapter("meshgrid", "meshgrid(tensors, indexing: .xy)") { c in
      let indexing: MeshgridIndexing =
        switch try c["indexing", or: "ij"] as String {
        case "ij": .ij
        case "xy": .xy
        case let other: throw NoSuchCase(value: .string(other))
        }
      return try meshgrid(c.rest(from: 0, "tensors"), indexing: indexing)
    },
  ]
}

extension Call {
  /// The number of parts to split into, or the indices to split at.
  fileprivate enum Sections {
    case count(Int)
    case places([Int])
  }

  fileprivate func sections() throws -> Sections {
    for name in ["indices_or_sections", "tensor_indices_or_sections", "sections", "indices"]
    where has(1, name) {
      if isTensor(1, name) {
        let x: Tensor = try self[1, name]
        return x.ndim == 0 ? .count(x.item(as: Int.self)) : .places(x.array(of: Int.self))
      }
      return isList(1, name) ? .places(try self[1, name]) : .count(try self[1, name])
    }
    throw NotSupported("the sections are missing")
  }
}
