// Porting aids: shapes, indices and creation, where arguments have labels here or have none. See
// Properties.swift.

// MARK: - Shapes

extension Tensor {
  @available(*, unavailable, message: "use transpose(dim0, dim1) without labels")
  public func transpose(dim0: Int, dim1: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use permute(dims) without a label")
  public func permute(dims: [Int]) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use reshape(shape) without a label")
  public func reshape(shape: [Int]) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "views of another dtype are not supported; use to(_:) to convert"
  )
  public func view(_ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use flip(dims) without a label")
  public func flip(dims: some IntList) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use roll(shifts, dims:)")
  public func roll(_ shifts: some IntList, _ dims: some IntList) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use roll(shifts, dims:) without a label for the shifts")
  public func roll(shifts: some IntList, dims: some IntList) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use unflatten(dim:sizes:)")
  public func unflatten(_ dim: Int, _ sizes: [Int]) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use unfold(dim:size:step:)")
  public func unfold(_ dim: Int, _ size: Int, _ step: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use split(size, dim:)")
  public func split(_ size: Int, _ dim: Int) -> [Tensor] { fatalError() }

  @available(*, unavailable, message: "use split(sizes, dim:)")
  public func split(_ sizes: [Int], _ dim: Int) -> [Tensor] { fatalError() }

  @available(*, unavailable, message: "use chunk(chunks, dim:)")
  public func chunk(_ chunks: Int, _ dim: Int) -> [Tensor] { fatalError() }

  @available(*, unavailable, message: "use unbind(dim:)")
  public func unbind(_ dim: Int) -> [Tensor] { fatalError() }

  @available(*, unavailable, message: "use select(dim:index:)")
  public func select(_ dim: Int, _ index: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use narrow(dim:start:length:)")
  public func narrow(_ dim: Int, _ start: Int, _ length: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use diagonal(offset:dim1:dim2:)")
  public func diagonal(_ offset: Int, _ dim1: Int = 0, _ dim2: Int = 1) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use diag(diagonal:)")
  public func diag(_ diagonal: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use tril(diagonal:)")
  public func tril(_ diagonal: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use triu(diagonal:)")
  public func triu(_ diagonal: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use repeatInterleave(repeats, dim:)")
  public func repeatInterleave(_ repeats: Int, _ dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use rot90(k:dims:)")
  public func rot90(_ k: Int, _ dims: [Int] = []) -> Tensor { fatalError() }
}

// MARK: - Indices and factors

extension Tensor {
  @available(*, unavailable, message: "use gather(dim:index:)")
  public func gather(_ dim: Int, _ index: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexSelect(dim:index:)")
  public func indexSelect(_ dim: Int, _ index: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use takeAlongDim(indices, dim:)")
  public func takeAlongDim(_ indices: Tensor, _ dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatter(dim:index:src:)")
  public func scatter(_ dim: Int, _ index: Tensor, _ src: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatter(dim:index:value:)")
  public func scatter(_ dim: Int, _ index: Tensor, _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use scatterAdd(dim:index:src:)")
  public func scatterAdd(_ dim: Int, _ index: Tensor, _ src: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexAdd(dim:index:source:)")
  public func indexAdd(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexCopy(dim:index:source:)")
  public func indexCopy(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexFill(dim:index:value:)")
  public func indexFill(_ dim: Int, _ index: Tensor, _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use maskedScatter(mask, source:)")
  public func maskedScatter(_ mask: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use lerp(end, weight) without a label")
  public func lerp(_ end: Tensor, weight: Double) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use lerp(end, weight) without a label")
  public func lerp(_ end: Tensor, weight: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use add(other, alpha:)")
  public func add(_ alpha: some TensorScalar, _ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use sub(other, alpha:)")
  public func sub(_ alpha: some TensorScalar, _ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use addcmul(a, b, value:)")
  public func addcmul(_ value: some TensorScalar, _ a: Tensor, _ b: Tensor) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use addcdiv(a, b, value:)")
  public func addcdiv(_ value: some TensorScalar, _ a: Tensor, _ b: Tensor) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use scatter_(dim:index:src:)")
  public func scatter_(_ dim: Int, _ index: Tensor, _ src: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use scatter_(dim:index:value:)")
  public func scatter_(_ dim: Int, _ index: Tensor, _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use scatterAdd_(dim:index:src:)")
  public func scatterAdd_(_ dim: Int, _ index: Tensor, _ src: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexAdd_(dim:index:source:)")
  public func indexAdd_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexCopy_(dim:index:source:)")
  public func indexCopy_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use indexFill_(dim:index:value:)")
  public func indexFill_(_ dim: Int, _ index: Tensor, _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use maskedScatter_(mask, source:)")
  public func maskedScatter_(_ mask: Tensor, _ source: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use lerp_(end, weight) without a label")
  public func lerp_(_ end: Tensor, weight: Double) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use lerp_(end, weight) without a label")
  public func lerp_(_ end: Tensor, weight: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use add_(other, alpha:)")
  public func add_(_ alpha: some TensorScalar, _ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use sub_(other, alpha:)")
  public func sub_(_ alpha: some TensorScalar, _ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use addcmul_(a, b, value:)")
  public func addcmul_(_ value: some TensorScalar, _ a: Tensor, _ b: Tensor) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use addcdiv_(a, b, value:)")
  public func addcdiv_(_ value: some TensorScalar, _ a: Tensor, _ b: Tensor) -> Tensor {
    fatalError()
  }
}

// MARK: - Functions and creation

extension Tensor {
  @available(*, unavailable, message: "use leakyRelu(negativeSlope:)")
  public func leakyRelu(_ negativeSlope: Double) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use elu(alpha:)")
  public func elu(_ alpha: Double) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use round(decimals:)")
  public func round(_ decimals: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use histc(bins:min:max:)")
  public func histc(_ bins: Int, _ min: Double = 0, _ max: Double = 0) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cross(other, dim:)")
  public func cross(_ other: Tensor, _ dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use tensordot(other, dims:)")
  public func tensordot(_ other: Tensor, _ dims: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use glu(dim:)")
  public func glu(_ dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use zeros(size, dtype:)")
  public static func zeros(_ size: [Int], _ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use ones(size, dtype:)")
  public static func ones(_ size: [Int], _ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use rand(size, dtype:)")
  public static func rand(_ size: [Int], _ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use randn(size, dtype:)")
  public static func randn(_ size: [Int], _ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use randint(high, size) without a label")
  public static func randint(_ high: Int, size: [Int]) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use randint(low, high, size) without a label")
  public static func randint(_ low: Int, _ high: Int, size: [Int]) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use linspace(start, end, steps) without a label")
  public static func linspace(_ start: Double, _ end: Double, steps: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use arange(start, end, step) without a label")
  public static func arange(
    _ start: some TensorScalar, _ end: some TensorScalar, step: some TensorScalar
  ) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use full(size, value) without a label")
  public static func full(_ size: [Int], fillValue: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use zeros(size) without a label")
  public static func zeros(size: [Int]) -> Tensor { fatalError() }
}
