import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Scans and recurrences of every instruction set against plain Swift.
@Suite struct ScanKernelTests {
  /// [outer, n, inner] and the number of columns of inner to process: around the width of a tile,
  /// and rows that are processed together.
  private static let shapes: [(outer: Int, n: Int, inner: Int, width: Int)] = [
    (1, 1, 1, 1), (3, 7, 1, 1), (9, 7, 1, 1), (2, 5, 4, 4), (2, 5, 4, 3), (1, 3, 130, 130),
    (1, 3, 300, 129),
  ]

  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { _ in random.uniform() * 3 - 1 }
  }

  /// Calls `body` with the indices of each scan in order, from the end if `reversed`.
  private func chains(
    _ shape: (outer: Int, n: Int, inner: Int, width: Int), reversed: Bool, _ body: ([Int]) -> Void
  ) {
    for o in 0..<shape.outer {
      for column in 0..<shape.width {
        let places = (0..<shape.n).map { (o * shape.n + $0) * shape.inner + column }
        body(reversed ? places.reversed() : places)
      }
    }
  }

  private func close(_ a: Double, _ b: Double, _ dtype: DType) -> Bool {
    abs(a - b) <= 8 * (dtype == .float32 ? Double(Float.ulpOfOne) : .ulpOfOne) * (1 + abs(b))
  }

  @Test(arguments: [DType.float32, .float64], Column.all)
  func scans(_ dtype: DType, _ column: Column) {
    let table = column.table(dtype)
    let ops: [(ck_scan_fn, (Double, Double) -> Double)] = [
      (table.cumsum, { $0 + $1 }), (table.cumprod, { $0 * $1 }),
      (table.logcumsumexp, { log($0, $1) }),
    ]
    for shape in Self.shapes {
      for reversed in [false, true] {
        for (kernel, next) in ops {
          var x = Cells(dtype, numbers(shape.outer * shape.n * shape.inner, seed: 1))
          let values = x.values
          var y = Cells(dtype, unwritten: x.count)
          let untouched = y.values
          x.withStart(1, by: 1) { x in
            y.withStart(1, by: 1) { y in
              kernel(
                Int64(shape.outer), Int64(shape.n), Int64(shape.inner), Int64(shape.width),
                reversed ? 1 : 0, x, y)
            }
          }
          var expected = untouched
          chains(shape, reversed: reversed) { places in
            expected[places[0]] = values[places[0]]
            for (before, i) in zip(places, places.dropFirst()) {
              expected[i] = next(expected[before], values[i])
            }
          }
          #expect(zip(y.values, expected).allSatisfy { close($0, $1, dtype) }, "\(shape)")
        }
      }
    }
  }

  /// ln(eᵃ + eᵇ), for small numbers.
  private func log(_ a: Double, _ b: Double) -> Double {
    (Tensor(a, dtype: .float64).exp() + Tensor(b, dtype: .float64).exp()).log().item()
  }

  @Test(arguments: [DType.float32, .float64], Column.all)
  func recurrences(_ dtype: DType, _ column: Column) {
    for shape in Self.shapes {
      for transposed in [false, true] {
        let count = shape.outer * shape.n * shape.inner
        var (a, b) = (Cells(dtype, numbers(count, seed: 2)), Cells(dtype, numbers(count, seed: 3)))
        let (factors, terms) = (a.values, b.values)
        var y = Cells(dtype, unwritten: count)
        var expected = y.values
        a.withStart(1, by: 1) { a in
          b.withStart(1, by: 1) { b in
            y.withStart(1, by: 1) { y in
              column.table(dtype).recurrence(
                Int64(shape.outer), Int64(shape.n), Int64(shape.inner), Int64(shape.width),
                transposed ? 1 : 0, a, b, y)
            }
          }
        }
        chains(shape, reversed: transposed) { places in
          expected[places[0]] = terms[places[0]]
          for (before, i) in zip(places, places.dropFirst()) {
            expected[i] = terms[i] + factors[transposed ? before : i] * expected[before]
          }
        }
        #expect(zip(y.values, expected).allSatisfy { close($0, $1, dtype) }, "\(shape)")
      }
    }
  }
}
