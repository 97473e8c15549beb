// `wrt` and `Saved`, in terms of which every derivative is written, and grad mode.

// MARK: - wrt

// Inlined except for the recording itself: a call would count references to the tensor that it
// returns, a quarter of an unrecorded 4×4 product.
extension Tensor {
  /// Records `rule` as the derivative of this tensor with respect to `x`: the gradient of the
  /// output is its argument, the gradient of `x` its result.
  ///
  /// Write the rule with differentiable ops, so that higher derivatives exist. It may ignore
  /// broadcasting and promotion: the engine sums the gradient to the shape of `x` and casts it to
  /// the dtype of `x`. It captures tensors of the forward pass as ``Saved``. It must not capture
  /// the output, a reference cycle; a rule of two arguments receives it: `{ g, y in g * y }`.
  ///
  /// ```swift
  /// func cube(_ x: Tensor) -> Tensor {
  ///   noGrad { x * x * x }.wrt(x) { [x = Saved(x)] g in g * 3 * x.value * x.value }
  /// }
  /// ```
  ///
  /// Nothing is recorded, and the closure is not created, if `x` does not require a gradient or
  /// recording is off. Call this on a new tensor, computed inside ``noGrad(_:)``, once for each
  /// input: it stops on a leaf that requires a gradient, on the result of another recorded op, whose
  /// derivatives would count twice, on a graph that a backward pass has released, and on a tensor of
  /// integers.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, op: StaticString = #function, _ rule: @autoclosure () -> (Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) { append(.input(rule()), to: x, op) }
    return self
  }

  /// Records a rule that also uses the output `y`: `{ g, y in g * y }`.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, op: StaticString = #function, _ rule: @autoclosure () -> (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) {
      append(.output(rule()), to: x, op)
      ownNode!.keep(output: self)
    }
    return self
  }

  /// Records a rule that uses one tensor of the forward pass, `saved`: `{ g, b in g * b }`.
  ///
  /// Its version is checked as by ``Saved``. This costs less than a capture, which is allocated.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, saving saved: Tensor, op: StaticString = #function,
    _ rule: @autoclosure () -> (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) {
      if saved === self { failSavingOutput(op) }
      append(.saving(rule(), saved.toSave, version: saved.storage.version), to: x, op)
    }
    return self
  }

  /// Records that this tensor is `window(x)`, a view of some elements of `x`.
  @inline(__always)
  func windowing(
    _ x: Tensor, op: StaticString = #function, _ window: @autoclosure () -> (Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) { append(.window(window()), to: x, op) }
    return self
  }

  /// Whether the derivative with respect to `x` is recorded.
  @inline(__always)
  private func isRecording(_ x: Tensor) -> Bool {
    x.node != nil && (ownNode != nil || GradMode.isEnabled)
  }

  private func append(_ rule: consuming Rule, to x: Tensor, _ op: StaticString) {
    if ownNode == nil {
      require(
        dtype.isFloatingPoint,
        """
        \(opName(op)): wrt: only a floating-point result has derivatives, but this one, of shape \
        \(shape), is \(dtype); cast it before wrt is called
        """)
      ownNode = .recorded(op, self)
    } else if ownNode!.state != .recorded || ownNode!.op.utf8Start != op.utf8Start {
      requireRecorded(by: op)
    }
    // Up to date, since isRecording has asked for the node.
    ownNode!.append(Edge(source: x.ownNode!, rule: rule))
  }

  /// Stops unless this tensor, which has a node, is a result that `op` is recording.
  @inline(never)
  private func requireRecorded(by op: StaticString) {
    guard let node else { return }
    require(
      node.state != .leaf,
      """
      \(opName(op)): wrt: this tensor, of shape \(shape), is a leaf that requires a gradient, so \
      nothing can be recorded on it; call wrt on a new tensor, such as a result of ops inside \
      noGrad { }
      """)
    require(
      node.state == .recorded,
      """
      \(opName(op)): wrt: a backward pass has released the graph of this tensor, a result of \
      \(opName(node.op)), of shape \(shape); call wrt before backward
      """)
    // The literals of one function may have two addresses.
    require(
      opName(op) == opName(node.op),
      """
      \(opName(op)): wrt: this tensor, of shape \(shape), is a result of \(opName(node.op)), \
      which has recorded its derivatives, so these would be added to them; compute it inside \
      noGrad { }, or use its detach()
      """)
  }

  @inline(never)
  private func failSavingOutput(_ op: StaticString) -> Never {
    fail(
      """
      \(opName(op)): wrt: the output, of shape \(shape), is saved by its own rule, a reference \
      cycle; leave `saving:` out, and the rule receives the output: { g, y in … }
      """)
  }
}

// MARK: - Fused rules

// A derivative with its own kernel, `fused`, also states what it computes in differentiable ops,
// `meaning`, which replaces it while the backward pass is itself recorded.
extension Tensor {
  /// Records `fused`, a rule without derivatives of its own. `meaning` is this tensor as a function
  /// of `x`, in differentiable ops.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, op: StaticString = #function, fused: @autoclosure () -> (Tensor) -> Tensor,
    meaning: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    guard x.node != nil else { return self }
    let fused = fused()
    return wrt(x, op: op) { [x = Saved(x, op: op)] g in
      GradMode.isEnabled ? pullback(g, at: x.value, through: meaning) : fused(g)
    }
  }

  /// Records `fused`, a rule that also uses the output `y`. `meaning` is the same rule in
  /// differentiable ops.
  ///
  /// ```swift
  /// .wrt(x, fused: { g, y in sigmoidGradient(g, y) }, meaning: { g, y in g * (y * (1 - y)) })
  /// ```
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, op: StaticString = #function,
    fused: @escaping (Tensor, Tensor) -> Tensor,
    meaning: @escaping (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    wrt(x, op: op) { g, y in GradMode.isEnabled ? meaning(g, y) : fused(g, y) }
  }

  /// Records `fused`, a rule that uses the output `y`, and `x` where `y` has lost digits. `meaning`
  /// is the same rule in differentiable ops.
  ///
  /// `x` is nil if it was modified in place, which does not stop: `y` suffices, with fewer digits.
  ///
  /// ```swift
  /// meaning: { g, y, x in g * y * (x.map { (-$0).sigmoid() } ?? 1 - y) }
  /// ```
  @discardableResult @inline(__always)
  func wrt(
    _ x: Tensor, op: StaticString = #function,
    fused: @escaping (Tensor, Tensor, _ x: Tensor?) -> Tensor,
    meaning: @escaping (Tensor, Tensor, _ x: Tensor?) -> Tensor
  ) -> Tensor {
    wrt(x, op: op) { [x = Saved(x, op: op)] g, y in
      GradMode.isEnabled ? meaning(g, y, x.ifUnchanged) : fused(g, y, x.ifUnchanged)
    }
  }

  /// Records `fused`, a rule that also uses one tensor of the forward pass, `saved`. `meaning` is
  /// the same rule in differentiable ops.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, saving saved: Tensor, op: StaticString = #function,
    fused: @escaping (Tensor, Tensor) -> Tensor,
    meaning: @escaping (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    wrt(x, saving: saved, op: op) { g, s in GradMode.isEnabled ? meaning(g, s) : fused(g, s) }
  }
}

// MARK: - Saved

/// A tensor that a rule needs, as it was in the forward pass.
///
/// ``value`` stops if it has been changed in place since.
public struct Saved {
  private let tensor: Tensor
  private let version: Int
  private let op: StaticString

  /// Saves `tensor` for the backward pass of the enclosing op.
  public init(_ tensor: Tensor, op: StaticString = #function) {
    self.tensor = tensor.toSave
    version = tensor.storage.version
    self.op = op
  }

  /// The tensor; stops if it was modified in place.
  public var value: Tensor {
    Saved.check(tensor, version, op)
    return tensor
  }

  /// The tensor; nil if it was modified in place.
  var ifUnchanged: Tensor? { tensor.storage.version == version ? tensor : nil }

  /// Stops if `tensor`, saved by `op` at `version`, was modified in place since.
  static func check(_ tensor: Tensor, _ version: Int, _ op: StaticString) {
    require(
      tensor.storage.version == version,
      """
      \(opName(op)): a tensor of shape \(tensor.shape) that its backward pass needs has been \
      modified in place: it is at version \(tensor.storage.version), but was saved at version \
      \(version); modify a clone() instead, or use the op that returns a new tensor
      """
    )
  }
}

// MARK: - Grad mode

/// Whether ops are recorded, in the current task.
public enum GradMode {
  /// True unless inside ``noGrad(_:)``.
  public static var isEnabled: Bool { ofTask }

  @TaskLocal static var ofTask = true
}

extension Tensor {
  /// Whether the rule of an op of this tensor and another one may save it.
  var mayBeSaved: Bool { dtype.isFloatingPoint && GradMode.isEnabled }

  /// Whether an op on this tensor is recorded, for ops that then compute more.
  package var isRecording: Bool { node != nil && GradMode.isEnabled }
}

/// Runs `body` without recording: its results do not require a gradient.
@discardableResult
public func noGrad<R>(_ body: () throws -> R) rethrows -> R {
  try GradMode.$ofTask.withValue(false, operation: body)
}

/// Runs `body`, which may wait, without recording: `let y = await noGrad { await net(x) }`.
///
/// It runs where the caller runs, on the same actor. The mode is that of the task: it stays off
/// after an `await`, and child tasks inherit it. A body that does not wait needs no `await`, in an
/// asynchronous function too.
@discardableResult
public func noGrad<R>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R
) async rethrows -> R {
  try await GradMode.$ofTask.withValue(false, operation: body, isolation: isolation)
}

/// Runs `body` with recording on, also inside ``noGrad(_:)``.
@discardableResult
public func enableGrad<R>(_ body: () throws -> R) rethrows -> R {
  try GradMode.$ofTask.withValue(true, operation: body)
}

/// Runs `body`, which may wait, with recording on, also inside ``noGrad(_:)``.
@discardableResult
public func enableGrad<R>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R
) async rethrows -> R {
  try await GradMode.$ofTask.withValue(true, operation: body, isolation: isolation)
}
