"""Workloads in each of PyTorch's memory formats, of which the fastest counts."""
import torch

from gradients import forward_and_backward
from harness import Fastest

FORMATS = {4: torch.channels_last, 5: torch.channels_last_3d}


def in_best_layout(name, prepare):
  """As forward_and_backward, with images in row-major order and with their channels last."""
  ways = [forward_and_backward(name, lambda f=convert: f(*prepare())) for convert in (row_major, channels_last)]
  return [Fastest(pair) for pair in zip(*ways)]


def row_major(inputs, function):
  return inputs, function


def channels_last(inputs, function):
  return [with_channels_last(x) for x in inputs], function


def with_channels_last(x):
  return x.to(memory_format=FORMATS[x.ndim]) if x.ndim in FORMATS else x
