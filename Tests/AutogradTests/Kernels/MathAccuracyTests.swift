import CKernels
import Foundation
import TestSupport
import Testing

@testable import Autograd

/// Elementary functions of every instruction set against their exact values; see Data/README.md.
@Suite struct MathAccuracyTests {
  /// A function and its largest permitted error, in units in the last place of the exact value.
  struct Bound: Sendable, CustomStringConvertible {
    let kernel: ck_map
    let float32, float64: Double
    var description: String { String(cString: ck_map_name(kernel)) }
  }

  private static let bounds = [
    Bound(kernel: .exp, float32: 1.5, float64: 2),
    Bound(kernel: .expm1, float32: 6.5, float64: 2),
    Bound(kernel: .log, float32: 1.5, float64: 1),
    Bound(kernel: .log1p, float32: 3, float64: 2),
    Bound(kernel: .sin, float32: 1, float64: 2),
    Bound(kernel: .cos, float32: 1, float64: 2),
    Bound(kernel: .tanh, float32: 5, float64: 7),
    Bound(kernel: .sigmoid, float32: 2.5, float64: 3.5),
    Bound(kernel: .erf, float32: 7, float64: 2.5),
    Bound(kernel: .erfc, float32: 5, float64: 3.5),
    Bound(kernel: .exp2, float32: 1.5, float64: 1.5),
    Bound(kernel: .log2, float32: 2, float64: 1),
    Bound(kernel: .log10, float32: 1.5, float64: 1),
    Bound(kernel: .tan, float32: 1, float64: 2.5),
    Bound(kernel: .asin, float32: 2, float64: 2),
    Bound(kernel: .acos, float32: 1.5, float64: 1.5),
    Bound(kernel: .atan, float32: 1, float64: 1),
    Bound(kernel: .sinh, float32: 2, float64: 2),
    Bound(kernel: .cosh, float32: 1.5, float64: 1.5),
    Bound(kernel: .asinh, float32: 2, float64: 1.5),
    Bound(kernel: .acosh, float32: 2.5, float64: 2.5),
    Bound(kernel: .atanh, float32: 2.5, float64: 2),
    Bound(kernel: .erfinv, float32: 2.5, float64: 3.5),
  ]

  @Test(arguments: bounds, Column.all)
  func float32(_ bound: Bound, _ column: Column) throws {
    let points = try #require(try Self.points()["\(bound) f32"])
    let x = points.map { Float(bitPattern: UInt32($0.input)) }
    let y = column.apply(bound.kernel, .float32, x)
    var worst = Worst()
    for (i, point) in points.enumerated() {
      let exact = Float(bitPattern: UInt32(point.output))
      worst.note(x[i], y[i], exact, rest: point.rest)
    }
    #expect(worst.error <= bound.float32, "\(worst)")
    if bound.kernel == .sin || bound.kernel == .cos {
      // The nearest number in nearly all cases.
      #expect(Double(worst.misrounded) <= 0.02 * Double(points.count), "\(worst)")
    }
  }

  @Test(arguments: bounds, Column.all)
  func float64(_ bound: Bound, _ column: Column) throws {
    let points = try #require(try Self.points()["\(bound) f64"])
    let x = points.map { Double(bitPattern: $0.input) }
    let y = column.apply(bound.kernel, .float64, x)
    var worst = Worst()
    for (i, point) in points.enumerated() {
      worst.note(x[i], y[i], Double(bitPattern: point.output), rest: point.rest)
    }
    #expect(worst.error <= bound.float64, "\(worst)")
  }

  /// The largest error so far, and its argument.
  struct Worst: CustomStringConvertible {
    var error = 0.0
    var misrounded = 0
    var description = "no error"

    /// - Parameter rest: the exact value minus `expected`, in units in the last place of
    ///   `expected`.
    mutating func note<T: BinaryFloatingPoint>(_ x: T, _ y: T, _ expected: T, rest: Double) {
      let e: Double
      if y.isNaN || expected.isNaN {
        e = y.isNaN && expected.isNaN ? 0 : .infinity
      } else if expected.isInfinite || expected == 0 || y.isInfinite {
        e = y == expected && (y.sign == expected.sign || rest != 0) ? 0 : .infinity
      } else {
        e = abs(Double((y - expected) / expected.ulp) - rest)
      }
      if y != expected, !expected.isNaN { misrounded += 1 }
      if e > error {
        error = e
        description = "\(e) units in the last place at \(x): \(y), not \(expected)"
      }
    }
  }
}

// MARK: - The points

extension MathAccuracyTests {
  private struct Point {
    let input, output: UInt64
    let rest: Double
  }

  /// The points of each `function type`.
  private static func points() throws -> [String: [Point]] {
    try loaded.get()
  }

  private static let loaded = Result {
    let url = try #require(
      Bundle.module.url(forResource: "math", withExtension: "txt", subdirectory: "Data"))
    var groups: [String: [Point]] = [:]
    var group: [Point] = []
    var name = ""
    for line in try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " ")).map {
        String(decoding: $0, as: UTF8.self)
      }
      if let input = UInt64(words[0], radix: 16), let output = UInt64(words[1], radix: 16),
        let rest = Double(words[2])
      {
        group.append(Point(input: input, output: output, rest: rest / 128))
      } else {
        groups[name] = group
        (name, group) = ("\(words[0]) \(words[1])", [])
      }
    }
    groups[name] = group
    return groups
  }
}
