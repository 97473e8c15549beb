import Autograd

extension Adapter {
  static let masked: [Adapter] = []
}
