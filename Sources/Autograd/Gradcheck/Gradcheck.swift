// Whether the derivatives that ops record are those of the functions they compute.

/// Along which directions a gradient check compares derivatives.
public enum GradcheckMode: Sendable {
  /// Whole Jacobians: each element of each output with respect to each element of each input.
  case full
  /// Products vᵀ·J·u with random unit vectors u and v, as many pairs as `directions`: for inputs
  /// whose Jacobians are too large. The vectors come from `seed` and from no other generator.
  case directional(seed: UInt64 = 0, directions: Int = 1)
}

/// Compares the gradients that `function` records with its differences: PyTorch's `gradcheck`.
///
/// An analytic derivative a, found by a backward pass, agrees with the numeric one,
/// n = (f(x + eps) − f(x − eps)) / 2eps, if |a − n| ≤ atol + rtol·|n|.
///
/// ```swift
/// let x = Tensor([0.5, -1], dtype: .float64, requiresGrad: true)
/// try gradcheck({ $0[0].exp() }, [x])
/// ```
///
/// Also checked: the function and its backward pass give the same numbers when run again; a
/// gradient has the shape and dtype of its input; an input without a gradient, and an output that
/// records none, have numeric derivatives of zero; a gradient of zeros goes in, zeros come out.
///
/// The inputs that require a gradient are checked. They must be float64, since differences drown in
/// the rounding of float32: cast with `to(.float64)`. They must not be expanded, since moving one
/// element would move others; expand inside the function. The function is called with copies, of
/// the same strides, new ones each time, so that the given tensors never change, nor their `grad`.
/// Outputs that are integers or truth values are ignored.
///
/// Unlike PyTorch's, this one does not accept a floating-point output that moves with an input but
/// records nothing: that is how a forgotten derivative looks. Leave detached results out of the
/// outputs.
///
/// - Parameters:
///   - function: from copies of `inputs` to the outputs; the same numbers each time.
///   - inputs: where to check; choose points away from kinks.
///   - eps: the step of the differences.
///   - atol: the absolute tolerance, multiplied by the sums |u|₁·|v|₁ of directions.
///   - rtol: the relative tolerance.
///   - nondetTol: by how much two runs may differ.
///   - mode: whole Jacobians, or random directions.
/// - Returns: how well the derivatives agree.
/// - Throws: the worst disagreement, or what the inputs lack.
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

/// Compares the gradients that a function of one output records with its differences.
@discardableResult
public func gradcheck(
  _ function: @escaping ([Tensor]) -> Tensor, _ inputs: [Tensor], eps: Double = 1e-6,
  atol: Double = 1e-5,
  rtol: Double = 1e-3, nondetTol: Double = 0, mode: GradcheckMode = .full
) throws(GradcheckError) -> GradcheckReport {
  try gradcheck(
    { [function($0)] }, inputs, eps: eps, atol: atol, rtol: rtol, nondetTol: nondetTol, mode: mode)
}

/// Compares the second derivatives that `function` records with differences of its gradients:
/// PyTorch's `gradgradcheck`.
///
/// It is `gradcheck` of the function that sends the inputs and a gradient of each output to the
/// gradients of the inputs, with respect to all of these. Check the first derivatives before.
///
/// - Parameters:
///   - function: from copies of `inputs` to the outputs; the same numbers each time.
///   - inputs: where to check; those that require a gradient are float64 and not expanded.
///   - gradOutputs: the gradients of the outputs that require one; random numbers if nil.
///   - seed: where random gradients come from, and from no other generator.
///   - eps: the step of the differences.
///   - atol: the absolute tolerance, multiplied by the sums |u|₁·|v|₁ of directions.
///   - rtol: the relative tolerance.
///   - nondetTol: by how much two runs may differ.
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
      "no output requires a gradient, so there is none to differentiate")
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
      gradOutputs has shapes \(cotangents.map(\.shape)), but the outputs that require a gradient have \
      \(recorded.map { outputs[$0].shape }); give one gradient for each, of its shape and dtype
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

/// Compares the second derivatives of a function of one output with differences of its gradients.
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
