/// A backward pass: visits the nodes that the roots depend on, newest first.
///
/// Pending gradients are stored in the pass, not in the nodes, so a rule may run another pass. A
/// node knows only its slot in the pass that has claimed it. Passes of several threads may reach
/// the same leaves: one of them claims a leaf, the others keep its slot in a dictionary. They may
/// not reach the same results of ops, because a pass changes the rules of those.
struct Pass {
  private struct Entry {
    // The roots keep all reachable nodes alive.
    unowned(unsafe) let node: Node
    let hold: Hold
    /// Whether the gradient of this node is a target, or is needed to compute one.
    var isNeeded = true
    /// The sum of the gradients that have arrived so far.
    var pending: Tensor?
  }

  /// How a pass has a node, and hence what its end restores.
  private enum Hold {
    /// Claimed by this pass.
    case claimed
    /// Claimed by an enclosing pass, which has it in the slot `outer`.
    case nested(outer: Int)
    /// A leaf that another thread had claimed.
    case foreign
  }

  private let thread = NodePool.thread
  private let retain: Bool
  private let record: Bool
  private var entries: [Entry] = []
  /// The slots of the leaves that other threads had claimed.
  private var foreign: [ObjectIdentifier: Int] = [:]

  /// Collects the nodes that are reachable from `roots`.
  ///
  /// - Parameter targets: the nodes whose gradients are computed; nil for every leaf.
  private init(from roots: [Node], targets: [Node]?, retain: Bool, record: Bool) {
    self.retain = retain
    self.record = record
    // A node is newer than its sources, so no node older than the oldest target leads to a target.
    let oldest = targets?.reduce(Int.max) { min($0, $1.id) } ?? 0
    // Leaves come last: they have no sources.
    var leaves: [Entry] = []
    for root in roots { enter(root, oldest, &leaves) }
    var next = 0
    while next < entries.count {
      let node = entries[next].node
      node.forEachSource { enter($0, oldest, &leaves) }
      next += 1
    }
    sortNewestFirst()
    entries += leaves
    for (slot, entry) in entries.enumerated() {
      if case .foreign = entry.hold {
        foreign[ObjectIdentifier(entry.node)] = slot
      } else {
        entry.node.slot = slot
      }
    }
    if let targets { markNeeded(targets) }
  }

  @inline(__always)
  private mutating func enter(_ node: Node, _ oldest: Int, _ leaves: inout [Entry]) {
    guard node.id >= oldest else { return }
    if node.state != .leaf {
      guard let hold = claim(node, unlessIn: entries) else { return }
      node.slot = entries.count
      entries.append(Entry(node: node, hold: hold))
    } else if foreign.isEmpty || foreign[ObjectIdentifier(node)] == nil {
      guard let hold = claim(node, unlessIn: leaves) else { return }
      if case .foreign = hold {
        foreign[ObjectIdentifier(node)] = leaves.count
      } else {
        node.slot = leaves.count
      }
      leaves.append(Entry(node: node, hold: hold))
    }
  }

  /// How this pass has `node` from now on; nil if it is in `entries`.
  @inline(__always)
  private func claim(_ node: Node, unlessIn entries: [Entry]) -> Hold? {
    switch node.claim(by: thread) {
    case .new: return .claimed
    case .held: return Pass.has(node, in: entries) ? nil : .nested(outer: node.slot)
    case .refused:
      node.requireLeaf()
      return .foreign
    }
  }

  /// Whether `entries` has a node, claimed by this thread, in its slot.
  @inline(__always)
  private static func has(_ node: Node, in entries: [Entry]) -> Bool {
    // The slot may be that of an enclosing pass.
    node.slot < entries.count && entries[node.slot].node === node
  }

  private mutating func sortNewestFirst() {
    var isSorted = true
    for i in entries.indices.dropFirst() where entries[i - 1].node.id < entries[i].node.id {
      isSorted = false
      break
    }
    if !isSorted { entries.sort { $0.node.id > $1.node.id } }
  }

  private mutating func markNeeded(_ targets: [Node]) {
    for i in entries.indices { entries[i].isNeeded = false }
    for target in targets {
      if let slot = slot(of: target) { entries[slot].isNeeded = true }
    }
    for i in entries.indices.reversed() where !entries[i].isNeeded {
      var leads = false
      entries[i].node.forEachSource { source in
        if let slot = slot(of: source), entries[slot].isNeeded { leads = true }
      }
      entries[i].isNeeded = leads
    }
  }

  @inline(__always)
  private func slot(of node: Node) -> Int? {
    if node.isClaimed(by: thread), Pass.has(node, in: entries) { return node.slot }
    return foreign.isEmpty ? nil : foreign[ObjectIdentifier(node)]
  }

  /// Gives the nodes back, to an enclosing pass or to any.
  private func end() {
    for entry in entries {
      switch entry.hold {
      case .claimed: entry.node.unclaim()
      case .nested(let outer): entry.node.slot = outer
      case .foreign: break
      }
    }
  }
}

// MARK: - Running

extension Pass {
  /// Propagates `seeds`, the gradients of `roots`, and calls `deliver` with the total gradient of
  /// each target.
  ///
  /// - Parameters:
  ///   - targets: the nodes whose gradients are delivered; nil for every leaf. A node that retains
  ///     its gradient is always one.
  ///   - retain: whether the graph is kept for another pass.
  ///   - record: whether the pass is itself recorded, for higher derivatives.
  static func run(
    from roots: [Node], seeds: [Tensor], targets: [Node]? = nil, retain: Bool, record: Bool,
    deliver: (Node, inout Tensor?) -> Void
  ) {
    var pass = Pass(from: roots, targets: targets, retain: retain, record: record)
    for (root, seed) in zip(roots, seeds) {
      if let slot = pass.slot(of: root), pass.entries[slot].isNeeded { pass.add(seed, at: slot) }
    }
    let wanted = targets.map { Set($0.map(ObjectIdentifier.init)) }
    GradMode.$ofTask.withValue(record) {
      for i in pass.entries.indices { pass.visit(i, wanted, deliver) }
    }
    pass.end()
  }

  private mutating func visit(
    _ i: Int, _ wanted: Set<ObjectIdentifier>?, _ deliver: (Node, inout Tensor?) -> Void
  ) {
    var g = entries[i].pending.take()
    if g == nil { return }
    let node = entries[i].node
    if node.state == .leaf {
      if wanted?.contains(ObjectIdentifier(node)) ?? true { deliver(node, &g) }
      return
    }
    let total = g!
    if wanted?.contains(ObjectIdentifier(node)) ?? false || node.retainsGrad { deliver(node, &g) }
    node.forEachEdge { source, rule in
      guard let slot = slot(of: source), entries[slot].isNeeded else { return }
      // Moved out rather than copied unless the graph is retained.
      send(total, by: retain ? rule : rule.take(), from: node, to: source, at: slot)
    }
    if !retain { node.release() }
  }

  /// Applies `rule` to `g`, sums over broadcast dimensions, casts to the dtype of `source`, and
  /// accumulates: what every rule would repeat.
  private mutating func send(
    _ g: Tensor, by rule: consuming Rule, from node: Node, to source: Node, at slot: Int
  ) {
    let d: Tensor
    switch consume rule {
    case .input(let rule): d = rule(g)
    case .output(let rule): d = rule(g, node.reattachedOutput())
    case .saving(let rule, let saved, let version):
      Saved.check(saved, version, node.op)
      d = rule(g, saved)
    case .window(let window):
      if !record {
        addWindow(g.to(source.dtype), window, source, at: slot)
        return
      }
      d = g.to(source.dtype).embedded(in: source.shape, window: window)
    case .released:
      fail(
        """
        backward: the graph of \(opName(node.op)) has already been released by an earlier \
        backward pass; pass retainGraph: true to that one, or detach() what an earlier step \
        computed
        """
      )
    }
    if d.dtype == source.dtype, d.shape == source.shape {
      add(d, at: slot)
    } else {
      add(d.sum(to: source.shape, rule: node.op).to(source.dtype), at: slot)
    }
  }

  private mutating func add(_ d: Tensor, at slot: Int) {
    guard var sum = entries[slot].pending.take() else {
      entries[slot].pending = d
      return
    }
    if !record, Pass.isUnshared(&sum) {
      sum.accumulate(d)
      entries[slot].pending = sum
    } else {
      entries[slot].pending = sum + d
    }
  }

  /// Adds the gradient of a view to the part of its source's gradient that it covers.
  private mutating func addWindow(
    _ g: Tensor, _ window: (Tensor) -> Tensor, _ source: Node, at slot: Int
  ) {
    if var sum = entries[slot].pending.take() {
      if !Pass.isUnshared(&sum) { sum = sum.clone() }
      window(sum).accumulate(g)
      entries[slot].pending = sum
    } else {
      let sum = Tensor.zeros(source.shape, dtype: source.dtype)
      window(sum).assign(g)
      entries[slot].pending = sum
    }
  }

  /// Whether `tensor` and its storage have no other reference, so that it may be changed in place.
  static func isUnshared(_ tensor: inout Tensor) -> Bool {
    guard isKnownUniquelyReferenced(&tensor), tensor.isContiguous else { return false }
    tensor.dropUnsharedBase()
    return isKnownUniquelyReferenced(&tensor.storage)
  }
}
