import Autograd

/// Sequences of different lengths without padding: PyTorch's `PackedSequence`.
///
/// The sequences are sorted by length, the longest first. `data` has the elements of all sequences
/// at step 0, then those at step 1, and so on; at step t there are `batchSizes[t]`. The recurrent
/// layers take and return it: ``packPaddedSequence(_:lengths:batchFirst:enforceSorted:)`` and
/// ``packSequence(_:enforceSorted:)`` make one,
/// ``padPackedSequence(_:batchFirst:paddingValue:totalLength:)`` and ``unpackSequence(_:)`` undo
/// that.
///
/// Unlike in PyTorch, `batchSizes` and the indices are arrays of integers rather than tensors.
public struct PackedSequence {
  /// The elements, [rows, …].
  public var data: Tensor
  /// The number of sequences that have a step t, for each t; it does not increase.
  public let batchSizes: [Int]
  /// The positions of the sorted sequences in the original order; nil if they were sorted.
  public let sortedIndices: [Int]?
  /// The positions of the original sequences among the sorted ones; nil if they were sorted.
  public let unsortedIndices: [Int]?

  /// Packed sequences of the given elements.
  ///
  /// - Parameters:
  ///   - data: the elements, with as many rows as the sum of `batchSizes`.
  ///   - batchSizes: the number of sequences at each step, positive, not increasing.
  ///   - sortedIndices: the positions of the sorted sequences in the original order.
  public init(_ data: Tensor, batchSizes: [Int], sortedIndices: [Int]? = nil) {
    require(
      !batchSizes.isEmpty && batchSizes.allSatisfy { $0 > 0 }
        && zip(batchSizes, batchSizes.dropFirst()).allSatisfy { $0 >= $1 },
      "PackedSequence: batchSizes must be positive and not increase, but they are \(batchSizes)")
    // In floating point against overflow.
    let rows = batchSizes.reduce(0.0) { $0 + Double($1) }
    require(
      data.ndim > 0 && Double(data.shape[0]) == rows,
      """
      PackedSequence: batchSizes \(batchSizes) need as many rows as their sum, but the data has the \
      shape \(data.shape)
      """)
    if let sortedIndices {
      require(
        sortedIndices.sorted() == Array(0..<batchSizes[0]),
        """
        PackedSequence: sortedIndices must have each position of the \(batchSizes[0]) sequences once, \
        but they are \(sortedIndices)
        """)
    }
    self.init(data, batchSizes, sortedIndices)
  }

  fileprivate init(_ data: Tensor, _ batchSizes: [Int], _ sortedIndices: [Int]?) {
    self.data = data
    self.batchSizes = batchSizes
    self.sortedIndices = sortedIndices
    unsortedIndices = sortedIndices.map { sorted in
      var positions = sorted
      for (position, original) in sorted.enumerated() { positions[original] = position }
      return positions
    }
  }

  /// The same sequences with other elements.
  func replacingData(_ data: Tensor) -> PackedSequence {
    PackedSequence(data, batchSizes, sortedIndices)
  }

  /// The length of each sequence, in the original order.
  public var lengths: [Int] {
    var lengths = Array(repeating: 0, count: batchSizes[0])
    for size in batchSizes { for b in 0..<size { lengths[b] += 1 } }
    return unsortedIndices.map { $0.map { lengths[$0] } } ?? lengths
  }

  /// The same with elements of another type.
  public func to(_ dtype: DType) -> PackedSequence { replacingData(data.to(dtype)) }
}

// MARK: - Packing

/// Packs sequences that are padded to one length: PyTorch's `pack_padded_sequence`.
///
/// ```swift
/// let packed = packPaddedSequence(x, lengths: [5, 3, 2])
/// let (output, h) = gru(packed)
/// let (padded, lengths) = padPackedSequence(output)
/// ```
///
/// - Parameters:
///   - input: [steps, batch, …], with `batchFirst` [batch, steps, …].
///   - lengths: the length of each sequence, from 1 to the number of steps.
///   - batchFirst: whether the first dimension is that of the sequences.
///   - enforceSorted: whether the lengths must not increase; else the sequences are sorted.
public func packPaddedSequence(
  _ input: Tensor, lengths: [Int], batchFirst: Bool = false, enforceSorted: Bool = true
) -> PackedSequence {
  require(
    input.ndim >= 2,
    """
    packPaddedSequence: expected an input \(batchFirst ? "[batch, steps, …]" : "[steps, batch, …]"), \
    got the shape \(input.shape)
    """)
  let (steps, batch) =
    batchFirst ? (input.shape[1], input.shape[0]) : (input.shape[0], input.shape[1])
  require(
    lengths.count == batch && batch > 0,
    """
    packPaddedSequence: there must be a length for each of the sequences, but there are \
    \(lengths.count) for \(batch)
    """)
  require(
    lengths.allSatisfy { $0 > 0 && $0 <= steps },
    "packPaddedSequence: lengths must be from 1 to the number of steps, \(steps), but are \(lengths)"
  )
  let sorted = lengths.indices.sorted {
    lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1
  }
  let isSorted = sorted == Array(lengths.indices)
  require(
    !enforceSorted || isSorted,
    """
    packPaddedSequence: with enforceSorted: true the lengths must not increase, but they are \
    \(lengths); sort the sequences, or pass enforceSorted: false
    """)
  let rows = Rows(lengths: sorted.map { lengths[$0] })
  let places = rows.all.map { t, b in
    batchFirst ? sorted[b] * steps + t : t * batch + sorted[b]
  }
  let flat = input.reshape([steps * batch] + input.shape.dropFirst(2))
  return PackedSequence(
    flat.indexSelect(dim: 0, index: Tensor(places, shape: [places.count])), rows.batchSizes,
    enforceSorted ? nil : sorted)
}

/// Packs sequences of different lengths: PyTorch's `pack_sequence`.
///
/// - Parameters:
///   - sequences: tensors [length, …], with the same sizes but for the first.
///   - enforceSorted: whether the lengths must not increase; else the sequences are sorted.
public func packSequence(_ sequences: [Tensor], enforceSorted: Bool = true) -> PackedSequence {
  named("packSequence") {
    packPaddedSequence(
      padSequence(sequences), lengths: sequences.map { $0.shape[0] }, enforceSorted: enforceSorted)
  }
}

/// The sequences of a packed sequence, padded to one length: PyTorch's `pad_packed_sequence`.
///
/// - Parameters:
///   - sequence: the packed sequences.
///   - batchFirst: whether the result is [batch, steps, …] rather than [steps, batch, …].
///   - paddingValue: what follows the end of a sequence.
///   - totalLength: the number of steps of the result, at least that of the longest sequence, which is
///     the default.
/// - Returns: the padded sequences and their lengths, in the original order.
public func padPackedSequence(
  _ sequence: PackedSequence, batchFirst: Bool = false, paddingValue: Double = 0,
  totalLength: Int? = nil
) -> (padded: Tensor, lengths: [Int]) {
  let longest = sequence.batchSizes.count
  let steps = totalLength ?? longest
  require(
    steps >= longest,
    """
    padPackedSequence: totalLength must be at least the length of the longest sequence, \(longest), \
    but it is \(steps)
    """)
  let batch = sequence.batchSizes[0]
  let rows = Rows(batchSizes: sequence.batchSizes)
  let places = rows.all.map { t, b in
    let original = sequence.sortedIndices?[b] ?? b
    return batchFirst ? original * steps + t : t * batch + original
  }
  let padded = scattered(
    sequence.data, to: places, batchFirst ? [batch, steps] : [steps, batch], paddingValue,
    op: "padPackedSequence")
  return (padded, sequence.lengths)
}

/// The sequences of a packed sequence, in the original order: PyTorch's `unpack_sequence`.
public func unpackSequence(_ sequence: PackedSequence) -> [Tensor] {
  let (padded, lengths) = padPackedSequence(sequence, batchFirst: true)
  return unpadSequence(padded, lengths: lengths, batchFirst: true)
}

// MARK: - Padding

/// The side at which shorter sequences are padded.
public enum PaddingSide: Sendable {
  /// Before the first step.
  case left
  /// After the last step.
  case right
}

/// Sequences of different lengths in one tensor: PyTorch's `pad_sequence`.
///
/// - Parameters:
///   - sequences: tensors [length, …], with the same sizes but for the first, and one dtype.
///   - batchFirst: whether the result is [batch, steps, …] rather than [steps, batch, …].
///   - paddingValue: what fills up shorter sequences.
///   - paddingSide: where they are filled up.
public func padSequence(
  _ sequences: [Tensor], batchFirst: Bool = false, paddingValue: Double = 0,
  paddingSide: PaddingSide = .right
) -> Tensor {
  require(!sequences.isEmpty, "padSequence: expected at least one sequence, got none")
  let inner = Array(sequences[0].shape.dropFirst())
  for sequence in sequences {
    require(
      sequence.ndim > 0 && Array(sequence.shape.dropFirst()) == inner
        && sequence.dtype == sequences[0].dtype,
      """
      padSequence: sequences must have one dtype, and the same sizes but for the first dimension, but \
      there are \(sequences[0].dtype) \(sequences[0].shape) and \(sequence.dtype) \(sequence.shape)
      """)
  }
  let lengths = sequences.map { $0.shape[0] }
  let (steps, batch) = (lengths.max()!, lengths.count)
  let places = lengths.enumerated().flatMap { b, length in
    let start = paddingSide == .left ? steps - length : 0
    return (start..<start + length).map { batchFirst ? b * steps + $0 : $0 * batch + b }
  }
  return scattered(
    cat(sequences), to: places, batchFirst ? [batch, steps] : [steps, batch], paddingValue,
    op: "padSequence")
}

/// The sequences of a padded tensor: PyTorch's `unpad_sequence`.
///
/// - Parameters:
///   - paddedSequences: [steps, batch, …], with `batchFirst` [batch, steps, …].
///   - lengths: the length of each sequence.
///   - batchFirst: whether the first dimension is that of the sequences.
/// - Returns: views of the input, [length, …].
public func unpadSequence(
  _ paddedSequences: Tensor, lengths: [Int], batchFirst: Bool = false
) -> [Tensor] {
  let x = paddedSequences
  require(
    x.ndim >= 2,
    """
    unpadSequence: expected an input \(batchFirst ? "[batch, steps, …]" : "[steps, batch, …]"), got the \
    shape \(x.shape)
    """)
  let (steps, batch) = batchFirst ? (x.shape[1], x.shape[0]) : (x.shape[0], x.shape[1])
  require(
    lengths.count == batch && lengths.allSatisfy { $0 >= 0 && $0 <= steps },
    """
    unpadSequence: there must be a length from 0 to \(steps) for each of the \(batch) sequences, but \
    they are \(lengths)
    """)
  return lengths.enumerated().map { b, length in
    x.select(dim: batchFirst ? 0 : 1, index: b).narrow(dim: 0, start: 0, length: length)
  }
}

// MARK: - Parts

/// The rows of packed sequences.
private struct Rows {
  let batchSizes: [Int]

  init(batchSizes: [Int]) { self.batchSizes = batchSizes }

  /// - Parameter lengths: the lengths of the sequences, not increasing.
  init(lengths: [Int]) {
    var sizes = Array(repeating: 0, count: lengths.first ?? 0)
    for length in lengths { for t in 0..<length { sizes[t] += 1 } }
    batchSizes = sizes
  }

  /// Step and sequence of each row.
  var all: [(step: Int, sequence: Int)] {
    batchSizes.enumerated().flatMap { t, size in (0..<size).map { (t, $0) } }
  }
}

/// The rows of `data` at `places` of a tensor of `size` rows, in two dimensions, and the padding value
/// elsewhere.
private func scattered(
  _ data: Tensor, to places: [Int], _ size: [Int], _ paddingValue: Double, op: StaticString
) -> Tensor {
  let inner = Array(data.shape.dropFirst())
  // A float value is cut for a dtype of integers, as in PyTorch.
  let padding = Tensor(paddingValue, dtype: .float64).to(data.dtype)
  let (rows, overflow) = size[0].multipliedReportingOverflow(by: size[1])
  require(!overflow, "\(opName(op)): the result would have \(size) rows; use a smaller length")
  return named(op) {
    padding.expand([rows] + inner).indexCopy(
      dim: 0, index: Tensor(places, shape: [places.count]), source: data
    ).reshape(size + inner)
  }
}
