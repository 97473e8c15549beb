"""(e) Losses."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward


def workloads():
  result = []
  for count, classes in ((8192, 1000), (128, 32000)):
    result += cross_entropy(count, classes)
  result += pixels("e/crossEntropy/8x21x64x64", lambda: torch.randint(21, (8, 64, 64)))
  result += pixels(
    "e/crossEntropy/probabilities/8x21x64x64", lambda: torch.randn(8, 21, 64, 64).softmax(1))
  result += against(
    "e/bceWithLogits/1e6", F.binary_cross_entropy_with_logits, lambda: torch.rand(1_000_000))
  result += against("e/mse/1e6", F.mse_loss, lambda: torch.randn(1_000_000))
  return result


def cross_entropy(count, classes):
  def prepare():
    labels = torch.randint(classes, (count,))
    return [torch.randn(count, classes)], lambda x: F.cross_entropy(x, labels)
  return forward_and_backward(f"e/crossEntropy/{count}x{classes}", prepare)


def pixels(name, make_target):
  """A class for each pixel of an image."""
  def prepare():
    target = make_target()
    return [torch.randn(8, 21, 64, 64)], lambda x: F.cross_entropy(x, target)
  return forward_and_backward(name, prepare)


def against(name, loss, make_target):
  def prepare():
    target = make_target()
    return [torch.randn(1_000_000)], lambda x: loss(x, target)
  return forward_and_backward(name, prepare)
