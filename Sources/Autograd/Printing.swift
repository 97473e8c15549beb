#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Tensors as text, in PyTorch's format with Swift's spelling of Booleans and labels.

extension Tensor: CustomStringConvertible {
  /// The elements, aligned in columns, and the shape, dtype and gradient state that they do not
  /// show.
  ///
  /// ```
  /// tensor([[1.0000, 0.5000],
  ///         [0.2500, 2.0000]], requiresGrad: true)
  /// ```
  ///
  /// Floating-point numbers have four decimals, none if all are integers, and scientific notation
  /// if their magnitudes differ widely. Tensors of more than 1000 elements are summarized.
  public var description: String {
    var text = "tensor(" + (numel == 0 ? "[]" : TensorText(self).text)
    let lastLine = text[(text.lastIndex(of: "\n").map(text.index(after:)) ?? text.startIndex)...]
    // PyTorch breaks lines as if they were two characters longer.
    var width = lastLine.count + 2
    for label in labels {
      if width + label.count + 2 > TensorText.lineWidth {
        text += ",\n       " + label
        width = 7 + label.count
      } else {
        text += ", " + label
        width += label.count + 2
      }
    }
    return text + ")"
  }

  /// The labels after the elements.
  private var labels: [String] {
    var labels: [String] = []
    if numel == 0, ndim != 1 { labels.append("size: \(shape)") }
    // These dtypes are evident from the elements, if there are any.
    let isImplied = dtype == .default || (numel > 0 && (dtype == .int64 || dtype == .bool))
    if !isImplied { labels.append("dtype: \(dtype)") }
    if let gradFn {
      labels.append("gradFn: \(gradFn)")
    } else if requiresGrad {
      labels.append("requiresGrad: true")
    }
    return labels
  }
}

/// The elements of a tensor as text.
private struct TensorText {
  static let lineWidth = 80
  private static let threshold = 1000
  private static let edge = 3

  /// The printed elements in row-major order, each padded to `width`.
  private let elements: [String]
  private let width: Int
  private let shape: [Int]
  /// For each dimension, whether its middle is omitted.
  private let isAbbreviated: [Bool]

  init(_ tensor: Tensor) {
    var tensor = tensor.detach()
    isAbbreviated = tensor.shape.map {
      tensor.numel > TensorText.threshold && $0 > 2 * TensorText.edge
    }
    for d in isAbbreviated.indices where isAbbreviated[d] {
      tensor = TensorText.edges(of: tensor, dim: d)
    }
    shape = tensor.shape
    let strings: [String]
    // The width follows finite, non-zero numbers, as in PyTorch; NaN, infinities and -0 may exceed
    // it.
    let widest: [String]
    switch tensor.dtype.category {
    case .floating:
      let numbers = tensor.array(of: Double.self)
      let format = NumberFormat(for: numbers)
      strings = numbers.map(format.string)
      widest = zip(numbers, strings).filter { $0.0.isFinite && $0.0 != 0 }.map(\.1)
    case .integer:
      strings = tensor.array(of: Int.self).map(\.description)
      widest = strings
    case .bool:
      strings = tensor.array(of: Bool.self).map(\.description)
      widest = strings
    }
    let width = widest.reduce(1) { Swift.max($0, $1.count) }
    self.width = width
    elements = strings.map { String(repeating: " ", count: Swift.max(width - $0.count, 0)) + $0 }
  }

  /// The first and the last elements of dimension `dim`.
  private static func edges(of tensor: Tensor, dim: Int) -> Tensor {
    var shape = tensor.shape
    shape[dim] = 2 * edge
    let y = Tensor(uninitialized: shape, tensor.dtype)
    for (from, to) in [(0, 0), (tensor.shape[dim] - edge, edge)] {
      y.alias(y.layout.sliced(dim, start: to, length: edge))
        .assign(tensor.alias(tensor.layout.sliced(dim, start: from, length: edge)))
    }
    return y
  }

  var text: String {
    shape.isEmpty ? elements[0] : block(elements[...], dim: 0, indent: 7)
  }

  /// The text of `elements`, a slice of the tensor with the dimensions from `dim` on, in brackets.
  /// The opening bracket is at column `indent`.
  private func block(_ elements: ArraySlice<String>, dim: Int, indent: Int) -> String {
    let isRow = dim == shape.count - 1
    let length = isRow ? 1 : elements.count / shape[dim]
    var parts = stride(from: elements.startIndex, to: elements.endIndex, by: length).map { start in
      let part = elements[start..<(start + length)]
      return isRow ? elements[start] : block(part, dim: dim + 1, indent: indent + 1)
    }
    if isAbbreviated[dim] { parts.insert(isRow ? " ..." : "...", at: TensorText.edge) }
    let margin = String(repeating: " ", count: indent + 1)
    if !isRow {
      let gap = String(repeating: "\n", count: shape.count - 1 - dim)
      return "[" + parts.joined(separator: "," + gap + margin) + "]"
    }
    let perLine = Swift.max(1, (TensorText.lineWidth - indent) / (width + 2))
    let lines = stride(from: 0, to: parts.count, by: perLine).map { start in
      parts[start..<Swift.min(start + perLine, parts.count)].joined(separator: ", ")
    }
    return "[" + lines.joined(separator: ",\n" + margin) + "]"
  }
}

/// The number format of a floating-point tensor, the same for all elements.
private enum NumberFormat {
  /// `1.`
  case integer
  /// `1.5000`
  case fixed
  /// `1.5000e+00`
  case scientific

  init(for numbers: [Double]) {
    let magnitudes = numbers.filter { $0.isFinite && $0 != 0 }.map(abs)
    guard let least = magnitudes.min(), let greatest = magnitudes.max() else {
      self = .integer
      return
    }
    let areIntegers = magnitudes.allSatisfy { $0 == $0.rounded() }
    let isWide = greatest / least > 1000 || greatest > 1e8 || least < 1e-4
    self = isWide ? .scientific : areIntegers ? .integer : .fixed
  }

  func string(_ x: Double) -> String {
    if x.isNaN { return "nan" }
    if x.isInfinite { return x < 0 ? "-inf" : "inf" }
    return switch self {
    case .integer: formatted("%.0f.", x)
    case .fixed: formatted("%.4f", x)
    case .scientific: formatted("%.4e", x)
    }
  }

  private func formatted(_ format: String, _ x: Double) -> String {
    withVaList([x]) { arguments in
      // The longest number in fixed notation has 309 digits before the point.
      var buffer = [CChar](repeating: 0, count: 330)
      let count = vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
