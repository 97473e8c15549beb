import Autograd

extension Adapter {
  static let linearAlgebra: [Adapter] = []
}
