// Porting aids: losses and other functions. See Modules.swift.

import Autograd

// MARK: - Losses: names

@available(*, unavailable, message: "use mseLoss(_:_:reduction:)")
public func mse_loss(_ x: Tensor, _ y: Tensor, reduction: Reduction = .mean) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use l1Loss(_:_:reduction:)")
public func l1_loss(_ x: Tensor, _ y: Tensor, reduction: Reduction = .mean) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use smoothL1Loss(_:_:beta:reduction:)")
public func smooth_l1_loss(
  _ x: Tensor, _ y: Tensor, reduction: Reduction = .mean, beta: Double = 1
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use huberLoss(_:_:delta:reduction:)")
public func huber_loss(
  _ x: Tensor, _ y: Tensor, reduction: Reduction = .mean, delta: Double = 1
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use crossEntropy(_:_:weight:labelSmoothing:reduction:)")
public func cross_entropy(
  _ x: Tensor, _ y: Tensor, weight: Tensor? = nil, ignore_index: Int = -100,
  reduction: Reduction = .mean, label_smoothing: Double = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use crossEntropy(_:_:weight:labelSmoothing:reduction:)")
public func crossEntropyLoss(_ x: Tensor, _ y: Tensor, reduction: Reduction = .mean) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use nllLoss(_:_:weight:ignoreIndex:reduction:)")
public func nll_loss(
  _ x: Tensor, _ y: Tensor, weight: Tensor? = nil, ignore_index: Int = -100,
  reduction: Reduction = .mean
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use binaryCrossEntropy(_:_:weight:reduction:)")
public func binary_cross_entropy(
  _ x: Tensor, _ y: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use binaryCrossEntropyWithLogits(_:_:weight:posWeight:)")
public func binary_cross_entropy_with_logits(
  _ x: Tensor, _ y: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean,
  pos_weight: Tensor? = nil
) -> Tensor { fatalError() }

// MARK: - Functions: names

@available(*, unavailable, message: "use maxPool2d(_:_:stride:padding:)")
public func max_pool2d(
  _ x: Tensor, _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use avgPool2d(_:_:stride:padding:)")
public func avg_pool2d(
  _ x: Tensor, _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "label the stride: maxPool2d(x, 2, stride: 2)")
public func maxPool2d(
  _ x: Tensor, _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "label the stride: avgPool2d(x, 2, stride: 2)")
public func avgPool2d(
  _ x: Tensor, _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use layerNorm(_:_:weight:bias:eps:)")
public func layer_norm(
  _ x: Tensor, _ normalizedShape: some IntList, weight: Tensor? = nil, bias: Tensor? = nil,
  eps: Double = 1e-5
) -> Tensor { fatalError() }

@available(*, unavailable, message: "label weight and bias: layerNorm(x, [3], weight: w, bias: b)")
public func layerNorm(
  _ x: Tensor, _ normalizedShape: some IntList, _ weight: Tensor?, _ bias: Tensor? = nil
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use batchNorm(_:runningMean:runningVar:weight:bias:training:)")
public func batch_norm(
  _ x: Tensor, _ mean: Tensor?, _ variance: Tensor?, weight: Tensor? = nil, bias: Tensor? = nil,
  training: Bool = false
) -> Tensor { fatalError() }

@available(*, unavailable, message: "label them: batchNorm(x, runningMean: m, runningVar: v)")
public func batchNorm(
  _ x: Tensor, _ mean: Tensor?, _ variance: Tensor?, weight: Tensor? = nil, bias: Tensor? = nil,
  training: Bool = false
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use oneHot(_:numClasses:)")
public func one_hot(_ x: Tensor, _ numClasses: Int = -1) -> Tensor { fatalError() }

@available(*, unavailable, message: "label the number: oneHot(x, numClasses: 3)")
public func oneHot(_ x: Tensor, _ numClasses: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "label the probability: dropout(x, p: 0.5)")
public func dropout(_ x: Tensor, _ p: Double, training: Bool = true) -> Tensor { fatalError() }

@available(*, unavailable, message: "use cosineSimilarity(_:_:dim:eps:)")
public func cosine_similarity(_ x1: Tensor, _ x2: Tensor, dim: Int = 1) -> Tensor { fatalError() }

@available(*, unavailable, message: "use pairwiseDistance(_:_:p:eps:keepdim:)")
public func pairwise_distance(_ x1: Tensor, _ x2: Tensor, p: Double = 2) -> Tensor { fatalError() }

extension Tensor {
  @available(*, unavailable, message: "use the function: pad(x, [1, 1], value: 0)")
  public func pad(_ padding: [Int], mode: PadMode = .constant, value: Double = 0) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use the function: oneHot(x, numClasses: 3)")
  public func oneHot(_ numClasses: Int = -1) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use the function: dropout(x, p: 0.5)")
  public func dropout(_ p: Double = 0.5, training: Bool = true) -> Tensor { fatalError() }
}

// MARK: - Initialisers

@available(*, unavailable, message: "label the numbers: normal_(x, mean: 0, std: 0.02)")
@discardableResult
public func normal_(_ x: Tensor, _ mean: Double, _ std: Double) -> Tensor { fatalError() }

@available(*, unavailable, message: "label the numbers: uniform_(x, a: -0.1, b: 0.1)")
@discardableResult
public func uniform_(_ x: Tensor, _ a: Double, _ b: Double) -> Tensor { fatalError() }

@available(*, unavailable, message: "use truncNormal_(x, mean: 0, std: 0.02)")
@discardableResult
public func trunc_normal_(_ x: Tensor, mean: Double = 0, std: Double = 1) -> Tensor { fatalError() }

@available(*, unavailable, message: "drop the label: constant_(x, 0)")
@discardableResult
public func constant_(_ x: Tensor, val: Double) -> Tensor { fatalError() }

@available(*, unavailable, message: "use xavierUniform_(x, gain: 1)")
@discardableResult
public func xavier_uniform_(_ x: Tensor, gain: Double = 1) -> Tensor { fatalError() }

@available(*, unavailable, message: "use xavierNormal_(x, gain: 1)")
@discardableResult
public func xavier_normal_(_ x: Tensor, gain: Double = 1) -> Tensor { fatalError() }

@available(
  *, unavailable, message: "use kaimingUniform_(x, a: 0, mode: .fanIn, nonlinearity: .relu)"
)
@discardableResult
public func kaiming_uniform_(
  _ x: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu
) -> Tensor { fatalError() }

@available(
  *, unavailable, message: "use kaimingNormal_(x, a: 0, mode: .fanIn, nonlinearity: .relu)"
)
@discardableResult
public func kaiming_normal_(
  _ x: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu
) -> Tensor { fatalError() }

// MARK: - Utilities

@available(*, unavailable, message: "use functionalCall(net, weights, x)")
public func functional_call(_ module: Module, _ tensors: [String: Tensor], _ x: Tensor) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use weightNorm(_:_:dim:)")
public func weight_norm(_ module: Module, _ name: String = "weight", dim: Int? = 0) -> Module {
  fatalError()
}

@available(*, unavailable, message: "use spectralNorm(_:_:nPowerIterations:)")
public func spectral_norm(_ module: Module, _ name: String = "weight") -> Module { fatalError() }

@available(*, unavailable, message: "make a new module: Net().copyState(from: net)")
public func deepcopy(_ module: Module) -> Module { fatalError() }

@available(
  *, unavailable, message: "there is no clipGradNorm_ yet; scale the gradients in noGrad { }"
)
public func clipGradNorm_(_ parameters: [Tensor], _ maxNorm: Double) -> Tensor { fatalError() }

@available(
  *, unavailable, message: "there is no clipGradNorm_ yet; scale the gradients in noGrad { }"
)
public func clipGradNorm_(_ parameters: [Tensor], maxNorm: Double) -> Tensor { fatalError() }

@available(
  *, unavailable, message: "there is no clipGradNorm_ yet; scale the gradients in noGrad { }"
)
public func clip_grad_norm_(_ parameters: [Tensor], _ maxNorm: Double) -> Tensor { fatalError() }
