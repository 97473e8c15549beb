import Autograd

extension Adapter {
  static let shapes: [Adapter] = []
}
