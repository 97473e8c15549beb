import torch

from harness import Workload


def forward_and_backward(name, prepare):
  """Two workloads: a function of tensors that require no gradient, and the function with its
  backward pass from a given gradient. `prepare` returns the inputs, which get gradients, and the
  function."""

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
