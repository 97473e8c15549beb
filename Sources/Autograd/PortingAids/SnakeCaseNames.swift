// Porting aids: names in snake case. See Properties.swift.

// MARK: - Names in camel case

extension Tensor {
  @available(*, unavailable, message: "use requiresGrad_()")
  public func requires_grad_() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use requiresGrad")
  public var requires_grad: Bool {
    get { fatalError() }
    set { fatalError() }
  }

  @available(*, unavailable, message: "use isLeaf")
  public var is_leaf: Bool { fatalError() }

  @available(*, unavailable, message: "use gradFn")
  public var grad_fn: String? { fatalError() }

  @available(*, unavailable, message: "use indexSelect(dim:index:)")
  public func index_select(_ dim: Int, _ index: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use maskedSelect(mask)")
  public func masked_select(_ mask: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use maskedFill(mask, value)")
  public func masked_fill(_ mask: Tensor, _ value: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use maskedScatter(mask, source:)")
  public func masked_scatter(_ mask: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatterAdd(dim:index:src:)")
  public func scatter_add(_ dim: Int, _ index: Tensor, _ src: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatterReduce(dim:index:src:reduce:)")
  public func scatter_reduce(
    _ dim: Int, _ index: Tensor, _ src: Tensor, reduce: ScatterReduction = .sum
  ) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexAdd(dim:index:source:)")
  public func index_add(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexCopy(dim:index:source:)")
  public func index_copy(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexFill(dim:index:value:)")
  public func index_fill(_ dim: Int, _ index: Tensor, _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use indexPut(indices, values)")
  public func index_put(_ indices: [any TensorIndexing], _ values: Tensor, accumulate: Bool = false)
    -> Tensor
  { fatalError() }

  @available(*, unavailable, message: "use clampMin(min)")
  public func clamp_min(_ min: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use clampMax(max)")
  public func clamp_max(_ max: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use maskedFill_(mask, value)")
  public func masked_fill_(_ mask: Tensor, _ value: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use maskedScatter_(mask, source:)")
  public func masked_scatter_(_ mask: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatterAdd_(dim:index:src:)")
  public func scatter_add_(_ dim: Int, _ index: Tensor, _ src: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatterReduce_(dim:index:src:reduce:)")
  public func scatter_reduce_(
    _ dim: Int, _ index: Tensor, _ src: Tensor, reduce: ScatterReduction = .sum
  ) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexAdd_(dim:index:source:)")
  public func index_add_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexCopy_(dim:index:source:)")
  public func index_copy_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexFill_(dim:index:value:)")
  public func index_fill_(_ dim: Int, _ index: Tensor, _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use indexPut_(indices, values)")
  public func index_put_(
    _ indices: [any TensorIndexing], _ values: Tensor, accumulate: Bool = false
  ) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use clampMin_(min)")
  public func clamp_min_(_ min: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use clampMax_(max)")
  public func clamp_max_(_ max: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logSoftmax(dim:)")
  public func log_softmax(dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logSoftmax(dim:)")
  public func log_softmax(_ dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use repeatInterleave(repeats, dim:)")
  public func repeat_interleave(_ repeats: Int, dim: Int? = nil) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use countNonzero(dim:)")
  public func count_nonzero(_ dim: some IntList = []) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use countNonzero(dim:)")
  public func count_nonzero(dim: some IntList) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logicalAnd(other)")
  public func logical_and(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logicalOr(other)")
  public func logical_or(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logicalXor(other)")
  public func logical_xor(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use viewAs(other)")
  public func view_as(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use expandAs(other)")
  public func expand_as(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use reshapeAs(other)")
  public func reshape_as(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logicalNot()")
  public func logical_not() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use expand(shape)")
  public func broadcast_to(_ shape: [Int]) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use isContiguous")
  public func is_contiguous() -> Bool { fatalError() }

  @available(*, unavailable, message: "use retainGrad()")
  public func retain_grad() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use floatPower(other)")
  public func float_power(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use matrixPower(n)")
  public func matrix_power(_ n: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use matrixExp()")
  public func matrix_exp() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use dtype.isFloatingPoint")
  public func is_floating_point() -> Bool { fatalError() }

  @available(*, unavailable, message: "use dtype.itemSize")
  public func element_size() -> Int { fatalError() }

  @available(*, unavailable, message: "use storageOffset")
  public func storage_offset() -> Int { fatalError() }

  @available(*, unavailable, message: "use takeAlongDim(indices, dim:)")
  public func take_along_dim(_ indices: Tensor, dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use leakyRelu(negativeSlope:)")
  public func leaky_relu(_ negativeSlope: Double = 0.01) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use newZeros(size)")
  public func new_zeros<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use newOnes(size)")
  public func new_ones<S: IntList>(_ size: S, _ more: S...) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use newFull(shape, value)")
  public func new_full(_ shape: [Int], _ value: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use zerosLike(x)")
  public static func zeros_like(_ x: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use onesLike(x)")
  public static func ones_like(_ x: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use emptyLike(x)")
  public static func empty_like(_ x: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use randLike(x)")
  public static func rand_like(_ x: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use randnLike(x)")
  public static func randn_like(_ x: Tensor) -> Tensor { fatalError() }
}

// MARK: - Functions

@available(*, unavailable, message: "use Tensor.zerosLike(x)")
public func zeros_like(_ x: Tensor, dtype: DType? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.onesLike(x)")
public func ones_like(_ x: Tensor, dtype: DType? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.fullLike(x, value)")
public func full_like(_ x: Tensor, _ value: some TensorScalar, dtype: DType? = nil) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use Tensor.emptyLike(x)")
public func empty_like(_ x: Tensor, dtype: DType? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randLike(x)")
public func rand_like(_ x: Tensor, dtype: DType? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use Tensor.randnLike(x)")
public func randn_like(_ x: Tensor, dtype: DType? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use manualSeed(seed)")
public func manual_seed(_ seed: Int) { fatalError() }

@available(*, unavailable, message: "use noGrad { }")
public func no_grad<R>(_ body: () throws -> R) -> R { fatalError() }

@available(*, unavailable, message: "use enableGrad { }")
public func enable_grad<R>(_ body: () throws -> R) -> R { fatalError() }
