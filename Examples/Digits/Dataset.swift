import Autograd
import Foundation

/// Images of handwritten digits with what they show.
struct Dataset {
  /// [count, 64], each pixel from 0 to 1.
  let images: Tensor
  /// [count], int64.
  let labels: Tensor

  var count: Int { labels.numel }

  /// What is wrong with the data file.
  struct Damaged: Error { let message: String }

  /// Reads a file of lines of 64 pixels from 0 to 16 and a digit.
  static func load(_ url: URL) throws -> Dataset {
    var pixels: [Float] = []
    var labels: [Int] = []
    let text = try String(contentsOf: url, encoding: .utf8)
    for (number, line) in text.split(separator: "\n").enumerated() {
      let values = line.split(separator: ",").compactMap { Int($0) }
      guard values.count == 65, values.dropLast().allSatisfy({ 0...16 ~= $0 }), 0...9 ~= values[64]
      else {
        throw Damaged(
          message: "\(url.path), line \(number + 1): expected 64 pixels from 0 to 16 and a digit")
      }
      pixels += values.dropLast().map { Float($0) / 16 }
      labels.append(values[64])
    }
    return Dataset(
      images: Tensor(pixels, shape: [labels.count, 64]), labels: Tensor(labels))
  }

  /// The rows that `indices` names.
  subscript(indices: Tensor) -> Dataset {
    Dataset(images: images[indices], labels: labels[indices])
  }

  /// A random split into two parts, the second with `count` images.
  func split(holdingOut count: Int) -> (train: Dataset, test: Dataset) {
    let order = Tensor.randperm(self.count)
    return (self[order[count...]], self[order[..<count]])
  }

  /// The images in random order, `size` at a time.
  func shuffledBatches(of size: Int) -> some Sequence<Dataset> {
    let order = Tensor.randperm(count)
    return stride(from: 0, to: count, by: size).lazy.map { self[order[$0..<min($0 + size, count)]] }
  }
}
