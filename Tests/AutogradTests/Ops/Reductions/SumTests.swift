import NN
import TestSupport
import Testing

@testable import Autograd

/// Sums, means, products, counts and logical reductions: values, types and special cases. The
/// numbers are PyTorch's.
@Suite struct SumTests {
  private let x = Tensor([[1.0, 2, 3], [4, 5, 6]], dtype: .float64)

  private func gradient(_ values: [Double], _ f: (Tensor) -> Tensor) -> [Double] {
    let x = Tensor(values, dtype: .float64, requiresGrad: true)
    return grad(of: f(x).sum(), wrt: x).values
  }

  // MARK: - Shapes

  @Test func dimensionsMayBeNegativeAndInAnyOrder() {
    #expect(x.sum().shape == [] && x.sum().values == [21])
    #expect(x.sum(dim: 0).values == [5, 7, 9])
    #expect(x.sum(dim: -1).values == [6, 15])
    #expect(x.sum(dim: 1, keepdim: true).shape == [2, 1])
    #expect(x.sum(dim: [1, 0]).values == [21])
    #expect(x.sum(dim: [-2], keepdim: true).shape == [1, 3])
    #expect(x.mean(dim: 0).values == [2.5, 3.5, 4.5])
    #expect(x.prod(dim: 1).values == [6, 120])
    #expect(x.prod(dim: [0, 1], keepdim: true).shape == [1, 1])
  }

  @Test func nonadjacentDimensionsAreReduced() {
    let y = Tensor((0..<24).map(Double.init), shape: [2, 3, 4], dtype: .float64)
    #expect(y.sum(dim: [0, 2]).values == [60, 92, 124])
    #expect(y.permute([2, 0, 1]).sum(dim: [0, 1]).values == [60, 92, 124])
  }

  @Test func zeroDimensionalTensorsHaveDimensionZero() {
    let point = Tensor(2.0)
    #expect(point.sum(dim: 0).item() == 2 && point.prod(dim: -1).item() == 2)
    #expect(point.mean(dim: 0).shape == [] && point.cumsum(dim: 0).shape == [])
  }

  // MARK: - Types

  @Test func integersAreAddedAsInt64() {
    let bytes = Tensor([200, 100], dtype: .uint8)
    #expect(bytes.sum().dtype == .int64 && bytes.sum().item(as: Int.self) == 300)
    #expect(bytes.prod().dtype == .int64 && bytes.prod().item(as: Int.self) == 20000)
    #expect(Tensor([true, true]).sum().item(as: Int.self) == 2)
    #expect(Tensor([true, true]).cumsum(dim: 0).array(of: Int.self) == [1, 2])
    #expect(Tensor([Int64.max, 1]).sum().item(as: Int64.self) == .min)
  }

  @Test func aMeanOfIntegersStops() async {
    await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).mean()
    }
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([1, 2]).mean() }
    expectMessage(result, "mean: not defined for int64 tensors; cast with to(.float32)")
  }

  @Test func aDimensionOutOfRangeStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).sum(dim: 2) }
    expectMessage(result, "sum: dimension 2 is out of range for the shape [2, 3]")
  }

  // MARK: - Empty reductions

  @Test func emptyReductionsGiveTheIdentity() {
    let nothing = Tensor.zeros([0])
    #expect(nothing.sum().item() == 0 && nothing.prod().item() == 1)
    #expect(nothing.mean().item().isNaN)
    #expect(nothing.any().values == [0] && nothing.all().values == [1])
    #expect(Tensor.zeros([2, 0]).sum(dim: 1).values == [0, 0])
    #expect(Tensor.zeros([2, 0]).sum(dim: 0).shape == [0])
    #expect(Tensor.zeros([0, 3]).all(dim: 0).values == [1, 1, 1])
  }

  // MARK: - Products

  @Test func productsWithZerosHaveExactDerivatives() {
    #expect(gradient([2, 4, 3]) { $0.prod() } == [12, 6, 8])
    #expect(gradient([2, 0, 3]) { $0.prod() } == [0, 6, 0])
    #expect(gradient([0, 0, 3]) { $0.prod() } == [0, 0, 0])
    #expect(gradient([2, 0, 0, 5]) { $0.reshape([2, 2]).prod(dim: 0) } == [0, 5, 2, 0])
    #expect(gradient([1e-200, 1e-200, 1e300]) { $0.prod() } == [1e100, 1e100, 0])
  }

  // MARK: - Logical reductions and counts

  @Test func logicalReductionsOfNumbers() {
    let y = Tensor([[0.0, .nan], [0, 0]])
    #expect(y.any(dim: 1).array(of: Bool.self) == [true, false])
    #expect(Tensor([[1.0, .nan], [0, 0]]).all(dim: 1).array(of: Bool.self) == [true, false])
    #expect(y.any().dtype == .bool && y.all(dim: 0, keepdim: true).shape == [1, 2])
    #expect(Tensor([[1.0, .nan], [0, 0]]).countNonzero(dim: 1).array(of: Int.self) == [2, 0])
    #expect(Tensor([0, 256, 2], dtype: .int32).any().item(as: Bool.self))
  }

  // MARK: - NaN

  @Test func nanIsSkipped() {
    let y = Tensor([[1, .nan, 3], [.nan, .nan, .nan]] as [[Double]], dtype: .float64)
    #expect(y.nansum(dim: 1).values == [4, 0])
    let means = y.nanmean(dim: 1).values
    #expect(means[0] == 2 && means[1].isNaN)
    #expect(Tensor([1, 2], dtype: .int32).nansum().dtype == .int64)
    #expect(gradient([1, .nan, 3]) { $0.nanmean() } == [0.5, 0, 0.5])
    #expect(gradient([.nan, .nan]) { $0.nanmean() }.allSatisfy { $0.isNaN })
  }

  // MARK: - The dtype argument

  @Test func inputsAreCastToTheGivenDTypeFirst() {
    let y = Tensor([1.5, 2.5, 0])
    #expect(y.sum(dtype: .int32).dtype == .int32 && y.sum(dtype: .int32).item() == 3)
    #expect(y.sum(dtype: .bool).item(as: Bool.self) && !y.prod(dtype: .bool).item(as: Bool.self))
    #expect(Tensor([1, 2]).mean(dtype: .float64).item() == 1.5)
    #expect(Tensor([1, 2]).cumprod(dim: 0, dtype: .float32).dtype == .float32)
    let x = Tensor([1, 2] as [Float], requiresGrad: true)
    let total = x.sum(dtype: .float64)
    total.backward()
    #expect(total.dtype == .float64 && x.grad!.dtype == .float32 && x.grad!.values == [1, 1])
    #expect(!x.sum(dtype: .int64).requiresGrad)
  }

  // MARK: - sumToSize

  @Test func sumsToAShapeThatBroadcasts() async {
    #expect(x.sumToSize([3]).values == [5, 7, 9] && x.sumToSize([2, 1]).values == [6, 15])
    #expect(x.sumToSize([1, 1]).shape == [1, 1] && x.sumToSize([]).shape == [])
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).sumToSize([2]) }
    expectMessage(result, "sumToSize: the shape [2] does not broadcast to [2, 3]")
  }

  // MARK: - Accuracy and determinism

  /// Rounding errors grow with the logarithm of the length: the error of ten million terms is a few
  /// units in the last place, where adding one by one would lose four digits.
  @Test func longSumsAreAccurate() {
    var random = SplitMix(seed: 1)
    let numbers = (0..<10_000_000).map { _ in Float(random.uniform()) }
    let exact = numbers.reduce(0.0) { $0 + Double($1) }
    let sum = Tensor(numbers, shape: [numbers.count]).sum().item()
    #expect(abs(sum - exact) <= 4 * Double(Float(exact).ulp))
    let columns = Tensor(numbers, shape: [5_000_000, 2]).sum(dim: 0).values
    #expect(abs(columns[0] + columns[1] - exact) <= 4 * Double(Float(exact).ulp))
  }

  /// The products of the halves overflow or vanish; that of all elements does not.
  @Test(arguments: [DType.float32, .float64]) func derivativesOfProductsOfExtremes(_ dtype: DType) {
    let huge = dtype == .float32 ? 0x1p100 : 0x1p800
    let rows: [(elements: [Double], product: Double)] = [
      ([huge, 1 / huge, huge, 1 / huge], 1), ([huge, huge, 1 / huge, 4 / huge, 0.5], 2),
      ([1 / huge, 2, huge, huge, 1, 1 / huge, 8], 16),
    ]
    for (elements, product) in rows {
      let x = Tensor(elements, dtype: dtype, requiresGrad: true)
      #expect(x.prod().item() == product)
      #expect(x.reshape([elements.count, 1]).prod(dim: 0).values == [product])
      let slope = grad(of: x.prod(), wrt: x, createGraph: true)
      expectClose(slope.detach() * x.detach(), elements.map { _ in product }, "\(elements)")
      let second = grad(of: slope[0], wrt: x).values
      #expect(second[0] == 0)
      #expect(second.last! * elements[0] * elements.last! == product, "\(elements)")
    }
  }
}
