import TestSupport
import Testing

@testable import Autograd

/// Messages name the op that was called, not one that it calls.
@Suite struct LinearAlgebraMessageTests {
  private static let calls: [String: @Sendable (Tensor) -> Void] = [
    "pinv": { _ = $0.pinv() }, "pinv hermitian": { _ = $0.pinv(hermitian: true) },
    "lstsq": { _ = $0.lstsq($0) },
    "lstsq gelsd": { _ = $0.lstsq($0, driver: .gelsd) },
    "matrixRank": { _ = $0.matrixRank() },
    "matrixRank hermitian": { _ = $0.matrixRank(hermitian: true) },
    "matrixNorm": { _ = $0.matrixNorm(.nuclear) }, "svdvals": { _ = $0.svdvals() },
    "eigvalsh": { _ = $0.eigvalsh() },
  ]

  @Test(arguments: calls.keys.sorted()) func elementsMustBeFinite(_ name: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [name] in LinearAlgebraMessageTests.calls[name]!(Tensor.full([2, 2], Double.nan)) }
    expectMessage(result, "\(name.prefix { $0 != " " }): expected finite elements")
  }

  private static let huge: [String: @Sendable (Int) -> Void] = [
    "vander": { _ = Tensor([1, 2]).vander(n: $0) },
    "combinations": { _ = Tensor([1, 2]).combinations(r: $0, withReplacement: true) },
    "mvlgamma": { _ = Tensor([3.5]).mvlgamma($0) },
    "bincount": { _ = Tensor([$0]).bincount() },
    "bincount minlength": { _ = Tensor([1]).bincount(minlength: $0) },
    "histc": { _ = Tensor([1.0]).histc(bins: $0) },
  ]

  @Test(arguments: huge.keys.sorted()) func resultsMustFitInMemory(_ name: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [name] in LinearAlgebraMessageTests.huge[name]!(.max) }
    expectMessage(result, "\(name.prefix { $0 != " " }): ")
  }

  @Test func integersOfAnySize() {
    let x = Tensor([[1.0, 2, 4]])
    #expect(x.cov(correction: .min).item() < 1e-17 && x.cov(correction: .max).item() == .infinity)
    #expect(Tensor([1, 2]).combinations(r: .max).shape == [0, .max])
    #expect(Tensor([Int]()).vander(n: .max).shape == [0, .max])
    #expect(x.diff(n: .max).shape == [1, 0])
  }
}
