"""(h), continued: networks of sequences."""
import torch
import torch.nn.functional as F
from torch import nn, optim

from steps import Training, classifier


class LSTMClassifier(nn.Module):

  def __init__(self):
    super().__init__()
    self.lstm = nn.LSTM(28, 128, batch_first=True)
    self.head = nn.Linear(128, 10)

  def forward(self, x):
    return self.head(self.lstm(x)[0][:, -1])


def encoder():
  net = nn.TransformerEncoderLayer(256, 8, 1024, dropout=0, activation="gelu", batch_first=True)
  batch = torch.randn(16, 64, 256), torch.randn(16, 64, 256)
  return net, batch, lambda net, x, y: F.mse_loss(net(x), y)


class Block(nn.Module):

  def __init__(self, width, heads):
    super().__init__()
    self.heads = heads
    self.ln1 = nn.LayerNorm(width)
    self.qkv = nn.Linear(width, 3 * width)
    self.proj = nn.Linear(width, width)
    self.ln2 = nn.LayerNorm(width)
    self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

  def forward(self, x):
    parts = self.qkv(self.ln1(x)).chunk(3, dim=-1)
    q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    x = x + self.proj(y.transpose(1, 2).flatten(2))
    return x + self.mlp(self.ln2(x))


class GPT(nn.Module):

  def __init__(self, words, width, heads, length):
    super().__init__()
    self.wte = nn.Embedding(words, width)
    self.wpe = nn.Embedding(length, width)
    self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(2)))
    self.ln = nn.LayerNorm(width)
    self.head = nn.Linear(width, words, bias=False)

  def forward(self, words):
    return self.head(self.ln(self.blocks(self.wte(words) + self.wpe.weight)))


def gpt():
  batch = torch.randint(65, (16, 64)), torch.randint(65, (16 * 64,))
  return GPT(65, 128, 4, 64), batch, lambda net, x, y: F.cross_entropy(net(x).flatten(0, 1), y)


TRAININGS = {
  "lstm-28-128-b64": Training(classifier(LSTMClassifier, (64, 28, 28))),
  "transformer-encoder-d256-l64-b16": Training(encoder),
  "gpt-d128-l64-b16": Training(gpt, optim.AdamW),
}
