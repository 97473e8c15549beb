// The pass from outputs back to inputs as a function, which `grad`, rules and the gradient checker
// call.

/// The gradients of `outputs`, which start with `seeds`, with respect to `inputs`; nil for an input
/// that has no part in them.
///
/// - Parameters:
///   - retain: whether the graph stays usable for another pass.
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

/// The gradient at `x` of `function`, whose output has the gradient `g`: for rules that are written
/// as the function that they are the derivative of. It is recorded if the pass that asks for it is.
package func pullback(
  _ g: Tensor, at x: Tensor, through function: (Tensor) -> Tensor
) -> Tensor {
  let isRecorded = GradMode.isEnabled && x.requiresGrad
  let leaf = isRecorded ? x : x.detach()
  if !isRecorded { leaf.requiresGrad = true }
  let y = enableGrad { function(leaf) }
  return grad(of: y, wrt: leaf, gradient: g, createGraph: GradMode.isEnabled)
}
