import Autograd

extension Adapter {
  static let indexing: [Adapter] = []
}
