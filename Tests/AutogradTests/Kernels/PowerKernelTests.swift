import CKernels
import Foundation
import TestSupport
import Testing

@testable import Autograd

/// Powers in every instruction set: their accuracy, the special cases of C, and exact results.
@Suite struct PowerKernelTests {
  /// Units in the last place; measured over millions of points, 0.54 and 0.77.
  @Test(arguments: Column.all)
  func accuracy(_ column: Column) throws {
    let points = try Self.points()
    try check(column, .float32, points, bound: 0.56) { Float(bitPattern: UInt32($0)) }
    try check(column, .float64, points, bound: 0.8) { Double(bitPattern: $0) }
  }

  private func check<T: BinaryFloatingPoint>(
    _ column: Column, _ dtype: DType, _ points: [DType: [Point]], bound: Double,
    _ number: (UInt64) -> T
  ) throws {
    let points = try #require(points[dtype])
    let (bases, exponents) = (points.map { number($0.base) }, points.map { number($0.exponent) })
    let found = column.powers(dtype, bases, exponents)
    var worst = MathAccuracyTests.Worst()
    for (i, point) in points.enumerated() {
      worst.note(bases[i], found[i], number(point.power), rest: point.rest)
    }
    #expect(worst.error <= bound, "\(dtype) \(worst)")
  }

  /// The results that C defines for zeros, infinities, NaN, negative bases, and exponents at the
  /// limits of the integers.
  @Test(arguments: Column.all)
  func conventions(_ column: Column) {
    let sizes: [Double] = [
      0, 0.5, 1, 1.5, 2, 3, 4, 0x1p23 - 1, 0x1p23, 0x1p23 + 1, 0x1p24 - 1, 0x1p24, 0x1p24 + 2,
      0x1p22 - 0.5, 0x1p51 - 0.5, 0x1p52 - 1, 0x1p52, 0x1p52 + 1, 0x1p53 - 1, 0x1p53, 0x1p-1040,
      1e-40,
      0x1p-149, 0x1p-1022, 0x1p-1074, 149, 150, 151, 1074, 1075, 3e9, 0x1.fffffep127, 1e308,
      .infinity,
      .nan,
    ]
    let numbers = sizes + sizes.map { -$0 }
    let pairs = numbers.flatMap { x in numbers.map { (x, $0) } }
    let (x, y) = (pairs.map(\.0), pairs.map(\.1))
    func agree<T: BinaryFloatingPoint>(_ a: T, _ b: T) -> Bool {
      if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
      return a.sign == b.sign && (a == b || abs(a - b) <= b.ulp)
    }
    for (i, power) in column.powers(.float64, x, y).enumerated() {
      #expect(agree(power, Foundation.pow(x[i], y[i])), "\(x[i]) to the \(y[i]): \(power)")
    }
    let (a, b) = (x.map { Float($0) }, y.map { Float($0) })
    for (i, power) in column.powers(.float32, a, b).enumerated() {
      #expect(agree(power, Foundation.powf(a[i], b[i])), "\(a[i]) to the \(b[i]): \(power)")
    }
  }

  @Test(arguments: Column.all)
  func wholePowersAreExact(_ column: Column) {
    for exponent in 1...52 {
      let bases = (1...1000).map(Double.init)
      let y = column.powers(.float64, bases, bases.map { _ in Double(exponent) })
      for (base, power) in zip(bases, y) {
        let exact = (1..<exponent).reduce(base) { product, _ in product * base }
        if exact <= 0x1p53 { #expect(power == exact, "\(base) to the \(exponent)") }
      }
    }
  }

  // MARK: - The points, see Data/README.md

  private struct Point {
    let base, exponent, power: UInt64
    let rest: Double
  }

  private static func points() throws -> [DType: [Point]] {
    let url = try #require(
      Bundle.module.url(forResource: "pow", withExtension: "txt", subdirectory: "Data"))
    var points: [DType: [Point]] = [:]
    var dtype = DType.float32
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] == "pow" {
        dtype = words[1] == "f32" ? .float32 : .float64
        continue
      }
      let bits = try words.prefix(3).map { try #require(UInt64($0, radix: 16)) }
      let rest = try #require(Double(words[3])) / 128
      points[dtype, default: []].append(
        Point(base: bits[0], exponent: bits[1], power: bits[2], rest: rest))
    }
    return points
  }
}

extension Column {
  fileprivate func powers<T: BinaryFloatingPoint>(_ dtype: DType, _ x: [T], _ y: [T]) -> [T] {
    var z = x
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        z.withUnsafeMutableBufferPointer { z in
          ck_map2(
            map(.pow, dtype)!, Int64(x.count), z.baseAddress, x.baseAddress, 1, y.baseAddress, 1,
            ck_params())
        }
      }
    }
    return z
  }
}
