// Porting aids: reductions, and ops along a dimension, whose arguments have labels here. See
// Properties.swift.

// MARK: - Reductions: dim has a label

extension Tensor {
  @available(*, unavailable, message: "use sum(dim:)")
  public func sum(_ dim: some IntList, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use mean(dim:)")
  public func mean(_ dim: some IntList, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use prod(dim:)")
  public func prod(_ dim: some IntList, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use nansum(dim:)")
  public func nansum(_ dim: some IntList, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use nanmean(dim:)")
  public func nanmean(_ dim: some IntList, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use amax(dim:)")
  public func amax(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use amin(dim:)")
  public func amin(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use any(dim:)")
  public func any(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use all(dim:)")
  public func all(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logsumexp(dim:)")
  public func logsumexp(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use max(dim:)")
  public func max(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use maximum(_:)")
  public func max(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use min(dim:)")
  public func min(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use minimum(_:)")
  public func min(_ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use median(dim:)")
  public func median(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use nanmedian(dim:)")
  public func nanmedian(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use argmax(dim:)")
  public func argmax(_ dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use argmin(dim:)")
  public func argmin(_ dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use std(dim:)")
  public func std(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(
    *, unavailable,
    message: "unbiased: true is correction: 1 (the default), unbiased: false is correction: 0"
  )
  public func std(dim: some IntList = [], unbiased: Bool, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use std(dim:correction:); unbiased: false is correction: 0")
  public func std(_ dim: some IntList, unbiased: Bool, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use var(dim:)")
  public func `var`(_ dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(
    *, unavailable,
    message: "unbiased: true is correction: 1 (the default), unbiased: false is correction: 0"
  )
  public func `var`(dim: some IntList = [], unbiased: Bool, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use var(dim:correction:); unbiased: false is correction: 0")
  public func `var`(_ dim: some IntList, unbiased: Bool, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use norm(p, dim:)")
  public func norm(_ p: Double, _ dim: some IntList, keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use norm(p, dim:) without a label for p")
  public func norm(p: Double, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    fatalError()
  }

  @available(*, unavailable, message: "use countNonzero(dim:)")
  public func countNonzero(_ dim: some IntList) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use quantile(q, dim:)")
  public func quantile(_ q: Double, _ dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use renorm(p:dim:maxnorm:)")
  public func renorm(_ p: Double, _ dim: Int, _ maxnorm: Double) -> Tensor { fatalError() }
}

// MARK: - Ops along a dimension

extension Tensor {
  @available(*, unavailable, message: "use softmax(dim:)")
  public func softmax(_ dim: Int, dtype: DType? = nil) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use logSoftmax(dim:)")
  public func logSoftmax(_ dim: Int, dtype: DType? = nil) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use softmin(dim:)")
  public func softmin(_ dim: Int, dtype: DType? = nil) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cumsum(dim:)")
  public func cumsum(_ dim: Int, dtype: DType? = nil) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cumprod(dim:)")
  public func cumprod(_ dim: Int, dtype: DType? = nil) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use cummax(dim:)")
  public func cummax(_ dim: Int) -> (values: Tensor, indices: Tensor) { fatalError() }

  @available(*, unavailable, message: "use cummin(dim:)")
  public func cummin(_ dim: Int) -> (values: Tensor, indices: Tensor) { fatalError() }

  @available(*, unavailable, message: "use logcumsumexp(dim:)")
  public func logcumsumexp(_ dim: Int) -> Tensor { fatalError() }

  @available(
    *, unavailable,
    message: "use the function of NN: interpolate(x, scaleFactor: 2)"
  )
  public func interpolate(size: [Int] = [], scaleFactor: Double = 1) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use the function of NN: normalize(x, p: 2, dim: 1)")
  public func normalize(_ p: Double = 2, dim: Int = 1) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use the function of NN: normalize(x, p: 2, dim: 1)")
  public func normalize(p: Double, dim: Int = 1) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use sort(dim:descending:)")
  public func sort(_ dim: Int, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    fatalError()
  }

  @available(*, unavailable, message: "use argsort(dim:descending:)")
  public func argsort(_ dim: Int, descending: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use topk(k, dim:)")
  public func topk(_ k: Int, _ dim: Int) -> (values: Tensor, indices: Tensor) { fatalError() }

  @available(*, unavailable, message: "use topk(k, dim:) without a label for k")
  public func topk(k: Int, dim: Int = -1) -> (values: Tensor, indices: Tensor) { fatalError() }

  @available(*, unavailable, message: "use kthvalue(k, dim:)")
  public func kthvalue(_ k: Int, _ dim: Int) -> (values: Tensor, indices: Tensor) { fatalError() }

  @available(*, unavailable, message: "use diff(n:dim:)")
  public func diff(_ n: Int, _ dim: Int = -1) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "use unique(), which returns the values, the inverse and the counts"
  )
  public func unique(_ sorted: Bool, returnInverse: Bool = false) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "use unique(), which returns the values, the inverse and the counts"
  )
  public func unique(returnInverse: Bool, returnCounts: Bool = false) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "use unique(), which returns the values, the inverse and the counts"
  )
  public func unique(returnCounts: Bool) -> Tensor { fatalError() }
}
