"""(k) Layers: LSTMs of two layers and directions."""
import torch
from torch import nn

from gradients import forward_and_backward

SIZES = [(28, 64, 28, 128), (31, 7, 37, 41)]


def workloads():
  return [workload for sizes in SIZES for workload in bidirectional(*sizes)]


def bidirectional(steps, batch, inputs, hidden):
  def prepare():
    layer = nn.LSTM(inputs, hidden, num_layers=2, bidirectional=True).requires_grad_(False)
    return [torch.randn(steps, batch, inputs), *layer.parameters()], lambda x, *parameters: layer(x)[0]
  return forward_and_backward(f"k/lstm-bidirectional-2-layers/t{steps}-b{batch}-i{inputs}-h{hidden}", prepare)
