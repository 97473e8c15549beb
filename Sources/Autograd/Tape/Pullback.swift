// The backward pass as a function, for `grad`, for rules and for the gradient checker.

/// The gradients with respect to `inputs` if those of `outputs` are `seeds`; nil for an input that
/// the outputs do not depend on.
///
/// - Parameters:
///   - retain: whether the graph is kept for another pass.
///   - record: whether the pass is itself recorded, for higher derivatives.
func pullback(
  _ seeds: [Tensor], from outputs: [Node], to inputs: [Node], retain: Bool, record: Bool
) -> [Tensor?] {
  var found: [ObjectIdentifier: Tensor] = [:]
  Pass.run(from: outputs, seeds: seeds, targets: inputs, retain: retain, record: record) {
    node, g in
    found[ObjectIdentifier(node)] = g
  }
  return inputs.map { found[ObjectIdentifier($0)] }
}

/// The gradient of `function` at `x` if that of its output is `g`. For rules that are given as the
/// function to differentiate; recorded if the enclosing backward pass is.
package func pullback(
  _ g: Tensor, at x: Tensor, through function: (Tensor) -> Tensor
) -> Tensor {
  let isRecorded = GradMode.isEnabled && x.requiresGrad
  // A view of its own, since other tensors that the function uses may be x, or depend on it: the
  // gradient is that of this argument alone.
  let leaf = isRecorded ? x.expand(x.shape) : x.detach()
  if !isRecorded { leaf.requiresGrad = true }
  let y = enableGrad { function(leaf) }
  return grad(of: y, wrt: leaf, gradient: g, createGraph: GradMode.isEnabled)
}
