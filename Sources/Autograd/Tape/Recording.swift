// The two words in which every derivative is written, `wrt` and `Saved`, and the switch that turns
// recording off.

// MARK: - wrt

// Inlined, all but what happens when something is recorded: a call would count references of the
// tensor that it returns, a quarter of a 4×4 product that is not recorded.
extension Tensor {
  /// Records `rule` as the derivative of this tensor with respect to `x`: the gradient of the
  /// output goes in, the gradient of `x` comes out.
  ///
  /// The rule is written with differentiable ops, so that every higher derivative exists. It may
  /// leave broadcast dimensions and another dtype to the engine, which sums and casts to those of
  /// `x`. What it needs of the forward pass it captures as ``Saved``; it must not capture the
  /// output itself, which is handed to a rule of two arguments: `{ g, y in g * y }`.
  ///
  /// ```swift
  /// func cube(_ x: Tensor) -> Tensor {
  ///   noGrad { x * x * x }.wrt(x) { [x = Saved(x)] g in g * 3 * x.value * x.value }
  /// }
  /// ```
  ///
  /// Nothing is recorded, and the closure is not even made, where `x` does not require a gradient
  /// or recording is off.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, op: StaticString = #function, _ rule: @autoclosure () -> (Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) { append(.input(rule()), to: x, op) }
    return self
  }

  /// Records a rule that also wants the output `y`: `{ g, y in g * y }`.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, op: StaticString = #function, _ rule: @autoclosure () -> (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) {
      append(.output(rule()), to: x, op)
      node!.keep(output: self)
    }
    return self
  }

  /// Records a rule that wants one tensor of the forward pass, `saved`, which is checked as
  /// ``Saved`` does: `{ g, b in g * b }`. It costs less than a capture, which needs a place of its
  /// own in memory.
  @discardableResult @inline(__always)
  public func wrt(
    _ x: Tensor, saving saved: Tensor, op: StaticString = #function,
    _ rule: @autoclosure () -> (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) {
      append(.saving(rule(), saved, version: saved.storage.version), to: x, op)
    }
    return self
  }

  /// Records that this tensor is the window `window(x)` onto `x`, a view of part of its elements.
  @inline(__always)
  func windowing(
    _ x: Tensor, op: StaticString = #function, _ window: @autoclosure () -> (Tensor) -> Tensor
  ) -> Tensor {
    if isRecording(x) { append(.window(window()), to: x, op) }
    return self
  }

  /// Whether a derivative with respect to `x` is wanted.
  @inline(__always)
  private func isRecording(_ x: Tensor) -> Bool {
    x.node != nil && (node != nil || GradMode.isEnabled)
  }

  private func append(_ rule: consuming Rule, to x: Tensor, _ op: StaticString) {
    if node == nil { node = .recorded(op, self) }
    node!.append(Edge(source: x.node!, rule: rule))
  }
}

// MARK: - Fused rules

// A derivative with a kernel of its own, `fused`, states in differentiable ops what it computes,
// `meaning`, which takes its place while the backward pass is itself recorded.
extension Tensor {
  /// Records `fused`, a rule that is not made of differentiable ops. Its `meaning` is this tensor
  /// as a function of `x` in differentiable ops.
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

  /// Records `fused`, a rule that also wants the output `y`. Its `meaning` is the same rule in
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

  /// Records `fused`, a rule that also wants one tensor of the forward pass, `saved`. Its `meaning`
  /// is the same rule in differentiable ops.
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
/// ``value`` checks that nobody has changed it in place since.
public struct Saved {
  private let tensor: Tensor
  private let version: UInt32
  private let op: StaticString

  /// Saves `tensor` for the backward pass of the op that this stands in.
  public init(_ tensor: Tensor, op: StaticString = #function) {
    self.tensor = tensor
    version = tensor.storage.version
    self.op = op
  }

  /// The tensor; stops if it was modified in place.
  public var value: Tensor {
    Saved.check(tensor, version, op)
    return tensor
  }

  /// Stops if `tensor`, saved by `op` at `version`, was modified in place since.
  static func check(_ tensor: Tensor, _ version: UInt32, _ op: StaticString) {
    require(
      tensor.storage.version == version,
      "\(opName(op)): a tensor of shape \(tensor.shape) that its backward pass needs has been modified in place: it is at version \(tensor.storage.version), but was saved at version \(version); modify a clone() instead, or use the op that returns a new tensor"
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
  /// Whether the derivative of an op on this tensor would be recorded: for ops that calculate more
  /// then.
  var isRecording: Bool { node != nil && GradMode.isEnabled }
}

/// Runs `body` without recording: nothing that it computes requires a gradient.
@discardableResult
public func noGrad<R>(_ body: () throws -> R) rethrows -> R {
  try GradMode.$ofTask.withValue(false, operation: body)
}

/// Runs `body` with recording on, also inside ``noGrad(_:)``.
@discardableResult
public func enableGrad<R>(_ body: () throws -> R) rethrows -> R {
  try GradMode.$ofTask.withValue(true, operation: body)
}
