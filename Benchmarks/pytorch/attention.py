"""(j) Attention, and the layers made of it."""
import torch
import torch.nn.functional as F

from gradients import forward_and_backward

# Batch, heads, queries, keys, features.
SIZES = [
  (16, 8, 64, 64, 32), (4, 8, 512, 512, 64), (1, 12, 1024, 1024, 64), (2, 8, 100, 300, 40),
  (32, 8, 16, 16, 16), (1, 1, 700, 700, 64), (16, 12, 1, 512, 64),
]


def workloads():
  result = []
  for size in SIZES:
    batch, heads, queries, keys, features = size
    q, k = (batch, heads, queries, features), (batch, heads, keys, features)
    for is_causal in (False, True) if queries == keys else (False,):
      result += attention(f"attention{'-causal' if is_causal else ''}/{'x'.join(map(str, size))}",
                          q, k, is_causal=is_causal)
  shape = (4, 8, 128, 64)
  result += attention("attention-mask/4x8x128x128x64", shape, shape, attn_mask=torch.randn(128, 128))
  result += attention("attention-groups/2x8of2x256x256x64", (2, 8, 256, 64), (2, 2, 256, 64),
                      enable_gqa=True)

  def multihead():
    layer = torch.nn.MultiheadAttention(256, 8, batch_first=True)
    return [torch.randn(8, 128, 256)], lambda x: layer(x, x, x, need_weights=False)[0]

  def encoder():
    layer = torch.nn.TransformerEncoderLayer(256, 8, 1024, dropout=0.0, batch_first=True)
    return [torch.randn(8, 128, 256)], layer

  result += forward_and_backward("j/multiheadAttention/8x128x256", multihead)
  return result + forward_and_backward("j/transformerEncoderLayer/8x128x256", encoder)


def attention(name, q, k, **options):
  return forward_and_backward(
    f"j/{name}",
    lambda: ([torch.randn(q), torch.randn(k), torch.randn(k)],
             lambda q, k, v: F.scaled_dot_product_attention(q, k, v, **options)))
