// Comparison of analytic and numeric derivatives, and the likely cause of a difference.

/// The derivatives of one output with respect to one input, as [output probe][input probe].
struct DerivativeBlock {
  let analytic, numeric: [[Double]]
  let input, output: Int
  let inputShape, outputShape: [Int]
}

extension GradientCheck {
  func compare(
    _ block: DerivativeBlock, _ u: [Probe], _ v: [Probe], isRecorded: Bool,
    report: inout GradcheckReport
  ) throws(GradcheckError) {
    var worst: (row: Int, column: Int, excess: Double)?
    for row in v.indices {
      for column in u.indices {
        let (a, n) = (block.analytic[row][column], block.numeric[row][column])
        let error = abs(a - n)
        let allowed = atol * u[column].size * v[row].size + rtol * abs(n)
        report.comparisons += 1
        if error <= allowed, allowed.isFinite {
          report.maxAbsoluteError = max(report.maxAbsoluteError, error)
          let size = max(abs(a), abs(n))
          if size > atol { report.maxRelativeError = max(report.maxRelativeError, error / size) }
        } else {
          let excess = error.isNaN || !allowed.isFinite ? .infinity : error / allowed
          if worst == nil || excess > worst!.excess { worst = (row, column, excess) }
        }
      }
    }
    guard let worst else { return }
    if case .directional = mode { try compareElements(block, isRecorded: isRecorded) }
    throw failure(block, u, v, row: worst.row, column: worst.column, isRecorded: isRecorded)
  }

  /// Repeats a failed directional comparison element by element, for a better message, if there are
  /// few elements.
  private func compareElements(
    _ block: DerivativeBlock, isRecorded: Bool
  ) throws(GradcheckError) {
    let elements = block.inputShape.reduce(1, *) + block.outputShape.reduce(1, *)
    guard elements <= 2000 else { return }
    _ = try GradientCheck(
      function: function, inputs: inputs, names: names, eps: eps, atol: atol, rtol: rtol,
      nondetTol: nondetTol, mode: .full
    ).run()
  }

  private func failure(
    _ block: DerivativeBlock, _ u: [Probe], _ v: [Probe], row: Int, column: Int, isRecorded: Bool
  ) -> GradcheckError {
    let (a, n) = (block.analytic[row][column], block.numeric[row][column])
    let kind: GradcheckError.Kind = !n.isFinite ? .notFinite : isRecorded ? .mismatch : .notRecorded
    var error = GradcheckError(kind, names: names, input: block.input, output: block.output, "")
    error.analytic = a
    error.numeric = n
    if case .element(let i) = u[column], case .element(let k) = v[row] {
      error.inputElement = position(i, in: block.inputShape)
      error.outputElement = position(k, in: block.outputShape)
    }
    switch kind {
    case .notFinite:
      error.detail = "the function is not finite around this input; choose an input where it is"
    case .notRecorded:
      error.detail = """
        \(names.output(block.output)) does not require a gradient: its op records no derivative, \
        or it is detached; do not return results that are detached on purpose
        """
    default:
      error.hint = hint(block) ?? kink(block, u[column], v[row])
    }
    return error
  }

  /// The indices of element `i` in row-major order.
  private func position(_ i: Int, in shape: [Int]) -> [Int] {
    var rest = i
    var position = shape
    for d in shape.indices.reversed() {
      position[d] = rest % shape[d]
      rest /= shape[d]
    }
    return position
  }
}

// MARK: - Hints

extension GradientCheck {
  /// The likely cause, from all derivatives of the block.
  private func hint(_ block: DerivativeBlock) -> String? {
    let a = block.analytic.flatMap { $0 }
    let n = block.numeric.flatMap { $0 }
    guard a.allSatisfy(\.isFinite), n.allSatisfy(\.isFinite) else { return nil }
    if a.allSatisfy({ $0 == 0 }) {
      return """
        All gradients are zero: the rule for this input is missing or returns zeros, or the input \
        is detached inside the function
        """
    }
    if let ratio = commonRatio(a, n) { return ratioHint(ratio, block) }
    let count = block.analytic.count
    if count > 1, block.analytic.allSatisfy({ $0.count == count }) {
      let transposed = (0..<count * count).map { block.numeric[$0 % count][$0 / count] }
      if agree(a, transposed) {
        return "The Jacobian is transposed: a transposition is missing in the rule"
      }
    }
    return nil
  }

  /// The ratio c with a = c·n for all elements, if there is one.
  private func commonRatio(_ a: [Double], _ n: [Double]) -> Double? {
    let nn = n.reduce(0) { $0 + $1 * $1 }
    let an = zip(a, n).reduce(0) { $0 + $1.0 * $1.1 }
    guard nn > 0 else { return nil }
    let ratio = an / nn
    return agree(a, n.map { ratio * $0 }) ? ratio : nil
  }

  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= atol + rtol * abs($1) }
  }

  private func ratioHint(_ ratio: Double, _ block: DerivativeBlock) -> String {
    func isNear(_ value: Double) -> Bool { abs(ratio - value) <= 2 * rtol * abs(value) }
    if isNear(-1) { return "All derivatives have the wrong sign" }
    if isNear(2) {
      return "All derivatives are too large by a factor of 2: is a term counted twice?"
    }
    if isNear(0.5) {
      return "All derivatives are too small by a factor of 2: is a factor of 2 missing?"
    }
    let sizes = block.inputShape + block.outputShape
    let counts = sizes + [block.inputShape.reduce(1, *), block.outputShape.reduce(1, *)]
    for count in counts where count > 1 {
      if isNear(Double(count)) {
        return """
          All derivatives are too large by a factor of \(count), a size in these shapes: is a \
          mean differentiated as a sum?
          """
      }
      if isNear(1 / Double(count)) {
        return """
          All derivatives are too small by a factor of \(count), a size in these shapes: is a sum \
          over broadcast dimensions missing, or a sum differentiated as a mean?
          """
      }
    }
    return "All derivatives are \(ratio) times the expected ones"
  }

  /// A message if the function has a kink or a jump here, where no derivative is right.
  private func kink(_ block: DerivativeBlock, _ u: Probe, _ v: Probe) -> String? {
    let left = v.dot(slopes([block.output], moving: block.input, along: u, from: -1, to: 0)[0])
    let right = v.dot(slopes([block.output], moving: block.input, along: u, from: 0, to: 1)[0])
    guard abs(left - right) > 100 * (atol + rtol * min(abs(left), abs(right))) else { return nil }
    return """
      The function has a kink or a jump here, with slopes \(left) on the left and \(right) on \
      the right; choose inputs away from it
      """
  }
}
