// Porting aids: NumPy's `axis`, which PyTorch accepts for `dim`. See Properties.swift.

extension Tensor {
  @available(*, unavailable, message: "use sum(dim:)")
  public func sum(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use mean(dim:)")
  public func mean(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use prod(dim:)")
  public func prod(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use amax(dim:)")
  public func amax(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use amin(dim:)")
  public func amin(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logsumexp(dim:)")
  public func logsumexp(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use any(dim:)")
  public func any(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use all(dim:)")
  public func all(axis: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use std(dim:)")
  public func std(axis: some IntList, correction: Double = 1, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use var(dim:)")
  public func `var`(axis: some IntList, correction: Double = 1, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use argmax(dim:)")
  public func argmax(axis: Int, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use argmin(dim:)")
  public func argmin(axis: Int, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use max(dim:)")
  public func max(axis: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use min(dim:)")
  public func min(axis: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use softmax(dim:)")
  public func softmax(axis: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logSoftmax(dim:)")
  public func logSoftmax(axis: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cumsum(dim:)")
  public func cumsum(axis: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cumprod(dim:)")
  public func cumprod(axis: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use squeeze(dim:)")
  public func squeeze(axis: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use unsqueeze(dim:)")
  public func unsqueeze(axis: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use argsort(dim:)")
  public func argsort(axis: Int) -> Tensor { fatalError() }
}

@available(*, unavailable, message: "use cat(tensors, dim:)")
public func cat(_ tensors: [Tensor], axis: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use stack(tensors, dim:)")
public func stack(_ tensors: [Tensor], axis: Int) -> Tensor { fatalError() }
