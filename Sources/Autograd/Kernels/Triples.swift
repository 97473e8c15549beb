// Sizes of signals, images and volumes, which kernels take as three numbers.

extension [Int] {
  /// Three numbers: these, after as many of `value` as are missing.
  func leading(_ value: Int) -> [Int] { Array(repeating: value, count: 3 - count) + self }

  /// These three numbers as C takes them.
  var triple: (Int64, Int64, Int64) { (Int64(self[0]), Int64(self[1]), Int64(self[2])) }
}
