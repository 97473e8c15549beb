"""(b) Matrix products, all four ways of transposing."""
import torch

from harness import Workload

SQUARES = [(None, n, n, n) for n in (32, 64, 128, 256, 512, 1024, 2048)]
OF_NETWORKS = [
  (None, 32, 784, 128), (None, 256, 1024, 4096), (None, 1, 4096, 4096), (None, 8192, 64, 64),
  (None, 37, 53, 71), (None, 511, 513, 509), (64, 64, 64, 64), (128, 64, 32, 64),
]


def workloads():
  return [product(dtype, shape, transposed)
          for dtype in (torch.float32, torch.float64)
          for shape in SQUARES + OF_NETWORKS
          for transposed in ("nn", "nt", "tn", "tt")]


def product(dtype, shape, transposed):
  batch, rows, inner, columns = shape

  def factor(rows, columns, is_transposed):
    size = (columns, rows) if is_transposed else (rows, columns)
    x = torch.randn(((batch,) if batch else ()) + size, dtype=dtype)
    return x.mT if is_transposed else x

  def prepare():
    a = factor(rows, inner, transposed[0] == "t")
    b = factor(inner, columns, transposed[1] == "t")
    return lambda: a.matmul(b)

  size = (f"{batch}@" if batch else "") + f"{rows}x{inner}x{columns}"
  return Workload(f"b/{str(dtype).removeprefix('torch.')}/{size}/{transposed}", prepare)
