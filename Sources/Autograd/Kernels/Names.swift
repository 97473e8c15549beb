import CKernels

// The names of the kernels, as the rest of the library says them. The C side lists each
// element-wise kernel, reduction and kernel at places once, under `CKernels/include`; a body is
// found under `CKernels/bodies` by the same name.

/// A kernel of each element, or of each two or three: `.mul`, `.exp`. Listed in `elementwise.h`.
typealias ElementwiseKernel = ck_map

/// The two numbers that some element-wise kernels take besides their arrays; the body of a kernel
/// says which.
typealias Parameters = ck_params

extension Parameters {
  init(_ p0: Double, _ p1: Double = 0) { self.init(p0: p0, p1: p1) }
}

/// A reduction to one element: `.sum`, `.max`. Listed in `reductions.h`.
typealias ReductionKernel = ck_reduction

/// A kernel that reads or writes elements at indices: `.take`, `.add`. Listed in `places.h`.
typealias IndexedKernel = ck_at

/// A running reduction along a dimension.
enum ScanKernel {
  case cumsum, cumprod, logcumsumexp
}

/// An extreme element together with its index.
enum ExtremeKernel {
  case max, min
}

/// A normalisation along a dimension, or its gradient.
enum SoftmaxKernel {
  case softmax, logSoftmax, softmaxGrad, logSoftmaxGrad
}
