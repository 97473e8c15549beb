import Autograd

/// How the inputs of a case are stored.
enum InputLayout: CaseIterable {
  case contiguous, strided

  /// A leaf with the numbers of `tensor`, stored in this way.
  func leaf(_ tensor: Tensor, requiresGrad: Bool = false) -> Tensor {
    let leaf = copy(tensor)
    if requiresGrad { leaf.requiresGrad = true }
    return leaf
  }

  private func copy(_ tensor: Tensor) -> Tensor {
    switch self {
    case .contiguous: return tensor.clone()
    case .strided:
      // Every other element of rows that are twice as long, beginning with the second.
      let wide = Tensor.zeros(tensor.shape + [2], dtype: tensor.dtype)
      let view = wide.select(dim: -1, index: 1).detach()
      view.copy_(tensor)
      return view
    }
  }
}
