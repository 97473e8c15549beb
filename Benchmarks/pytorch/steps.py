"""What all training steps share."""
import torch
import torch.nn.functional as F
from torch import optim

from layouts import with_channels_last

# An optimizer's default is a loop over the parameters.
OPTIMIZER_WAYS = [{}, {"foreach": True}, {"fused": True}]


class Training:
  """A network, its loss and its optimizer, trained on one batch.

  make: returns the network, the tensors of a batch, and the loss as a function of these.
  """

  def __init__(self, make, optimizer=optim.Adam, has_images=False, **options):
    self.make, self.optimizer, self.has_images = make, optimizer, has_images
    self.options = options or {"lr": 1e-3}

  def ways(self):
    """The step with each way to run the optimizer, and with each layout of images."""
    layouts = (False, True) if self.has_images else (False,)
    return [lambda way=way, last=last: self.step(last, **way) for way in OPTIMIZER_WAYS for last in layouts]

  def step(self, has_channels_last=False, **way):
    net, batch, loss = self.make()
    if has_channels_last:
      net = net.to(memory_format=torch.channels_last)
      batch = [with_channels_last(x) for x in batch]
    optimizer = self.optimizer(net.parameters(), **self.options, **way)

    def body():
      optimizer.zero_grad()
      loss(net, *batch).backward()
      optimizer.step()

    return body


def classifier(make_net, shape, classes=10):
  """Makes a classifier, a batch and its loss."""
  return lambda: (make_net(), (torch.randn(shape), torch.randint(classes, shape[:1])),
                  lambda net, x, labels: F.cross_entropy(net(x), labels))
