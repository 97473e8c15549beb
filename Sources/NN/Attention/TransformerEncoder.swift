import Autograd

/// A layer of an encoder: self-attention, then two linear layers with an activation between them,
/// each added to its input and normalised (Vaswani et al., Attention is all you need, 2017).
///
/// ```swift
/// let layer = TransformerEncoderLayer(512, 8, batchFirst: true)
/// let y = layer(x)
/// ```
///
/// x = norm1(x + attention(x)), then norm2(x + linear2(activation(linear1(x)))); with `normFirst`
/// x + attention(norm1(x)), then x + linear2(activation(linear1(norm2(x)))). Parameters, their names
/// and initial values are PyTorch's.
public final class TransformerEncoderLayer: Module {
  /// The attention among the elements of a sequence.
  public let selfAttn: MultiheadAttention
  /// From `dModel` to `dimFeedforward` features.
  public let linear1: Linear
  /// Dropout after the activation.
  public let dropout: Dropout
  /// From `dimFeedforward` back to `dModel` features.
  public let linear2: Linear
  /// The normalisation of the attention.
  public let norm1: LayerNorm
  /// The normalisation of the linear layers.
  public let norm2: LayerNorm
  /// Dropout of what the attention adds.
  public let dropout1: Dropout
  /// Dropout of what the linear layers add.
  public let dropout2: Dropout

  let options: TransformerOptions

  /// A layer of `dModel` features.
  ///
  /// - Parameters:
  ///   - dModel: the number of features.
  ///   - nhead: the number of heads; it divides `dModel`.
  ///   - dimFeedforward: the number of features between the linear layers.
  ///   - dropout: the probability of each dropout.
  ///   - activation: the function between the linear layers.
  ///   - layerNormEps: what the normalisations add to the variance.
  ///   - batchFirst: whether inputs are [batch, length, dModel], else [length, batch, dModel];
  ///     [length, dModel] in either case.
  ///   - normFirst: whether the inputs of attention and linear layers are normalised, instead of the
  ///     sums.
  ///   - bias: whether linear layers and normalisations have a bias.
  ///   - dtype: the element type of the parameters.
  public convenience init(
    _ dModel: Int, _ nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
    activation: TransformerActivation = .relu, layerNormEps: Double = 1e-5,
    batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true, dtype: DType = .default
  ) {
    self.init(
      TransformerOptions(
        dModel: dModel, nhead: nhead, dimFeedforward: dimFeedforward, dropout: dropout,
        activation: activation, layerNormEps: layerNormEps, batchFirst: batchFirst,
        normFirst: normFirst, bias: bias, dtype: dtype), op: "TransformerEncoderLayer")
  }

  init(_ options: TransformerOptions, op: StaticString) {
    self.options = options
    selfAttn = named(op) { options.attention() }
    linear1 = named(op) { options.linear1() }
    dropout = named(op) { Dropout(options.dropout) }
    linear2 = named(op) { options.linear2() }
    norm1 = options.norm()
    norm2 = options.norm()
    dropout1 = Dropout(options.dropout)
    dropout2 = Dropout(options.dropout)
  }

  /// A layer with equal parameters, which draws nothing.
  func copy() -> TransformerEncoderLayer {
    Generator.withDefault(Generator(seed: 0)) {
      TransformerEncoderLayer(options, op: "TransformerEncoderLayer")
    }.copyState(from: self)
  }

  public override func forward(_ x: Tensor) -> Tensor { output(x, nil, nil, false) }

  /// The output for `src`.
  ///
  /// - Parameters:
  ///   - src: the sequences.
  ///   - srcMask: the `attnMask` of ``MultiheadAttention``: excludes keys where it is true.
  ///   - srcKeyPaddingMask: the `keyPaddingMask` of ``MultiheadAttention``.
  ///   - isCausal: that `srcMask` is the causal mask, which may then be nil.
  public func callAsFunction(
    _ src: Tensor, srcMask: Tensor? = nil, srcKeyPaddingMask: Tensor? = nil, isCausal: Bool = false
  ) -> Tensor {
    call(src, srcMask, srcKeyPaddingMask) { output($0, $1, $2, isCausal) }
  }

  private func output(
    _ src: Tensor, _ mask: Tensor?, _ padding: Tensor?, _ isCausal: Bool
  ) -> Tensor {
    func attention(_ x: Tensor) -> Tensor {
      dropout1(
        selfAttn(
          x, x, x, keyPaddingMask: padding, needWeights: false, attnMask: mask, isCausal: isCausal
        ).output)
    }
    func feedForward(_ x: Tensor) -> Tensor {
      dropout2(linear2(dropout(options.activation(linear1(x)))))
    }
    if options.normFirst {
      let x = src + attention(norm1(src))
      return x + feedForward(norm2(x))
    }
    let x = norm1(src + attention(src))
    return norm2(x + feedForward(x))
  }
}

/// A stack of encoder layers, each of which takes the output of the one before it.
public final class TransformerEncoder: Module {
  /// The layers.
  public let layers: [TransformerEncoderLayer]
  /// The normalisation of the last output; nil if there is none.
  public let norm: LayerNorm?

  /// A stack of copies of a layer, which start with equal parameters, as in PyTorch.
  ///
  /// - Parameters:
  ///   - encoderLayer: the layer; it is not part of the stack.
  ///   - numLayers: the number of copies.
  ///   - norm: the normalisation of the last output.
  ///   - enableNestedTensor: ignored. PyTorch's speed-up for padded sequences in evaluation, which
  ///     sets the outputs of padding to 0, does not exist here.
  public init(
    _ encoderLayer: TransformerEncoderLayer, numLayers: Int, norm: LayerNorm? = nil,
    enableNestedTensor: Bool = true
  ) {
    requireLayerCount(numLayers, op: "TransformerEncoder")
    layers = (0..<numLayers).map { _ in encoderLayer.copy() }
    self.norm = norm
  }

  public override func forward(_ x: Tensor) -> Tensor { output(x, nil, nil, false) }

  /// The output for `src`.
  ///
  /// - Parameters:
  ///   - src: the sequences.
  ///   - mask: the `attnMask` of ``MultiheadAttention``: excludes keys where it is true.
  ///   - srcKeyPaddingMask: the `keyPaddingMask` of ``MultiheadAttention``.
  ///   - isCausal: whether `mask` is the causal mask, which may then be nil; if nil, the mask is
  ///     compared with that.
  public func callAsFunction(
    _ src: Tensor, mask: Tensor? = nil, srcKeyPaddingMask: Tensor? = nil, isCausal: Bool? = nil
  ) -> Tensor {
    call(src, mask, srcKeyPaddingMask) {
      output($0, $1, $2, isCausal ?? isSquareCausal($1))
    }
  }

  private func output(
    _ src: Tensor, _ mask: Tensor?, _ padding: Tensor?, _ isCausal: Bool
  ) -> Tensor {
    let y = layers.reduce(src) { x, layer in
      layer(x, srcMask: mask, srcKeyPaddingMask: padding, isCausal: isCausal)
    }
    return norm.map { $0(y) } ?? y
  }
}
