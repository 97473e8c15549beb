// (k) Layers: convolutions.

import Autograd
import NN

func convolutions() -> [Workload] {
  let forward = [
    Convolution([3, 3], of: [8, 64, 56, 56], 64), Convolution([3, 3], of: [8, 256, 7, 7], 256),
    Convolution([3, 3], of: [5, 37, 29, 31], 53), Convolution([3, 3], of: [64, 1, 28, 28], 32),
    Convolution([3, 3], of: [8, 32, 56, 56], 64, stride: 2),
    Convolution([3, 3], of: [8, 64, 28, 28], 64, dilation: 2),
    Convolution([3, 3], of: [8, 64, 28, 28], 64, groups: 4),
    Convolution([5, 5], of: [16, 3, 33, 35], 8), Convolution([5, 5], of: [64, 1, 28, 28], 6),
    Convolution([5, 5], of: [64, 6, 14, 14], 16),
    Convolution([7, 7], of: [4, 3, 112, 112], 64, stride: 2),
    Convolution([1, 1], of: [8, 64, 56, 56], 128), Convolution([1, 1], of: [3, 61, 27, 29], 47),
    Convolution([3, 3], of: [8, 128, 28, 28], 128, groups: 128),
    Convolution([3, 3], of: [8, 128, 28, 28], 128, stride: 2, groups: 128),
    Convolution([3, 3], of: [3, 37, 19, 21], 37, groups: 37),
    Convolution([5, 5], of: [8, 64, 28, 28], 64, groups: 64),
    Convolution([3], of: [16, 32, 257], 64), Convolution([5], of: [16, 64, 128], 64),
    Convolution([3, 3, 3], of: [2, 8, 12, 28, 28], 16),
    Convolution([3, 3, 3], of: [2, 1, 9, 17, 19], 7),
  ]
  let transposed = [
    Convolution([4, 4], of: [8, 64, 14, 14], 32, stride: 2),
    Convolution([4, 4], of: [16, 32, 7, 7], 16, stride: 2),
    Convolution([3, 3], of: [5, 19, 13, 15], 11, stride: 2),
  ]
  return forward.flatMap { $0.workloads } + transposed.flatMap { $0.transposedWorkloads }
}

/// A convolution, padded so that with a stride of 1 and an odd kernel the size stays.
private struct Convolution {
  let kernel, input: [Int]
  let filters, stride, dilation, groups: Int

  init(
    _ kernel: [Int], of input: [Int], _ filters: Int, stride: Int = 1, dilation: Int = 1,
    groups: Int = 1
  ) {
    (self.kernel, self.input, self.filters) = (kernel, input, filters)
    (self.stride, self.dilation, self.groups) = (stride, dilation, groups)
  }

  private var padding: Int { dilation * (kernel[0] - 1) / 2 }

  /// Such as `conv2d/3x3-stride2/8x32x56x56-64`.
  private func name(_ op: String) -> String {
    var name = "k/\(op)\(kernel.count)d/" + kernel.map(String.init).joined(separator: "x")
    if stride != 1 { name += "-stride\(stride)" }
    if dilation != 1 { name += "-dilation\(dilation)" }
    if groups != 1 { name += "-groups\(groups)" }
    return name + "/" + input.map(String.init).joined(separator: "x") + "-\(filters)"
  }

  var workloads: [Workload] {
    forwardAndBackward(name("conv")) {
      let weight = Tensor.randn([filters, input[1] / groups] + kernel)
      return ([.randn(input), weight, .randn([filters])], { convolved($0[0], $0[1], $0[2]) })
    }
  }

  private func convolved(_ x: Tensor, _ weight: Tensor, _ bias: Tensor) -> Tensor {
    switch kernel.count {
    case 1:
      conv1d(
        x, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    case 2:
      conv2d(
        x, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    default:
      conv3d(
        x, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
  }

  var transposedWorkloads: [Workload] {
    forwardAndBackward(name("convTranspose")) {
      let weight = Tensor.randn([input[1], filters] + kernel)
      return (
        [.randn(input), weight, .randn([filters])],
        { convTranspose2d($0[0], $0[1], $0[2], stride: stride, padding: padding) }
      )
    }
  }
}
