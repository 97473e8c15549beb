import Autograd
import Foundation
import NN
import TestSupport
import Testing

/// A small network, and one step of training, in PyTorch: Tests/Fixtures/generate_networks.py.
struct NetworkFixture {
  private let tensors: StateDict
  /// The largest difference, relative to the largest element of a tensor.
  private let tolerance: Double
  private let dtype: DType

  init(_ name: String, _ dtype: DType) throws {
    let folder = Bundle.module.resourceURL!.appending(path: "Fixtures")
    tensors = try loadSafetensors(folder.appending(path: "\(name).safetensors").path)
    self.dtype = dtype
    // Some ten layers, of sums of up to some hundred products.
    tolerance = dtype == .float64 ? 1e-12 : 1e-5
  }

  /// Expects a network to have PyTorch's weights and names, and to compute what it computes.
  ///
  /// - Parameters:
  ///   - make: makes the network.
  ///   - output: the network's output for the inputs.
  ///   - loss: the loss of an output and the target.
  func check<Net: Module>(
    _ make: () -> Net, output: (Net, [Tensor]) -> Tensor, loss: (Tensor, Tensor) -> Tensor
  ) throws {
    let net = Generator.withDefault(Generator(seed: 0)) { make() }
    let state = named("state/")
    for (name, weight) in net.namedParameters where weight.ndim > 1 {
      // The last bits of a normal number depend on the logarithm that it is made with.
      compare(weight, state[name], "drawn \(name)", tolerance: 4 * DType.float32.epsilon)
    }
    net.to(dtype)
    try net.loadStateDict(state)
    #expect(net.stateDict().names.joined(separator: " ") == tensors.metadata["names"])

    let inputs = named("input/").map(\.tensor).map {
      $0.dtype.isFloatingPoint ? $0.to(dtype).clone() : $0
    }
    for x in inputs where x.dtype.isFloatingPoint { x.requiresGrad = true }
    compare(output(net.eval(), inputs), tensors["eval"], "output in evaluation mode")
    let y = output(net.train(), inputs)
    compare(y, tensors["training"], "output in training mode")
    let target = try #require(tensors["target"])
    let value = loss(y, target.dtype.isFloatingPoint ? target.to(dtype) : target)
    compare(value, tensors["loss"], "loss")
    value.backward()

    let gradients = named("gradient/")
    for (name, parameter) in net.namedParameters {
      compare(parameter.grad, gradients[name], "gradient of \(name)")
    }
    for (i, x) in inputs.enumerated() where x.requiresGrad {
      compare(x.grad, gradients["input/\(i)"], "gradient of input \(i)")
    }
    for (name, buffer) in net.namedBuffers {
      compare(buffer, named("buffer/")[name], "buffer \(name)")
    }
  }

  /// A network that computes one tensor from one tensor.
  func check(_ make: () -> Module, loss: (Tensor, Tensor) -> Tensor) throws {
    try check(make, output: { net, inputs in net(inputs[0]) }, loss: loss)
  }

  /// The tensors whose names begin with `prefix`, under the rest of their names.
  private func named(_ prefix: String) -> StateDict {
    StateDict(
      tensors.filter { $0.name.hasPrefix(prefix) }.map {
        (String($0.name.dropFirst(prefix.count)), $0.tensor)
      })
  }

  private func compare(
    _ got: Tensor?, _ want: Tensor?, _ what: Comment, tolerance: Double? = nil
  ) {
    guard let got = got?.detach(), let want else {
      Issue.record("\(what) is missing on one side")
      return
    }
    guard got.shape == want.shape else {
      Issue.record("\(what): the shape is \(got.shape), in PyTorch \(want.shape)")
      return
    }
    let exact = want.to(.float64)
    let difference = (got.to(.float64) - exact).abs().max().item()
    let size = exact.abs().max().item()
    #expect(difference <= (tolerance ?? self.tolerance) * size, "\(what), of size \(size)")
  }
}
