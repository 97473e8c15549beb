// Porting aids: functions of PyTorch that are methods, operators or initializers here. See
// Properties.swift.

// MARK: - Of two tensors, and with parameters

@available(*, unavailable, message: "use x.maximum(y)")
public func maximum(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.minimum(y)")
public func minimum(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.matmul(y)")
public func matmul(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.mm(y)")
public func mm(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.bmm(y)")
public func bmm(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.mv(y)")
public func mv(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.dot(y)")
public func dot(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.outer(y)")
public func outer(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.atan2(y)")
public func atan2(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.fmod(y)")
public func fmod(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.remainder(y)")
public func remainder(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.allclose(y)")
public func allclose(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.isclose(y)")
public func isclose(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.kron(y)")
public func kron(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.cdist(y)")
public func cdist(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.cross(y)")
public func cross(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.eq(y)")
public func eq(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.ne(y)")
public func ne(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.lt(y)")
public func lt(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.le(y)")
public func le(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.gt(y)")
public func gt(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.ge(y)")
public func ge(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.logicalAnd(y)")
public func logicalAnd(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.logicalOr(y)")
public func logicalOr(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x + y")
public func add(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x - y")
public func sub(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x * y")
public func mul(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x / y")
public func div(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.pow(exponent)")
public func pow(_ x: Tensor, _ exponent: some TensorScalar) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.pow(exponent)")
public func pow(_ x: Tensor, _ exponent: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.clamp(min:max:)")
public func clamp(_ x: Tensor, min: some TensorScalar, max: some TensorScalar) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.clamp(min, max)")
public func clamp(_ x: Tensor, _ min: some TensorScalar, _ max: some TensorScalar) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.leakyRelu(negativeSlope:)")
public func leakyRelu(_ x: Tensor, _ negativeSlope: Double = 0.01) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.transpose(dim0, dim1)")
public func transpose(_ x: Tensor, _ dim0: Int, _ dim1: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.reshape(shape)")
public func reshape(_ x: Tensor, _ shape: [Int]) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.squeeze(dim)")
public func squeeze(_ x: Tensor, _ dim: Int = 0) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.unsqueeze(dim)")
public func unsqueeze(_ x: Tensor, _ dim: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.permute(dims)")
public func permute(_ x: Tensor, _ dims: [Int]) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.split(size, dim:)")
public func split(_ x: Tensor, _ size: Int, dim: Int = 0) -> [Tensor] { fatalError() }

@available(*, unavailable, message: "use x.chunk(chunks, dim:)")
public func chunk(_ x: Tensor, _ chunks: Int, dim: Int = 0) -> [Tensor] { fatalError() }

@available(*, unavailable, message: "use x.topk(k, dim:)")
public func topk(_ x: Tensor, _ k: Int, dim: Int = -1) -> (values: Tensor, indices: Tensor) {
  fatalError()
}

@available(*, unavailable, message: "use x.sort(dim:)")
public func sort(_ x: Tensor, dim: Int = -1) -> (values: Tensor, indices: Tensor) { fatalError() }

@available(*, unavailable, message: "use x.gather(dim:index:)")
public func gather(_ x: Tensor, dim: Int, index: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.flip(dims)")
public func flip(_ x: Tensor, _ dims: [Int]) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.shape[0]")
public func len(_ x: Tensor) -> Int { fatalError() }

// MARK: - Creation, joining, gradients

@available(*, unavailable, message: "use Tensor.zerosLike(x)")
public func zerosLike(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.onesLike(x)")
public func onesLike(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.emptyLike(x)")
public func emptyLike(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randLike(x)")
public func randLike(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randnLike(x)")
public func randnLike(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.zeros(size)")
public func zeros<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.ones(size)")
public func ones<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.empty(size)")
public func empty<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.rand(size)")
public func rand<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randn(size)")
public func randn<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.arange(end)")
public func arange(_ end: some TensorScalar) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.arange(start, end)")
public func arange(_ start: some TensorScalar, _ end: some TensorScalar) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.linspace(start, end, steps)")
public func linspace(_ start: Double, _ end: Double, _ steps: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.eye(n)")
public func eye(_ n: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.full(size, value)")
public func full(_ size: [Int], _ value: some TensorScalar) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randint(low, high, size)")
public func randint(_ low: Int, _ high: Int, _ size: [Int]) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randperm(n)")
public func randperm(_ n: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor(values)")
public func tensor(_ values: some TensorElement, dtype: DType? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use cat(tensors, dim:)")
public func cat(_ tensors: [Tensor], _ dim: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use stack(tensors, dim:)")
public func stack(_ tensors: [Tensor], _ dim: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use cat(tensors, dim:)")
public func concat(_ tensors: [Tensor], dim: Int = 0) -> Tensor { fatalError() }

@available(*, unavailable, message: "use meshgrid([x, y])")
public func meshgrid(_ tensors: Tensor...) -> [Tensor] { fatalError() }

@available(*, unavailable, message: "use condition.nonzero()")
public func `where`(_ condition: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use grad(of:wrt:)")
public func grad(_ output: Tensor, _ input: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use grad(of:wrt:)")
public func grad(_ output: Tensor, _ inputs: [Tensor]) -> [Tensor] { fatalError() }

@available(*, unavailable, message: "use grad(of:wrt:createGraph:)")
public func grad(outputs: Tensor, inputs: [Tensor], createGraph: Bool = false) -> [Tensor] {
  fatalError()
}

@available(*, unavailable, message: "use grad(of:wrt:createGraph:)")
public func grad(outputs: Tensor, inputs: Tensor, createGraph: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use saveSafetensors(_:_:)")
public func save(_ tensors: StateDict, _ path: String) { fatalError() }

@available(*, unavailable, message: "use loadSafetensors(_:)")
public func load(_ path: String) -> StateDict { fatalError() }
