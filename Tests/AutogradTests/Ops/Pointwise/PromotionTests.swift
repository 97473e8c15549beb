import TestSupport
import Testing

@testable import Autograd

/// The tables are those of `torch.result_type`: rows and columns in the order of `DType.allCases`.
@Suite struct PromotionTests {
  private static let letters: [Character: DType] = [
    "f": .float32, "d": .float64, "l": .int64, "i": .int32, "u": .uint8, "b": .bool,
  ]

  private static func expect(
    _ table: [String], at location: SourceLocation = #_sourceLocation,
    _ result: (DType, DType) -> DType
  ) {
    for (a, row) in zip(DType.allCases, table) {
      for (b, letter) in zip(DType.allCases, row) {
        #expect(result(a, b) == letters[letter], "\(a), \(b)", sourceLocation: location)
      }
    }
  }

  private static let tensors = ["fdffff", "dddddd", "fdllll", "fdliii", "fdliuu", "fdliub"]

  @Test func tensorsOfOneCategory() {
    Self.expect(Self.tensors) { DType.promote($0, $1) }
    Self.expect(Self.tensors) { (Tensor.ones([2], dtype: $0) + Tensor.ones([2], dtype: $1)).dtype }
    Self.expect(Self.tensors) { (Tensor.ones([], dtype: $0) + Tensor.ones([], dtype: $1)).dtype }
  }

  @Test func tensorsWithZeroDimensionalTensors() {
    let table = ["ffffff", "dddddd", "fdllll", "fdiiii", "fduuuu", "fdliub"]
    Self.expect(table) { (Tensor.ones([2], dtype: $0) * Tensor.ones([], dtype: $1)).dtype }
    Self.expect(table) { (Tensor.ones([], dtype: $1) * Tensor.ones([2], dtype: $0)).dtype }
  }

  @Test(arguments: [[2], []])
  func tensorsWithNumbers(_ shape: [Int]) {
    for (dtype, row) in zip(DType.allCases, ["fff", "ddd", "fll", "fii", "fuu", "flb"]) {
      let x = Tensor.ones(shape, dtype: dtype)
      let found = [(x * 1.5).dtype, (x * 3).dtype, (x * true).dtype]
      #expect(found == row.map { Self.letters[$0] }, "\(dtype)")
    }
  }

  @Test func otherOps() {
    let quotients = ["fdffff", "dddddd", "fdffff", "fdffff", "fdffff", "fdffff"]
    Self.expect(quotients) { (Tensor.ones([2], dtype: $0) / Tensor.ones([2], dtype: $1)).dtype }
    Self.expect(Self.tensors) {
      Tensor.ones([2], dtype: $0).maximum(Tensor.ones([2], dtype: $1)).dtype
    }
    Self.expect(Self.tensors) {
      $0 == .bool && $1 == .bool
        ? .bool : Tensor.ones([2], dtype: $0).pow(Tensor.ones([2], dtype: $1)).dtype
    }
    for a in DType.allCases {
      for b in DType.allCases {
        let y = Tensor.ones([2], dtype: a) .== Tensor.ones([2], dtype: b)
        #expect(y.dtype == .bool && y.array(of: Bool.self) == [true, true], "\(a), \(b)")
      }
    }
  }

  @Test func gradientsHaveTheDTypeOfTheInput() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    let w = Tensor([3.0, 4], dtype: .float64, requiresGrad: true)
    let y = x * w * Tensor([1, 2])
    #expect(y.dtype == .float64)
    y.sum().backward()
    #expect(x.grad!.dtype == .float32 && x.grad!.values == [3, 8])
    #expect(w.grad!.dtype == .float64 && w.grad!.values == [1, 4])
  }
}
