import Autograd
import Foundation

/// The trained network's predictions for the test images.
struct Report {
  let labels: [Int]
  let predictions: [Int]
  let confidences: [Float]
  let loss: Double

  /// - Parameter scores: [count, 10], from the network.
  init(scores: Tensor, loss: Tensor, labels: Tensor) {
    let best = scores.softmax(dim: 1).max(dim: 1)
    self.labels = labels.array()
    self.loss = loss.item()
    predictions = best.indices.array()
    confidences = best.values.array()
  }

  var accuracy: Double {
    let hits = zip(labels, predictions).count { $0 == $1 }
    return Double(hits) / Double(labels.count)
  }

  /// A table of how often each digit (row) was taken for each (column).
  var confusionMatrix: String {
    var counts = [[Int]](repeating: Array(repeating: 0, count: 10), count: 10)
    for (label, prediction) in zip(labels, predictions) { counts[label][prediction] += 1 }
    let head = "     " + (0..<10).map { padded($0) }.joined()
    let rows = counts.enumerated().map { digit, row in
      "\(padded(digit)) │" + row.map { $0 == 0 ? "   ·" : padded($0) }.joined()
    }
    return ([head, "    ┌" + String(repeating: "─", count: 40)] + rows).joined(separator: "\n")
  }

  /// Some images side by side, each with the prediction under it.
  func drawing(of images: Tensor, _ chosen: [Int]) -> String {
    let shades = Array(" ░▒▓█")
    var lines = (0..<8).map { y in
      chosen.map { i in
        let row: [Float] = images[i][(y * 8)..<(y * 8 + 8)].array()
        return row.map { pixel in
          let shade = shades[Int((pixel * Float(shades.count - 1)).rounded())]
          return "\(shade)\(shade)"
        }.joined()
      }.joined(separator: "  ")
    }
    lines.append(
      chosen.map { i in
        let verdict = predictions[i] == labels[i] ? "" : ", is \(labels[i])"
        let text = "\(predictions[i]) (\(Int((confidences[i] * 100).rounded())) %\(verdict))"
        return text.padding(toLength: 16, withPad: " ", startingAt: 0)
      }.joined(separator: "  "))
    return lines.joined(separator: "\n")
  }

  private func padded(_ number: Int) -> String {
    let text = "\(number)"
    return String(repeating: " ", count: 4 - text.count) + text
  }
}

/// A share as a percentage with two decimals.
func percent(_ share: Double) -> String { String(format: "%.2f %%", share * 100) }
