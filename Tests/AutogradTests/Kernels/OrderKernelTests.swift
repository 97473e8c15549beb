import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Sorts and selections of every instruction set against the sort of Swift's standard library.
@Suite struct OrderKernelTests {
  /// Around the lengths at which the kernels change the algorithm.
  private static let lengths = [1, 2, 15, 16, 17, 33, 64, 65, 100, 128, 129, 2047, 2048, 5000]

  /// Numbers with repetitions, both zeros, infinities and NaN.
  private func cells(_ dtype: DType, _ n: Int) -> Cells {
    var random = SplitMix(seed: UInt64(n))
    let special = [0.0, -0.0, .infinity, -.infinity, .nan]
    return Cells(
      dtype,
      (0..<n).map { i in
        if !dtype.isFloatingPoint { return Double(random.next() % 300) - 150 }
        return i % 11 == 7
          ? special[Int(random.next() % 5)]
          : (random.uniform() * 200).rounded() * (i % 2 == 0 ? 1e-30 : -1e6)
      })
  }

  /// The expected positions of the elements, by comparisons.
  private func order(_ x: [Double], descending: Bool) -> [Int] {
    func precedes(_ a: Double, _ b: Double) -> Bool { a < b || (b.isNaN && !a.isNaN) }
    return x.indices.sorted { i, j in
      let (a, b) = descending ? (x[j], x[i]) : (x[i], x[j])
      return precedes(a, b) || (!precedes(b, a) && i < j)
    }
  }

  private func scratch(_ n: Int) -> Tensor {
    Tensor(uninitialized: [2 * n * Int(CK_PAIR_BYTES)], .uint8)
  }

  @Test(arguments: DType.allCases, Column.all)
  func partialSorts(_ dtype: DType, _ column: Column) {
    for n in Self.lengths {
      var x = cells(dtype, n)
      let scratch = scratch(n)
      let values = x.values
      for k in Set([1, n / 5, n]) where k > 0 {
        for descending in [false, true] {
          var y = Cells(dtype, unwritten: k)
          var index = [Int64](repeating: -1, count: k)
          x.withStart(1, by: 1) { x in
            y.withStart(1, by: 1) { y in
              column.table(dtype).sort(
                1, Int64(n), Int64(k), descending ? 1 : 0, x, y, &index, scratch.base)
            }
          }
          let expected = Array(order(values, descending: descending).prefix(k))
          #expect(index.map { Int($0) } == expected, "\(k) of \(n)")
          let found = zip(y.values, expected).allSatisfy { a, i in
            a.bitPattern == values[i].bitPattern || (a.isNaN && values[i].isNaN)
          }
          #expect(found, "\(k) of \(n)")
        }
      }
      withExtendedLifetime(scratch) {}
    }
  }

  @Test(arguments: DType.allCases, Column.all)
  func ranks(_ dtype: DType, _ column: Column) {
    for n in Self.lengths {
      var x = cells(dtype, n)
      let scratch = scratch(n)
      let sorted = order(x.values, descending: false)
      for k in Set([0, n / 3, n - 1]) {
        var y = Cells(dtype, unwritten: 1)
        var index: Int64 = -1
        x.withStart(1, by: 1) { x in
          y.withStart(1, by: 1) { y in
            column.table(dtype).kth(1, Int64(n), Int64(k), x, y, &index, scratch.base)
          }
        }
        #expect(Int(index) == sorted[k], "rank \(k) of \(n)")
      }
      withExtendedLifetime(scratch) {}
    }
  }

  @Test(arguments: [DType.float32, .float64, .uint8], Column.all)
  func rowsInLexicalOrder(_ dtype: DType, _ column: Column) {
    for (n, m) in [(1, 3), (2, 0), (50, 1), (200, 4), (3000, 3)] {
      var random = SplitMix(seed: 7)
      let numbers = (0..<n * m).map { _ in Double(random.next() % 3) }
      var x = Cells(dtype, numbers)
      var index = [Int64](repeating: -1, count: n)
      let scratch = scratch(n)
      let groups = Tensor(uninitialized: [(n / 2 + 1) * Int(CK_GROUP_BYTES)], .uint8)
      x.withStart(1, by: 1) {
        column.table(dtype).sort_rows(
          Int64(n), Int64(m), $0, &index, scratch.base, groups.base)
      }
      withExtendedLifetime((scratch, groups)) {}
      func row(_ i: Int) -> ArraySlice<Double> { numbers[i * m..<(i + 1) * m] }
      let expected = (0..<n).sorted { i, j in
        row(i) == row(j) ? i < j : row(i).lexicographicallyPrecedes(row(j))
      }
      #expect(index.map { Int($0) } == expected, "[\(n), \(m)]")
    }
  }
}
