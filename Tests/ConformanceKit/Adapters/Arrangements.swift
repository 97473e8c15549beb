import Autograd
import NN

extension Adapter {
  // MARK: - Joining

  static let joins: [Adapter] = [
    Adapter("block_diag", "blockDiag(tensors)") { c in
      try blockDiag(c.rest(from: 0, "tensors"))
    },
    Adapter("cat", "cat(tensors, dim:)") { c in
      try cat(c[0, "tensors"], dim: c[1, "dim", or: 0])
    },
    Adapter("column_stack", "columnStack(tensors)") { c in try columnStack(c[0, "tensors"]) },
    Adapter("dstack", "dstack(tensors)") { c in try dstack(c[0, "tensors"]) },
    Adapter("hstack", "hstack(tensors)") { c in try hstack(c[0, "tensors"]) },
    Adapter("stack", "stack(tensors, dim:)") { c in
      try stack(c[0, "tensors"], dim: c[1, "dim", or: 0])
    },
    Adapter("vstack", "vstack(tensors)") { c in try vstack(c[0, "tensors"]) },
  ]

  // MARK: - Rearranging copies

  static let arrangements: [Adapter] = [
    Adapter("constant_pad_nd", "pad(x, padding, value:)") { c in
      try pad(c.x, c[1, "pad"], value: c.number(2, "value", or: 0))
    },
    Adapter("fill", "x.fill(value)") { c in
      c.isTensor(1, "value")
        ? try c.x.fill(c[1, "value"] as Tensor) : try c.x.fill(c.number(1, "value"))
    },
    Adapter("flip", "x.flip(dims)") { c in try c.x.flip(c.rest(from: 1, "dims")) },
    Adapter("fliplr", "x.fliplr()") { c in try c.x.fliplr() },
    Adapter("flipud", "x.flipud()") { c in try c.x.flipud() },
    Adapter("repeat", "x.repeat(counts)") { c in
      try c.x.repeat(c.rest(from: 1, "repeats"))
    },
    Adapter("repeat_interleave", "x.repeatInterleave(repeats, dim:)") { c in
      // A hint at the size of the result, for GPUs.
      c.ignore("output_size")
      let dim: Int? = try c[2, "dim", or: nil]
      return c.isTensor(1, "repeats")
        ? try c.x.repeatInterleave(c[1, "repeats"] as Tensor, dim: dim)
        : try c.x.repeatInterleave(c[1, "repeats"] as Int, dim: dim)
    },
    Adapter("roll", "x.roll(shifts, dims:)") { c in
      let shifts: [Int] = try c[1, "shifts"]
      let dims: [Int] = try c[2, "dims", or: []]
      return dims.isEmpty && shifts.count == 1
        ? try c.x.roll(shifts[0]) : try c.x.roll(shifts, dims: dims)
    },
    Adapter("rot90", "x.rot90(k:dims:)") { c in
      try c.x.rot90(k: c[1, "k", or: 1], dims: c[2, "dims", or: [0, 1]])
    },
    Adapter("tile", "x.tile(counts)") { c in try c.x.tile(c.rest(from: 1, "dims")) },
  ]

  // MARK: - Triangles and diagonals

  static let triangles: [Adapter] = [
    Adapter("diag", "x.diag(diagonal:)") { c in
      try c.x.diag(diagonal: c[1, "diagonal", or: 0])
    },
    Adapter("diag_embed", "x.diagEmbed(offset:dim1:dim2:)") { c in
      try c.x.diagEmbed(
        offset: c[1, "offset", or: 0], dim1: c[2, "dim1", or: -2], dim2: c[3, "dim2", or: -1])
    },
    Adapter("diagflat", "x.diagflat(offset:)") { c in
      try c.x.diagflat(offset: c[1, "offset", or: 0])
    },
    Adapter("tril", "x.tril(diagonal:)") { c in
      try c.x.tril(diagonal: c[1, "diagonal", or: 0])
    },
    Adapter("triu", "x.triu(diagonal:)") { c in
      try c.x.triu(diagonal: c[1, "diagonal", or: 0])
    },
    Adapter("tril_indices", "Tensor.trilIndices(rows, columns, offset:)") { c in
      c.ignore("device", "layout")
      return try Tensor.trilIndices(
        c[0, "row"], c[1, "col"], offset: c[2, "offset", or: 0], dtype: c["dtype", or: .int64])
    },
    Adapter("triu_indices", "Tensor.triuIndices(rows, columns, offset:)") { c in
      c.ignore("device", "layout")
      return try Tensor.triuIndices(
        c[0, "row"], c[1, "col"], offset: c[2, "offset", or: 0], dtype: c["dtype", or: .int64])
    },
  ]
}
