"""(h), continued: networks of images."""
import torch
import torch.nn.functional as F
from torch import nn, optim

from steps import Training, classifier


def lenet():
  return nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def cnn():
  return nn.Sequential(
    nn.Conv2d(1, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(inplace=True), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(3136, 10))


class ResidualBlock(nn.Module):
  """The basic block of ResNet."""

  def __init__(self, inputs, outputs, stride=1):
    super().__init__()
    self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
    self.bn1 = nn.BatchNorm2d(outputs)
    self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
    self.bn2 = nn.BatchNorm2d(outputs)
    self.downsample = None if inputs == outputs and stride == 1 else nn.Sequential(
      nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

  def forward(self, x):
    y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
    y += x if self.downsample is None else self.downsample(x)
    return F.relu(y, inplace=True)


def resnet():
  return nn.Sequential(ResidualBlock(64, 64), ResidualBlock(64, 128, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                       nn.Linear(128, 10))


class VariationalAutoencoder(nn.Module):

  def __init__(self):
    super().__init__()
    self.encoder = nn.Linear(784, 400)
    self.mean = nn.Linear(400, 20)
    self.log_variance = nn.Linear(400, 20)
    self.decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784))

  def loss(self, x):
    """The negative evidence lower bound, summed over the batch."""
    hidden = F.relu(self.encoder(x))
    mean, log_variance = self.mean(hidden), self.log_variance(hidden)
    z = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
    error = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="sum")
    return error - 0.5 * (1 + log_variance - mean.square() - log_variance.exp()).sum()


def vae():
  return VariationalAutoencoder(), (torch.rand(64, 784),), VariationalAutoencoder.loss


TRAININGS = {
  "lenet-b64": Training(classifier(lenet, (64, 1, 28, 28)), has_images=True),
  "cnn-batchnorm-b64": Training(classifier(cnn, (64, 1, 28, 28)), has_images=True),
  "resnet-blocks-b16": Training(
    classifier(resnet, (16, 64, 28, 28)), optim.SGD, has_images=True, lr=1e-2, momentum=0.9),
  "vae-784-400-20-b64": Training(vae),
}
