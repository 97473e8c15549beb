"""(c) Element-wise ops by size, with broadcasting, and with a transposed operand."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward

PAIRS = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b}
SINGLE = {"exp": torch.exp, "log": torch.log, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu}


def workloads():
  result = []
  for op, function in {**PAIRS, "pow": torch.pow}.items():
    for size in ("1e3", "1e4", "1e5", "1e6", "1e7"):
      result += pair(f"c/{op}/{size}", function, [int(float(size))], [int(float(size))])
  for op, function in SINGLE.items():
    for size in ("1e3", "1e4", "1e5", "1e6", "1e7"):
      result += single(f"c/{op}/{size}", function, int(float(size)))
  for size, n in (("1e4", 100), ("1e6", 1000)):
    for op, function in PAIRS.items():
      result += pair(f"c/{op}-row/{size}", function, [n, n], [1, n])
      result += pair(f"c/{op}-column/{size}", function, [n, n], [n, 1])
      result += pair(f"c/{op}-transposed/{size}", with_transposed(function), [n, n], [n, n])
    result += forward_and_backward(
      f"c/exp-transposed/{size}", lambda n=n: ([torch.rand(n, n)], lambda x: x.mT.exp()))
  return result


def pair(name, function, *shapes):
  return forward_and_backward(name, lambda: ([torch.rand(s) for s in shapes], function))


def single(name, function, count):
  # Positive, for the logarithm.
  return forward_and_backward(name, lambda: ([torch.rand(count) * 2 + 0.1], function))


def with_transposed(function):
  return lambda a, b: function(a, b.mT)
