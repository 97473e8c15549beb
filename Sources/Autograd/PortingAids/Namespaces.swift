// Porting aids: PyTorch's namespaces. See Properties.swift.

@available(
  *, unavailable, message: "drop torch.: Tensor.zeros(2, 3), cat([x, y]), x.exp(), .float32"
)
public var torch: MissingNamespace { fatalError() }

@available(*, unavailable, message: "drop nn.: Linear(2, 3)")
public var nn: MissingNamespace { fatalError() }

@available(
  *, unavailable, message: "drop F.: crossEntropy(x, y); activations are methods, x.relu()"
)
public var F: MissingNamespace { fatalError() }

@available(*, unavailable, message: "drop optim.: Adam(net.parameters)")
public var optim: MissingNamespace { fatalError() }

/// Takes any member and any call, so that the message above is what the compiler says.
@dynamicMemberLookup
@dynamicCallable
public struct MissingNamespace {
  /// Any name.
  public subscript(dynamicMember name: String) -> MissingNamespace { fatalError() }
  /// Any call.
  public func dynamicallyCall(withKeywordArguments arguments: KeyValuePairs<String, Any>) -> Tensor
  {
    fatalError()
  }
}
