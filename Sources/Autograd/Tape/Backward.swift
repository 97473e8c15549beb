// `backward`, `grad`, and the autograd properties of a tensor.

// MARK: - Backward

extension Tensor {
  /// Differentiates this tensor with respect to the leaves that it was computed from, and adds the
  /// gradients to their ``grad``.
  ///
  /// ```swift
  /// let loss = criterion(net(x), y)
  /// loss.backward()
  /// ```
  ///
  /// - Parameters:
  ///   - gradient: the gradient of this tensor, of its shape; 1 by default, for a tensor of one
  ///     element.
  ///   - retainGraph: whether the graph is kept for another backward pass; by default the value of
  ///     `createGraph`. Otherwise the tensors that it saved are freed during the pass.
  ///   - createGraph: whether the gradients are recorded, for higher derivatives. A leaf and such a
  ///     gradient refer to each other: set ``grad`` to nil after use, or neither is freed. The first
  ///     time, this is said on standard error. `grad(of:wrt:createGraph:)` keeps nothing.
  ///   - inputs: the tensors to accumulate into, instead of every leaf. One that is not a leaf
  ///     retains its gradient from then on, as after ``retainGrad()``.
  public func backward(
    gradient: Tensor? = nil, retainGraph: Bool? = nil, createGraph: Bool = false,
    inputs: [Tensor]? = nil
  ) {
    let (root, seed) = start(gradient, op: #function)
    let targets = inputs?.map { $0.target(op: #function) }
    if let targets {
      require(
        !targets.isEmpty, "backward: `inputs` is empty; omit it to accumulate into every leaf")
      for target in targets where target.state != .leaf { target.retainsGrad = true }
    }
    Pass.run(
      from: [root], seeds: [seed], targets: targets, retain: retainGraph ?? createGraph,
      record: createGraph
    ) { node, g in
      node.accumulate(&g, record: createGraph)
    }
  }

  /// The node of this tensor and its gradient, with which a backward pass starts.
  fileprivate func start(_ gradient: Tensor?, op: StaticString) -> (Node, Tensor) {
    guard let node else {
      fail(
        """
        \(opName(op)): this tensor, of shape \(shape), does not require a gradient: no leaf that \
        it was computed from does, or it was computed inside noGrad, detached, or cast to an \
        integer type; set requiresGrad on a leaf before computing it
        """
      )
    }
    guard let gradient else {
      require(
        numel == 1,
        """
        \(opName(op)): the gradient can be omitted only for a tensor of one element, got shape \
        \(shape); reduce it with sum() or mean(), or pass the gradient
        """
      )
      return (node, noGrad { Tensor.ones(shape, dtype: dtype) })
    }
    require(
      gradient.shape == shape,
      "\(opName(op)): expected a gradient of shape \(shape), got \(gradient.shape)")
    return (node, gradient.to(dtype))
  }

  fileprivate func target(op: StaticString) -> Node {
    guard let node else {
      fail(
        """
        \(opName(op)): an input of shape \(shape) does not require a gradient; set requiresGrad \
        before it is used
        """
      )
    }
    return node
  }
}

extension Node {
  /// The accumulated gradient of a leaf, or after `retainGrad()`.
  var grad: Tensor? {
    get { withGradient { $0 } }
    set {
      var other = newValue
      withGradient { swap(&$0, &other) }
    }
  }

  private static let cycle = Warning(
    """
    backward: with createGraph: true a leaf refers to its gradient, and the graph of the gradient \
    to the leaf, so that neither is freed before `grad` is set to nil, as zeroGrad() does; or use \
    grad(of:wrt:createGraph:), which keeps nothing
    """)

  /// Adds `g` to ``grad``. The first gradient is kept without a copy if nothing else holds its
  /// storage.
  func accumulate(_ g: inout Tensor?, record: Bool) {
    guard var arriving = g.take() else { return }
    let (old, isCycle) = withGradient { grad in
      let old = grad
      if let old {
        if record || old.dtype != arriving.dtype || old.layout.overlapsItself {
          grad = old + arriving
        } else {
          old.accumulate(arriving)
          old.storage.version &+= 1
        }
      } else {
        grad = Pass.isUnshared(&arriving) ? arriving : arriving.clone()
      }
      return (old, record && grad!.requiresGrad)
    }
    // Not freed before, see withGradient.
    withExtendedLifetime((old, arriving)) {}
    if isCycle { Node.cycle.give() }
  }
}

// MARK: - Gradients as values

/// The gradients of `outputs` with respect to `inputs`; no ``Tensor/grad`` is touched, also not of
/// tensors that retain theirs, unlike in PyTorch.
///
/// ```swift
/// let g = grad(of: y, wrt: x, createGraph: true)
/// let gg = grad(of: g.sum(), wrt: x)
/// ```
///
/// - Parameters:
///   - outputs: the tensors to differentiate.
///   - inputs: the tensors to differentiate with respect to, leaves or not.
///   - gradients: the gradients of the outputs; nil means 1, for an output of one element.
///   - retainGraph: whether the graph is kept for another backward pass; by default the value of
///     `createGraph`. Otherwise the tensors that it saved are freed during the pass.
///   - createGraph: whether the gradients are recorded, for higher derivatives.
///   - allowUnused: whether the outputs may be independent of an input, whose gradient is then nil.
///   - materializeGrads: whether the gradient of an unused input is zeros, which require a gradient
///     if `createGraph`; implies `allowUnused`. The outputs must require a gradient all the same.
/// - Returns: a gradient for each input, of its shape and dtype.
public func grad(
  of outputs: [Tensor], wrt inputs: [Tensor], gradients: [Tensor?]? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, allowUnused: Bool? = nil, materializeGrads: Bool = false
) -> [Tensor?] {
  let gradients = gradients ?? Array(repeating: nil, count: outputs.count)
  require(
    gradients.count == outputs.count,
    "grad: expected \(outputs.count) gradients, one for each output, got \(gradients.count)")
  require(
    allowUnused ?? true || !materializeGrads,
    "grad: materializeGrads: true implies allowUnused, got allowUnused: false; omit one of them")
  require(!inputs.isEmpty, "grad: expected an input to differentiate with respect to, got none")
  let starts = zip(outputs, gradients).map { $0.start($1, op: #function) }
  let gradientsOfInputs = pullback(
    starts.map(\.1), from: starts.map(\.0), to: inputs.map { $0.target(op: #function) },
    retain: retainGraph ?? createGraph, record: createGraph)
  return zip(inputs, gradientsOfInputs).enumerated().map { i, pair in
    let (input, g) = pair
    if let g { return g }
    if materializeGrads {
      return .zeros(input.shape, dtype: input.dtype, requiresGrad: createGraph)
    }
    require(
      allowUnused ?? false,
      """
      grad: the outputs do not depend on input \(i), of shape \(input.shape); pass \
      allowUnused: true for nil, or materializeGrads: true for zeros
      """
    )
    return nil
  }
}

/// The gradients of one output with respect to `inputs`.
public func grad(
  of output: Tensor, wrt inputs: [Tensor], gradient: Tensor? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, allowUnused: Bool? = nil, materializeGrads: Bool = false
) -> [Tensor?] {
  grad(
    of: [output], wrt: inputs, gradients: [gradient], retainGraph: retainGraph,
    createGraph: createGraph, allowUnused: allowUnused, materializeGrads: materializeGrads)
}

/// The gradient of one output with respect to one input; stops if the output does not depend on it.
public func grad(
  of output: Tensor, wrt input: Tensor, gradient: Tensor? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, materializeGrads: Bool = false
) -> Tensor {
  grad(
    of: [output], wrt: [input], gradients: [gradient], retainGraph: retainGraph,
    createGraph: createGraph, materializeGrads: materializeGrads)[0]!
}

// MARK: - Properties of a tensor

extension Tensor {
  /// Whether ops on this tensor are recorded, so that backward passes reach it. Can be set on
  /// leaves; a computed tensor requires a gradient if an input does.
  public var requiresGrad: Bool {
    get { node != nil }
    set {
      require(
        isLeaf,
        """
        requiresGrad: can be changed only on a leaf, but this tensor was computed by \
        \(opName(node!.op)); use detach()
        """
      )
      if !newValue {
        node = nil
      } else if node == nil {
        viewBase = nil
        require(
          dtype.isFloatingPoint,
          """
          requiresGrad: expected a floating-point tensor, got \(dtype); cast it with to(.float32)
          """
        )
        node = .leaf(self)
      }
    }
  }

  /// Sets ``requiresGrad``, and returns this tensor.
  @discardableResult
  public func requiresGrad_(_ requiresGrad: Bool = true) -> Tensor {
    self.requiresGrad = requiresGrad
    return self
  }

  /// Whether this tensor is not the result of a recorded op.
  public var isLeaf: Bool { node == nil || node!.state == .leaf }

  /// The accumulated gradient; nil if no backward pass has reached this tensor.
  ///
  /// Leaves keep it, and tensors on which ``retainGrad()`` was called. Assign nil to reset it.
  /// Passes of several threads may add to it at once, in an order that is not fixed.
  public var grad: Tensor? {
    get { node?.grad }
    set {
      guard let newValue else {
        node?.grad = nil
        return
      }
      guard let node else {
        fail(
          """
          grad: this tensor, of shape \(shape), does not require a gradient; set requiresGrad first
          """
        )
      }
      require(
        newValue.shape == shape && newValue.dtype == dtype,
        """
        grad: expected a gradient of shape \(shape) and dtype \(dtype), got shape \
        \(newValue.shape) and dtype \(newValue.dtype)
        """
      )
      require(
        newValue !== self,
        "grad: a tensor cannot be its own gradient; assign a clone(), or detach() it")
      node.grad = newValue
    }
  }

  /// Makes backward passes store the gradient of this tensor in ``grad``, even if it is not a leaf.
  public func retainGrad() {
    guard let node else {
      fail(
        """
        retainGrad: this tensor, of shape \(shape), does not require a gradient; \
        set requiresGrad on a leaf before computing it
        """)
    }
    node.retainsGrad = true
  }

  /// Whether this tensor is not a leaf, but keeps its gradient.
  public var retainsGrad: Bool { !isLeaf && node!.retainsGrad }

  /// A view of all elements that does not require a gradient.
  ///
  /// The storage is shared: an in-place change of one is visible in the other.
  public func detach() -> Tensor { alias() }

  /// The name of the op that computed this tensor; nil for a leaf.
  public var gradFn: String? { isLeaf ? nil : opName(node!.op) }
}
