"""(g) Optimizer steps: few large parameters, and many small ones; PyTorch's default, and fused."""
import torch
from torch import optim

from harness import Workload

MAKERS = {
  "sgd-momentum": lambda p, **more: optim.SGD(p, lr=1e-3, momentum=0.9, **more),
  "adam": lambda p, **more: optim.Adam(p, lr=1e-3, **more),
  "adamw": lambda p, **more: optim.AdamW(p, lr=1e-3, **more),
}


def workloads():
  return [step(f"g/{name}/{size}{variant}", make, tensors, elements, more)
          for size, tensors, elements in (("10x1e6", 10, 1_000_000), ("1000x100", 1000, 100))
          for name, make in MAKERS.items()
          for variant, more in (("", {}), ("@fused", {"fused": True}))]


def step(name, make, tensors, elements, more):
  def prepare():
    parameters = [torch.randn(elements, requires_grad=True) for _ in range(tensors)]
    for parameter in parameters:
      parameter.grad = torch.randn(elements)
    return make(parameters, **more).step

  return Workload(name, prepare)
