import Autograd
import TestSupport
import Testing

/// The checks of every differentiable function of NN, on the rows in `Cases`.
@Suite struct OpTableTests {
  @Test(arguments: OpCheck.pairs(with: OpCase.all))
  func opPassesCheck(_ row: OpCase, _ check: OpCheck) throws { try check.run(row) }

  @Test(arguments: OpCase.all.indices)
  func inPlaceChangeOfASavedTensorStops(_ index: Int) async {
    let row = OpCase.all[index]
    for position in row.positionsThatGradientsDependOn() {
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent], "\(row), \(position)",
        performing: { [index = index as Int, position = position as Int] in
          OpCase.all[index].differentiateAfterChange(at: position)
        })
      expectMessage(result, "modified in place")
    }
  }

  @Test func everyRecordingFunctionHasARow() throws {
    let missing = try RecordingFunction.withoutRow(in: OpCase.all, ofModule: "NN")
    #expect(missing.isEmpty, "\(missing.joined(separator: ", "))")
  }
}
