import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Reductions of every instruction set against sums in plain Swift.
@Suite struct ReductionKernelTests {
  /// [outer, n, inner]: around the lengths at which the kernels split the work.
  private static let shapes: [(Int, Int, Int)] =
    [0, 1, 2, 63, 64, 65, 127, 130, 1000, 4096, 4097, 8193].map { (1, $0, 1) }
    + [1, 64, 65, 130].flatMap { n in [2, 127, 129].map { (1, n, $0) } }
    + [(3, 100, 1), (3, 70, 5), (5, 0, 4), (0, 4, 4), (2, 3, 0)]
    + shortRows.map { (75, $0, 1) }
  /// Lengths of rows, many of which are reduced together.
  private static let shortRows = [
    1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 31, 33, 47, 63, 64, 65, 100, 529,
  ]

  private func reduce(
    _ function: ck_reduce_fn, _ shape: (Int, Int, Int), _ x: Cells
  ) -> Cells {
    var (x, y) = (x, Cells(x.dtype, unwritten: shape.0 * shape.2))
    x.withStart(1, by: 1) { x in
      y.withStart(1, by: 1) { y in
        function(
          Int64(shape.0), Int64(shape.1), Int64(shape.2), Int64(shape.1 * shape.2), Int64(shape.2),
          x, y)
      }
    }
    return y
  }

  /// `body` of the elements that are reduced to each result.
  private func groups<T, R>(
    _ x: [T], _ shape: (Int, Int, Int), _ body: ([T]) -> R
  ) -> [R] {
    (0..<shape.0).flatMap { o in
      (0..<shape.2).map { j in
        body((0..<shape.1).map { x[(o * shape.1 + $0) * shape.2 + j] })
      }
    }
  }

  private func numbers(_ shape: (Int, Int, Int), in range: ClosedRange<Double>, seed: UInt64)
    -> [Double]
  {
    var random = SplitMix(seed: seed)
    return (0..<shape.0 * shape.1 * shape.2).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
    }
  }

  // MARK: - Sums and products

  /// The error of a pairwise sum grows with the logarithm of the length: 32 roundings are ample.
  @Test(arguments: [DType.float32, .float64], Column.all)
  func sums(_ dtype: DType, _ column: Column) throws {
    let function = try #require(column.reduction(.sum, dtype))
    let unit = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    for shape in Self.shapes {
      let x = Cells(dtype, numbers(shape, in: -1...3, seed: 1))
      let exact = groups(x.values, shape) { exactSum($0) }
      let sizes = groups(x.values, shape) { $0.reduce(0) { $0 + abs($1) } }
      let found = reduce(function, shape, x).values
      #expect(found.count == exact.count)
      for i in exact.indices {
        #expect(abs(found[i] - exact[i]) <= 32 * unit * sizes[i], "\(shape) \(i)")
      }
    }
  }

  /// Kahan's and Neumaier's summation, as accurate as twice the precision.
  private func exactSum(_ x: [Double]) -> Double {
    var (sum, rest) = (0.0, 0.0)
    for v in x {
      let next = sum + v
      rest += abs(sum) >= abs(v) ? (sum - next) + v : (v - next) + sum
      sum = next
    }
    return sum + rest
  }

  @Test(arguments: [DType.float32, .float64], Column.all)
  func products(_ dtype: DType, _ column: Column) throws {
    let function = try #require(column.reduction(.prod, dtype))
    let unit = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    for shape in Self.shapes {
      let x = Cells(dtype, numbers(shape, in: 0.99...1.01, seed: 2))
      let exact = groups(x.values, shape) { $0.reduce(1, *) }
      for (found, exact) in zip(reduce(function, shape, x).values, exact) {
        #expect(abs(found - exact) <= Double(shape.1 + 1) * unit * exact, "\(shape)")
      }
    }
  }

  @Test(arguments: Column.all)
  func integersAreExactAndWrapAround(_ column: Column) throws {
    for shape in Self.shapes {
      let x = Cells(.int64, numbers(shape, in: -1000...1000, seed: 3))
      let sum = reduce(try #require(column.reduction(.sum, .int64)), shape, x)
      #expect(sum.elements() == groups(x.elements(as: Int64.self), shape) { $0.reduce(0, &+) })
      let product = reduce(try #require(column.reduction(.prod, .int64)), shape, x)
      #expect(product.elements() == groups(x.elements(as: Int64.self), shape) { $0.reduce(1, &*) })
      let bytes = Cells(.uint8, numbers(shape, in: 0...255, seed: 4))
      let small = reduce(try #require(column.reduction(.sum, .uint8)), shape, bytes)
      #expect(
        small.elements() == groups(bytes.elements(as: UInt8.self), shape) { $0.reduce(0, &+) })
    }
  }

  // MARK: - Extremes

  @Test(arguments: DType.allCases, Column.all)
  func extremes(_ dtype: DType, _ column: Column) throws {
    let largest = try #require(column.reduction(.max, dtype))
    let smallest = try #require(column.reduction(.min, dtype))
    for shape in Self.shapes where shape.1 > 0 {
      let x = Cells(dtype, numbers(shape, in: dtype == .bool ? 0...1 : -100...100, seed: 5))
      #expect(reduce(largest, shape, x).values == groups(x.values, shape) { $0.max()! })
      #expect(reduce(smallest, shape, x).values == groups(x.values, shape) { $0.min()! })
    }
  }

  @Test(arguments: [DType.float32, .float64], Column.all)
  func theExtremesOfNothingAreInfinite(_ dtype: DType, _ column: Column) throws {
    let nothing = Cells(dtype, [])
    #expect(
      reduce(try #require(column.reduction(.max, dtype)), (1, 0, 3), nothing).values
        == [-.infinity, -.infinity, -.infinity])
    #expect(
      reduce(try #require(column.reduction(.min, dtype)), (1, 0, 1), nothing).values == [.infinity])
  }

  @Test(arguments: [DType.float32, .float64], Column.all)
  func aNaNWinsWhereverItStands(_ dtype: DType, _ column: Column) throws {
    let largest = try #require(column.reduction(.max, dtype))
    let smallest = try #require(column.reduction(.min, dtype))
    for n in [1, 2, 64, 65, 130, 1030] {
      for place in [0, n / 3, n / 2, n - 1] {
        for inner in [1, 3] {
          var x = numbers((1, n, inner), in: -1...1, seed: 6)
          for j in 0..<inner { x[place * inner + j] = .nan }
          let cells = Cells(dtype, x)
          #expect(reduce(largest, (1, n, inner), cells).values.allSatisfy { $0.isNaN })
          #expect(reduce(smallest, (1, n, inner), cells).values.allSatisfy { $0.isNaN })
        }
      }
    }
  }

  @Test(arguments: DType.allCases, Column.all)
  func indicesAreThoseOfTheFirst(_ dtype: DType, _ column: Column) {
    let table = column.table(dtype)
    for shape in Self.shapes where shape.1 > 0 && shape.0 * shape.2 > 0 {
      // Few values, so that there are ties.
      var x = numbers(shape, in: 0...(dtype == .bool ? 1 : 9), seed: 7).map { $0.rounded() }
      if dtype.isFloatingPoint, x.count > 20 { x[x.count / 2] = .nan }
      let cells = Cells(dtype, x)
      for (function, isBetter) in [
        (table.max_index, { (a: Double, b: Double) in a > b }), (table.min_index, { $0 < $1 }),
      ] {
        let expected = groups(cells.values, shape) { group in
          group.firstIndex(where: \.isNaN)
            ?? group.indices.reduce(0) { isBetter(group[$1], group[$0]) ? $1 : $0 }
        }
        var (x, y) = (cells, Cells(dtype, unwritten: shape.0 * shape.2))
        var index = [Int64](repeating: -1, count: shape.0 * shape.2)
        x.withStart(1, by: 1) { x in
          y.withStart(1, by: 1) { y in
            function!(
              Int64(shape.0), Int64(shape.1), Int64(shape.2), Int64(shape.1 * shape.2),
              Int64(shape.2), x, y, &index)
          }
        }
        #expect(index.map(Int.init) == expected, "\(shape)")
        let values = groups(cells.values, shape) { $0 }
        for (k, i) in expected.enumerated() {
          #expect(y.values[k] == values[k][i] || (y.values[k].isNaN && values[k][i].isNaN))
        }
      }
    }
  }

  // MARK: - Rows

  /// A row has the same bits alone, next to others, and at any place among them: how rows are divided
  /// among threads does not matter.
  @Test(arguments: DType.allCases, Column.all)
  func rowsTogetherAreRowsAlone(_ dtype: DType, _ column: Column) {
    for n in Self.shortRows {
      var x = numbers((77, n, 1), in: dtype == .bool ? 0...1 : -1...9, seed: 8)
      if dtype.isFloatingPoint {
        // Zeros of both signs, which tie, and NaN in one row.
        for i in 0..<20 * n { x[i] = i % 3 == 0 ? -0.0 : 0 }
        x[30 * n + n / 2] = .nan
      }
      let cells = Cells(dtype, x)
      for kernel in [ReductionKernel.sum, .prod, .max, .min] {
        guard let function = column.reduction(kernel, dtype) else { continue }
        let together = reduce(function, (77, n, 1), cells).bytes
        let alone = (0..<77).flatMap { row in
          reduce(function, (1, n, 1), Cells(dtype, Array(x[row * n..<(row + 1) * n]))).bytes
        }
        #expect(together == alone, "\(kernel), \(n)")
      }
      for function in [column.table(dtype).max_index!, column.table(dtype).min_index!] {
        func found(_ x: Cells, _ rows: Int) -> [UInt8] {
          var (x, y) = (x, Cells(dtype, unwritten: rows))
          var index = [Int64](repeating: -1, count: rows)
          x.withStart(1, by: 1) { x in
            y.withStart(1, by: 1) { function(Int64(rows), Int64(n), 1, Int64(n), 1, x, $0, &index) }
          }
          return y.bytes + index.map { UInt8($0 % 256) }
        }
        let together = found(cells, 77)
        let alone = (0..<77).map { found(Cells(dtype, Array(x[$0 * n..<($0 + 1) * n])), 1) }
        #expect(
          together == alone.flatMap { $0.dropLast() } + alone.map { $0.last! }, "\(n)")
      }
    }
  }

  // MARK: - Strides

  /// Blocks and rows may be apart, and then the gaps are not read.
  @Test(arguments: [DType.float32, .float64, .int32], Column.all)
  func gapsAreLeftOut(_ dtype: DType, _ column: Column) throws {
    let shapes =
      [(1, 150, 3), (3, 5, 1), (4, 70, 1), (2, 9, 130), (3, 200, 5)]
      + [(70, 5, 1), (70, 13, 1), (70, 33, 1), (70, 40, 1)]
    for (outer, n, inner) in shapes {
      let x = numbers((outer, n, inner), in: -9...9, seed: 3).map { $0.rounded() }
      for (row, block) in [(inner + 2, n * (inner + 2) + 3), (inner, n * inner + 1), (0, 7)] {
        var spaced = [Double](repeating: 1000, count: outer * (block + n * row + inner))
        for o in 0..<outer {
          for i in 0..<n {
            for j in 0..<inner { spaced[o * block + i * row + j] = x[(o * n + i) * inner + j] }
          }
        }
        // What is there after all were written: with a stride of 0, rows are the same row.
        let whole = (0..<outer).flatMap { o in
          (0..<n).flatMap { i in (0..<inner).map { spaced[o * block + i * row + $0] } }
        }
        let sum = try #require(column.reduction(.sum, dtype))
        let expected = groups(whole, (outer, n, inner)) { $0.reduce(0, +) }
        let largest = groups(whole, (outer, n, inner)) { $0.firstIndex(of: $0.max()!)! }
        var (cells, y) = (Cells(dtype, spaced), Cells(dtype, unwritten: outer * inner))
        var values = Cells(dtype, unwritten: outer * inner)
        var index = [Int64](repeating: -1, count: outer * inner)
        let (o, i, j) = (Int64(outer), Int64(n), Int64(inner))
        cells.withStart(1, by: 1) { x in
          y.withStart(1, by: 1) { sum(o, i, j, Int64(block), Int64(row), x, $0) }
          values.withStart(1, by: 1) {
            column.table(dtype).max_index(o, i, j, Int64(block), Int64(row), x, $0, &index)
          }
        }
        #expect(y.values == expected, "\(outer) \(n) \(inner) \(row) \(block)")
        #expect(index.map(Int.init) == largest, "\(outer) \(n) \(inner) \(row) \(block)")
      }
    }
  }
}
