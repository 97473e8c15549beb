"""(f) Indexing, scatter-add, concatenation, and permuted copies."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward

N = 1000


def workloads():
  result = []
  for which, dim in (("inner", 1), ("outer", 0)):
    result += gather(which, dim) + scatter_add(which, dim) + cat(which, dim)
  result += forward_and_backward("f/mask/1e6", mask)
  result += forward_and_backward("f/embedding/8192of32000x256", embedding)
  result += copy("f/copy-transposed/1000x1000", (N, N), lambda x: x.mT)
  result += copy("f/copy-transposed/4096x4096", (4096, 4096), lambda x: x.mT)
  result += copy("f/copy-channels-last/32x64x56x56", (32, 64, 56, 56), lambda x: x.permute(0, 2, 3, 1))
  result += copy("f/copy-heads/32x128x8x64", (32, 128, 8, 64), lambda x: x.transpose(1, 2))
  return result


def gather(which, dim):
  def prepare():
    index = torch.randint(N, (N, N))
    return [torch.randn(N, N)], lambda x: x.gather(dim, index)
  return forward_and_backward(f"f/gather/{which}/1e6", prepare)


def scatter_add(which, dim):
  def prepare():
    index = torch.randint(N, (N, N))
    return [torch.randn(N, N), torch.randn(N, N)], lambda x, source: x.scatter_add(dim, index, source)
  return forward_and_backward(f"f/scatterAdd/{which}/1e6", prepare)


def cat(which, dim):
  def prepare():
    return [torch.randn(128, N) for _ in range(8)], lambda *parts: torch.cat(parts, dim)
  return forward_and_backward(f"f/cat/{which}/8@128x1000", prepare)


def mask():
  chosen = torch.rand(N, N) < 0.5
  return [torch.randn(N, N)], lambda x: x[chosen]


def embedding():
  index = torch.randint(32000, (8192,))
  return [torch.randn(32000, 256)], lambda table: F.embedding(index, table)


def copy(name, shape, view):
  return forward_and_backward(name, lambda: ([torch.randn(shape)], lambda x: view(x).contiguous()))
