"""(j), continued: losses with dimensions behind the classes, odd sizes and soft targets."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward


def workloads():
  result = []
  for shape in ((4, 5, 33, 35), (16, 10, 7), (8, 21, 64, 64)):
    size = "x".join(map(str, shape))

    def labels(shape=shape):
      return torch.randint(shape[1], (shape[0], *shape[2:]))

    def probabilities(shape=shape):
      return torch.randn(shape).softmax(1)

    result += against(f"j/crossEntropy/{size}", F.cross_entropy, shape, labels)
    result += against(f"j/crossEntropy/smoothed/{size}", smoothed, shape, labels)
    result += against(f"j/crossEntropy/probabilities/{size}", F.cross_entropy, shape, probabilities)
    result += against(f"j/nll/{size}", F.nll_loss, shape, labels)
  return result + positive_weight((64, 1000)) + positive_weight((37, 501))


def smoothed(x, target):
  return F.cross_entropy(x, target, label_smoothing=0.1)


def against(name, loss, shape, make_target):
  def prepare():
    target = make_target()
    return [torch.randn(shape)], lambda x: loss(x, target)
  return forward_and_backward(name, prepare)


def positive_weight(shape):
  def prepare():
    target, weight = torch.rand(shape), torch.rand(shape[1])
    return [torch.randn(shape)], lambda x: F.binary_cross_entropy_with_logits(
      x, target, pos_weight=weight)
  return forward_and_backward(f"j/bceWithLogits/posWeight/{shape[0]}x{shape[1]}", prepare)
