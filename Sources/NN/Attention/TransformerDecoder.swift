import Autograd

/// A layer of a decoder: self-attention, attention to the output of an encoder, then two linear layers
/// with an activation between them, each added to its input and normalised (Vaswani et al., Attention
/// is all you need, 2017).
///
/// Parameters, their names and initial values are PyTorch's; see ``TransformerEncoderLayer``.
public final class TransformerDecoderLayer: Module {
  /// The attention among the elements of a sequence.
  public let selfAttn: MultiheadAttention
  /// The attention to the memory.
  public let multiheadAttn: MultiheadAttention
  /// From `dModel` to `dimFeedforward` features.
  public let linear1: Linear
  /// Dropout after the activation.
  public let dropout: Dropout
  /// From `dimFeedforward` back to `dModel` features.
  public let linear2: Linear
  /// The normalisation of the self-attention.
  public let norm1: LayerNorm
  /// The normalisation of the attention to the memory.
  public let norm2: LayerNorm
  /// The normalisation of the linear layers.
  public let norm3: LayerNorm
  /// Dropout of what the self-attention adds.
  public let dropout1: Dropout
  /// Dropout of what the attention to the memory adds.
  public let dropout2: Dropout
  /// Dropout of what the linear layers add.
  public let dropout3: Dropout

  let options: TransformerOptions

  /// A layer of `dModel` features; the parameters are those of ``TransformerEncoderLayer``.
  public convenience init(
    _ dModel: Int, _ nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
    activation: TransformerActivation = .relu, layerNormEps: Double = 1e-5,
    batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true, dtype: DType = .default
  ) {
    self.init(
      TransformerOptions(
        dModel: dModel, nhead: nhead, dimFeedforward: dimFeedforward, dropout: dropout,
        activation: activation, layerNormEps: layerNormEps, batchFirst: batchFirst,
        normFirst: normFirst, bias: bias, dtype: dtype), op: "TransformerDecoderLayer")
  }

  init(_ options: TransformerOptions, op: StaticString) {
    self.options = options
    selfAttn = named(op) { options.attention() }
    multiheadAttn = named(op) { options.attention() }
    linear1 = named(op) { options.linear1() }
    dropout = named(op) { Dropout(options.dropout) }
    linear2 = named(op) { options.linear2() }
    norm1 = options.norm()
    norm2 = options.norm()
    norm3 = options.norm()
    dropout1 = Dropout(options.dropout)
    dropout2 = Dropout(options.dropout)
    dropout3 = Dropout(options.dropout)
  }

  /// A layer with equal parameters, which draws nothing.
  func copy() -> TransformerDecoderLayer {
    Generator.withDefault(Generator(seed: 0)) {
      TransformerDecoderLayer(options, op: "TransformerDecoderLayer")
    }.copyState(from: self)
  }

  public override var mapsTensorToTensor: Bool { false }

  /// The output for `tgt`.
  ///
  /// - Parameters:
  ///   - tgt: the sequences.
  ///   - memory: the output of the encoder.
  ///   - tgtMask: the `attnMask` of the self-attention, see ``MultiheadAttention``: excludes keys
  ///     where it is true.
  ///   - memoryMask: the `attnMask` of the attention to the memory.
  ///   - tgtKeyPaddingMask: the `keyPaddingMask` of the self-attention.
  ///   - memoryKeyPaddingMask: the `keyPaddingMask` of the attention to the memory.
  ///   - tgtIsCausal: that `tgtMask` is the causal mask, which may then be nil.
  ///   - memoryIsCausal: the same of `memoryMask`.
  public func callAsFunction(
    _ tgt: Tensor, _ memory: Tensor, tgtMask: Tensor? = nil, memoryMask: Tensor? = nil,
    tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil,
    tgtIsCausal: Bool = false, memoryIsCausal: Bool = false
  ) -> Tensor {
    call(tgt, memory, tgtMask, memoryMask, tgtKeyPaddingMask, memoryKeyPaddingMask) {
      tgt, memory, tgtMask, memoryMask, tgtPadding, memoryPadding in
      func selfAttention(_ x: Tensor) -> Tensor {
        dropout1(
          selfAttn(
            x, x, x, keyPaddingMask: tgtPadding, needWeights: false, attnMask: tgtMask,
            isCausal: tgtIsCausal
          ).output)
      }
      func attention(_ x: Tensor) -> Tensor {
        dropout2(
          multiheadAttn(
            x, memory, memory, keyPaddingMask: memoryPadding, needWeights: false,
            attnMask: memoryMask, isCausal: memoryIsCausal
          ).output)
      }
      func feedForward(_ x: Tensor) -> Tensor {
        dropout3(linear2(dropout(options.activation(linear1(x)))))
      }
      if options.normFirst {
        var x = tgt + selfAttention(norm1(tgt))
        x = x + attention(norm2(x))
        return x + feedForward(norm3(x))
      }
      var x = norm1(tgt + selfAttention(tgt))
      x = norm2(x + attention(x))
      return norm3(x + feedForward(x))
    }
  }
}

/// A stack of decoder layers, each of which takes the output of the one before it.
public final class TransformerDecoder: Module {
  /// The layers.
  public let layers: [TransformerDecoderLayer]
  /// The normalisation of the last output; nil if there is none.
  public let norm: LayerNorm?

  /// A stack of copies of a layer, which start with equal parameters, as in PyTorch.
  ///
  /// - Parameters:
  ///   - decoderLayer: the layer; it is not part of the stack.
  ///   - numLayers: the number of copies.
  ///   - norm: the normalisation of the last output.
  public init(
    _ decoderLayer: TransformerDecoderLayer, numLayers: Int, norm: LayerNorm? = nil
  ) {
    requireLayerCount(numLayers, op: "TransformerDecoder")
    layers = (0..<numLayers).map { _ in decoderLayer.copy() }
    self.norm = norm
  }

  public override var mapsTensorToTensor: Bool { false }

  /// The output for `tgt`; the arguments are those of ``TransformerDecoderLayer``.
  ///
  /// - Parameters:
  ///   - tgt: the sequences.
  ///   - memory: the output of the encoder.
  ///   - tgtMask: excludes keys of the self-attention.
  ///   - memoryMask: excludes keys of the attention to the memory.
  ///   - tgtKeyPaddingMask: the padding of `tgt`.
  ///   - memoryKeyPaddingMask: the padding of `memory`.
  ///   - tgtIsCausal: whether `tgtMask` is the causal mask, which may then be nil; if nil, the mask
  ///     is compared with that.
  ///   - memoryIsCausal: that `memoryMask` is the causal mask.
  public func callAsFunction(
    _ tgt: Tensor, _ memory: Tensor, tgtMask: Tensor? = nil, memoryMask: Tensor? = nil,
    tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil,
    tgtIsCausal: Bool? = nil, memoryIsCausal: Bool = false
  ) -> Tensor {
    call(tgt, memory, tgtMask, memoryMask, tgtKeyPaddingMask, memoryKeyPaddingMask) {
      tgt, memory, tgtMask, memoryMask, tgtPadding, memoryPadding in
      let isCausal = tgtIsCausal ?? isSquareCausal(tgtMask)
      let y = layers.reduce(tgt) { x, layer in
        layer(
          x, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtPadding,
          memoryKeyPaddingMask: memoryPadding, tgtIsCausal: isCausal,
          memoryIsCausal: memoryIsCausal)
      }
      return norm.map { $0(y) } ?? y
    }
  }
}
