// What users call: `backward`, `grad`, and the properties of a tensor that belong to the tape.

// MARK: - Backward

extension Tensor {
  /// Differentiates this tensor with respect to the leaves that it was computed from, and adds the
  /// results to their ``grad``.
  ///
  /// ```swift
  /// let loss = criterion(net(x), y)
  /// loss.backward()
  /// ```
  ///
  /// - Parameters:
  ///   - gradient: the gradient to start from, of this tensor's shape; 1 if this tensor has one
  ///     element.
  ///   - retainGraph: whether the graph can be walked again; by default only if `createGraph`.
  ///     Otherwise what it saved is freed on the way.
  ///   - createGraph: whether the gradients are recorded, for higher derivatives.
  ///   - inputs: the tensors to accumulate into, instead of every leaf; they need not be leaves.
  public func backward(
    gradient: Tensor? = nil, retainGraph: Bool? = nil, createGraph: Bool = false,
    inputs: [Tensor]? = nil
  ) {
    let (root, seed) = start(gradient, op: #function)
    let targets = inputs?.map { $0.target(op: #function) }
    if let targets {
      require(!targets.isEmpty, "backward: `inputs` is empty; leave it out to reach every leaf")
    }
    Pass.run(
      from: [root], seeds: [seed], targets: targets, retain: retainGraph ?? createGraph,
      record: createGraph
    ) { node, g in
      node.accumulate(&g, record: createGraph)
    }
  }

  /// The node and the gradient that a backward pass starts with.
  fileprivate func start(_ gradient: Tensor?, op: StaticString) -> (Node, Tensor) {
    guard let node else {
      fail(
        "\(opName(op)): this tensor, of shape \(shape), does not require a gradient: no leaf that it was computed from does, or it was computed inside noGrad, detached, or cast to an integer type"
      )
    }
    guard let gradient else {
      require(
        numel == 1,
        "\(opName(op)): a gradient can be implied only for a tensor of one element, but the shape is \(shape); reduce it with sum() or mean(), or pass the gradient"
      )
      return (node, noGrad { Tensor.ones(shape, dtype: dtype) })
    }
    require(
      gradient.shape == shape,
      "\(opName(op)): the gradient has shape \(gradient.shape), but the tensor has shape \(shape)")
    return (node, gradient.to(dtype))
  }

  fileprivate func target(op: StaticString) -> Node {
    guard let node else {
      fail(
        "\(opName(op)): a tensor of shape \(shape) whose gradient is wanted does not require one; set requiresGrad before it is used"
      )
    }
    return node
  }
}

extension Node {
  /// Adds an arriving gradient to ``grad``; it is kept as it is only if nobody else holds it.
  func accumulate(_ g: inout Tensor?, record: Bool) {
    guard var arriving = g.take() else { return }
    if let old = grad {
      if record || old.dtype != arriving.dtype || old.layout.overlapsItself {
        grad = old + arriving
      } else {
        old.accumulate(arriving)
        old.storage.version &+= 1
      }
    } else {
      grad = Pass.isUnshared(&arriving) ? arriving : arriving.clone()
    }
  }
}

// MARK: - Gradients as values

/// The gradients of `outputs` with respect to `inputs`; no ``Tensor/grad`` is touched.
///
/// ```swift
/// let g = grad(of: y, wrt: x, createGraph: true)
/// let gg = grad(of: g.sum(), wrt: x)
/// ```
///
/// - Parameters:
///   - outputs: the tensors to differentiate.
///   - inputs: the tensors to differentiate with respect to, leaves or not.
///   - gradients: the gradient of each output to start from; may be left out for outputs of one
///     element.
///   - retainGraph: whether the graph can be walked again; by default only if `createGraph`.
///   - createGraph: whether the gradients are recorded, for higher derivatives.
///   - allowUnused: whether an input may have no part in the outputs; its gradient is nil.
///   - materializeGrads: whether the gradient of such an input is zeros instead; allows unused
///     inputs.
/// - Returns: a gradient for each input, of its shape and dtype.
public func grad(
  of outputs: [Tensor], wrt inputs: [Tensor], gradients: [Tensor?]? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, allowUnused: Bool? = nil, materializeGrads: Bool = false
) -> [Tensor?] {
  let gradients = gradients ?? Array(repeating: nil, count: outputs.count)
  require(
    gradients.count == outputs.count,
    "grad: \(outputs.count) outputs need as many gradients, but there are \(gradients.count)")
  require(
    allowUnused ?? true || !materializeGrads,
    "grad: materializeGrads gives unused inputs zeros, so allowUnused: false contradicts it")
  let starts = zip(outputs, gradients).map { $0.start($1, op: #function) }
  let gradientsOfInputs = pullback(
    starts.map(\.1), from: starts.map(\.0), to: inputs.map { $0.target(op: #function) },
    retain: retainGraph ?? createGraph, record: createGraph)
  return zip(inputs, gradientsOfInputs).enumerated().map { i, pair in
    let (input, g) = pair
    if let g { return g }
    if materializeGrads { return Tensor.zeros(input.shape, dtype: input.dtype) }
    require(
      allowUnused ?? false,
      "grad: input \(i), of shape \(input.shape), has no part in the outputs; pass allowUnused: true for nil, or materializeGrads: true for zeros"
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

/// The gradient of one output with respect to one input, which must have a part in it.
public func grad(
  of output: Tensor, wrt input: Tensor, gradient: Tensor? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, materializeGrads: Bool = false
) -> Tensor {
  grad(
    of: [output], wrt: [input], gradients: [gradient], retainGraph: retainGraph,
    createGraph: createGraph, materializeGrads: materializeGrads)[0]!
}

// MARK: - The tensor's part in it

extension Tensor {
  /// Whether gradients flow to this tensor. Can be set on leaves; a computed tensor inherits it.
  public var requiresGrad: Bool {
    get { node != nil }
    set {
      require(
        isLeaf,
        "requiresGrad: only a leaf's can be changed, but this tensor was computed by \(opName(node!.op)); use detach()"
      )
      if !newValue {
        node = nil
      } else if node == nil {
        require(
          dtype.isFloatingPoint,
          "requiresGrad: only floating-point tensors can have gradients, but this one is \(dtype); cast it with to(.float32)"
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

  /// Whether this tensor was given rather than computed from tensors that require a gradient.
  public var isLeaf: Bool { node == nil || node!.state == .leaf }

  /// The gradient that backward passes have accumulated; nil if none has reached this tensor.
  ///
  /// Leaves have one, and tensors on which ``retainGrad()`` was called. Assign nil to start afresh.
  public var grad: Tensor? {
    get { node?.grad }
    set {
      guard let newValue else {
        node?.grad = nil
        return
      }
      guard let node else {
        fail(
          "grad: this tensor, of shape \(shape), does not require a gradient; set requiresGrad first"
        )
      }
      require(
        newValue.shape == shape && newValue.dtype == dtype,
        "grad: a gradient of shape \(newValue.shape) and dtype \(newValue.dtype) does not fit a tensor of shape \(shape) and dtype \(dtype)"
      )
      node.grad = newValue
    }
  }

  /// Makes backward passes keep the gradient of this tensor in ``grad`` though it is no leaf.
  public func retainGrad() {
    guard let node else {
      fail("retainGrad: this tensor, of shape \(shape), does not require a gradient")
    }
    node.retainsGrad = true
  }

  /// Whether this tensor is no leaf, yet keeps its gradient.
  public var retainsGrad: Bool { !isLeaf && node!.retainsGrad }

  /// The same elements, off the tape: no gradient flows through. The storage is shared, so an
  /// in-place change shows in both.
  public func detach() -> Tensor { alias() }

  /// The name of the op that computed this tensor; nil for a leaf.
  public var gradFn: String? { isLeaf ? nil : opName(node!.op) }
}
