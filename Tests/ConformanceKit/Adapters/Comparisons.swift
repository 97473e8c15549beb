import Autograd

extension Adapter {
  static let comparison: [Adapter] = []
}
