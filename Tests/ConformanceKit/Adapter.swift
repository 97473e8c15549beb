import Autograd

/// The Swift call for an op of PyTorch: its name, the Swift spelling, and the call. The adapters
/// are also the documentation's table of names.
struct Adapter: Sendable {
  /// PyTorch's name: `torch.x` or `torch.Tensor.x`, without the prefix.
  let op: String
  /// The Swift spelling, as the documentation shows it.
  let spelling: String
  /// Normalizes outputs that are not unique, such as the sign of an eigenvector, to match the
  /// expected outputs.
  let settle: (@Sendable (_ got: [Tensor], _ want: [Tensor]) -> [Tensor])?
  /// The call.
  let run: @Sendable (Call) throws -> any Outputs

  init(
    _ op: String, _ spelling: String,
    settle: (@Sendable (_ got: [Tensor], _ want: [Tensor]) -> [Tensor])? = nil,
    _ run: @escaping @Sendable (Call) throws -> any Outputs
  ) {
    self.op = op
    self.spelling = spelling
    self.settle = settle
    self.run = run
  }
}

extension Adapter {
  /// The adapters of all groups, by PyTorch's name.
  static let all: [String: Adapter] = {
    var table: [String: Adapter] = [:]
    for group in groups {
      for adapter in group.adapters {
        precondition(table[adapter.op] == nil, "two adapters for \(adapter.op)")
        table[adapter.op] = adapter
      }
    }
    return table
  }()

  /// The adapters, by the groups of the cases.
  static let groups: [(name: String, adapters: [Adapter])] = [
    ("pointwise", pointwise + specialFunctions), ("comparison", comparison),
    ("reduction", reductions + ordering),
    ("masked", masked), ("shape", shapes), ("indexing", indexing),
    ("linalg", products + decompositions),
    ("activation", activations), ("loss", functionalLosses), ("nn", neuralNetworks),
  ]
}

// MARK: - Outputs

/// What a call returns: a tensor, several, or a plain value.
protocol Outputs {
  var outputs: [Output] { get }
}

/// One output.
enum Output {
  case tensor(Tensor)
  case value(Value)
}

extension Tensor: Outputs {
  var outputs: [Output] { [.tensor(self)] }
}

extension Array: Outputs where Element: Outputs {
  var outputs: [Output] { flatMap(\.outputs) }
}

extension Bool: Outputs {
  var outputs: [Output] { [.value(.bool(self))] }
}

extension Int: Outputs {
  var outputs: [Output] { [.value(.int(self))] }
}

extension Double: Outputs {
  var outputs: [Output] { [.value(.float(self))] }
}
