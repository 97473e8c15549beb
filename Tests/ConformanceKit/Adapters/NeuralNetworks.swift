import Autograd

extension Adapter {
  static let neuralNetworks: [Adapter] = [
    Adapter("nn.functional.linear", "linear(x, weight, bias)") { c in
      linear(try c.x, try c[1, "weight"], try c[2, "bias", or: nil])
    }
  ]
}
