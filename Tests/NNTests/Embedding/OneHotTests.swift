import Autograd
import NN
import TestSupport
import Testing

@Suite struct OneHotTests {
  @Test func oneHotVectors() {
    #expect(oneHot(Tensor([0, 2])).values == [1, 0, 0, 0, 0, 1])
    #expect(oneHot(Tensor([[1]]), numClasses: 3).shape == [1, 1, 3])
    #expect(oneHot(Tensor([Int]()), numClasses: 2).shape == [0, 2])
  }

  @Test func negativeClassesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = oneHot(Tensor([0, -2]))
    }
    expectMessage(result, "oneHot: the class -2 is not one of 0 ..< 1; classes start at 0")
  }
}
