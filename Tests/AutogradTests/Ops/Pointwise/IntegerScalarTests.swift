import Autograd
import TestSupport
import Testing

/// 2⁵³ + 1, the first integer that a Double does not represent.
private let odd = (1 << 53) + 1

/// The elements as integers.
private func integers(_ x: Tensor) -> [Int] { x.array(of: Int.self) }

@Suite struct IntegerScalarTests {
  @Test func factorsOfIntegersAreExact() {
    let (zero, one, three) = (Tensor([0]), Tensor([1]), Tensor([3]))
    #expect(integers(zero.add(one, alpha: odd)) == [odd])
    #expect(integers(zero.add(three, alpha: odd)) == [3 * odd])
    #expect(integers(zero.add(one, alpha: Int.max)) == [.max])
    #expect(integers(zero.add(one, alpha: Int.min)) == [.min])
    #expect(integers(zero.sub(one, alpha: odd)) == [-odd])
    #expect(integers(one.sub(one, alpha: Int.min)) == [.min + 1])
    #expect(integers(zero.addcmul(three, one, value: odd)) == [3 * odd])
    #expect(integers(zero.addcmul(one, one, value: Int.max)) == [.max])
    #expect(integers(zero.clone().add_(one, alpha: odd)) == [odd])
    #expect(integers(zero.clone().sub_(one, alpha: odd)) == [-odd])
    #expect(integers(zero.clone().addcmul_(one, three, value: odd)) == [3 * odd])
    #expect(integers(zero.indexAdd(dim: 0, index: zero, source: one, alpha: odd)) == [odd])
    let x = Tensor([1])
    #expect(integers(x.add_(x, alpha: odd - 1)) == [odd])
    #expect(integers(x.addcmul_(x, x, value: 2)) == [odd &+ 2 &* odd &* odd])
  }

  @Test func factorsOfMatrixProductsAreExact() {
    let (one, row) = (Tensor([[1]]), Tensor([1]))
    #expect(integers(one.addmm(one, one, beta: odd, alpha: 2)) == [odd + 2])
    #expect(integers(one.addmm(one, one, beta: 2, alpha: odd)) == [odd + 2])
    #expect(integers(row.addmv(one, row, beta: odd)) == [odd + 1])
    #expect(integers(row.addr(row, row, alpha: odd)) == [odd + 1])
    let batch = Tensor([[[1]]])
    #expect(integers(batch.baddbmm(batch, batch, beta: odd)) == [odd + 1])
  }

  @Test func factorsWrapAroundAsInPyTorch() {
    let x = Tensor([1, 2, 250], dtype: .uint8)
    #expect(x.add(x, alpha: -1).values == [0, 0, 0])
    #expect(x.sub(x, alpha: 2).values == [255, 254, 6])
    #expect(x.sub(x, alpha: -1).values == [2, 4, 244])
    #expect(x.addcmul(x, x, value: -1).values == [0, 254, 214])
    #expect(x.add(x, alpha: 2).dtype == .uint8)
    // The factor has the common dtype.
    #expect(integers(x.add(Tensor([1, 1, 1]), alpha: 300)) == [301, 302, 550])
    #expect(integers(Tensor([0]).add(Tensor([1], dtype: .uint8), alpha: odd)) == [odd])
    #expect(integers(x.mul(300)) == [44, 88, 248])
    #expect(integers(Tensor([Int.max]) * 2) == [-2])
  }

  @Test func sumsOfTruthValuesTakeAFactor() {
    let (a, b) = (Tensor([true, false, false]), Tensor([true, true, false]))
    #expect(a.add(b, alpha: 1).values == [1, 1, 0])
    #expect(a.add(b, alpha: 2).values == [1, 1, 0])
    #expect(a.add(b, alpha: true).values == [1, 1, 0])
    #expect(a.add(b, alpha: 0).values == [1, 0, 0])
    #expect(a.add(b, alpha: false).dtype == .bool)
    #expect(a.clone().add_(b, alpha: 2).values == [1, 1, 0])
    #expect(a.clone().add_(b, alpha: 0).values == [1, 0, 0])
    #expect(a.add(Tensor([1, 2, 3]), alpha: 2).values == [3, 4, 6])
    let start = Tensor([0])
    #expect(a.indexAdd(dim: 0, index: start, source: Tensor([true]), alpha: 2).values == [1, 0, 0])
    #expect(b.indexAdd(dim: 0, index: start, source: Tensor([true]), alpha: 0).values == [1, 1, 0])
    #expect(a.addr(a, b, beta: 0, alpha: 2).dtype == .bool)
    #expect(a.addr(a, b, beta: 0, alpha: 2).values == [1, 1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func scalarsBeyondDoublesAreExact() {
    let x = Tensor([odd - 1, odd, odd + 1])
    #expect(x.eq(odd).values == [0, 1, 0])
    #expect(x.lt(odd).values == [1, 0, 0])
    #expect(x.ge(odd).values == [0, 1, 1])
    #expect(x.isin(odd).values == [0, 1, 0])
    #expect(integers(x.clamp(min: odd)) == [odd, odd, odd + 1])
    #expect(integers(x.clampMax(odd)) == [odd - 1, odd, odd])
    #expect(integers(x + odd) == [2 * odd - 1, 2 * odd, 2 * odd + 1])
    #expect(integers(odd - x) == [1, 0, -1])
    #expect(integers(x.remainder(odd)) == [odd - 1, 0, 1])
    #expect(integers(x.div(odd, roundingMode: .floor)) == [0, 1, 1])
    #expect(integers(x & odd) == [odd - 1, odd, odd - 1])
    #expect(integers(x.maskedFill(x .< odd, odd)) == [odd, odd, odd + 1])
    #expect(integers(`where`(x .< odd, odd, x)) == [odd, odd, odd + 1])
    #expect(integers(x.pow(1)) == integers(x))
    #expect(integers(.full([1], odd)) == [odd])
    #expect(integers(x.fill(odd)) == [odd, odd, odd])
    #expect(integers(Tensor([3]).pow(39)) == [4_052_555_153_018_976_267])
    #expect(integers(.arange(odd, odd + 2)) == [odd, odd + 1])
    #expect(searchsorted(x, odd, right: true).item() == 2)
    #expect(x[1].item(as: Int.self) == odd)
    x[0] = odd
    #expect(integers(x) == [odd, odd, odd + 1])
    // One rounding, not two: 2⁵⁴ + 2³⁰ + 1 lies above the middle of two floats.
    let above = (1 << 54) + (1 << 30) + 1
    #expect(Tensor.full([], above, dtype: .float32).item(as: Float.self) == Float(above))
  }

  @Test func numbersOutsideOfSmallTypesCompareAndRound() {
    let x = Tensor([1, 2, 250], dtype: .uint8)
    #expect(searchsorted(x, 300).item() == 3)
    #expect(searchsorted(x, -5).item() == 0)
    #expect(x.isin(-6).values == [0, 0, 0])
    #expect(x.copysign(-1).values == [-1, -2, -250])
    expectClose(x.xlogy(300), [5.703782, 11.407565, 1425.9456], tolerance: 1e-6)
    expectClose(x.xlog1py(300), [5.70711, 11.41422, 1426.7776], tolerance: 1e-6)
    #expect(x.zeta(300).shape == [3])
    #expect(zeta(300, Tensor([1], dtype: .uint8)).item() == 1)
  }
}

// MARK: - Numbers that do not fit

@Suite struct ScalarRangeTests {
  @Test func numbersThatFitAreConverted() {
    #expect(Tensor.full([1], -1, dtype: .uint8).item() == 255)
    #expect(Tensor.full([1], -255, dtype: .uint8).item() == 1)
    #expect(Tensor.full([1], 2.7, dtype: .int64).item() == 2)
    #expect(Tensor.full([1], Double.nan, dtype: .bool).item(as: Bool.self))
    #expect(Tensor.full([1], 300, dtype: .bool).item(as: Bool.self))
    #expect(Tensor.full([1], Double.infinity).item() == .infinity)
    #expect(Tensor([300]).to(.uint8).item() == 44)
    #expect(Tensor([-1], dtype: .uint8).item() == 255)
    #expect(Tensor([1.0, .nan]).nanToNum(nan: 1e300)[1].item() == .infinity)
  }

  /// Calls that stop, by the op and what its message says.
  private static let calls: [(message: String, call: @Sendable () -> Tensor)] = [
    ("full: the value 300 does not fit uint8", { .full([2], 300, dtype: .uint8) }),
    ("full: the value -256 does not fit uint8", { .full([2], -256, dtype: .uint8) }),
    ("full: the value 2147483648 does not fit int32", { .full([2], 1 << 31, dtype: .int32) }),
    ("full: the value nan does not fit int64", { .full([2], Double.nan, dtype: .int64) }),
    ("full: the value inf does not fit int32", { .full([2], Double.infinity, dtype: .int32) }),
    ("full: the value 9.223372036854776e+18 does not fit", { .full([], 0x1p63, dtype: .int64) }),
    ("full: the value 1e+300 does not fit float32", { .full([2], 1e300) }),
    ("fullLike: the value 300", { .fullLike(small, 300) }),
    ("newFull: the value 300", { small.newFull([1], 300) }),
    ("fill: the value 300", { small.fill(300) }),
    ("fill_: the value 300", { small.fill_(300) }),
    ("fill_: the value nan", { small.fill_(Double.nan) }),
    ("clamp: the bound 300", { small.clamp(min: 300) }),
    ("clampMax: the bound 300", { small.clampMax(300) }),
    ("clampMax: no uint8 is at most -1", { small.clampMax(-1) }),
    ("clamp: every uint8 is at least -5", { small.clamp(min: -5, max: 100) }),
    ("clampMin_: every uint8 is at least -5", { small.clampMin_(-5) }),
    ("clampMin: the bound 300", { small.clampMin(300) }),
    ("item: the value nan", { Tensor(Tensor(Double.nan).item(as: Int.self)) }),
    ("item: the value 300 does not fit uint8", { Tensor(Tensor(300).item(as: UInt8.self)) }),
    ("maskedFill: shapes", { small.maskedFill(Tensor([true, false]), 1) }),
    ("maskedFill: the value 300", { small.maskedFill(small .> 1, 300) }),
    ("where: the number 300", { `where`(small .> 1, small, 300) }),
    ("where: the number 300", { `where`(small .> 1, 300, small) }),
    ("scatter: the value 300", { small.scatter(dim: 0, index: Tensor([0]), value: 300) }),
    ("indexFill: the value 300", { small.indexFill(dim: 0, index: Tensor([0]), value: 300) }),
    ("pow: the exponent 300", { small.pow(300) }),
    ("add: the alpha 300", { small.add(small, alpha: 300) }),
    ("add: the alpha 4294967297 does not fit int32", { word.add(word, alpha: (1 << 32) + 1) }),
    ("add_: the alpha 4294967297", { word.add_(word, alpha: (1 << 32) + 1) }),
    ("sub: the alpha 300", { small.sub(small, alpha: 300) }),
    ("sub_: the alpha 300", { small.sub_(small, alpha: 300) }),
    ("addcmul: the value 300", { small.addcmul(small, small, value: 300) }),
    ("addcmul_: the value 300", { small.addcmul_(small, small, value: 300) }),
    (
      "indexAdd: the alpha 300",
      {
        small.indexAdd(dim: 0, index: Tensor([0, 1, 2]), source: small, alpha: 300)
      }
    ),
    ("addcmul: expected an integer value", { small.addcmul(small, small, value: 2.5) }),
    ("addr: expected an integer beta", { small.addr(small, small, beta: 2.5) }),
    ("add: alpha can be a Bool only for bool tensors", { word.add(word, alpha: true) }),
    ("addcmul: not defined for bool", { (small .> 1).addcmul(small .> 1, small .> 1) }),
    ("sub: not defined for bool", { (small .> 1).sub(small .> 1, alpha: 2) }),
    ("Tensor: the element 300 does not fit uint8", { Tensor([1, 300], dtype: .uint8) }),
    ("Tensor: the element nan does not fit int64", { Tensor([Double.nan], dtype: .int64) }),
    (
      "subscript: the value 300",
      {
        small[0] = 300
        return small
      }
    ),
  ]
  private static var small: Tensor { Tensor([1, 2, 250], dtype: .uint8) }
  private static var word: Tensor { Tensor([1, 2, 3], dtype: .int32) }

  @Test(arguments: calls.indices)
  func numbersThatDoNotFitStop(_ index: Int) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      "\(Self.calls[index].message)"
    ) { [index = index as Int] in
      _ = ScalarRangeTests.calls[index].call()
    }
    expectMessage(result, Self.calls[index].message)
  }
}
