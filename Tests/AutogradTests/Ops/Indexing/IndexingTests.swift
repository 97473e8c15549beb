import Autograd
import TestSupport
import Testing

/// Subscripts of `x`, the numbers 0 … 23 of shape [2, 3, 4]. The expected numbers are PyTorch's.
@Suite struct IndexingTests {
  let x = Tensor.arange(24).reshape([2, 3, 4])
  /// Where x mod 5 is 1.
  var mask: Tensor { Tensor(x.values.map { Int($0) % 5 == 1 }, shape: x.shape) }

  func check(
    _ y: Tensor, _ shape: [Int], _ values: [Double], at location: SourceLocation = #_sourceLocation
  ) {
    #expect(y.shape == shape, sourceLocation: location)
    #expect(y.values == values, sourceLocation: location)
  }

  func changed(
    _ values: [Double], at location: SourceLocation = #_sourceLocation, _ assign: (Tensor) -> Void
  ) {
    let y = x.clone()
    assign(y)
    #expect(y.values == values, sourceLocation: location)
    #expect(y.version > 0, sourceLocation: location)
  }

  @Test func basicIndices() {
    check(x[0], [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    check(x[-1, 2], [4], [20, 21, 22, 23])
    check(x[1, 0, -1], [], [15])
    check(x[.all, 1..<3], [2, 2, 4], [4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23])
    check(x[.all, .all, (-2)...], [2, 3, 2], [2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23])
    check(x[.ellipsis, ..<(-3)], [2, 3, 1], [0, 4, 8, 12, 16, 20])
    check(x[1..., 0...1, 3], [1, 2], [15, 19])
    check(x[.all, .slice(from: 1, to: -1)], [2, 1, 4], [4, 5, 6, 7, 16, 17, 18, 19])
    check(x[0, .all, .slice(by: 3)], [3, 2], [0, 3, 4, 7, 8, 11])
    check(x[0, .slice(by: 2), .slice(from: 1, by: 2)], [2, 2], [1, 3, 9, 11])
    check(x[5...], [0, 3, 4], [])
    check(x[0, (-9)..<2, 1], [2], [1, 5])
    check(x[0, .slice(from: 2, to: 1)], [0, 4], [])
    check(x[1, .all, (-3)..<0], [3, 0], [])
    check(x[1, 1, (-3)...(-1)], [3], [17, 18, 19])
    check(x[.newAxis, 0, .ellipsis, .newAxis, 1], [1, 3, 1], [1, 5, 9])
    check(x[.ellipsis, 0], [2, 3], [0, 4, 8, 12, 16, 20])
    check(x[0, 0, .ellipsis, 2], [], [2])
  }

  @Test func indexTensors() {
    check(x[[1, 0, 1], 0], [3, 4], [12, 13, 14, 15, 0, 1, 2, 3, 12, 13, 14, 15])
    check(x[.all, [2, 0], 1], [2, 2], [9, 1, 21, 13])
    check(x[.all, [[2, 0], [-1, 1]], 3], [2, 2, 2], [11, 3, 11, 7, 23, 15, 23, 19])
    check(x[[0, 1], [2, 0]], [2, 4], [8, 9, 10, 11, 12, 13, 14, 15])
    check(x[[0, 1], .all, [3, 0]], [2, 3], [3, 7, 11, 12, 16, 20])
    check(x[[[0], [1]], [2, 0], Tensor(1)], [2, 2], [9, 1, 21, 13])
    check(x[[1], .newAxis, [0, 2]], [2, 1, 4], [12, 13, 14, 15, 20, 21, 22, 23])
    check(x[0, .all, [3, 3, 0]], [3, 3], [3, 3, 0, 7, 7, 4, 11, 11, 8])
    check(x[1..., [0, 2], .slice(by: 2)], [1, 2, 2], [12, 14, 20, 22])
    check(x[.ellipsis, [0, -1]][.all, 0], [2, 2], [0, 3, 12, 15])
  }

  @Test func masks() {
    check(x[mask], [5], [1, 6, 11, 16, 21])
    check(x[mask[.all, .all, 0]], [1, 4], [16, 17, 18, 19])
    check(x[.all, mask[0]], [2, 3], [1, 6, 11, 13, 18, 23])
    check(x[[true, false], 1], [1, 4], [4, 5, 6, 7])
    check(x[.all, [true, false, true], 2...], [2, 2, 2], [2, 3, 10, 11, 14, 15, 22, 23])
    check(x[[1, 0], .all, [true, false, false, true]], [2, 3], [12, 16, 20, 3, 7, 11])
    check(x[0, [true, false, true], [1, 2]], [2], [1, 10])
    check(x[Tensor(true), 0, 0], [1, 4], [0, 1, 2, 3])
    check(x[Tensor(false), 0, 0], [0, 4], [])
    check(x[0, 0, Tensor(true)], [1, 4], [0, 1, 2, 3])
  }

  @Test func emptyZeroDimensionalAndSeparatedIndices() {
    check(x[.all, [Int]()], [2, 0, 4], [])
    check(x[[Int](), .all, [Int]()], [0, 3], [])
    check(x[Tensor(-1), Tensor(0), 1..<3], [2], [13, 14])
    check(x.permute([2, 0, 1])[[3, 0], .all, 1], [2, 2], [7, 19, 4, 16])
    check(x[.all, .slice(by: 2)][[1], [1]], [1, 4], [20, 21, 22, 23])
    check(x[.all, .all, [Int32(1), 2]][0, 0], [2], [1, 2])
    check(x[], [2, 3, 4], x.values)
    check(x[indices: [0, 1..., -1]], [2], [7, 11])
    check(x[.slice(by: .max), 0, 0], [1], [0])
    check(x[.slice(from: .min, to: .max), 0, 0], [2], [0, 12])
    check(x[1...Int.max, 0, 0], [1], [12])
    check(Tensor(5.0)[.ellipsis], [], [5])
    check(Tensor(5.0)[.newAxis], [1], [5])
    check(Tensor.zeros([0, 3])[.all, 1], [0], [])
    check(Tensor.zeros([0, 3])[[Int]()], [0, 3], [])
  }

  @Test func assignments() {
    changed([7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]) {
      y in y[0] = 7
    }
    changed([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 2, 3, 4, 1, 2, 3, 4]) { y in
      y[1, 1...] = Tensor([1, 2, 3, 4])
    }
    changed([9, 9, 9, 9, 4, 5, 6, 7, 9, 9, 9, 9, 9, 9, 9, 9, 16, 17, 18, 19, 9, 9, 9, 9]) { y in
      y[.all, .slice(by: 2)] = Tensor([[[[9]]]])
    }
    changed([0, 1, 2, 0, 4, 5, 6, 4, 8, 9, 10, 8, 12, 13, 14, 12, 16, 17, 18, 16, 20, 21, 22, 20]) {
      y in y[.ellipsis, -1] = x[.ellipsis, 0]
    }
    changed([
      0, 1, 2, 3, 4, 5, 6, 7, -1, -1, -1, -1, -1, -1, -1, -1, 16, 17, 18, 19, 20, 21, 22, 23,
    ]) { y in y[[0, 1], [2, 0]] = -1 }
    changed([0, 1, 2, 5, 4, 5, 6, 6, 8, 9, 10, 7, 5, 13, 14, 15, 6, 17, 18, 19, 7, 21, 22, 23]) {
      y in y[[0, 1], .all, [3, 0]] = Tensor([5, 6, 7])
    }
    changed([0, 0, 2, 3, 4, 5, 0, 7, 8, 9, 10, 0, 12, 13, 14, 15, 0, 17, 18, 19, 20, 0, 22, 23]) {
      y in y[mask] = 0
    }
    changed([0, 1, 2, 3, 4, 5, 2, 7, 8, 9, 10, 3, 12, 13, 14, 15, 4, 17, 18, 19, 20, 5, 22, 23]) {
      y in y[mask] = Tensor([1, 2, 3, 4, 5])
    }
    changed([0, 8, 2, 3, 4, 5, 6, 7, 8, 8, 10, 11, 12, 8, 14, 15, 16, 17, 18, 19, 20, 8, 22, 23]) {
      y in y[.all, [true, false, true], 1] = 8
    }
    changed([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 3, 21, 22, 23]) {
      y in y[1, [2, 2, 2], 0] = Tensor([1, 2, 3])
    }
    changed([
      0, 1, 2, 3, 4, 105, 106, 7, 8, 109, 110, 11, 12, 13, 14, 15, 16, 117, 118, 19, 20, 121, 122,
      23,
    ]) { y in y[.all, 1..<3, 1..<3] += 100 }
    changed([
      50, 1, 2, 50, 50, 5, 6, 50, 50, 9, 10, 50, 50, 13, 14, 50, 50, 17, 18, 50, 50, 21, 22, 50,
    ]) { y in y.transpose(0, 2)[[0, 3]] = 50 }
    changed([0, 0, 1, 2, 4, 4, 5, 6, 8, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]) {
      y in y[0, .all, 1...] = y[0, .all, ..<(-1)]
    }
  }

  @Test func basicIndicesGiveViewsAndTensorsCopies() {
    #expect(x[0, 1...].sharesStorage(with: x))
    #expect(x[.newAxis, .slice(by: 2)].sharesStorage(with: x))
    #expect(x[Tensor(1)].sharesStorage(with: x))
    #expect(!x[[0]].sharesStorage(with: x))
    #expect(!x[mask].sharesStorage(with: x))
    let y = x.clone()
    y[0][1][2] = -1
    #expect(y[0, 1, 2].item() == -1)
    #expect(y.version == 1 && y[1].version == 1)
  }

  @Test func indicesMayHaveAnyIntegerType() {
    for dtype in [DType.int64, .int32, .uint8] {
      #expect(x[0, 0][Tensor([3, 0], dtype: dtype)].values == [3, 0])
    }
  }

  @Test func assignedNumbersAreCast() {
    let y = Tensor.zeros([3], dtype: .int64)
    y[0] = 2.9
    y[1] = true
    y[2] = Tensor(-1.5)
    #expect(y.values == [2, 1, -1])
    let width: Float = 0.5
    let z = Tensor.zeros([2])
    z[.all] = width
    #expect(z.values == [0.5, 0.5])
  }
}

// MARK: - Errors

@Suite struct IndexingErrorTests {
  @Test func anIndexOutOfRangeStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[0..., 3]
    }
    expectMessage(stop, "subscript: index 3 is out of range for dimension 1, of size 3")
  }

  @Test func anIndexTensorOutOfRangeStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[[[0, 1], [-3, 5]]]
    }
    expectMessage(
      stop, "index -3, at [1, 0] of the index tensor, is out of range for dimension 0, of size 2")
  }

  @Test func tooManyIndicesStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[0, .newAxis, 0, 0]
    }
    expectMessage(stop, "the indices ask for 3 dimensions, but the shape is [2, 3]")
  }

  @Test func twoEllipsesStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[.ellipsis, .ellipsis]
    }
    expectMessage(stop, "more than one ellipsis")
  }

  @Test func aNegativeStepStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[.slice(by: -1)]
    }
    expectMessage(stop, "the step of a slice is positive, but this one is -1; use flip")
  }

  @Test func aMaskOfAnotherShapeStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[[true, false, true]]
    }
    expectMessage(stop, "the mask, of shape [3], indexes dimensions of sizes [2]")
  }

  @Test func indicesThatDoNotBroadcastStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[[0, 1], [0, 1, 2]]
    }
    expectMessage(stop, "subscript: shapes [2] and [3] do not broadcast")
  }

  @Test func realNumbersAsIndicesStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[[0.0, 1.0]]
    }
    expectMessage(stop, "indices are integers, but this index tensor is float32")
  }

  @Test func aValueThatDoesNotFitStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor.zeros([2, 3])[0] = Tensor([1.0, 2.0])
    }
    expectMessage(stop, "a value of shape [2] does not broadcast to the selected shape [3]")
  }

  @Test func assignmentToAnExpandedTensorStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor.zeros([3]).expand([2, 3])[0] = 1
    }
    expectMessage(stop, "share memory, as after expand()")
  }
}
