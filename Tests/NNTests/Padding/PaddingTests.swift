import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite struct PaddingTests {
  @Test func constants() {
    let (x, y) = (Tensor([[0.0, 1, 2], [3, 4, 5]]), Tensor([1, 2]))
    #expect(pad(y, [1, -1], value: 2.5).values == [2, 1])
    #expect(pad(x, [-1, -2, 0, 1]).shape == [3, 0] && pad(Tensor(1.0), []).item() == 1)
    #expect(pad(y, [1, 1]).values == [0, 1, 2, 0] && pad(y, [1, 1]).dtype == .int64)
  }

  /// x = seq(2, 3, 4)
  /// F.pad(x, [2, 1, 0, 1], mode="reflect"), F.pad(x, [2, -1, 3, 0], mode="replicate"),
  /// F.pad(x, [-1, 2, 1, 0], mode="circular")
  @Test func otherModes() {
    let expected: [(PadMode, [Int], [Double])] = [
      (
        .reflect, [2, 1, 0, 1],
        [
          0.145454545454545, 0.509090909090909, -0.127272727272727, 0.509090909090909,
          0.145454545454545, -0.218181818181818, 0.145454545454545, -0.309090909090909,
          0.054545454545455, 0.418181818181818, 0.054545454545455, -0.309090909090909,
          0.327272727272727, -0.309090909090909, 0.236363636363636, -0.4, -0.036363636363636,
          -0.4, 0.236363636363636, -0.127272727272727, 0.236363636363636, -0.309090909090909,
          0.054545454545455, 0.418181818181818, 0.054545454545455, -0.309090909090909,
          0.327272727272727, -0.309090909090909,
        ]
      ),
      (
        .replicate, [2, -1, 3, 0],
        [
          -0.127272727272727, -0.127272727272727, -0.127272727272727, 0.509090909090909,
          0.145454545454545, -0.127272727272727, -0.127272727272727, -0.127272727272727,
          0.509090909090909, 0.145454545454545, -0.127272727272727, -0.127272727272727,
          -0.127272727272727, 0.509090909090909, 0.145454545454545, -0.127272727272727,
          -0.127272727272727, -0.127272727272727, 0.509090909090909, 0.145454545454545,
          0.418181818181818, 0.418181818181818, 0.418181818181818, 0.054545454545455,
          -0.309090909090909, -0.036363636363636, -0.036363636363636, -0.036363636363636, -0.4,
          0.236363636363636,
        ]
      ),
      (
        .circular, [-1, 2, 1, 0],
        [
          -0.4, 0.236363636363636, -0.127272727272727, -0.4, 0.236363636363636, 0.509090909090909,
          0.145454545454545, -0.218181818181818, 0.509090909090909, 0.145454545454545,
          0.054545454545455, -0.309090909090909, 0.327272727272727, 0.054545454545455,
          -0.309090909090909, -0.4, 0.236363636363636, -0.127272727272727, -0.4, 0.236363636363636,
        ]
      ),
    ]
    for (mode, padding, values) in expected {
      expectClose(pad(seq([2, 3, 4]), padding, mode: mode)[0], values, "\(mode)")
    }
    let x = Tensor([1, 2, 3])
    #expect(pad(x, [2, 1], mode: .reflect).values == [3, 2, 1, 2, 3, 2])
    #expect(!pad(x, [0, 0], mode: .circular).sharesStorage(with: x))
  }

  /// Three padded dimensions, or one in the middle, of tensors in any order and of any type, against
  /// one dimension after the other, read by indices.
  @Test func severalDimensionsAtOnce() {
    func places(_ size: Int, _ before: Int, _ after: Int, _ mode: PadMode) -> [Int] {
      (-before..<size + after).map { i in
        switch mode {
        case .reflect: i < 0 ? -i : i < size ? i : 2 * size - 2 - i
        case .replicate: min(max(i, 0), size - 1)
        case .constant, .circular: (i + size) % size
        }
      }
    }
    let paddings = [[3, 2, 1, 4, 2, 1], [2, -3, -1, 3, 0, 0], [0, 0, 3, 2], [0, 0, 0, 0, 2, 2]]
    for dtype in [DType.float32, .float64, .uint8] {
      let x = Tensor((0..<7 * 5 * 6 * 19).map { $0 % 251 }, shape: [7, 5, 6, 19]).to(dtype)
      for x in [x, x.transpose(1, 3).contiguous().transpose(1, 3)] {
        for (mode, padding) in [PadMode.reflect, .replicate, .circular].flatMap({ mode in
          paddings.filter { mode != .circular || $0.allSatisfy { $0 >= 0 } }.map { (mode, $0) }
        }) {
          let expected = (0..<padding.count / 2).reduce(x) { x, i in
            let (d, before, after) = (3 - i, padding[2 * i], padding[2 * i + 1])
            return x.indexSelect(
              dim: d, index: Tensor(places(x.shape[d], before, after, mode)))
          }
          let y = withThreads(3) { pad(x, padding, mode: mode) }
          #expect(y.shape == expected.shape && y.values == expected.values, "\(mode) \(padding)")
        }
        for padding in paddings {
          let y = pad(x, padding, value: 7)
          let back = pad(y, padding.map { -$0 }, value: 7)
          let kept = pad(x, padding.map { min($0, 0) })
          let inside = pad(kept, padding.map { max(-$0, 0) }, value: 7)
          #expect(back.values == inside.values, "\(padding)")
          #expect(y.sum().item() == inside.sum().item() + 7 * Double(y.numel - inside.numel))
        }
      }
    }
  }

  @Test func gradientsDoNotDependOnThreads() {
    let x = Tensor.arange(40 * 33 * 35).reshape([40, 33, 35]).to(.float32) / 7
    let g = Tensor.arange(40 * 39 * 44).reshape([40, 39, 44]).to(.float32) / 3
    let results = [1, 3].map { threads in
      withThreads(threads) {
        let x = x.clone()
        x.requiresGrad = true
        pad(x, [4, 5, 3, 3], mode: .reflect).backward(gradient: g)
        return x.grad!.values
      }
    }
    #expect(results[0] == results[1])
  }

  @Test func paddingThatDoesNotFitStops() async {
    let removed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pad(Tensor.zeros([3]), [5, -4])
    }
    expectMessage(
      removed, "pad: the padding [5, -4] removes more elements from dimension 0 of the shape [3]")
    let odd = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pad(Tensor.zeros([3]), [1])
    }
    expectMessage(odd, "pad: the padding [1] must have two numbers")
    let reflected = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pad(Tensor.zeros([3]), [3, 0], mode: .reflect)
    }
    expectMessage(reflected, "pad: mode .reflect adds fewer elements than there are")
    let circular = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pad(Tensor.zeros([3]), [0, 4], mode: .circular)
    }
    expectMessage(circular, "pad: mode .circular adds at most as many elements as there are")
    let value = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pad(Tensor.zeros([3]), [1, 1], mode: .replicate, value: 2)
    }
    expectMessage(value, "pad: mode .replicate takes no value")
    let huge = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pad(Tensor.zeros([3]), [.min, .max])
    }
    expectMessage(huge, "pad: the padding")
  }
}
