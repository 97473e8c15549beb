"""The workloads of Benchmarks/main.swift in PyTorch: python3 foundation.py (pip install torch==2.13.0)."""
import time
import torch


def measure(name, count, samples, body):
  body()
  times = []
  for _ in range(samples):
    start = time.perf_counter()
    body()
    times.append((time.perf_counter() - start) * 1e9 / count)
  times.sort()
  print(f"{name}: median {times[samples // 2]:.4f}, best {times[0]:.4f}")


def chain(x):
  y = x
  for _ in range(1000):
    y = y * x
  return y


print("torch", torch.__version__)
most = torch.get_num_threads()
for shape in ([], [4, 4]):
  leaf, plain = torch.ones(shape, requires_grad=True), torch.ones(shape)
  measure(f"chain of products of {shape}, not recorded, ns an op", 1000, 50, lambda: chain(plain))
  measure(f"chain of products of {shape}, recorded, ns an op", 1000, 50, lambda: chain(leaf))
  measure(f"chain of products of {shape}, with backward, ns an op", 1000, 50, lambda: chain(leaf).sum().backward())

for threads in sorted({1, most}):
  torch.set_num_threads(threads)
  for dtype in (torch.float32, torch.float64):
    a, b = torch.randn(1024, 1024, dtype=dtype), torch.randn(1024, 1024, dtype=dtype)
    measure(f"product of 1024 × 1024 {dtype}, {threads} threads, ms", 1_000_000, 20, lambda: a @ b)
