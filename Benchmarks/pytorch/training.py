"""(h) Training steps, and (i) the first of them in a fresh process."""
import sys

import torch
import torch.nn.functional as F
from torch import nn, optim

import harness
import overhead


def training(net, x, y, loss, optimizer):
  def step():
    optimizer.zero_grad()
    loss(net(x), y).backward()
    optimizer.step()
  return step


def small():
  net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
  optimizer = optim.SGD(net.parameters(), lr=1e-2, momentum=0.9)
  return training(net, torch.randn(32, 2), torch.randn(32, 1), F.mse_loss, optimizer)


def digits(batch):
  net = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
  optimizer = optim.Adam(net.parameters(), lr=1e-3)
  return training(net, torch.randn(batch, 784), torch.randint(10, (batch,)), F.cross_entropy, optimizer)


def wide():
  net = nn.Sequential(nn.Linear(1024, 4096), nn.GELU(), nn.Linear(4096, 1024))
  optimizer = optim.AdamW(net.parameters(), lr=1e-3)
  return training(net, torch.randn(256, 1024), torch.randn(256, 1024), F.mse_loss, optimizer)


TRAININGS = {
  "mlp-2-16-16-1-b32": small,
  "mlp-784-128-10-b32": lambda: digits(32),
  "mlp-784-128-10-b256": lambda: digits(256),
  "mlp-1024-4096-1024-b256": wide,
}


def workloads():
  return [harness.Workload(f"h/{name}", make) for name, make in TRAININGS.items()]


def take_first_step(name):
  if name == "graph-1e6":
    graph = overhead.repeated_product(torch.full((4, 4), 0.5, requires_grad=True), 1_000_000)
  elif name in TRAININGS:
    TRAININGS[name]()()
  else:
    sys.exit(f"there is no training named {name}")
  harness.print_peak()
