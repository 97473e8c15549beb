"""(j) Layouts, short rows and odd sizes that the other families do not have."""
import torch
import torch.nn.functional as F

import attention
import other_losses
from gradients import forward_and_backward
from harness import Workload

ACTIVATIONS = {
  "abs": torch.abs,
  "celu": lambda x: F.celu(x, 1.5),
  "clamp": lambda x: x.clamp(-0.5, 0.7),
  "elu": F.elu,
  "hardshrink": F.hardshrink,
  "hardsigmoid": F.hardsigmoid,
  "hardswish": F.hardswish,
  "hardtanh": F.hardtanh,
  "leakyRelu": F.leaky_relu,
  "logSigmoid": F.logsigmoid,
  "mish": F.mish,
  "relu": F.relu,
  "relu6": F.relu6,
  "selu": F.selu,
  "silu": F.silu,
  "softplus": F.softplus,
  "softshrink": F.softshrink,
  "softsign": F.softsign,
  "tanhshrink": F.tanhshrink,
  "threshold": lambda x: F.threshold(x, 0.1, 20),
}


def workloads():
  return (activations() + layouts() + short_rows() + images() + many_parts() + other_losses.workloads()
          + attention.workloads())


def normal(name, function, *shapes):
  return forward_and_backward(name, lambda: ([torch.randn(s) for s in shapes], function))


def activations():
  result = []
  for name, function in ACTIVATIONS.items():
    result += normal(f"j/{name}/301x997", function, (301, 997))
  return result + forward_and_backward(
    "j/prelu/32x19x501", lambda: ([torch.randn(32, 19, 501), torch.rand(19)], F.prelu))


def layouts():
  rows, columns = 797, 1013
  size = f"{rows}x{columns}"
  result = []
  for name, function in {"sum": torch.sum, "amax": torch.amax, "max": lambda x, dim: x.max(dim).values}.items():
    for dim in (0, 1):
      result += normal(f"j/{name}/transposed-{dim}/{size}",
                       lambda x, f=function, dim=dim: f(x.mT, dim), (rows, columns))
  result += [argmax(f"j/argmax/transposed-{dim}/{size}/forward", (rows, columns), dim) for dim in (0, 1)]
  result += normal(f"j/sum/transposed-all/{size}", lambda x: x.mT.sum(), (rows, columns))
  result += normal("j/sum/permuted/31x53x7x61", lambda x: x.permute(2, 0, 3, 1).sum((0, 2)), (31, 53, 7, 61))
  result += normal(f"j/sum/sliced/{size}", lambda x: x.narrow(1, 3, 900).sum(1), (rows, columns))
  for dims in ((0, 1), (0, 2), (1, 2)):
    result += normal(f"j/mean/{'+'.join(map(str, dims))}/37x53x211",
                     lambda x, dims=dims: x.mean(dims), (37, 53, 211))
  result += normal("j/add-two-ways/61x1x129+1x97x129", torch.add, (61, 1, 129), (1, 97, 129))
  for length, step in ((25, 10), (7, 1), (400, 160)):
    result += normal(f"j/unfold/{length}by{step}/67x4099",
                     lambda x, n=length, step=step: x.unfold(1, n, step).contiguous(), (67, 4099))
  return result


def argmax(name, shape, dim):
  def prepare():
    x = torch.randn(shape)
    return lambda: x.mT.argmax(dim)
  return Workload(name, prepare)


def short_rows():
  result = []
  ops = {
    "norm": lambda x: torch.linalg.vector_norm(x, dim=1),
    "norm1": lambda x: torch.linalg.vector_norm(x, 1, dim=1),
    "sum": lambda x: x.sum(1),
    "amax": lambda x: x.amax(1),
    "max": lambda x: x.max(1).values,
    "prod": lambda x: x.prod(1),
    "mean": lambda x: x.mean(1),
    "var": lambda x: x.var(1),
    "logsumexp": lambda x: x.logsumexp(1),
    "softmax": lambda x: x.softmax(1),
  }
  for rows, columns in ((100003, 3), (10007, 7), (4099, 33)):
    size = f"{rows}x{columns}"
    for name, function in ops.items():
      result += normal(f"j/{name}/{size}", function, (rows, columns))
    result += forward_and_backward(
      f"j/layerNorm/{size}",
      lambda shape=(rows, columns): (
        [torch.randn(shape), torch.rand(shape[1]), torch.rand(shape[1])],
        lambda x, weight, bias: F.layer_norm(x, weight.shape, weight, bias)))
  result += normal("j/dot/1000003", torch.dot, (1000003,), (1000003,))
  result += normal("j/matmul/4099@4x4x4", torch.matmul, (4099, 4, 4), (4099, 4, 4))
  result += normal("j/matmul/997@7x5x9", torch.matmul, (997, 7, 5), (997, 5, 9))
  return result


def images():
  result = []
  for shape in ((32, 37, 29, 29), (1009, 61)):
    for training in (True, False):
      result += batch_norm(shape, training)
  for kernel, stride, padding in ((2, 2, 0), (3, 2, 1), (3, 1, 1)):
    for name, pool in {"maxPool2d": F.max_pool2d, "avgPool2d": F.avg_pool2d}.items():
      result += normal(
        f"j/{name}/{kernel}by{stride}/16x19x57x57",
        lambda x, f=pool, k=kernel, s=stride, p=padding: f(x, k, s, p), (16, 19, 57, 57))
  result += forward_and_backward(
    "j/groupNorm/8/32x64x29x29",
    lambda: ([torch.randn(32, 64, 29, 29), torch.rand(64), torch.rand(64)],
             lambda x, weight, bias: F.group_norm(x, 8, weight, bias)))
  result += normal("j/instanceNorm/32x64x29x29", F.instance_norm, (32, 64, 29, 29))
  result += forward_and_backward(
    "j/rmsNorm/4099x512",
    lambda: ([torch.randn(4099, 512), torch.rand(512)],
             lambda x, weight: F.rms_norm(x, weight.shape, weight)))
  resizing = {
    "adaptiveAvgPool2d/7": lambda x: F.adaptive_avg_pool2d(x, 7),
    "adaptiveMaxPool2d/7": lambda x: F.adaptive_max_pool2d(x, 7),
    "interpolate/nearest": lambda x: F.interpolate(x, scale_factor=2),
    "interpolate/bilinear": lambda x: F.interpolate(x, scale_factor=2, mode="bilinear"),
    "interpolate/bilinear-antialias": lambda x: F.interpolate(x, 24, mode="bilinear", antialias=True),
    "pixelShuffle": lambda x: F.pixel_shuffle(x, 4),
    "unfold": lambda x: F.unfold(x, 3, padding=1),
  }
  for name, function in resizing.items():
    result += normal(f"j/{name}/8x32x57x57", function, (8, 32, 57, 57))
  return result


def batch_norm(shape, training):
  def prepare():
    channels = shape[1]
    mean, variance = torch.zeros(channels), torch.ones(channels)
    return ([torch.randn(shape), torch.rand(channels), torch.rand(channels)],
            lambda x, weight, bias: F.batch_norm(x, mean, variance, weight, bias, training))
  return forward_and_backward(
    f"j/batchNorm-{'training' if training else 'eval'}/{'x'.join(map(str, shape))}", prepare)


def many_parts():
  result = []
  joins = {
    "cat": lambda *parts: torch.cat(parts), "stack": lambda *parts: torch.stack(parts),
    "cat-inner": lambda *parts: torch.cat(parts, 1), "stack-inner": lambda *parts: torch.stack(parts, 1),
  }
  for name, function in joins.items():
    result += normal(f"j/{name}/200@37x5", function, *[(37, 5)] * 200)

  def one_hot():
    index = torch.randint(37, (10007,))
    return lambda: F.one_hot(index, 37)

  def index_select():
    index = torch.randint(1009, (20011,))
    return [torch.randn(1009, 65)], lambda x: x.index_select(0, index)

  def index_add():
    index = torch.randint(1009, (20011,))
    return [torch.randn(1009, 65), torch.randn(20011, 65)], lambda x, source: x.index_add(0, index, source)

  def embedding():
    index = torch.randint(1009, (20011,))
    return [torch.randn(1009, 5)], lambda table: F.embedding(index, table)

  result.append(Workload("j/oneHot/10007x37/forward", one_hot))
  result += forward_and_backward("j/indexSelect/20011of1009x65", index_select)
  result += forward_and_backward("j/indexAdd/20011into1009x65", index_add)
  return result + forward_and_backward("j/embedding/20011of1009x5", embedding)
