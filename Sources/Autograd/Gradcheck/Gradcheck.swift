// Gradient checks: recorded derivatives against finite differences.

/// Which derivatives a gradient check compares.
public enum GradcheckMode: Sendable {
  /// Whole Jacobians: each element of each output with respect to each element of each input.
  case full
  /// Products vᵀ·J·u with `directions` pairs of random unit vectors u and v, for inputs with large
  /// Jacobians. The vectors depend on `seed` only.
  case directional(seed: UInt64 = 0, directions: Int = 1)
}

/// Compares the recorded gradients of `function` with finite differences: PyTorch's `gradcheck`.
///
/// An analytic derivative a, found by a backward pass, agrees with the numeric one,
/// n = (f(x + eps) − f(x − eps)) / 2eps, if |a − n| ≤ atol + rtol·|n|.
///
/// ```swift
/// let x = Tensor([0.5, -1], dtype: .float64, requiresGrad: true)
/// try gradcheck({ $0[0].exp() }, [x])
/// ```
///
/// It also checks that the function and its backward pass are deterministic, that gradients have
/// the shape and dtype of their inputs, that numeric derivatives are zero where none is recorded,
/// and that an output gradient of zeros gives zeros.
///
/// The inputs that require a gradient are checked. They must be float64, because rounding in
/// float32 exceeds the differences: cast with `to(.float64)`. They must not be expanded, because
/// changing one element would change others: expand inside the function. The function is called
/// with new copies of the same strides, so the given tensors and their `grad` never change. Integer
/// and bool outputs are ignored.
///
/// Unlike in PyTorch, a floating-point output that depends on an input but records nothing is an
/// error, because a forgotten derivative looks like that. Do not return detached results.
///
/// - Parameters:
///   - function: maps copies of `inputs` to the outputs; must be deterministic.
///   - inputs: where to check; choose points away from kinks.
///   - eps: the step of the finite differences.
///   - atol: the absolute tolerance; for directions it is multiplied by |u|₁·|v|₁.
///   - rtol: the relative tolerance.
///   - nondetTol: the greatest difference allowed between two runs.
///   - mode: whole Jacobians, or random directions.
/// - Returns: how well the derivatives agree.
/// - Throws: ``GradcheckError``: the greatest difference, or why the inputs cannot be checked.
@discardableResult
public func gradcheck(
  _ function: @escaping ([Tensor]) -> [Tensor], _ inputs: [Tensor], eps: Double = 1e-6,
  atol: Double = 1e-5,
  rtol: Double = 1e-3, nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  let check = GradientCheck(
    function: function, inputs: inputs, names: .first, eps: eps, atol: atol, rtol: rtol,
    nondetTol: nondetTol, mode: mode)
  return try check.run()
}

/// Compares the recorded gradients of a function with one output with finite differences.
@discardableResult
public func gradcheck(
  _ function: @escaping ([Tensor]) -> Tensor, _ inputs: [Tensor], eps: Double = 1e-6,
  atol: Double = 1e-5,
  rtol: Double = 1e-3, nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  try gradcheck(
    { [function($0)] }, inputs, eps: eps, atol: atol, rtol: rtol, nondetTol: nondetTol, mode: mode)
}

/// Compares the recorded gradients of a function of one tensor with finite differences:
/// `try gradcheck({ $0.exp() }, x)`.
@discardableResult
public func gradcheck(
  _ function: @escaping (Tensor) -> Tensor, _ input: Tensor, eps: Double = 1e-6,
  atol: Double = 1e-5,
  rtol: Double = 1e-3, nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  try gradcheck(
    { [function($0[0])] }, [input], eps: eps, atol: atol, rtol: rtol, nondetTol: nondetTol,
    mode: mode)
}

/// Compares the recorded second derivatives of `function` with finite differences of its gradients:
/// PyTorch's `gradgradcheck`.
///
/// It runs `gradcheck` on the function that maps the inputs and a gradient of each output to the
/// gradients of the inputs. Run `gradcheck` on `function` first.
///
/// - Parameters:
///   - function: maps copies of `inputs` to the outputs; must be deterministic.
///   - inputs: where to check; those that require a gradient are float64 and not expanded.
///   - gradOutputs: the gradients of the outputs that require one; by default random numbers.
///   - seed: the seed of the random gradients.
///   - eps: the step of the finite differences.
///   - atol: the absolute tolerance; for directions it is multiplied by |u|₁·|v|₁.
///   - rtol: the relative tolerance.
///   - nondetTol: the greatest difference allowed between two runs.
///   - mode: whole Jacobians, or random directions.
/// - Returns: how well the derivatives agree.
/// - Throws: the worst disagreement, or what the inputs lack.
@discardableResult
public func gradgradcheck(
  _ function: @escaping ([Tensor]) -> [Tensor], _ inputs: [Tensor], gradOutputs: [Tensor]? = nil,
  seed: UInt64 = 0, eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3,
  nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  let first = GradientCheck(
    function: function, inputs: inputs, names: .first, eps: eps, atol: atol, rtol: rtol,
    nondetTol: nondetTol, mode: mode)
  try first.validate()
  let outputs = first.call()
  let recorded = outputs.indices.filter { outputs[$0].requiresGrad }
  guard !recorded.isEmpty else {
    throw GradcheckError(
      .notRecorded, names: .first,
      "no output requires a gradient; return an output of an op that records a derivative")
  }
  var random = ProbeGenerator(seed: seed)
  let cotangents =
    gradOutputs
    ?? recorded.map { k in
      Tensor(
        (0..<outputs[k].numel).map { _ in random.normal() }, shape: outputs[k].shape,
        dtype: outputs[k].dtype)
    }
  guard
    cotangents.count == recorded.count,
    zip(cotangents, recorded).allSatisfy({
      $0.shape == outputs[$1].shape && $0.dtype == outputs[$1].dtype
    })
  else {
    throw GradcheckError(
      .unsupportedInput, names: .first,
      """
      expected gradOutputs of shapes \(recorded.map { outputs[$0].shape }), those of the outputs \
      that require a gradient, got \(cotangents.map(\.shape)); pass one for each, of its shape \
      and dtype
      """)
  }
  let checked = first.checked
  let gradient = { (all: [Tensor]) -> [Tensor] in
    let x = Array(all.prefix(inputs.count))
    let y = function(x)
    return grad(
      of: recorded.map { y[$0] }, wrt: checked.map { x[$0] },
      gradients: Array(all.dropFirst(inputs.count)), createGraph: true, materializeGrads: true
    ).map { $0! }
  }
  let seeds = cotangents.map { tensor in
    let leaf = tensor.detach()
    leaf.requiresGrad = true
    return leaf
  }
  let second = GradientCheck(
    function: gradient, inputs: inputs + seeds,
    names: .second(inputs: inputs.count, checked: checked, outputs: recorded), eps: eps, atol: atol,
    rtol: rtol, nondetTol: nondetTol, mode: mode)
  return try second.run()
}

/// Compares the recorded second derivatives of a function with one output with finite differences.
@discardableResult
public func gradgradcheck(
  _ function: @escaping ([Tensor]) -> Tensor, _ inputs: [Tensor], gradOutputs: [Tensor]? = nil,
  seed: UInt64 = 0, eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3,
  nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  try gradgradcheck(
    { [function($0)] }, inputs, gradOutputs: gradOutputs, seed: seed, eps: eps, atol: atol,
    rtol: rtol, nondetTol: nondetTol, mode: mode)
}

/// Compares the recorded second derivatives of a function of one tensor with finite differences:
/// `try gradgradcheck({ $0.exp() }, x)`.
@discardableResult
public func gradgradcheck(
  _ function: @escaping (Tensor) -> Tensor, _ input: Tensor, gradOutputs: [Tensor]? = nil,
  seed: UInt64 = 0, eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3,
  nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  try gradgradcheck(
    { [function($0[0])] }, [input], gradOutputs: gradOutputs, seed: seed, eps: eps, atol: atol,
    rtol: rtol, nondetTol: nondetTol, mode: mode)
}
