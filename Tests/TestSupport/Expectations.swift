import Autograd
import Testing

/// Expects each of `parts` in what a process wrote to standard error before it stopped.
public func expectMessage(
  _ result: ExitTest.Result?, _ parts: String..., at location: SourceLocation = #_sourceLocation
) {
  let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  for part in parts {
    #expect(message.contains(part), "\(message)", sourceLocation: location)
  }
}

/// Expects the elements of `x`. The default tolerance is for numbers printed with 15 digits, and a
/// few roundings.
public func expectClose(
  _ x: Tensor?, _ expected: [Double], tolerance: Double = 1e-13, _ note: Comment = "value",
  at location: SourceLocation = #_sourceLocation
) {
  guard let x else {
    Issue.record("\(note): nil", sourceLocation: location)
    return
  }
  guard x.numel == expected.count else {
    Issue.record("\(note): \(x), expected \(expected)", sourceLocation: location)
    return
  }
  let y = Tensor(expected, shape: x.shape, dtype: x.dtype)
  #expect(
    x.allclose(y, rtol: tolerance, atol: tolerance, equalNan: true), "\(note): \(x), expected \(y)",
    sourceLocation: location)
}
