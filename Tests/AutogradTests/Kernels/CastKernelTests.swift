import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Conversions between element types. No number traps.
@Suite struct CastKernelTests {
  private static let pairs = DType.allCases.flatMap { from in DType.allCases.map { (from, $0) } }

  @Test(arguments: pairs)
  func columnsAgree(_ from: DType, _ to: DType) {
    let x = Cells(from, sampleNumbers(from, count: 300, seed: 5))
    let expected = callMap(Column.baseline.cast(from, to), x.count, to, [x])
    for column in Column.all {
      for n in Array(0...70) + [300] {
        let found = callMap(column.cast(from, to), n, to, [x])
        // The payload of a NaN is unspecified.
        let same = zip(found.values, expected.values).allSatisfy {
          $0 == $1 || ($0.isNaN && $1.isNaN)
        }
        #expect(found.count == n && same, "\(column) \(n)")
        let strided = callMap(
          column.cast(from, to), n, to, [x.strided(n, by: 1).spread(by: -3)], strides: [1, -3])
        #expect(strided == found, "\(column) \(n), strided")
      }
    }
  }

  @Test(arguments: [DType.float32, .float64], Column.all)
  func whatDoesNotFitBecomesTheSmallestInteger(_ from: DType, _ column: Column) {
    let x = Cells(from, [.nan, .infinity, -.infinity, 1e30, -1e30, 0x1p63, -0x1p63])
    let wide = callMap(column.cast(from, .int64), x.count, .int64, [x]).elements(as: Int64.self)
    #expect(wide.allSatisfy { $0 == .min })
    let narrow = callMap(column.cast(from, .int32), x.count, .int32, [x]).elements(as: Int32.self)
    #expect(narrow.allSatisfy { $0 == .min })
    // Conversion to a byte goes through int64, and the low byte of Int64.min is 0.
    let byte = callMap(column.cast(from, .uint8), x.count, .uint8, [x]).elements(as: UInt8.self)
    #expect(byte.allSatisfy { $0 == 0 })
    let truth = callMap(column.cast(from, .bool), x.count, .bool, [x]).elements(as: UInt8.self)
    #expect(truth.allSatisfy { $0 == 1 })
  }

  @Test(arguments: Column.all)
  func numbersAreTruncatedTowardsZero(_ column: Column) {
    let x = Cells(
      .float64, [1.9, -1.9, 0.5, -0.5, 2_147_483_647.5, -2_147_483_648.5, 255.9, 256, -1])
    #expect(
      callMap(column.cast(.float64, .int32), x.count, .int32, [x]).elements(as: Int32.self)
        == [1, -1, 0, 0, .max, .min, 255, 256, -1])
    #expect(
      callMap(column.cast(.float64, .uint8), x.count, .uint8, [x]).elements(as: UInt8.self)
        == [1, 255, 0, 0, 255, 0, 255, 0, 255])
  }

  @Test(arguments: Column.all)
  func integersWrapAround(_ column: Column) {
    let x = Cells(.int64, [0x1p32, 0x1p31, -1, 300, -0x1p62])
    #expect(
      callMap(column.cast(.int64, .int32), x.count, .int32, [x]).elements(as: Int32.self)
        == [0, .min, -1, 300, 0])
    #expect(
      callMap(column.cast(.int64, .uint8), x.count, .uint8, [x]).elements(as: UInt8.self)
        == [0, 0, 255, 44, 0])
  }
}
