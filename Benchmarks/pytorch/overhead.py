"""(a) The overhead of an op: chains of ops on 4 × 4."""
import torch

from harness import Workload


def workloads():
  result = chain("a/mul/1e3", 1000, repeated_product, ("noGrad", "recorded", "backward"))
  result += chain("a/mixed/1e3", 1002, mixture, ("noGrad", "recorded", "backward"))
  for power in ("1e4", "1e5", "1e6"):
    result += chain(f"a/mul/{power}", int(float(power)), repeated_product, ("recorded", "backward"))
  return result


def repeated_product(x, ops):
  y = x
  for _ in range(ops):
    y = y * x
  return y


def mixture(x, ops):
  """A chain of `ops` ops, six kinds in turn."""
  y = x
  for _ in range(ops // 6):
    y = y + x
    y = y * x
    y = y.tanh()
    y = y.matmul(x)
    y = y.sum(1)
    y = y.view(4, 1)
  return y


def chain(name, ops, function, modes):
  def prepare(mode):
    x = torch.full((4, 4), 0.5, requires_grad=True)
    with torch.no_grad():
      gradient = torch.ones_like(function(x, ops))

    def no_grad():
      with torch.no_grad():
        function(x, ops)

    def recorded():
      function(x, ops)

    def backward():
      x.grad = None
      function(x, ops).backward(gradient)

    return {"noGrad": no_grad, "recorded": recorded, "backward": backward}[mode]

  return [Workload(f"{name}/{mode}", lambda mode=mode: prepare(mode), count=ops) for mode in modes]
