import Autograd
import TestSupport
import Testing

/// Reading single values.
@Suite struct HostAccessTests {
  @Test func itemHasTheExpectedType() {
    let x = Tensor(2.75, requiresGrad: true)
    let float: Float = x.item()
    let integer: Int = x.item()
    let number = x.item()
    #expect(float == 2.75 && integer == 2 && number == 2.75 && type(of: number) == Double.self)
    let isLarge: Bool = (x .> 2).item()
    #expect(isLarge && type(of: isLarge) == Bool.self)
    if (x .> 3).item() { Issue.record("2.75 is not greater than 3") }
  }

  @Test func numbersFromTensors() {
    let x = Tensor([-2.75])
    #expect(Double(x) == -2.75 && Float(x) == -2.75 && Int(x) == -2)
    // Not by way of a Double.
    #expect(Int(Tensor([Int.max])) == Int.max)
  }

  @Test func severalElementsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Double(Tensor.zeros(2))
    }
    expectMessage(result, "item: expected a tensor of one element, got shape [2]")
  }
}
