// Views of all parts of a tensor along a dimension.

// MARK: - Parts of given sizes

extension Tensor {
  /// Parts of `size` elements along dimension `dim`; the last may be shorter.
  public func split(_ size: Int, dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    let length = shape[d]
    require(
      size > 0 || (size == 0 && length == 0),
      "split: parts of \(size) elements do not make up dimension \(d), of size \(length)")
    if length == 0 { return [part(d, 0..<0, op: #function)] }
    return stride(from: 0, to: length, by: size).map { start in
      part(d, start..<start + Swift.min(size, length - start), op: #function)
    }
  }

  /// Parts of the given sizes along dimension `dim`, which they make up.
  public func split(_ sizes: [Int], dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    require(
      Layout.count(of: sizes) >= 0 && sizes.reduce(0, &+) == shape[d],
      "split: the sizes \(sizes) do not add up to the size of dimension \(d) of the shape \(shape)")
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return part(d, start..<start + size, op: #function)
    }
  }

  /// `chunks` parts of one length along dimension `dim`, of which the last may be shorter; fewer
  /// where rounding up the length leaves nothing for the rest.
  public func chunk(_ chunks: Int, dim: Int = 0) -> [Tensor] {
    require(chunks > 0, "chunk: \(chunks) parts were asked for; give 1 or more")
    let d = axis(dim, op: #function)
    let length = shape[d]
    if length == 0 { return (0..<chunks).map { _ in part(d, 0..<0, op: #function) } }
    return split(length / chunks + (length % chunks == 0 ? 0 : 1), dim: d)
  }

  /// The slices along dimension `dim`, which is dropped.
  public func unbind(dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    return (0..<shape[d]).map { i in window(op: #function) { $0.selected(d, i) } }
  }

  private func part(_ d: Int, _ range: Range<Int>, op: StaticString) -> Tensor {
    window(op: op) { $0.sliced(d, start: range.lowerBound, length: range.count) }
  }
}

// MARK: - Parts between given places

extension Tensor {
  /// `sections` parts along dimension `dim`, as equal as can be: the first ones are longer by 1
  /// where the size does not divide.
  public func tensorSplit(_ sections: Int, dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    require(
      sections > 0, "tensorSplit: \(sections) sections were asked for; give 1 or more")
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

  /// `sections` equal parts side by side: along dimension 1, or along the only one.
  public func hsplit(_ sections: Int) -> [Tensor] {
    equalParts(sections, sideBySide(op: #function), op: #function)
  }

  /// The parts before, between and after `indices`, side by side; as
  /// ``tensorSplit(_:dim:)-([Int],_)``.
  public func hsplit(_ indices: [Int]) -> [Tensor] {
    parts(between: indices, sideBySide(op: #function), op: #function)
  }

  /// `sections` equal parts one above the other: along dimension 0 of 2 or more.
  public func vsplit(_ sections: Int) -> [Tensor] {
    requireDimensions(2, op: #function)
    return equalParts(sections, 0, op: #function)
  }

  /// The parts before, between and after `indices`, one above the other; as
  /// ``tensorSplit(_:dim:)-([Int],_)``.
  public func vsplit(_ indices: [Int]) -> [Tensor] {
    requireDimensions(2, op: #function)
    return parts(between: indices, 0, op: #function)
  }

  /// `sections` equal parts one behind the other: along dimension 2 of 3 or more.
  public func dsplit(_ sections: Int) -> [Tensor] {
    requireDimensions(3, op: #function)
    return equalParts(sections, 2, op: #function)
  }

  /// The parts before, between and after `indices`, one behind the other; as
  /// ``tensorSplit(_:dim:)-([Int],_)``.
  public func dsplit(_ indices: [Int]) -> [Tensor] {
    requireDimensions(3, op: #function)
    return parts(between: indices, 2, op: #function)
  }

  /// The dimension that runs from left to right.
  private func sideBySide(op: StaticString) -> Int {
    requireDimensions(1, op: op)
    return ndim == 1 ? 0 : 1
  }

  private func requireDimensions(_ least: Int, op: StaticString) {
    require(
      ndim >= least,
      "\(opName(op)): the shape \(shape) has too few dimensions; \(least) or more are needed")
  }

  private func equalParts(_ sections: Int, _ d: Int, op: StaticString) -> [Tensor] {
    require(
      sections > 0 && shape[d] % sections == 0,
      """
      \(opName(op)): dimension \(d), of size \(shape[d]), of the shape \(shape) does not divide into \
      \(sections) equal parts; use tensorSplit
      """)
    return parts(sections, d, op: op)
  }

  private func parts(_ sections: Int, _ d: Int, op: StaticString) -> [Tensor] {
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
