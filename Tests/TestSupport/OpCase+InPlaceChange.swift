import TestSupport
import Testing

@testable import Autograd

/// A tensor that a rule needs is changed in place between the forward and the backward pass: the pass stops,
/// or gives the right gradients because the op does not need that tensor.
@Suite struct InPlaceChangeTests {
  @Test(arguments: OpCase.all.indices)
  func changesAfterSavingAreNoticed(_ index: Int) async {
    let row = OpCase.all[index]
    // The last position stands for the output.
    for position in 0...row.inputs.count where Self.gradientsDepend(row, on: position) {
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent], "\(row), \(position)",
        performing: { [index = index as Int, position = position as Int] in
          let row = OpCase.all[index]
          let x = row.leaves()
          let y = row.call(x)
          let changed = (x + [y])[position]
          InPlaceChangeTests.overwrite(changed, row)
          changed.storage.version += 1
          _ = row.gradients(of: y, x)
        })
      expect(result, "modified in place")
    }
  }

  @Test func whatMattersIsKnown() {
    let product = OpCase("*", [.real([2]), .real([2])]) { $0[0] * $0[1] }
    #expect((0...2).map { Self.gradientsDepend(product, on: $0) } == [true, true, false])
    let sum = OpCase("+", [.real([2]), .real([2])]) { $0[0] + $0[1] }
    #expect((0...2).map { Self.gradientsDepend(sum, on: $0) } == [false, false, false])
    let reciprocal = OpCase("/", [.real([2])]) { 1 / $0[0] }
    #expect((0...1).map { Self.gradientsDepend(reciprocal, on: $0) } == [true, true])
  }

  /// Whether the gradients come out wrong when the tensor changes and nobody notices.
  private static func gradientsDepend(_ row: OpCase, on position: Int) -> Bool {
    let x = row.leaves()
    let y = row.call(x)
    guard y.requiresGrad else { return false }
    let right = row.gradients(of: y, x, retainGraph: true)
    overwrite((x + [y])[position], row)
    let found = row.gradients(of: y, x)
    return zip(right, found).contains { distance($0, $1) != 0 }
  }

  /// Other values: NaN for numbers, and what is still an index or a truth value for those.
  private static func overwrite(_ x: Tensor, _ row: OpCase) {
    if x.dtype.isFloatingPoint, decomposesInItsRule.contains(row.op) {
      x.assign(elementwise(.mul, x, .float(1.25)))
    } else {
      x.assign(x.dtype.isFloatingPoint ? .float(.nan) : .int(0))
    }
  }

  /// Ops whose rules decompose a matrix, which has to be finite.
  private static let decomposesInItsRule: Set<String> = ["det", "lstsq"]
}
