import CKernels

// Attention of a batch of heads, without the matrix of weights in memory.

/// Scaled dot-product attention: softmax(scale·q·kᵀ + mask)·v for q [..., L, E], k [..., S, E] and
/// v [..., S, V], all of one floating-point type and off the tape.
///
/// No size is 0. The leading dimensions, `batch`, are what those of all operands broadcast to.
package struct Attention {
  fileprivate let batch: [Int]
  fileprivate let scale: Double
  fileprivate let isCausal: Bool

  /// - Parameter isCausal: whether query i sees keys 0 … i only.
  package init(batch: [Int], scale: Double, isCausal: Bool) {
    self.batch = batch
    self.scale = scale
    self.isCausal = isCausal
  }

  /// The tensors of the forward pass that the gradients need.
  package struct Inputs {
    let q, k, v: Tensor
    let mask: Tensor?

    /// - Parameter mask: of the dtype of q; broadcasts to [..., L, S].
    package init(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor?) {
      (self.q, self.k, self.v, self.mask) = (q, k, v, mask)
    }

    fileprivate var queries: Int { q.shape[q.ndim - 2] }
    fileprivate var keys: Int { k.shape[k.ndim - 2] }
  }

  /// The result, [..., L, V], whose dimensions lie in memory in the order of those of q, and
  /// ln Σ exp of the scores of each query.
  package func forward(_ x: Inputs, op: StaticString) -> (y: Tensor, logSums: Tensor) {
    let y = Tensor.uninitialized(
      batch + [x.queries, x.v.shape[x.v.ndim - 1]], x.q.dtype, inOrderOf: x.q, op: op)
    let logSums = Tensor(uninitialized: batch + [x.queries], x.q.dtype, op: op)
    let call = Call(self, x, y: y, logSums: logSums)
    let table = Kernels.table(x.q.dtype).pointee
    let units = call.heads * Int(table.attention_blocks(Int64(x.queries)))
    call.run(table.attention, units: units, work: call.work, op: op)
    return (y, logSums)
  }

  /// The gradients of q, k and v for the gradient `g` of the result `y`, in the shapes to which
  /// their leading dimensions broadcast; nil for those that are not wanted.
  package func gradients(
    _ g: Tensor, of x: Inputs, y: Tensor, logSums: Tensor, wanted: [Bool], op: StaticString
  ) -> [Tensor?] {
    func gradient(_ i: Int, _ x: Tensor) -> Tensor? {
      guard wanted[i] else { return nil }
      return .uninitialized(batch + x.shape.suffix(2), x.dtype, inOrderOf: x, op: op)
    }
    let chunks = chunks(x.keys)
    let parts = wanted[0] && chunks > 1 ? [chunks] + batch + x.q.shape.suffix(2) : nil
    let dq = parts.map { Tensor(uninitialized: $0, x.q.dtype, op: op) } ?? gradient(0, x.q)
    let (dk, dv) = (gradient(1, x.k), gradient(2, x.v))
    let call = Call(
      self, x, y: y, logSums: logSums, g: g.to(x.q.dtype), dq: dq, dk: dk, dv: dv, chunks: chunks)
    let table = Kernels.table(x.q.dtype).pointee
    call.run(table.attention_grad, units: call.heads * chunks, work: 2.5 * call.work, op: op)
    return [parts == nil ? dq : dq?.reduced(.sum, [0], keepdim: false, op: op), dk, dv]
  }

  /// Into how many chunks the keys of a head are divided for the gradients: with few heads, so many
  /// that several threads have work. It depends on the sizes only, so the bits do not depend on the
  /// number of threads.
  private func chunks(_ keys: Int) -> Int {
    let heads = batch.reduce(1, *)
    return heads >= 8 ? 1 : Swift.max(1, Swift.min((8 + heads - 1) / heads, keys / 128))
  }
}

extension Tensor {
  /// A tensor of uninitialised elements. If its leading dimensions are those of `other`, all but the
  /// last lie in memory in the same order, so that views of heads stay views.
  fileprivate static func uninitialized(
    _ shape: [Int], _ dtype: DType, inOrderOf other: Tensor, op: StaticString
  ) -> Tensor {
    guard let strides = other.layout.strides, other.shape.dropLast() == shape.dropLast() else {
      return Tensor(uninitialized: shape, dtype, op: op)
    }
    let leading = Array(0..<(shape.count - 1))
    let order = leading.sorted { a, b in
      (strides[b].magnitude, a) < (strides[a].magnitude, b)
    }
    let x = Tensor(
      uninitialized: order.map { shape[$0] } + shape.suffix(1), dtype, op: op)
    let places = leading.map { order.firstIndex(of: $0)! }
    return x.alias(x.layout.permuted(places + [shape.count - 1]))
  }
}

// MARK: - The call

/// A matrix for each head.
private struct Heads {
  let tensor: Tensor
  let row: Int
  let column: Int
  /// Where each matrix begins, relative to the first element.
  let starts: [Int64]

  /// The matrices of `x`, broadcast to the leading dimensions `batch`, and to `size` if given. The
  /// columns are made adjacent unless `anyColumn`.
  init(_ x: Tensor, batch: [Int], size: [Int]? = nil, anyColumn: Bool = false) {
    let rank = x.ndim
    let isAdjacent =
      anyColumn || x.layout.isContiguous || x.shape[rank - 1] == 1
      || x.layout.stride(rank - 1) == 1
    tensor = isAdjacent ? x : x.compacted()
    let layout = tensor.layout.broadcast(to: batch + (size ?? Array(x.shape.suffix(2))))
    let strides = layout.explicitStrides
    (row, column) = (strides[batch.count], strides[batch.count + 1])
    starts = zip(batch, strides).reduce([0]) { starts, dim in
      starts.flatMap { start in (0..<dim.0).map { start + Int64($0 * dim.1) } }
    }
  }
}

/// The operands of the kernels; see attention.h.
private struct Call {
  let heads: Int
  /// The multiplications of the forward pass, in floating point against overflow.
  let work: Double
  private let q, k, v, y: Heads
  private let mask, g, dq, dk, dv: Heads?
  private let logSums: Tensor
  private var call = ck_attention()

  init(
    _ attention: Attention, _ x: Attention.Inputs, y: Tensor, logSums: Tensor, g: Tensor? = nil,
    dq: Tensor? = nil, dk: Tensor? = nil, dv: Tensor? = nil, chunks: Int = 1
  ) {
    let batch = attention.batch
    func matrices(_ x: Tensor) -> Heads { Heads(x, batch: batch) }
    heads = batch.reduce(1, *)
    (q, k, v, self.y) = (matrices(x.q), matrices(x.k), matrices(x.v), matrices(y))
    mask = x.mask.map {
      Heads($0, batch: batch, size: [x.queries, x.keys], anyColumn: true)
    }
    // The parts of chunked gradients of q have one more dimension.
    self.dq = dq.map { chunks == 1 ? matrices($0) : matrices($0.alias($0.layout.selected(0, 0))) }
    (self.g, self.dk, self.dv) = (g.map(matrices), dk.map(matrices), dv.map(matrices))
    self.logSums = logSums
    let (width, valueWidth) = (x.q.shape[x.q.ndim - 1], x.v.shape[x.v.ndim - 1])
    work =
      Double(heads) * Double(x.queries) * Double(x.keys) * Double(width + valueWidth)
      / (attention.isCausal ? 2 : 1)
    (call.queries, call.keys) = (Int64(x.queries), Int64(x.keys))
    (call.width, call.value_width) = (Int64(width), Int64(valueWidth))
    call.is_causal = attention.isCausal ? 1 : 0
    call.scale = attention.scale
    call.mask_column = Int64(mask?.column ?? 0)
    call.lse = logSums.base
    call.chunks = Int64(chunks)
    call.dq_chunk = Int64(heads * x.queries * width)
  }

  /// Runs `function` on its units, which cost `work` multiplications together.
  func run(_ function: ck_attention_fn, units: Int, work: Double, op: StaticString) {
    let threads = Swift.max(
      1, Int(Swift.min(Double(Threads.count), work / Cost.ofThreadInMultiplications)))
    let bytes = withOperands { Int(Kernels.table(q.tensor.dtype).pointee.attention_workspace($0)) }
    launch(self, units: units, atLeast: (units + threads - 1) / threads) { part in
      guard let workspace = Memory.allocate(bytes) else {
        fail("\(opName(op)): out of memory for a workspace of \(bytes) bytes")
      }
      defer { Memory.release(workspace, bytes) }
      withOperands {
        function($0, Int64(part.lowerBound), Int64(part.upperBound), workspace)
      }
    }
  }

  /// Calls `body` with the operands, whose lists of starts have addresses meanwhile.
  private func withOperands<R>(_ body: (UnsafePointer<ck_attention>) -> R) -> R {
    var call = call
    let operands: [(WritableKeyPath<ck_attention, ck_heads>, Heads?)] = [
      (\.q, q), (\.k, k), (\.v, v), (\.mask, mask), (\.y, y), (\.g, g), (\.dq, dq), (\.dk, dk),
      (\.dv, dv),
    ]
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: operands.count * heads) {
      starts in
      for (i, (path, matrices)) in operands.enumerated() {
        guard let matrices else { continue }
        let at = starts.baseAddress! + i * heads
        at.initialize(from: matrices.starts, count: heads)
        call[keyPath: path] = ck_heads(
          base: matrices.tensor.base, at: at, row: Int64(matrices.row))
      }
      return body(&call)
    }
  }
}

// MARK: - Gradients of one pass

/// The gradients of several inputs that one kernel computes: they are kept from the first rule of a
/// backward pass that asks for one until the others have taken theirs.
package final class SharedGradients {
  private let wanted: [Bool]
  private var last: (gradient: Tensor, version: Int, results: [Tensor?])?

  /// - Parameter wanted: the inputs that have a rule.
  package init(wanted: [Bool]) { self.wanted = wanted }

  /// The gradient of input `i` for the gradient `g` of the output; `compute` returns those of all
  /// inputs that are wanted.
  package func take(_ i: Int, for g: Tensor, _ compute: (_ wanted: [Bool]) -> [Tensor?]) -> Tensor {
    if last?.gradient !== g || last?.version != g.storage.version || last?.results[i] == nil {
      last = (g, g.storage.version, compute(wanted))
    }
    let result = last!.results[i]!
    last!.results[i] = nil
    if last!.results.allSatisfy({ $0 == nil }) { last = nil }
    return result
  }
}
