import Autograd

extension Adapter {
  static let activations: [Adapter] = []
}
