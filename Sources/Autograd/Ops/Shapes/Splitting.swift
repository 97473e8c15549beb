// Splitting a tensor along a dimension, into views.

// MARK: - Parts of given sizes

extension Tensor {
  /// Parts of `size` elements along dimension `dim`; the last may be shorter.
  public func split(_ size: Int, dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    let length = shape[d]
    require(
      size > 0 || (size == 0 && length == 0),
      "split: the size of the parts must be positive, but it is \(size)")
    if length == 0 { return [part(d, 0..<0, op: #function)] }
    return stride(from: 0, to: length, by: size).map { start in
      part(d, start..<start + Swift.min(size, length - start), op: #function)
    }
  }

  /// Parts of the given sizes along dimension `dim`; they must add up to its size.
  public func split(_ sizes: [Int], dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    require(
      sizes.allSatisfy { $0 >= 0 } && sumOfSizes(sizes, op: #function) == shape[d],
      "split: the sizes \(sizes) do not add up to the size of dimension \(d) of the shape \(shape)")
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return part(d, start..<start + size, op: #function)
    }
  }

  /// `chunks` parts of equal length along dimension `dim`, rounded up; the last may be shorter, and
  /// there are fewer parts if the elements run out. An empty dimension gives at most 2²⁰ parts.
  public func chunk(_ chunks: Int, dim: Int = 0) -> [Tensor] {
    require(chunks > 0, "chunk: the number of chunks must be positive, but it is \(chunks)")
    let d = axis(dim, op: #function)
    let length = shape[d]
    if length == 0 { return parts(chunks, d, op: #function) }
    return split(length / chunks + (length % chunks == 0 ? 0 : 1), dim: d)
  }

  /// The slices along dimension `dim`, which is removed.
  public func unbind(dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    return (0..<shape[d]).map { i in window(op: #function) { $0.selected(d, i) } }
  }

  private func part(_ d: Int, _ range: Range<Int>, op: StaticString) -> Tensor {
    window(op: op) { $0.sliced(d, start: range.lowerBound, length: range.count) }
  }
}

// MARK: - Parts between indices

extension Tensor {
  /// `sections` parts along dimension `dim`, as equal as possible: if the size is not divisible,
  /// the first parts are longer by 1. There are at most as many parts as elements, or 2²⁰.
  public func tensorSplit(_ sections: Int, dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    require(
      sections > 0, "tensorSplit: the number of sections must be positive, but it is \(sections)")
    return parts(sections, d, op: #function)
  }

  /// The parts along dimension `dim` before, between and after `indices`: `x[..<i]`, `x[i..<j]`, …,
  /// `x[k...]`.
  ///
  /// Indices count from the end if negative, and are clamped; a part whose end is not after its
  /// start is empty.
  public func tensorSplit(_ indices: [Int], dim: Int = 0) -> [Tensor] {
    parts(between: indices, axis(dim, op: #function), op: #function)
  }

  /// `sections` equal parts along dimension 1, or along dimension 0 of a vector.
  public func hsplit(_ sections: Int) -> [Tensor] {
    equalParts(sections, horizontal(op: #function), op: #function)
  }

  /// The parts before, between and after `indices` along dimension 1, or along dimension 0 of a
  /// vector; as ``tensorSplit(_:dim:)-([Int],_)``.
  public func hsplit(_ indices: [Int]) -> [Tensor] {
    parts(between: indices, horizontal(op: #function), op: #function)
  }

  /// `sections` equal parts along dimension 0; the tensor must have at least 2 dimensions.
  public func vsplit(_ sections: Int) -> [Tensor] {
    requireDimensions(atLeast: 2, op: #function)
    return equalParts(sections, 0, op: #function)
  }

  /// The parts before, between and after `indices` along dimension 0; as
  /// ``tensorSplit(_:dim:)-([Int],_)``. The tensor must have at least 2 dimensions.
  public func vsplit(_ indices: [Int]) -> [Tensor] {
    requireDimensions(atLeast: 2, op: #function)
    return parts(between: indices, 0, op: #function)
  }

  /// `sections` equal parts along dimension 2.
  public func dsplit(_ sections: Int) -> [Tensor] {
    requireDimensions(atLeast: 3, op: #function)
    return equalParts(sections, 2, op: #function)
  }

  /// The parts before, between and after `indices` along dimension 2; as
  /// ``tensorSplit(_:dim:)-([Int],_)``.
  public func dsplit(_ indices: [Int]) -> [Tensor] {
    requireDimensions(atLeast: 3, op: #function)
    return parts(between: indices, 2, op: #function)
  }

  /// The dimension that `hsplit` splits.
  private func horizontal(op: StaticString) -> Int {
    requireDimensions(atLeast: 1, op: op)
    return ndim == 1 ? 0 : 1
  }

  private func equalParts(_ sections: Int, _ d: Int, op: StaticString) -> [Tensor] {
    require(
      sections > 0 && shape[d] % sections == 0,
      """
      \(opName(op)): dimension \(d) of the shape \(shape) is not divisible into \(sections) equal \
      parts; use tensorSplit
      """)
    return parts(sections, d, op: op)
  }

  private func parts(_ sections: Int, _ d: Int, op: StaticString) -> [Tensor] {
    let most = Swift.max(shape[d], 1 << 20)
    require(
      sections <= most,
      """
      \(opName(op)): \(sections) parts of dimension \(d), of size \(shape[d]), are too many, and most \
      of them empty; give at most \(most)
      """)
    let (length, longer) = shape[d].quotientAndRemainder(dividingBy: sections)
    var start = 0
    return (0..<sections).map { i in
      let end = start + length + (i < longer ? 1 : 0)
      defer { start = end }
      return part(d, start..<end, op: op)
    }
  }

  private func parts(between indices: [Int], _ d: Int, op: StaticString) -> [Tensor] {
    let size = shape[d]
    var start = 0
    return (indices + [size]).map { index in
      let end = Swift.max(0, Swift.min(size, index < 0 ? index + size : index))
      defer { start = end }
      return part(d, start..<Swift.max(start, end), op: op)
    }
  }
}
