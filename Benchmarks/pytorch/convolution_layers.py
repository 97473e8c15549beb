"""(k) Layers: convolutions, in PyTorch's best layout."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward
from layouts import in_best_layout

CONVOLUTIONS = [
  ((3, 3), (8, 64, 56, 56), 64, {}),
  ((3, 3), (8, 256, 7, 7), 256, {}),
  ((3, 3), (5, 37, 29, 31), 53, {}),
  ((3, 3), (64, 1, 28, 28), 32, {}),
  ((3, 3), (8, 32, 56, 56), 64, {"stride": 2}),
  ((3, 3), (8, 64, 28, 28), 64, {"dilation": 2}),
  ((3, 3), (8, 64, 28, 28), 64, {"groups": 4}),
  ((5, 5), (16, 3, 33, 35), 8, {}),
  ((5, 5), (64, 1, 28, 28), 6, {}),
  ((5, 5), (64, 6, 14, 14), 16, {}),
  ((7, 7), (4, 3, 112, 112), 64, {"stride": 2}),
  ((1, 1), (8, 64, 56, 56), 128, {}),
  ((1, 1), (3, 61, 27, 29), 47, {}),
  ((3, 3), (8, 128, 28, 28), 128, {"groups": 128}),
  ((3, 3), (8, 128, 28, 28), 128, {"stride": 2, "groups": 128}),
  ((3, 3), (3, 37, 19, 21), 37, {"groups": 37}),
  ((5, 5), (8, 64, 28, 28), 64, {"groups": 64}),
  ((3,), (16, 32, 257), 64, {}),
  ((5,), (16, 64, 128), 64, {}),
  ((3, 3, 3), (2, 8, 12, 28, 28), 16, {}),
  ((3, 3, 3), (2, 1, 9, 17, 19), 7, {}),
]
TRANSPOSED = [
  ((4, 4), (8, 64, 14, 14), 32, {"stride": 2}),
  ((4, 4), (16, 32, 7, 7), 16, {"stride": 2}),
  ((3, 3), (5, 19, 13, 15), 11, {"stride": 2}),
]


def workloads():
  result = []
  for kernel, shape, filters, options in CONVOLUTIONS:
    result += convolution(kernel, shape, filters, options)
  for kernel, shape, filters, options in TRANSPOSED:
    result += transposed(kernel, shape, filters, options)
  return result


def name(op, kernel, shape, filters, options):
  settings = "".join(f"-{key}{value}" for key, value in options.items())
  return f"k/{op}{len(kernel)}d/{'x'.join(map(str, kernel))}{settings}/{'x'.join(map(str, shape))}-{filters}"


def convolution(kernel, shape, filters, options):
  conv = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[len(kernel)]
  padding = options.get("dilation", 1) * (kernel[0] - 1) // 2

  def prepare():
    weight = torch.randn(filters, shape[1] // options.get("groups", 1), *kernel)
    return ([torch.randn(shape), weight, torch.randn(filters)],
            lambda x, weight, bias: conv(x, weight, bias, padding=padding, **options))

  # Signals have one layout.
  way = forward_and_backward if len(kernel) == 1 else in_best_layout
  return way(name("conv", kernel, shape, filters, options), prepare)


def transposed(kernel, shape, filters, options):
  def prepare():
    weight = torch.randn(shape[1], filters, *kernel)
    return ([torch.randn(shape), weight, torch.randn(filters)],
            lambda x, weight, bias: F.conv_transpose2d(x, weight, bias, padding=(kernel[0] - 1) // 2, **options))

  return in_best_layout(name("convTranspose", kernel, shape, filters, options), prepare)
