import CKernels

// The Swift names of the kernels. `CKernels/include` lists each element-wise, reduction and indexed
// kernel once; its body is in `CKernels/bodies` under the same name.

/// A kernel applied to each element of one to three tensors: `.exp`, `.mul`. Listed in
/// `elementwise.h`.
typealias ElementwiseKernel = ck_map

/// Two numbers that some element-wise kernels take besides their arrays; their meaning is
/// documented at the kernel's body.
typealias Parameters = ck_params

extension Parameters {
  init(_ p0: Double, _ p1: Double = 0) { self.init(p0: p0, p1: p1) }
}

/// A reduction: `.sum`, `.max`. Listed in `reductions.h`.
typealias ReductionKernel = ck_reduction

/// A kernel that reads or writes elements at indices: `.take`, `.add`. Listed in `places.h`.
typealias IndexedKernel = ck_at

/// A scan along a dimension. The bodies are in `reductions/scan.inc`.
enum ScanKernel {
  case cumsum, cumprod, logcumsumexp
}

/// An extreme element together with its index. The bodies are in `reductions/reduce.inc`, those of
/// running extremes in `reductions/scan.inc`.
enum ExtremeKernel {
  case max, min
}

/// A normalisation along a dimension, or its gradient. The bodies are in `softmax/softmax.inc`.
enum SoftmaxKernel {
  case softmax, logSoftmax, softmaxGrad, logSoftmaxGrad
}
