import Autograd

extension Adapter {
  static let reductions: [Adapter] = []
}
