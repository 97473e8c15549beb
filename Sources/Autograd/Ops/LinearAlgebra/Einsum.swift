// Einstein summation, as a sequence of matrix products.

/// Σ over products of elements, in Einstein's notation.
///
/// Each operand has a letter for each dimension; letters that the output does not name are summed
/// over.
/// ```swift
/// einsum("ij,jk->ik", a, b)        // a matrix product
/// einsum("...ij->...ji", a)        // transposed matrices
/// einsum("ii->i", a)               // a diagonal
/// einsum("bhqd,bhkd->bhqk", q, k)  // attention scores
/// ```
/// A letter twice in one operand takes the diagonal; `...` stands for the dimensions that have no
/// letter, which broadcast; spaces do not matter. Without `->` the output has the dimensions of
/// `...`, then the letters that occur once, in alphabetical order. Operands are contracted from
/// left to right.
public func einsum(_ equation: String, _ operands: Tensor...) -> Tensor {
  einsum(equation, operands)
}

/// Σ over products of elements, in Einstein's notation, of operands in an array.
public func einsum(_ equation: String, _ operands: [Tensor]) -> Tensor {
  let parsed = Equation(equation, ranks: operands.map(\.ndim))
  var sizes: [Label: Int] = [:]
  var terms: [Term] = []
  for (tensor, labels) in zip(operands, parsed.inputs) {
    for (label, size) in zip(labels, tensor.shape) where size != 1 {
      require(
        sizes.updateValue(size, forKey: label) ?? size == size,
        """
        einsum: in "\(equation)" the dimensions named \(label) have different sizes; the shapes \
        are \(operands.map(\.shape))
        """)
    }
    terms.append(Term(tensor, labels))
  }
  var result = terms[0]
  for i in terms.indices.dropFirst() {
    let needed = Set(parsed.output).union(terms[(i + 1)...].flatMap(\.labels))
    result = result.contracted(with: terms[i], keeping: needed)
  }
  return result.summed(keeping: Set(parsed.output)).arranged(parsed.output)
}

/// The name of a dimension.
private enum Label: Hashable, CustomStringConvertible {
  case letter(Character)
  /// A dimension of the ellipsis, counted from its end, as broadcasting aligns them.
  case ellipsis(Int)

  var description: String {
    switch self {
    case .letter(let letter): "\(letter)"
    case .ellipsis: "..."
    }
  }
}

// MARK: - The notation

/// The labels of operands and output.
private struct Equation {
  let inputs: [[Label]]
  let output: [Label]

  init(_ text: String, ranks: [Int]) {
    let sides = Equation.split(text.filter { !$0.isWhitespace }, at: "->")
    let inputs = Equation.split(sides[0], at: ",")
    require(
      sides.count <= 2 && inputs.count == ranks.count,
      """
      einsum: "\(text)" names \(inputs.count) operands, but there are \(ranks.count); separate \
      them with commas, and the output with one ->
      """)
    let terms = inputs.map { Equation.parse($0, text) }
    self.inputs = zip(terms, ranks).map { term, rank in
      let letters = term.count { $0 != nil }
      require(
        term.count == letters ? rank == letters : rank >= letters,
        """
        einsum: in "\(text)" an operand has \(letters) letters, but the tensor \(rank) dimensions; \
        give a letter for each, or ... for the rest
        """)
      return Equation.filled(term, ellipsis: rank - letters)
    }
    let ellipsis =
      zip(terms, ranks).map { term, rank in rank - term.count { $0 != nil } }.max() ?? 0
    let letters = terms.joined().compactMap { $0 }
    let output =
      sides.count == 2
      ? Equation.parse(sides[1], text)
      : [nil] + Set(letters).filter { letter in letters.count { $0 == letter } == 1 }.sorted()
    self.output = Equation.filled(output, ellipsis: ellipsis)
    for letter in output.compactMap({ $0 }) {
      require(
        letters.contains(letter) && output.count { $0 == letter } == 1,
        """
        einsum: the output of "\(text)" names \(letter), which must occur in an operand, and in \
        the output once
        """)
    }
  }

  /// The letters of a term; nil is its ellipsis.
  private static func parse(_ term: String, _ text: String) -> [Character?] {
    let parts = split(term, at: "...")
    require(
      parts.count <= 2 && parts.joined().allSatisfy { $0.isASCII && $0.isLetter },
      """
      einsum: "\(term)" in "\(text)" is no list of letters a-z, A-Z with at most one ellipsis ...
      """)
    return parts.count == 1 ? Array(parts[0]) : Array(parts[0]) + [nil] + Array(parts[1])
  }

  private static func filled(_ term: [Character?], ellipsis count: Int) -> [Label] {
    term.flatMap { letter -> [Label] in
      letter.map { [.letter($0)] } ?? (0..<count).reversed().map { .ellipsis($0) }
    }
  }

  private static func split(_ text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while let found = rest.firstRange(of: separator) {
      parts.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return parts + [String(rest)]
  }
}

// MARK: - Contraction

/// A tensor with a label for each dimension.
private struct Term {
  let tensor: Tensor
  let labels: [Label]

  /// A label that occurs twice takes the diagonal.
  init(_ tensor: Tensor, _ labels: [Label]) {
    var (tensor, labels) = (tensor, labels)
    while let j = labels.indices.first(where: { labels[..<$0].contains(labels[$0]) }) {
      let i = labels.firstIndex(of: labels[j])!
      tensor = tensor.diagonal(dim1: i, dim2: j)
      labels.append(labels.remove(at: j))
      labels.remove(at: i)
    }
    self.tensor = tensor
    self.labels = labels
  }

  /// The size of a dimension; 1 if there is none of this label.
  private func size(_ label: Label) -> Int {
    labels.firstIndex(of: label).map { tensor.shape[$0] } ?? 1
  }

  /// The sum over the dimensions that are not `needed`.
  func summed(keeping needed: Set<Label>) -> Term {
    let over = labels.indices.filter { !needed.contains(labels[$0]) }
    if over.isEmpty { return self }
    return Term(tensor.sum(dim: over), labels.filter { needed.contains($0) })
  }

  /// The tensor with its dimensions in the order of `target`; size 1 for labels that it does not
  /// have.
  func arranged(_ target: [Label]) -> Tensor {
    let present = target.compactMap { labels.firstIndex(of: $0) }
    return tensor.permute(present).reshape(target.map(size))
  }

  /// The tensor with a dimension for each group of labels, of the sizes that `sizes` gives.
  private func grouped(_ groups: [[Label]], _ sizes: (Label) -> Int) -> Tensor {
    let labels = Array(groups.joined())
    return arranged(labels).expand(labels.map(sizes))
      .reshape(groups.map { $0.reduce(1) { $0 * sizes($1) } })
  }

  /// The product with `b`, summed over the dimensions of both that are not `needed` any more.
  func contracted(with b: Term, keeping needed: Set<Label>) -> Term {
    let a = summed(keeping: needed.union(b.labels))
    let b = b.summed(keeping: needed.union(a.labels))
    let shared = a.labels.filter { b.labels.contains($0) }
    let batch = shared.filter { needed.contains($0) }
    let inner = shared.filter { !needed.contains($0) }
    let rows = a.labels.filter { !b.labels.contains($0) }
    let columns = b.labels.filter { !a.labels.contains($0) }
    let result = batch + rows + columns
    if inner.isEmpty { return Term(a.arranged(result) * b.arranged(result), result) }
    let size = { (label: Label) in a.size(label) == 1 ? b.size(label) : a.size(label) }
    let front = batch.isEmpty ? [] : [batch]
    let product = a.grouped(front + [rows, inner], size)
      .matmul(b.grouped(front + [inner, columns], size))
    return Term(product.reshape(result.map(size)), result)
  }
}
