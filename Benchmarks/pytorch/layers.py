"""(k) Layers: convolutions, normalisations, pooling, and the others, in PyTorch's best layout."""
import torch
import torch.nn.functional as F

import convolution_layers
from gradients import forward_and_backward
from layouts import in_best_layout


def workloads():
  return convolution_layers.workloads() + normalizations() + images() + tables() + dense()


def text(shape):
  return "x".join(map(str, shape))


def of_one(name, shape, function):
  """A function of one tensor of the given shape."""
  way = in_best_layout if len(shape) == 4 else forward_and_backward
  return way(f"k/{name}/{text(shape)}", lambda: ([torch.randn(shape)], function))


def normalization(name, shape, size, function, with_bias=True):
  def prepare():
    return [torch.randn(shape)] + [torch.rand(size) for _ in range(2 if with_bias else 1)], function
  way = in_best_layout if len(shape) == 4 else forward_and_backward
  return way(f"k/{name}/{text(shape)}", prepare)


def normalizations():
  result = []
  for shape in ((8, 64, 56, 56), (16, 128, 14, 14), (7, 19, 33, 31), (256, 128), (61, 37)):
    mean, variance = torch.zeros(shape[1]), torch.ones(shape[1])
    result += normalization(
      "batchNorm", shape, shape[1],
      lambda x, w, b, mean=mean, variance=variance: F.batch_norm(x, mean, variance, w, b, True))
  for shape in ((16, 64, 256), (33, 57, 101)):
    result += normalization(
      "layerNorm", shape, shape[2], lambda x, w, b: F.layer_norm(x, w.shape, w, b))
    result += normalization(
      "rmsNorm", shape, shape[2], lambda x, w: F.rms_norm(x, w.shape, w), with_bias=False)
  for shape, groups in (((8, 64, 28, 28), 8), ((5, 42, 17, 19), 7)):
    result += normalization(
      f"groupNorm/{groups}", shape, shape[1], lambda x, w, b, groups=groups: F.group_norm(x, groups, w, b))
    result += normalization(
      "instanceNorm", shape, shape[1], lambda x, w, b: F.instance_norm(x, weight=w, bias=b))
  return result


def images():
  ops = [
    ("maxPool2d/3by2", (8, 64, 56, 56), lambda x: F.max_pool2d(x, 3, 2, 1)),
    ("maxPool2d/2by2", (64, 32, 28, 28), lambda x: F.max_pool2d(x, 2)),
    ("maxPool2d/2by2", (7, 13, 27, 31), lambda x: F.max_pool2d(x, 2)),
    ("maxPool1d/2by2", (16, 32, 257), lambda x: F.max_pool1d(x, 2)),
    ("avgPool2d/2by2", (64, 6, 28, 28), lambda x: F.avg_pool2d(x, 2)),
    ("avgPool2d/3by2", (7, 13, 27, 31), lambda x: F.avg_pool2d(x, 3, 2, 1)),
    ("adaptiveAvgPool2d/1", (8, 512, 7, 7), lambda x: F.adaptive_avg_pool2d(x, 1)),
    ("adaptiveAvgPool2d/5", (8, 64, 28, 28), lambda x: F.adaptive_avg_pool2d(x, 5)),
    ("interpolate/nearest", (8, 64, 14, 14), lambda x: F.interpolate(x, scale_factor=2)),
    ("interpolate/nearest", (3, 19, 23, 17), lambda x: F.interpolate(x, (40, 31))),
    ("interpolate/bilinear", (8, 16, 28, 28), lambda x: F.interpolate(x, scale_factor=2, mode="bilinear")),
    ("interpolate/bilinear", (3, 19, 23, 17), lambda x: F.interpolate(x, (40, 31), mode="bilinear")),
    ("pad/reflect", (8, 16, 57, 57), lambda x: F.pad(x, (3, 3, 3, 3), "reflect")),
    ("pad/zeros", (8, 64, 28, 28), lambda x: F.pad(x, (1, 1, 1, 1))),
    ("pixelShuffle/2", (8, 64, 28, 28), lambda x: F.pixel_shuffle(x, 2)),
    ("dropout2d", (8, 64, 28, 28), F.dropout2d),
    ("flatten-cat", (8, 32, 28, 28), lambda x: torch.cat([x, x], 1).flatten(1)),
  ]
  return [workload for name, shape, function in ops for workload in of_one(name, shape, function)]


def tables():
  result = []
  for count, rows, columns in (((64, 128), 1000, 64), ((37, 19), 101, 33)):
    result += looked_up(f"k/embedding/{text(count)}of{rows}x{columns}", count, rows, columns, F.embedding)
  for mode in ("sum", "mean", "max"):
    result += looked_up(
      f"k/embeddingBag/{mode}/512x20of10000x64", (512, 20), 10_000, 64,
      lambda index, table, mode=mode: F.embedding_bag(index, table, mode=mode))
  return result


def looked_up(name, count, rows, columns, function):
  def prepare():
    index = torch.randint(rows, count)
    return [torch.randn(rows, columns)], lambda table: function(index, table)
  return forward_and_backward(name, prepare)


def dense():
  result = []
  for batch, inputs, outputs in ((64, 784, 128), (256, 512, 512), (37, 101, 67)):
    result += forward_and_backward(
      f"k/linear-relu/{batch}x{inputs}-{outputs}",
      lambda sizes=(batch, inputs, outputs): (
        [torch.randn(sizes[0], sizes[1]), torch.randn(sizes[2], sizes[1]), torch.randn(sizes[2])],
        lambda x, w, b: F.linear(x, w, b).relu()))
  ops = [
    ("relu", (8, 64, 56, 56), F.relu),
    ("gelu", (16, 64, 1024), F.gelu),
    ("gelu-tanh", (16, 64, 512), lambda x: F.gelu(x, approximate="tanh")),
    ("silu", (16, 64, 1024), F.silu),
    ("softmax", (128, 64, 64), lambda x: x.softmax(-1)),
    ("softmax", (61, 37, 41), lambda x: x.softmax(-1)),
    ("logSoftmax", (64, 10), lambda x: x.log_softmax(-1)),
    ("glu", (16, 64, 512), F.glu),
    ("dropout", (64, 3136), F.dropout),
    ("dropout", (37, 1001), F.dropout),
  ]
  return result + [workload for name, shape, function in ops for workload in of_one(name, shape, function)]
