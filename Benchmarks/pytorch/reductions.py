"""(d) Reductions, normalisations and scans, over the inner, the outer and a middle dimension."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward
from harness import Workload

OPS = {
  "sum": lambda x, dim: x.sum(dim),
  "mean": lambda x, dim: x.mean(dim),
  "var": lambda x, dim: x.var(dim),
  "max": lambda x, dim: x.max(dim).values,
  "softmax": lambda x, dim: x.softmax(dim),
  "logSoftmax": lambda x, dim: x.log_softmax(dim),
  "cumsum": lambda x, dim: x.cumsum(dim),
  "sort": lambda x, dim: x.sort(dim).values,
}
DIMS = {"inner": 1, "outer": 0}
# Over a dimension between others: the channels of images.
MIDDLE = {
  "softmax": lambda x: x.softmax(1),
  "logSoftmax": lambda x: x.log_softmax(1),
  "logsumexp": lambda x: x.logsumexp(1),
}


def workloads():
  result = []
  for n in (64, 1000):
    size = f"{n}x{n}"
    for op, function in OPS.items():
      for which, dim in DIMS.items():
        result += over(f"d/{op}/{which}/{size}", function, n, dim)
    for which, dim in DIMS.items():
      result.append(argmax(f"d/argmax/{which}/{size}/forward", n, dim))
    result += forward_and_backward(
      f"d/sum/all/{size}", lambda n=n: ([torch.randn(n, n)], lambda x: x.sum()))
    result += layer_norm(f"d/layerNorm/inner/{size}", n)
  for op, function in MIDDLE.items():
    result += forward_and_backward(
      f"d/{op}/middle/8x21x64x64", lambda function=function: ([torch.randn(8, 21, 64, 64)], function))
  return result


def over(name, function, n, dim):
  return forward_and_backward(name, lambda: ([torch.randn(n, n)], lambda x: function(x, dim)))


def argmax(name, n, dim):
  def prepare():
    x = torch.randn(n, n)
    return lambda: x.argmax(dim)
  return Workload(name, prepare)


def layer_norm(name, n):
  return forward_and_backward(
    name,
    lambda: ([torch.randn(n, n), torch.rand(n), torch.rand(n)],
             lambda x, weight, bias: F.layer_norm(x, (n,), weight, bias)))
