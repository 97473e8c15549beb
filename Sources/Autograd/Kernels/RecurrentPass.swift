import CKernels

/// One pass through a layer, and what its gradients need of it. Off the tape.
///
/// The result is one tensor: h after each step [rows, state], if wanted, then h after the last step
/// of each sequence [sequences, state], then with an LSTM c [sequences, hidden].
package final class RecurrentPass {
  private let kind: RecurrentKind
  private let steps: RecurrentSteps
  private let isReverse: Bool
  private let hidden: Int, state: Int
  /// Where h and c after the last steps begin in the result.
  private let hPosition: Int, cPosition: Int

  private let dtype: DType
  /// What the gradients need of the gates, [rows, gates · hidden], and of other values, [rows,
  /// hidden].
  private var gates, cells, squashed, candidates, projected: Tensor?
  private var last: (gradient: Tensor, version: Int, walk: Walk)?

  private init(
    _ kind: RecurrentKind, _ steps: RecurrentSteps, isReverse: Bool, _ weights: RecurrentWeights,
    wantsOutput: Bool
  ) {
    (self.kind, self.steps, self.isReverse) = (kind, steps, isReverse)
    dtype = weights.hidden.dtype
    hidden = weights.hidden.shape[0] / kind.gates
    state = weights.hidden.shape[1]
    hPosition = wantsOutput ? steps.rows * state : 0
    cPosition = hPosition + steps.sequences * state
  }

  private var gatesShape: [Int] { [steps.rows, kind.gates * hidden] }
  private func new(_ shape: [Int]) -> Tensor {
    Tensor(uninitialized: shape, dtype, op: kind.name)
  }

  /// The pass, and its result.
  ///
  /// - Parameters:
  ///   - x: the inputs [rows, inputs].
  ///   - h: the states before the first step, [sequences, state]; zeros if nil.
  ///   - c: those of an LSTM, [sequences, hidden].
  ///   - wantsOutput: whether the result has h after each step.
  ///   - saves: whether gradients will be asked for.
  package static func run(
    _ kind: RecurrentKind, _ x: Tensor, _ steps: RecurrentSteps, isReverse: Bool,
    _ weights: RecurrentWeights, h: Tensor?, c: Tensor?, wantsOutput: Bool, saves: Bool
  ) -> (pass: RecurrentPass, result: Tensor) {
    let pass = RecurrentPass(kind, steps, isReverse: isReverse, weights, wantsOutput: wantsOutput)
    return (pass, pass.result(x, weights, h: h, c: c, wantsOutput: wantsOutput, saves: saves))
  }

  private func result(
    _ x: Tensor, _ weights: RecurrentWeights, h: Tensor?, c: Tensor?, wantsOutput: Bool,
    saves: Bool
  ) -> Tensor {
    let result = new([cPosition + (kind == .lstm ? steps.sequences * hidden : 0)])
    result.setPart(hPosition, steps.sequences * state, to: h)
    if kind == .lstm { result.setPart(cPosition, steps.sequences * hidden, to: c) }
    if saves {
      func rows() -> Tensor { new([steps.rows, hidden]) }
      if kind == .lstm { (cells, squashed) = (rows(), rows()) }
      if kind == .gru { candidates = rows() }
      if weights.projection != nil { projected = rows() }
    }
    let (input, recurrent) = (weights.input.transposedAlias, weights.hidden.transposedAlias)
    let state = result.part(hPosition, [steps.sequences, state])
    var packed: (input: PackedMatrix?, recurrent: PackedMatrix?), products: Tensor?
    let x = x.compacted()
    // The kernel multiplies the inputs of one step at a time, which are then in the cache with the
    // gates, if they are several rows.
    let isByStep = steps.count > 1 && steps.sequences >= 8 * parts.count && x.shape[1] > 0
    gates = saves || !isByStep ? new(gatesShape) : nil
    if isByStep {
      packed.input = PackedMatrix(input, op: kind.name)
    } else {
      MatrixProduct.run(x, input, into: gates!)
    }
    if steps.count > 1 {
      packed.recurrent = PackedMatrix(recurrent, op: kind.name)
    } else if kind == .gru {
      products = h == nil ? .zerosLike(gates!) : new(gatesShape)
      if h != nil { MatrixProduct.run(state, recurrent, into: products!) }
    } else if h != nil {
      MatrixProduct.run(state, recurrent, into: gates!, accumulate: true)
    }
    var call = call(weights)
    (call.x, call.inputs) = (UnsafeRawPointer(x.base), Int64(x.shape[1]))
    (call.input_weight, call.weight) = (packed.input?.base, packed.recurrent?.base)
    call.products = products.map { UnsafeRawPointer($0.base) }
    call.h = result.address(hPosition)
    if h != nil { call.first_h = UnsafeRawPointer(call.h) }
    if kind == .lstm { call.c = result.address(cPosition) }
    call.output = wantsOutput ? result.base : nil
    let biases = (weights.inputBias?.compacted(), weights.hiddenBias?.compacted())
    call.input_bias = biases.0.map { UnsafeRawPointer($0.base) }
    call.hidden_bias = biases.1.map { UnsafeRawPointer($0.base) }
    let projection = weights.projection.map { PackedMatrix($0.transposedAlias, op: kind.name) }
    call.projection = projection?.base
    launch(
      call, Kernels.recurrent(kind.c, dtype), Kernels.table(dtype).pointee.recurrent_workspace,
      (x, result, packed, products, projection, biases))
    if !saves { gates = nil }
    return result
  }

  // MARK: - Gradients

  /// What the gradients read besides what the pass has saved.
  package struct Inputs {
    let weights: RecurrentWeights
    /// The inputs, unless no gradient of the weights is wanted.
    let x: Tensor?
    let result: Tensor
    let h, c: Tensor?
    package init(
      weights: RecurrentWeights, x: Tensor?, result: Tensor, h: Tensor?, c: Tensor?
    ) {
      (self.weights, self.x, self.result, self.h, self.c) = (weights, x, result, h, c)
    }
  }

  package func xGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor {
    product(walk(g, inputs).input, inputs.weights.input)
  }
  package func hGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor { walk(g, inputs).h }
  package func cGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor { walk(g, inputs).c! }
  package func inputWeightGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor {
    walk(g, inputs).weights.input
  }
  package func hiddenWeightGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor {
    walk(g, inputs).weights.hidden
  }
  package func inputBiasGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor {
    walk(g, inputs).inputBias
  }
  package func hiddenBiasGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor {
    walk(g, inputs).hiddenBias
  }
  package func projectionGradient(_ g: Tensor, _ inputs: Inputs) -> Tensor {
    product(walk(g, inputs).output!.transposedAlias, projected!)
  }

  /// The walk for the gradient `g` of the result; the last one is kept, since the gradients of
  /// several inputs need it.
  private func walk(_ g: Tensor, _ inputs: Inputs) -> Walk {
    if let last, last.gradient === g, last.version == g.storage.version { return last.walk }
    let walk = newWalk(g.cast(to: dtype).compacted(), inputs)
    last = (g, g.storage.version, walk)
    return walk
  }

  private func newWalk(_ g: Tensor, _ inputs: Inputs) -> Walk {
    let weights = inputs.weights
    let inputGradient = new(gatesShape)
    let hiddenGradient = kind == .gru ? new(gatesShape) : inputGradient
    // h before each step; in one matrix with the inputs, if one product gives the gradients of both
    // weights.
    let inputCount = kind == .gru ? 0 : inputs.x?.shape[1] ?? 0
    let previous = new([steps.rows, inputCount + state])
    if inputCount > 0 { previous.columns(0, inputCount).assign(inputs.x!) }
    let output = weights.projection == nil ? nil : new([steps.rows, state])
    let h = g.part(hPosition, [steps.sequences, state]).copied()
    let c = kind == .lstm ? g.part(cPosition, [steps.sequences, hidden]).copied() : nil
    let first = (inputs.h?.compacted(), inputs.c?.compacted())
    var call = call(weights)
    (call.input_grad, call.hidden_grad) = (inputGradient.base, hiddenGradient.base)
    (call.previous, call.output_grad) = (previous.address(inputCount), output?.base)
    call.previous_row = Int64(inputCount + state)
    call.wants_h_grad = inputs.h == nil ? 0 : 1
    (call.h_grad, call.c_grad) = (h.base, c?.base)
    call.first_h = first.0.map { UnsafeRawPointer($0.base) }
    call.first_c = first.1.map { UnsafeRawPointer($0.base) }
    if hPosition > 0 {
      call.g = UnsafeRawPointer(g.base)
      call.output = inputs.result.base
    }
    let packed = steps.count > 1 ? PackedMatrix(weights.hidden, op: kind.name) : nil
    call.weight = packed?.base
    let projection = weights.projection.map { PackedMatrix($0, op: kind.name) }
    call.projection = projection?.base
    launch(
      call, Kernels.recurrentGradient(kind.c, dtype),
      Kernels.table(dtype).pointee.recurrent_grad_workspace,
      (
        g, inputs.result, first, inputGradient, hiddenGradient, previous, output, h, c, packed,
        projection
      ))
    if steps.count == 1, inputs.h != nil {
      MatrixProduct.run(hiddenGradient, weights.hidden, into: h, accumulate: kind == .gru)
    }
    return Walk(
      input: inputGradient, hidden: hiddenGradient, x: inputs.x, previous: previous,
      inputCount: inputCount, output: output, h: h, c: c)
  }

  // MARK: - The kernel

  private func call(_ weights: RecurrentWeights) -> ck_recurrent {
    var call = ck_recurrent()
    call.steps = Int64(steps.count)
    (call.hidden, call.state) = (Int64(hidden), Int64(state))
    call.is_reverse = isReverse ? 1 : 0
    call.gates = gates?.base
    (call.cells, call.squashed) = (cells?.base, squashed?.base)
    (call.candidates, call.projected) = (candidates?.base, projected?.base)
    return call
  }

  /// Runs the kernel for all sequences: each is computed in the same way whatever others are computed
  /// with it.
  private func launch<Operands>(
    _ call: ck_recurrent, _ function: ck_recurrent_fn,
    _ workspaceSize: ck_recurrent_workspace_fn, _ operands: Operands
  ) {
    let parts = parts
    let offsets = steps.offsets.map { Int64($0) }
    offsets.withUnsafeBufferPointer { offsets in
      Autograd.launch((self, operands), units: parts.count, atLeast: 1) { range in
        for i in range {
          var call = call
          call.offset = offsets.baseAddress
          (call.begin, call.end) = (Int64(parts[i].lowerBound), Int64(parts[i].upperBound))
          let bytes = Int(workspaceSize(&call, kind.c))
          guard let workspace = Memory.allocate(bytes) else {
            fail("\(opName(kind.name)): out of memory for a workspace of \(bytes) bytes")
          }
          defer { Memory.release(workspace, bytes) }
          function(&call, workspace)
        }
      }
    }
  }

  /// The sequences, divided among the threads so that each has about as many rows.
  private var parts: [Range<Int>] {
    let work = Double(steps.rows) * Double(kind.gates * hidden) * Double(state + 64)
    let wanted = Swift.min(Double(Threads.count), work / Cost.ofThreadInMultiplications)
    let threads = Swift.max(1, Swift.min(Int(wanted), steps.sequences))
    if steps.sequences == 0 || steps.rows == 0 { return [] }
    if threads == 1 { return [0..<steps.sequences] }
    var bounds = [0]
    if steps.size(steps.count - 1) == steps.sequences {
      bounds += (1...threads).map { steps.sequences * $0 / threads }
    } else {
      var lengths = Array(repeating: 0, count: steps.sequences)
      for t in 0..<steps.count { for b in 0..<steps.size(t) { lengths[b] += 1 } }
      var rows = 0
      for (b, length) in lengths.enumerated() {
        rows += length
        let end = steps.rows * bounds.count / threads
        if rows >= end, bounds.count < threads { bounds.append(b + 1) }
      }
      bounds.append(steps.sequences)
    }
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }.filter { !$0.isEmpty }
  }
}

/// The gradients that one walk over the steps gives, and what follows from them.
private final class Walk {
  /// Of x·W_ihᵀ and of h·W_hhᵀ, [rows, gates · hidden]; the same tensor unless the layer is a GRU.
  let input, hidden: Tensor
  /// Of h after each step with a projection, [rows, state].
  let output: Tensor?
  /// Of the states before the first step.
  let h: Tensor, c: Tensor?
  private let x: Tensor?, previous: Tensor, inputCount: Int

  init(
    input: Tensor, hidden: Tensor, x: Tensor?, previous: Tensor, inputCount: Int, output: Tensor?,
    h: Tensor, c: Tensor?
  ) {
    (self.input, self.hidden, self.output, self.h, self.c) = (input, hidden, output, h, c)
    (self.x, self.previous, self.inputCount) = (x, previous, inputCount)
  }

  /// Of W_ih and W_hh.
  private(set) lazy var weights: (input: Tensor, hidden: Tensor) = {
    if inputCount == 0 {
      return (product(input.transposedAlias, x!), product(hidden.transposedAlias, previous))
    }
    let both = product(input.transposedAlias, previous)
    let state = both.shape[1] - inputCount
    return (both.columns(0, inputCount).copied(), both.columns(inputCount, state).copied())
  }()

  /// Of b_ih and b_hh.
  private(set) lazy var inputBias = input.reduced(.sum, [0], keepdim: false, op: "sum")
  private(set) lazy var hiddenBias =
    hidden === input ? inputBias : hidden.reduced(.sum, [0], keepdim: false, op: "sum")
}

/// a·b, also if there are no rows.
private func product(_ a: Tensor, _ b: Tensor) -> Tensor {
  let y = Tensor(uninitialized: [a.shape[0], b.shape[1]], a.dtype)
  if a.shape[1] == 0 { return .zerosLike(y) }
  MatrixProduct.run(a, b, into: y)
  return y
}

extension Tensor {
  /// The elements from `position` on of this contiguous tensor, in another shape; off the tape.
  fileprivate func part(_ position: Int, _ shape: [Int]) -> Tensor {
    alias(Layout(shape, offset: layout.offset + position))
  }

  /// Columns of this contiguous matrix; off the tape.
  fileprivate func columns(_ first: Int, _ count: Int) -> Tensor {
    alias(Layout([shape[0], count], strides: [shape[1], 1], offset: layout.offset + first))
  }

  /// The transposed matrix; off the tape.
  fileprivate var transposedAlias: Tensor { alias(layout.exchanged(0, 1)) }

  /// Sets `count` elements from `position` on of this contiguous tensor to those of `values`, or 0.
  fileprivate func setPart(_ position: Int, _ count: Int, to values: Tensor?) {
    guard count > 0 else { return }
    if let values {
      let source = values.compacted()
      address(position).copyMemory(from: source.base, byteCount: count * dtype.itemSize)
      withExtendedLifetime(source) {}
    } else {
      address(position).initializeMemory(
        as: UInt8.self, repeating: 0, count: count * dtype.itemSize)
    }
  }
}
