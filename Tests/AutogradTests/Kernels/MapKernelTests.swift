import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Every element-wise kernel of every supported instruction set, against the baseline.
@Suite struct MapKernelTests {
  private static let most = 1003

  /// A kernel for one element type, its inputs, and the baseline's results.
  private struct Trial {
    let kernel: MapKernel
    let dtype: DType
    let inputs: [Cells]
    let parameters: ck_params

    init?(_ kernel: MapKernel, _ dtype: DType) {
      guard Column.baseline.map(kernel.kernel, dtype) != nil else { return nil }
      self.kernel = kernel
      self.dtype = dtype
      inputs = kernel.inputTypes(dtype).enumerated().map { k, type in
        Cells(type, sampleNumbers(type, count: most, seed: UInt64(k + 1)))
      }
      parameters = kernel.parameters(for: dtype)
    }

    func expected(_ inputs: [Cells]) -> Cells {
      callMap(
        Column.baseline.map(kernel.kernel, dtype)!, inputs[0].count, kernel.output(dtype), inputs,
        parameters: parameters)
    }

    func run(_ column: Column, _ n: Int, _ inputs: [Cells], strides: [Int]? = nil) -> Cells {
      callMap(
        column.map(kernel.kernel, dtype)!, n, kernel.output(dtype), inputs, strides: strides,
        parameters: parameters)
    }

    /// Describes the first element where `found` differs from `expected`.
    func difference(_ found: Cells, _ expected: Cells, _ inputs: [Cells]) -> String? {
      if found == expected { return nil }
      let (a, b) = (found.values, expected.values)
      let x = inputs.map(\.values)
      for i in b.indices where !agrees(a[i], b[i], x.map { $0[i] }) {
        return "element \(i) of \(b.count): \(a[i]), not \(b[i]), of \(x.map { $0[i] })"
      }
      return nil
    }

    private func agrees(_ a: Double, _ b: Double, _ x: [Double]) -> Bool {
      if (a == b && a.sign == b.sign) || (a.isNaN && b.isNaN) { return true }
      guard dtype.isFloatingPoint, a.isFinite, b.isFinite else { return false }
      func place(_ v: Double) -> Double { dtype == .float32 ? Double(Float(v).ulp) : v.ulp }
      switch kernel.agreement {
      case .exact: return false
      case .ulps(let bound): return abs(a - b) <= bound * place(b)
      case .scaled(let bound):
        let largest = x.reduce(max(1, abs(b))) { max($0, abs($1)) }
        let product =
          x.reduce(1) { $0 * max(1, abs($1)) } * max(1, abs(parameters.p0), abs(parameters.p1))
        return abs(a - b) <= bound * place(max(largest, min(product, .greatestFiniteMagnitude)))
      }
    }
  }

  private static func trials(_ kernel: MapKernel) -> [Trial] {
    DType.allCases.compactMap { Trial(kernel, $0) }
  }

  @Test func everyColumnHasTheKernelsOfTheBaseline() {
    for column in Column.others {
      for kernel in MapKernel.all {
        for dtype in DType.allCases {
          #expect(
            (column.map(kernel.kernel, dtype) == nil)
              == (Column.baseline.map(kernel.kernel, dtype) == nil), "\(column) \(kernel) \(dtype)")
        }
      }
    }
  }

  @Test(arguments: MapKernel.all)
  func columnsAgree(_ kernel: MapKernel) {
    for trial in Self.trials(kernel) {
      let expected = trial.expected(trial.inputs)
      for column in Column.others {
        let found = trial.run(column, Self.most, trial.inputs)
        let difference = trial.difference(found, expected, trial.inputs)
        #expect(difference == nil, "\(column) \(kernel) \(trial.dtype)")
      }
    }
  }

  /// An element gets the same bits wherever it lies in a vector register, and nothing is written
  /// past the end.
  @Test(arguments: MapKernel.all)
  func everyLengthGivesTheSameBits(_ kernel: MapKernel) {
    for trial in Self.trials(kernel) {
      for column in Column.all {
        let whole = trial.run(column, Self.most, trial.inputs)
        for n in Array(0...130) + [999, 1000, 1001] {
          let found = trial.run(column, n, trial.inputs)
          #expect(
            found == whole.strided(n, by: 1) || sameButForNaN(found, whole.strided(n, by: 1)),
            "\(column) \(kernel) \(trial.dtype) \(n)")
        }
      }
    }
  }

  @Test(arguments: MapKernel.all)
  func everyStrideGivesTheSameBits(_ kernel: MapKernel) {
    for trial in Self.trials(kernel) {
      for column in Column.all {
        for n in [1, 2, 7, 33, 70] {
          for strides in Self.strides(kernel.inputs) {
            let logical = zip(trial.inputs, strides.dropFirst()).map { x, stride in
              stride == 0 ? x.strided(n, by: 0) : x.strided(n, by: 1)
            }
            let given = zip(logical, strides.dropFirst()).map { x, stride in
              stride == 0 ? x.strided(1, by: 1) : x.spread(by: stride)
            }
            let found = trial.run(column, n, given, strides: strides)
            // The filler between the elements is unchanged.
            let expected = trial.run(column, n, logical).spread(by: strides[0])
            #expect(
              found == expected || sameButForNaN(found, expected),
              "\(column) \(kernel) \(trial.dtype) \(n) \(strides)")
          }
        }
      }
    }
  }

  /// Strides of the output and of `count` inputs.
  private static func strides(_ count: Int) -> [[Int]] {
    let one = [[1, 0], [1, 3], [1, -1], [2, 1], [-1, 1], [3, -2]]
    switch count {
    case 1: return one
    case 2:
      return [[1, 1, 0], [1, 0, 1], [1, 0, 0], [1, 3, 1], [1, -1, 2], [2, 1, 1], [-1, 0, 3]]
    default:
      return [
        [1, 1, 0, 1], [1, 1, 1, 0], [1, 0, 1, 1], [1, 1, 0, 0], [2, 3, -1, 1], [-1, 1, 2, 0],
      ]
    }
  }

  private func sameButForNaN(_ a: Cells, _ b: Cells) -> Bool {
    guard a.dtype.isFloatingPoint, a.count == b.count else { return false }
    return zip(a.values, b.values).allSatisfy {
      ($0 == $1 && $0.sign == $1.sign) || ($0.isNaN && $1.isNaN)
    }
  }

  @Test(arguments: MapKernel.all.filter { $0.inputs < 3 && !$0.givesTruth })
  func theOutputMayBeTheInput(_ kernel: MapKernel) {
    for trial in Self.trials(kernel) {
      for column in Column.all {
        var y = trial.inputs[0]
        let expected = trial.run(column, Self.most, trial.inputs)
        var rest = Array(trial.inputs.dropFirst())
        y.withStart(Self.most, by: 1) { y in
          var pointers: [UnsafeMutableRawPointer?] = [y, y]
          for k in rest.indices { rest[k].withStart(Self.most, by: 1) { pointers.append($0) } }
          column.map(kernel.kernel, trial.dtype)!(
            Int64(Self.most), pointers, pointers.map { _ in 1 },
            trial.parameters)
        }
        #expect(y == expected || sameButForNaN(y, expected), "\(column) \(kernel) \(trial.dtype)")
      }
    }
  }
}
