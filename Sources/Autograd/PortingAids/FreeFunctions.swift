// Porting aids: functions of PyTorch that are methods of a tensor here. See Properties.swift.

// MARK: - Of one tensor

@available(*, unavailable, message: "use x.abs()")
public func abs(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.acos()")
public func acos(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.acosh()")
public func acosh(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.asin()")
public func asin(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.asinh()")
public func asinh(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.atan()")
public func atan(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.atanh()")
public func atanh(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.ceil()")
public func ceil(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.clone()")
public func clone(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.cos()")
public func cos(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.cosh()")
public func cosh(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.det()")
public func det(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.detach()")
public func detach(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.digamma()")
public func digamma(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.erf()")
public func erf(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.erfc()")
public func erfc(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.erfinv()")
public func erfinv(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.exp()")
public func exp(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.exp2()")
public func exp2(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.expm1()")
public func expm1(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.flatten()")
public func flatten(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.floor()")
public func floor(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.gelu()")
public func gelu(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.inv()")
public func inv(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.isfinite()")
public func isfinite(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.isinf()")
public func isinf(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.isnan()")
public func isnan(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.lgamma()")
public func lgamma(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.log()")
public func log(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.log10()")
public func log10(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.log1p()")
public func log1p(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.log2()")
public func log2(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.mish()")
public func mish(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.nonzero()")
public func nonzero(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.reciprocal()")
public func reciprocal(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.relu()")
public func relu(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.round()")
public func round(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.rsqrt()")
public func rsqrt(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.selu()")
public func selu(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.sigmoid()")
public func sigmoid(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.sign()")
public func sign(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.silu()")
public func silu(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.sin()")
public func sin(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.sinh()")
public func sinh(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.softplus()")
public func softplus(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.sqrt()")
public func sqrt(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.square()")
public func square(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.tan()")
public func tan(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.tanh()")
public func tanh(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.trace()")
public func trace(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.tril()")
public func tril(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.triu()")
public func triu(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.trunc()")
public func trunc(_ x: Tensor) -> Tensor { fatalError() }

// MARK: - Reductions

@available(*, unavailable, message: "use x.sum(), x.sum(dim:)")
public func sum(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.mean(), x.mean(dim:)")
public func mean(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.prod(), x.prod(dim:)")
public func prod(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.amax(), x.amax(dim:)")
public func amax(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.amin(), x.amin(dim:)")
public func amin(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.any(), x.any(dim:)")
public func any(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.all(), x.all(dim:)")
public func all(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.logsumexp(), x.logsumexp(dim:)")
public func logsumexp(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.std(), x.std(dim:)")
public func std(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.var(), x.var(dim:)")
public func `var`(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.norm(), x.norm(dim:)")
public func norm(_ x: Tensor, dim: some IntList = [], keepdim: Bool = false) -> Tensor {
  fatalError()
}

@available(*, unavailable, message: "use x.max()")
public func max(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.max(dim:)")
public func max(_ x: Tensor, dim: Int) -> (values: Tensor, indices: Tensor) { fatalError() }

@available(*, unavailable, message: "use x.maximum(y)")
public func max(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.min()")
public func min(_ x: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.min(dim:)")
public func min(_ x: Tensor, dim: Int) -> (values: Tensor, indices: Tensor) { fatalError() }

@available(*, unavailable, message: "use x.minimum(y)")
public func min(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.argmax(dim:)")
public func argmax(_ x: Tensor, dim: Int? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.argmin(dim:)")
public func argmin(_ x: Tensor, dim: Int? = nil) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.softmax(dim:)")
public func softmax(_ x: Tensor, dim: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.logSoftmax(dim:)")
public func logSoftmax(_ x: Tensor, dim: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.cumsum(dim:)")
public func cumsum(_ x: Tensor, dim: Int) -> Tensor { fatalError() }

@available(*, unavailable, message: "use x.cumprod(dim:)")
public func cumprod(_ x: Tensor, dim: Int) -> Tensor { fatalError() }
