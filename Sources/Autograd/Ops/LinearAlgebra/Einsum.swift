// Einstein summation as a sequence of matrix products.

/// Sums of products of elements, in Einstein notation.
///
/// Each operand has one letter per dimension; letters that are not in the output are summed over.
/// ```swift
/// einsum("ij,jk->ik", a, b)        // matrix product
/// einsum("...ij->...ji", a)        // transpose
/// einsum("ii->i", a)               // diagonal
/// einsum("bhqd,bhkd->bhqk", q, k)  // attention scores
/// ```
/// A letter that occurs twice in one operand takes the diagonal. `...` denotes the dimensions
/// without letters, which broadcast. Spaces are ignored. Without `->` the output has the dimensions
/// of `...`, then the letters that occur once, in alphabetical order. Operands are contracted from
/// left to right.
public func einsum(_ equation: String, _ operands: Tensor...) -> Tensor {
  einsum(equation, operands)
}

/// Sums of products of elements, in Einstein notation, with the operands in an array.
public func einsum(_ equation: String, _ operands: [Tensor]) -> Tensor {
  let parsed = Equation(equation, ranks: operands.map(\.ndim))
  var sizes: [Label: Int] = [:]
  var terms: [Term] = []
  for (index, (tensor, labels)) in zip(operands, parsed.inputs).enumerated() {
    var own: [Label: Int] = [:]
    for (label, size) in zip(labels, tensor.shape) {
      require(
        own.updateValue(size, forKey: label) ?? size == size,
        """
        einsum: in "\(equation)" \(label) occurs twice in operand \(index), of shape \(tensor.shape), \
        with different sizes; the diagonal needs equal sizes, since size 1 broadcasts between \
        operands only
        """)
    }
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
  return result.summed(keeping: Set(parsed.output)).permuted(to: parsed.output)
}

/// The label of a dimension.
private enum Label: Hashable, CustomStringConvertible {
  case letter(Character)
  /// A dimension of the ellipsis, counted from its end, since broadcasting aligns dimensions there.
  case ellipsis(Int)

  var description: String {
    switch self {
    case .letter(let letter): "\(letter)"
    case .ellipsis: "..."
    }
  }
}

// MARK: - Notation

/// The labels of the operands and the output.
private struct Equation {
  let inputs: [[Label]]
  let output: [Label]

  init(_ text: String, ranks: [Int]) {
    let sides = Equation.split(text.filter { $0 != " " }, at: "->")
    let inputs = Equation.split(sides[0], at: ",")
    require(
      sides.count <= 2,
      """
      einsum: expected at most one "->" in an equation, got "\(text)"; write the output once, at \
      the end
      """)
    require(
      inputs.count == ranks.count,
      """
      einsum: "\(text)" names \(inputs.count) operands, separated by commas, but \(ranks.count) \
      were given; name each operand
      """)
    let terms = inputs.map { Equation.parse($0, text) }
    self.inputs = zip(terms, ranks).map { term, rank in
      let letters = term.count { $0 != nil }
      require(
        term.count == letters ? rank == letters : rank >= letters,
        """
        einsum: expected \(letters) dimensions for a term of "\(text)" with as many letters, got \
        \(rank); use a letter for each dimension, or ... for the rest
        """)
      return Equation.labels(term, ellipsis: rank - letters)
    }
    let ellipsis =
      zip(terms, ranks).map { term, rank in rank - term.count { $0 != nil } }.max() ?? 0
    let letters = terms.joined().compactMap { $0 }
    let output =
      sides.count == 2
      ? Equation.parse(sides[1], text)
      : [nil] + Set(letters).filter { letter in letters.count { $0 == letter } == 1 }.sorted()
    self.output = Equation.labels(output, ellipsis: ellipsis)
    for letter in output.compactMap({ $0 }) {
      require(
        letters.contains(letter) && output.count { $0 == letter } == 1,
        """
        einsum: expected each letter of the output of "\(text)" to occur in an operand, and in the \
        output only once, got \(letter)
        """)
    }
  }

  /// The letters of a term, with nil for the ellipsis.
  private static func parse(_ term: String, _ text: String) -> [Character?] {
    let parts = split(term, at: "...")
    require(
      parts.count <= 2 && parts.joined().allSatisfy { $0.isASCII && $0.isLetter },
      """
      einsum: expected letters a-z, A-Z and at most one ellipsis ... in the terms of "\(text)", \
      got "\(term)"
      """)
    return parts.count == 1 ? Array(parts[0]) : Array(parts[0]) + [nil] + Array(parts[1])
  }

  private static func labels(_ term: [Character?], ellipsis count: Int) -> [Label] {
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

  /// Takes the diagonal of labels that occur twice.
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

  /// The size of the dimension `label`; 1 if there is none.
  private func size(_ label: Label) -> Int {
    labels.firstIndex(of: label).map { tensor.shape[$0] } ?? 1
  }

  /// The sum over the dimensions that are not in `needed`.
  func summed(keeping needed: Set<Label>) -> Term {
    let over = labels.indices.filter { !needed.contains(labels[$0]) }
    if over.isEmpty { return self }
    return Term(tensor.sum(dim: over), labels.filter { needed.contains($0) })
  }

  /// The tensor with its dimensions in the order of `target`, and size 1 for missing labels.
  func permuted(to target: [Label]) -> Tensor {
    let present = target.compactMap { labels.firstIndex(of: $0) }
    return tensor.permute(present).reshape(target.map(size))
  }

  /// The tensor with one dimension for each group of labels, after expanding to the sizes `sizes`.
  private func grouped(_ groups: [[Label]], _ sizes: (Label) -> Int) -> Tensor {
    let labels = Array(groups.joined())
    return permuted(to: labels).expand(labels.map(sizes))
      .reshape(groups.map { $0.reduce(1) { $0 * sizes($1) } })
  }

  /// The product with `b`, summed over the dimensions of both that are not in `needed`.
  func contracted(with b: Term, keeping needed: Set<Label>) -> Term {
    let a = summed(keeping: needed.union(b.labels))
    let b = b.summed(keeping: needed.union(a.labels))
    let shared = a.labels.filter { b.labels.contains($0) }
    let batch = shared.filter { needed.contains($0) }
    let inner = shared.filter { !needed.contains($0) }
    let rows = a.labels.filter { !b.labels.contains($0) }
    let columns = b.labels.filter { !a.labels.contains($0) }
    let result = batch + rows + columns
    if inner.isEmpty { return Term(a.permuted(to: result) * b.permuted(to: result), result) }
    let size = { (label: Label) in a.size(label) == 1 ? b.size(label) : a.size(label) }
    let front = batch.isEmpty ? [] : [batch]
    let product = a.grouped(front + [rows, inner], size)
      .matmul(b.grouped(front + [inner, columns], size))
    return Term(product.reshape(result.map(size)), result)
  }
}
