"""(k) Layers: recurrent ones, from an input without a gradient."""
import torch
from torch import nn

import harness

SIZES = [(28, 64, 28, 128), (100, 16, 64, 64), (35, 20, 200, 200), (10, 1, 32, 32)]


def forward(make, shape, hidden):
  layer, x = make(shape[2], hidden), torch.randn(shape)

  def body():
    with torch.no_grad():
      return layer(x)[0]
  return body


def backward(make, shape, hidden):
  layer, x = make(shape[2], hidden), torch.randn(shape)
  parameters, gradient = list(layer.parameters()), torch.ones(*shape[:2], hidden)

  def body():
    for parameter in parameters:
      parameter.grad = None
    layer(x)[0].backward(gradient)
  return body


def workloads():
  result = []
  for kind, make in (("lstm", nn.LSTM), ("gru", nn.GRU), ("rnn", nn.RNN)):
    for *shape, hidden in SIZES:
      name = f"k/{kind}/t{shape[0]}-b{shape[1]}-i{shape[2]}-h{hidden}"
      for pass_name, prepare in (("forward", forward), ("backward", backward)):
        result.append(harness.Workload(
          f"{name}/{pass_name}", lambda f=prepare, m=make, s=shape, h=hidden: f(m, s, h)))
  return result
