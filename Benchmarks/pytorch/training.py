"""(h) Training steps, and (i) the first of them in a fresh process."""
import sys

import torch
import torch.nn.functional as F
from torch import nn, optim

import harness
import image_networks
import overhead
import sequence_networks
from steps import Training, classifier


def small():
  net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
  return net, (torch.randn(32, 2), torch.randn(32, 1)), lambda net, x, y: F.mse_loss(net(x), y)


def digits(batch):
  return classifier(
    lambda: nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)), (batch, 784))


def wide():
  net = nn.Sequential(nn.Linear(1024, 4096), nn.GELU(), nn.Linear(4096, 1024))
  return net, (torch.randn(256, 1024), torch.randn(256, 1024)), lambda net, x, y: F.mse_loss(net(x), y)


TRAININGS = {
  "mlp-2-16-16-1-b32": Training(small, optim.SGD, lr=1e-2, momentum=0.9),
  "mlp-784-128-10-b32": Training(digits(32)),
  "mlp-784-128-10-b256": Training(digits(256)),
  "mlp-1024-4096-1024-b256": Training(wide, optim.AdamW, lr=1e-3),
  **image_networks.TRAININGS,
  **sequence_networks.TRAININGS,
}


def workloads():
  return [harness.Fastest([harness.Workload(f"h/{name}", way) for way in training.ways()])
          for name, training in TRAININGS.items()]


def take_first_step(name):
  if name == "graph-1e6":
    graph = overhead.repeated_product(torch.full((4, 4), 0.5, requires_grad=True), 1_000_000)
  elif name in TRAININGS:
    TRAININGS[name].step()()
  else:
    sys.exit(f"there is no training named {name}")
  harness.print_peak()
