import Autograd

/// What ``RNN``, ``LSTM`` and ``GRU`` share: the parameters and the settings.
///
/// The parameters have PyTorch's names and order, for each layer and direction `weight_ih_l0`,
/// `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, with a projection `weight_hr_l0`; those of the reverse
/// direction end in `_reverse`. ``Module/getParameter(_:)`` finds one, ``allWeights`` has them all.
public class RecurrentLayer: Module {
  /// The size of a step of the input.
  public let inputSize: Int
  /// The size of the state of a layer and direction.
  public let hiddenSize: Int
  /// The number of layers; each one's output is the input of the next.
  public let numLayers: Int
  /// Whether there are biases.
  public let bias: Bool
  /// Whether inputs and outputs are [batch, steps, size].
  public let batchFirst: Bool
  /// The probability with which elements of the outputs of all layers but the last are dropped in
  /// training.
  public let dropout: Double
  /// Whether each layer also goes through the steps backwards.
  public let bidirectional: Bool
  /// The size of the projection of h; 0 if there is none.
  public let projSize: Int

  let kind: RecurrentKind
  private var slots: [(name: String, slot: Parameter<Tensor>)] = []

  private static let senselessDropout = Warning(
    """
    dropout acts on the outputs of all recurrent layers but the last, so it does nothing in a layer \
    with numLayers: 1
    """)

  init(
    _ kind: RecurrentKind, _ inputSize: Int, _ hiddenSize: Int, numLayers: Int, bias: Bool,
    batchFirst: Bool, dropout: Double, bidirectional: Bool, projSize: Int = 0, dtype: DType
  ) {
    let op = kind.name
    require(inputSize > 0, "\(op): inputSize must be positive, but it is \(inputSize)")
    require(hiddenSize > 0, "\(op): hiddenSize must be positive, but it is \(hiddenSize)")
    require(numLayers > 0, "\(op): numLayers must be positive, but it is \(numLayers)")
    require(
      dropout >= 0 && dropout <= 1,
      "\(op): dropout must be a probability in [0, 1], but it is \(dropout)")
    require(
      projSize >= 0 && projSize < hiddenSize,
      """
      \(op): projSize must be less than hiddenSize, \(hiddenSize), or 0 for no projection, but it is \
      \(projSize)
      """)
    if dropout > 0, numLayers == 1 { RecurrentLayer.senselessDropout.give() }
    self.kind = kind
    (self.inputSize, self.hiddenSize, self.numLayers) = (inputSize, hiddenSize, numLayers)
    (self.bias, self.batchFirst, self.dropout) = (bias, batchFirst, dropout)
    (self.bidirectional, self.projSize) = (bidirectional, projSize)
    super.init()
    let rows = product(kind.gates, hiddenSize)
    if numLayers > 1 << 20 {
      // The loop would take all memory before an allocation fails.
      let count = product(product(numLayers, directions), product(rows, stateSize))
      _ = Tensor.uninitialized([count], dtype, op: op)
    }
    for layer in 0..<numLayers {
      let inputs = layer == 0 ? inputSize : product(directions, stateSize)
      for suffix in bidirectional ? ["", "_reverse"] : [""] {
        func add(_ name: String, _ shape: [Int]) {
          let tensor = Tensor.uninitialized(shape, dtype, op: op)
          slots.append(("\(name)_l\(layer)\(suffix)", Parameter(wrappedValue: tensor)))
        }
        add("weight_ih", [rows, inputs])
        add("weight_hh", [rows, stateSize])
        if bias {
          add("bias_ih", [rows])
          add("bias_hh", [rows])
        }
        if projSize > 0 { add("weight_hr", [projSize, hiddenSize]) }
      }
    }
    resetParameters()
  }

  /// The product of two sizes, which must not overflow.
  private func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    require(
      !overflow, "\(kind.name): \(a) times \(b) units do not fit an integer; use smaller sizes")
    return product
  }

  /// Draws all parameters again, uniform in ±1/√hiddenSize.
  public func resetParameters() {
    let bound = 1 / Double(hiddenSize).squareRoot()
    for (_, slot) in slots { uniform_(slot.wrappedValue, a: -bound, b: bound) }
  }

  /// The parameters of each layer and direction.
  public var allWeights: [[Tensor]] {
    let tensors = slots.map(\.slot.wrappedValue)
    return stride(from: 0, to: tensors.count, by: perDirection).map {
      Array(tensors[$0..<$0 + perDirection])
    }
  }

  /// The number of parameters of a layer and direction.
  private var perDirection: Int { (bias ? 4 : 2) + (projSize > 0 ? 1 : 0) }
  var directions: Int { bidirectional ? 2 : 1 }
  /// The size of h.
  var stateSize: Int { projSize > 0 ? projSize : hiddenSize }

  public override var extraRepr: String {
    var text = "\(inputSize), \(hiddenSize)"
    if projSize != 0 { text += ", projSize: \(projSize)" }
    if numLayers != 1 { text += ", numLayers: \(numLayers)" }
    if !bias { text += ", bias: false" }
    if batchFirst { text += ", batchFirst: true" }
    if dropout != 0 { text += ", dropout: \(dropout)" }
    if bidirectional { text += ", bidirectional: true" }
    return text
  }

  public override var mapsTensorToTensor: Bool { false }

  // MARK: - The computation

  /// The states of all layers and directions, [layers · directions, sequences, size]; c with an LSTM.
  typealias States = (h: Tensor?, c: Tensor?)

  /// All layers: the output of the last, [rows, directions · state], and the last states.
  func layers(
    _ x: Tensor, _ steps: RecurrentSteps, _ states: States
  ) -> (output: Tensor, h: Tensor, c: Tensor?) {
    let (op, sequences, state) = (kind.name, steps.sequences, stateSize)
    let weights = allWeights
    for tensor in [x, states.h, states.c].compactMap({ $0 }) {
      require(
        tensor.dtype == weights[0][0].dtype,
        """
        \(op): inputs and states must have the type of the weights, \(weights[0][0].dtype), but one \
        is \(tensor.dtype); cast it, or convert the layer with to(.\(tensor.dtype))
        """)
    }
    var (output, h, c) = (x, [Tensor](), [Tensor]())
    for layer in 0..<numLayers {
      var outputs: [Tensor] = []
      for direction in 0..<directions {
        let index = layer * directions + direction
        let of = weights[index]
        let result = recurrence(
          kind,
          RecurrentOperands(
            x: output, inputWeight: of[0], hiddenWeight: of[1], inputBias: bias ? of[2] : nil,
            hiddenBias: bias ? of[3] : nil, projection: projSize > 0 ? of.last : nil,
            h: states.h?.select(dim: 0, index: index), c: states.c?.select(dim: 0, index: index)),
          steps, isReverse: direction == 1)
        var position = 0
        func next(_ shape: [Int]) -> Tensor {
          let count = shape[0] * shape[1]
          defer { position += count }
          return result.narrow(dim: 0, start: position, length: count).reshape(shape)
        }
        outputs.append(next([steps.rows, state]))
        h.append(next([sequences, state]))
        if kind == .lstm { c.append(next([sequences, hiddenSize])) }
      }
      output = directions == 1 ? outputs[0] : cat(outputs, dim: 1)
      if dropout > 0, isTraining, layer < numLayers - 1 {
        output = NN.dropout(output, p: dropout)
      }
    }
    return (output, stack(h), kind == .lstm ? stack(c) : nil)
  }

  /// The layers for a tensor of sequences of one length.
  func run(_ input: Tensor, _ states: States) -> (output: Tensor, h: Tensor, c: Tensor?) {
    let op = kind.name
    require(
      input.ndim == 2 || input.ndim == 3,
      """
      \(op): expected an input \(expectedInput) or, of one sequence, [steps, \(inputSize)], got the \
      shape \(input.shape)
      """)
    require(
      input.shape.last == inputSize,
      """
      \(op): the last dimension of the input must be inputSize, \(inputSize), but the shape is \
      \(input.shape)
      """)
    let isBatched = input.ndim == 3
    var x = isBatched ? input : input.unsqueeze(1)
    if isBatched, batchFirst { x = x.transpose(0, 1) }
    let (count, sequences) = (x.shape[0], x.shape[1])
    require(
      count > 0, "\(op): a sequence must have a step, but the shape of the input is \(input.shape)")
    let first = checked(states, sequences: isBatched ? sequences : nil)
    let rows = isBatched ? count * sequences : count
    let result = layers(
      x.reshape([rows, inputSize]),
      RecurrentSteps(sizes: Array(repeating: sequences, count: count)), first)
    var output = result.output.reshape([count, sequences, directions * stateSize])
    if !isBatched {
      return (output.squeeze(1), result.h.squeeze(1), result.c?.squeeze(1))
    }
    if batchFirst { output = output.transpose(0, 1) }
    return (output, result.h, result.c)
  }

  /// The layers for packed sequences.
  func run(
    _ input: PackedSequence, _ states: States
  ) -> (output: PackedSequence, h: Tensor, c: Tensor?) {
    require(
      input.data.ndim == 2 && input.data.shape[1] == inputSize,
      """
      \(kind.name): the data of a packed sequence must have the shape [rows, \(inputSize)], not \
      \(input.data.shape)
      """)
    var first = checked(states, sequences: input.batchSizes[0])
    if let sorted = input.sortedIndices {
      first = (first.h?.permutingSequences(sorted), first.c?.permutingSequences(sorted))
    }
    let result = layers(input.data, RecurrentSteps(sizes: input.batchSizes), first)
    let output = input.replacingData(result.output)
    guard let back = input.unsortedIndices else { return (output, result.h, result.c) }
    return (output, result.h.permutingSequences(back), result.c?.permutingSequences(back))
  }

  private var expectedInput: String {
    batchFirst ? "[batch, steps, \(inputSize)]" : "[steps, batch, \(inputSize)]"
  }

  /// The states, checked; with a dimension for the sequences if `sequences` is nil.
  private func checked(_ states: States, sequences: Int?) -> States {
    func checked(_ x: Tensor?, _ name: String, _ size: Int) -> Tensor? {
      guard let x else { return nil }
      let expected = [numLayers * directions] + (sequences.map { [$0] } ?? []) + [size]
      require(
        x.shape == expected,
        """
        \(kind.name): \(name) must have the shape \(expected), [layers · directions\
        \(sequences == nil ? "" : ", batch"), size], but it has \(x.shape)
        """)
      return sequences == nil ? x.unsqueeze(1) : x
    }
    return (
      checked(states.h, "the state h", stateSize), checked(states.c, "the state c", hiddenSize)
    )
  }
}

extension RecurrentLayer: ParameterContainer {
  var namedSlots: [(name: String, slot: any AnyParameter)] { slots.map { ($0, $1) } }
}

extension Tensor {
  /// States [layers, sequences, size] with the sequences in another order.
  fileprivate func permutingSequences(_ order: [Int]) -> Tensor {
    indexSelect(dim: 1, index: Tensor(order, shape: [order.count]))
  }
}
