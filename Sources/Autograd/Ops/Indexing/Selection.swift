/// What a subscript selects in a tensor of one shape: a view, and in it perhaps elements that index
/// tensors pick.
struct Selection {
  /// A step from a layout to that of a view.
  enum Step {
    case select(dim: Int, index: Int)
    case slice(dim: Int, start: Int, length: Int, step: Int)
    case unsqueeze(dim: Int)

    func apply(to layout: Layout) -> Layout {
      switch self {
      case .select(let dim, let index): layout.selected(dim, index)
      case .slice(let dim, let start, let length, let step):
        layout.sliced(dim, start: start, length: length, step: step)
      case .unsqueeze(let dim): layout.unsqueezed(dim)
      }
    }
  }

  /// What index tensors pick from the view, its dimensions first put into `order`.
  struct Picks {
    let order: [Int]?
    let places: Places
  }

  private(set) var steps: [Step] = []
  private(set) var picks: Picks?
  /// The shape of what is selected.
  private(set) var shape: [Int]

  /// The view, before elements are picked.
  func view(_ layout: Layout) -> Layout { steps.reduce(layout) { $1.apply(to: $0) } }

  /// What `list` selects in a tensor of shape `whole`.
  init(_ list: [any TensorIndexing], in whole: [Int], op: StaticString) {
    let kinds = list.map(\.tensorIndex.kind)
    let taken = kinds.reduce(0) { $0 + $1.dimensions }
    require(
      taken <= whole.count,
      "\(opName(op)): the indices ask for \(taken) dimensions, but the shape is \(whole)")
    shape = whole
    var found: [Pick] = []
    var sawEllipsis = false
    // The dimension of the view that the next index applies to.
    var d = 0
    for kind in kinds {
      switch kind {
      case .integer(let index):
        select(d, index, op)
      case .slice(let from, let to, let step):
        slice(d, from, to, step, op)
        d += 1
      case .newAxis:
        step(.unsqueeze(dim: d))
        d += 1
      case .ellipsis:
        require(!sawEllipsis, "\(opName(op)): there is more than one ellipsis; write .all instead")
        sawEllipsis = true
        d += whole.count - taken
      case .tensor(let index) where index.dtype == .bool:
        if index.ndim == 0 { step(.unsqueeze(dim: d)) }
        found.append(mask(index, d, op))
        d = found.last!.dims.upperBound
      case .tensor(let index) where index.ndim == 0 && index.dtype.category == .integer:
        select(d, index.item(as: Int.self), op)
      case .tensor(let index):
        found.append(Pick(dims: d..<d + 1, index: index))
        d += 1
      }
    }
    if !found.isEmpty { pick(found, op) }
  }

  private mutating func step(_ step: Step) {
    steps.append(step)
    shape = step.apply(to: Layout(shape)).shape
  }

  private mutating func select(_ d: Int, _ index: Int, _ op: StaticString) {
    step(.select(dim: d, index: wrapped(index, d, of: shape, op: op)))
  }

  private mutating func slice(
    _ d: Int, _ from: Int?, _ to: Int?, _ step: Int, _ op: StaticString
  ) {
    require(
      step > 0, "\(opName(op)): the step of a slice is positive, but this one is \(step); use flip")
    let size = shape[d]
    func clamped(_ bound: Int) -> Int { max(0, min(size, bound < 0 ? bound + size : bound)) }
    let start = clamped(from ?? 0)
    let span = max(0, clamped(to ?? size) - start)
    let length = span / step + (span % step == 0 ? 0 : 1)
    if length < size { self.step(.slice(dim: d, start: start, length: length, step: step)) }
  }

  /// The indices where `mask` holds, in the dimensions from `d` on, flattened into one.
  private func mask(_ mask: Tensor, _ d: Int, _ op: StaticString) -> Pick {
    let dims = d..<d + max(mask.ndim, 1)
    require(
      mask.ndim == 0 || Array(shape[dims]) == mask.shape,
      """
      \(opName(op)): the mask, of shape \(mask.shape), indexes dimensions of sizes \
      \(Array(shape[dims])); they must agree
      """)
    return Pick(dims: dims, index: mask.positionsOfTrue())
  }

  private mutating func pick(_ found: [Pick], _ op: StaticString) {
    let areNeighbours = zip(found, found.dropFirst()).allSatisfy {
      $0.dims.upperBound == $1.dims.lowerBound
    }
    var found = found
    var order: [Int]?
    if !areNeighbours {
      let picked = found.flatMap(\.dims)
      order = picked + shape.indices.filter { !picked.contains($0) }
      var next = 0
      found = found.map { pick in
        defer { next += pick.dims.count }
        return Pick(dims: next..<next + pick.dims.count, index: pick.index)
      }
    }
    let places = Places(found, in: order?.map { shape[$0] } ?? shape, wraps: true, op: op)
    picks = Picks(order: order, places: places)
    shape = places.shape
  }
}

extension TensorIndex.Kind {
  /// The number of dimensions that the index consumes.
  fileprivate var dimensions: Int {
    switch self {
    case .integer, .slice: 1
    case .newAxis, .ellipsis: 0
    case .tensor(let index): index.dtype == .bool ? index.ndim : 1
    }
  }
}
