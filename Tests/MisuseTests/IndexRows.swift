import Autograd

private var x: Tensor { .ones(3, 4) }
private var places: Tensor { Tensor([[0, 1]]) }
private var some: Tensor { Tensor.ones(1, 2) }
private var first: Tensor { Tensor([0]) }
private var row: Tensor { Tensor.ones(1, 4) }

extension MisuseCase {
  static let indexing = [
    MisuseCase("subscript(indices)") { x[$0] },
    MisuseCase("subscript(indices)") { x[.all, $0] },
    MisuseCase("subscript(indices)") { x[.ellipsis, $0] },
    MisuseCase("subscript(indices)") { x[[$0]] },
    MisuseCase("subscript(indices)") { x[Tensor($0)] },
    MisuseCase("subscript(indices)") { x[$0...] },
    MisuseCase("subscript(indices)") { x[..<$0] },
    MisuseCase("subscript(indices)") { x[...$0] },
    MisuseCase("subscript(indices)") { x[$0] = Tensor(1.0) },
    MisuseCase("slice(from)", op: "subscript") { x[.slice(from: $0)] },
    MisuseCase("slice(to)", op: "subscript") { x[.slice(to: $0)] },
    MisuseCase("slice(step)", op: "subscript") { x[.slice(by: $0)] },
    MisuseCase("gather(dim)") { x.gather(dim: $0, index: places) },
    MisuseCase("gather(index)") { x.gather(dim: 0, index: Tensor([[$0]])) },
    MisuseCase("takeAlongDim(dim)") { x.takeAlongDim(places, dim: $0) },
    MisuseCase("takeAlongDim(indices)") { x.takeAlongDim(Tensor([[$0]]), dim: 0) },
    MisuseCase("indexSelect(dim)") { x.indexSelect(dim: $0, index: first) },
    MisuseCase("indexSelect(index)") { x.indexSelect(dim: 0, index: Tensor([$0])) },
    MisuseCase("take(index)") { x.take(Tensor([$0])) },
    MisuseCase("put(index)") { x.put(Tensor([$0]), Tensor([1.0])) },
    MisuseCase("indexPut(indices)") { x.indexPut([$0], Tensor(1.0)) },
    MisuseCase("scatter(dim)") { x.scatter(dim: $0, index: places, src: some) },
    MisuseCase("scatter(dim)") { x.scatter(dim: $0, index: places, value: 1) },
    MisuseCase("scatter(index)") { x.scatter(dim: 0, index: Tensor([[$0]]), value: 1) },
    MisuseCase("scatterAdd(dim)") { x.scatterAdd(dim: $0, index: places, src: some) },
    MisuseCase("scatterReduce(dim)") {
      x.scatterReduce(dim: $0, index: places, src: some, reduce: .sum)
    },
    MisuseCase("indexAdd(dim)") { x.indexAdd(dim: $0, index: first, source: row) },
    MisuseCase("indexCopy(dim)") { x.indexCopy(dim: $0, index: first, source: row) },
    MisuseCase("indexFill(dim)") { x.indexFill(dim: $0, index: first, value: 1) },
    MisuseCase("indexFill(dim)") { x.indexFill(dim: $0, index: first, value: Tensor(1.0)) },
    MisuseCase("indexReduce(dim)") {
      x.indexReduce(dim: $0, index: first, source: row, reduce: .mean)
    },
    MisuseCase("scatter_(dim)") { x.scatter_(dim: $0, index: places, src: some) },
    MisuseCase("scatter_(dim)") { x.scatter_(dim: $0, index: places, value: 1) },
    MisuseCase("scatterAdd_(dim)") { x.scatterAdd_(dim: $0, index: places, src: some) },
    MisuseCase("scatterReduce_(dim)") {
      x.scatterReduce_(dim: $0, index: places, src: some, reduce: .amax)
    },
    MisuseCase("indexAdd_(dim)") { x.indexAdd_(dim: $0, index: first, source: row) },
    MisuseCase("indexCopy_(dim)") { x.indexCopy_(dim: $0, index: first, source: row) },
    MisuseCase("indexFill_(dim)") { x.indexFill_(dim: $0, index: first, value: 1) },
    MisuseCase("indexReduce_(dim)") {
      x.indexReduce_(dim: $0, index: first, source: row, reduce: .prod)
    },
    MisuseCase("cumsum_(dim)") { x.cumsum_(dim: $0) },
    MisuseCase("cumprod_(dim)") { x.cumprod_(dim: $0) },
    // Numbers of elements, factors and bounds.
    MisuseCase("full(value)") { Tensor.full([2], $0, dtype: .uint8) },
    MisuseCase("fill_(value)") { Tensor.zeros(2, dtype: .int32).fill_($0) },
    MisuseCase("clamp(min)") { Tensor.zeros(2, dtype: .uint8).clamp(min: $0) },
    MisuseCase("clamp(max)") { Tensor.zeros(2, dtype: .int32).clamp(max: $0) },
    MisuseCase("add(alpha)") { Tensor([1, 2]).add(Tensor([1, 2]), alpha: $0) },
    MisuseCase("sub(alpha)") { Tensor([1, 2]).sub(Tensor([1, 2]), alpha: $0) },
    MisuseCase("addcmul(value)") { Tensor([1]).addcmul(Tensor([3]), Tensor([3]), value: $0) },
    MisuseCase("pow(exponent)") { Tensor([1, 2]).pow($0) },
    MisuseCase("remainder(other)") { Tensor([Int.min, 2]).remainder($0) },
    MisuseCase("fmod(other)") { Tensor([Int.min, 2]).fmod($0) },
    MisuseCase("div(other)") { Tensor([Int.min, 2]).div($0, roundingMode: .floor) },
    MisuseCase("where(b)") { `where`(Tensor([true]), Tensor([1], dtype: .uint8), $0) },
  ]
}
