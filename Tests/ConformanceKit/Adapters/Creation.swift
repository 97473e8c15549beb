import Autograd

extension Adapter {
  static let creation: [Adapter] = [
    Adapter("zero_", "x.zero_()") { c in try c.x.clone().zero_() },
    Adapter("zeros", "Tensor.zeros(shape)") { c in
      try Tensor.zeros(c.rest(from: 0, "size"), dtype: c.dtype ?? .default)
    },
    Adapter("ones", "Tensor.ones(shape)") { c in
      try Tensor.ones(c.rest(from: 0, "size"), dtype: c.dtype ?? .default)
    },
    Adapter("full", "Tensor.full(shape, value)") { c in
      try Tensor.full(c[0, "size"], c.number(1, "fill_value"), dtype: c.dtype)
    },
    Adapter("zeros_like", "Tensor.zerosLike(x)") { c in
      try Tensor.zerosLike(c.x, dtype: c.dtype)
    },
    Adapter("ones_like", "Tensor.onesLike(x)") { c in
      try Tensor.onesLike(c.x, dtype: c.dtype)
    },
    Adapter("full_like", "Tensor.fullLike(x, value)") { c in
      try Tensor.fullLike(c.x, c.number(1, "fill_value"), dtype: c.dtype)
    },
    Adapter("new_zeros", "x.newZeros(shape)") { c in
      try c.x.newZeros(c.rest(from: 1, "size"), dtype: c.dtype)
    },
    Adapter("new_ones", "x.newOnes(shape)") { c in
      try c.x.newOnes(c.rest(from: 1, "size"), dtype: c.dtype)
    },
    Adapter("new_full", "x.newFull(shape, value)") { c in
      try c.x.newFull(c[1, "size"], c.number(2, "fill_value"), dtype: c.dtype)
    },
    Adapter("eye", "Tensor.eye(n, m)") { c in
      try Tensor.eye(c[0, "n"], c[1, "m", or: nil], dtype: c.dtype ?? .default)
    },
    Adapter("arange", "Tensor.arange(start, end, step)") { c in
      let dtype = try c.dtype
      let only = !c.has(1, "end")
      let start: any TensorScalar = only ? 0 : try c.number(0, "start")
      let end = try c.number(only ? 0 : 1, "end")
      let step = try c.number(2, "step", or: 1)
      // The three have one type in Swift.
      return [start, end, step].contains { $0 is Double }
        ? Tensor.arange(start.scalar.double, end.scalar.double, step.scalar.double, dtype: dtype)
        : Tensor.arange(start.scalar.int64, end.scalar.int64, step.scalar.int64, dtype: dtype)
    },
    Adapter("linspace", "Tensor.linspace(a.item(), b.item(), steps)") { c in
      try Tensor.linspace(
        c.real(0, "start"), c.real(1, "end"), c[2, "steps"], dtype: c.dtype ?? .default)
    },
    Adapter("logspace", "Tensor.logspace(a.item(), b.item(), steps, base:)") { c in
      try Tensor.logspace(
        c.real(0, "start"), c.real(1, "end"), c[2, "steps"], base: c[3, "base", or: 10],
        dtype: c.dtype ?? .default)
    },
  ]
}

extension Call {
  /// The dtype of a new tensor. Its device, and that it requires no gradient, do not affect the
  /// values.
  fileprivate var dtype: DType? {
    get throws {
      ignore("device", "layout", "pin_memory", "requires_grad")
      return try self["dtype", or: nil]
    }
  }

  /// A number, or the element of a tensor.
  fileprivate func real(_ position: Int, _ name: String) throws -> Double {
    isTensor(position, name)
      ? (try self[position, name] as Tensor).item() : try self[position, name]
  }
}
