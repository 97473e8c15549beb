import torch

from harness import Workload


def forward_and_backward(name, prepare):
  """Two workloads: a function of plain tensors, and the function and its backward pass from a gradient
  that is given. `prepare` returns the tensors that the gradient is computed for, and the function."""

  def forward():
    inputs, function = prepare()
    return lambda: function(*inputs)

  def backward():
    inputs, function = prepare()
    gradient = torch.ones_like(function(*inputs))
    for x in inputs:
      x.requires_grad_()

    def body():
      for x in inputs:
        x.grad = None
      function(*inputs).backward(gradient)

    return body

  return [Workload(f"{name}/forward", forward), Workload(f"{name}/backward", backward)]
