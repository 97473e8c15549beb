import TestSupport
import Testing

@Suite struct OpTableTests {
  /// Optim has no differentiable functions. One that calls `wrt` needs rows, as NN's do.
  @Test func noFunctionRecordsADerivative() throws {
    let missing = try RecordingFunction.withoutRow(in: [], ofModule: "Optim")
    #expect(missing.isEmpty, "\(missing.joined(separator: ", "))")
  }
}
