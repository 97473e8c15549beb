"""Writes Tests/NNTests/Networks/Fixtures: small networks and one training step of each, in PyTorch.

Run it with a Python that has torch and safetensors, from anywhere. The files are from torch 2.13.0.
NetworkFixture.swift reads them:

  state/NAME       the state dict; its weights are those that the seed 0 gives, norms are changed.
                   The names in their order are in the file's metadata
  input/I, target  a batch
  eval, training   the output in each mode
  loss             of the output in training mode
  gradient/NAME    of each parameter, and gradient/input/I of each input that is not of integers
  buffer/NAME      running statistics after the step

State and inputs are float32; what follows from them is computed in float64.
"""

import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

FOLDER = pathlib.Path(__file__).parents[1] / "NNTests" / "Networks" / "Fixtures"


def mlp():
    net = nn.Sequential(nn.Linear(7, 16), nn.Tanh(), nn.Linear(16, 12), nn.GELU(), nn.Linear(12, 3))
    return net, [torch.randn(5, 7)], torch.randint(3, (5,)), F.cross_entropy


def cnn():
    net = nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 5, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(2),
        nn.Dropout(0), nn.Flatten(), nn.Linear(32, 5), nn.LogSoftmax(1))
    return net, [torch.randn(4, 1, 13, 12)], torch.randint(5, (4,)), F.nll_loss


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if inputs != outputs or stride != 1:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(ResidualBlock(6, 6))
        self.layer2 = nn.Sequential(ResidualBlock(6, 8, 2))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        return self.fc(torch.flatten(self.avgpool(self.layer2(self.layer1(x))), 1))


def resnet():
    return ResNet(), [torch.randn(2, 3, 17, 15)], torch.randint(4, (2,)), F.cross_entropy


def double_conv(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([double_conv(2, 4), double_conv(4, 6)])
        self.bottom = double_conv(6, 8)
        self.up = nn.ModuleList([nn.ConvTranspose2d(8, 6, 2, stride=2), nn.ConvTranspose2d(6, 4, 2, stride=2)])
        self.merge = nn.ModuleList([double_conv(12, 6), double_conv(8, 4)])
        self.out = nn.Conv2d(4, 3, 1)

    def forward(self, x):
        levels = []
        for block in self.down:
            x = block(x)
            levels.append(x)
            x = F.max_pool2d(x, 2)
        x = self.bottom(x)
        for up, merge in zip(self.up, self.merge):
            x = merge(torch.cat([levels.pop(), up(x)], 1))
        return self.out(x)


def unet():
    return UNet(), [torch.randn(2, 2, 12, 8)], torch.randint(3, (2, 12, 8)), F.cross_entropy


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(
            8, 2, dim_feedforward=12, dropout=0, activation="gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(8), enable_nested_tensor=False)
        self.head = nn.Linear(8, 3)

    def forward(self, x, padding):
        return self.head(self.encoder(x, src_key_padding_mask=padding)[:, 0])


def encoder():
    padding = torch.arange(7) >= torch.tensor([[7], [4], [5]])
    return Encoder(), [torch.randn(3, 7, 8), padding], torch.randint(3, (3,)), F.cross_entropy


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerDecoderLayer(8, 2, dim_feedforward=12, dropout=0, batch_first=True)
        self.decoder = nn.TransformerDecoder(layer, 2)

    def forward(self, x, memory):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1], dtype=x.dtype)
        return self.decoder(x, memory, tgt_mask=mask, tgt_is_causal=True)


def decoder():
    return Decoder(), [torch.randn(2, 5, 8), torch.randn(2, 7, 8)], torch.randn(2, 5, 8), F.mse_loss


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.ln2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU("tanh"), nn.Linear(4 * width, width))

    def forward(self, x):
        parts = self.qkv(self.ln1(x)).chunk(3, dim=-1)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.proj(y.transpose(1, 2).flatten(2))
        return x + self.mlp(self.ln2(x))


class GPT(nn.Module):
    def __init__(self, words=13, width=8, heads=2, length=9):
        super().__init__()
        self.wte = nn.Embedding(words, width)
        self.wpe = nn.Embedding(length, width)
        self.blocks = nn.ModuleList([Block(width, heads) for _ in range(2)])
        self.ln = nn.LayerNorm(width)
        self.head = nn.Linear(width, words, bias=False)
        self.head.weight = self.wte.weight

    def forward(self, words):
        x = self.wte(words) + self.wpe.weight[:words.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.head(self.ln(x)).transpose(1, 2)


def gpt():
    return GPT(), [torch.randint(13, (2, 9))], torch.randint(13, (2, 9)), F.cross_entropy


class LSTMClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(5, 8, batch_first=True)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


def lstm():
    return LSTMClassifier(), [torch.randn(4, 9, 5)], torch.randint(3, (4,)), F.cross_entropy


class GRUClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(5, 7, num_layers=2)
        self.head = nn.Linear(7, 3)

    def forward(self, x, start):
        return self.head(self.gru(x, start)[1][-1])


def gru():
    return GRUClassifier(), [torch.randn(9, 4, 5), torch.randn(2, 4, 7)], torch.randint(3, (4,)), F.cross_entropy


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, 6, padding_idx=0)
        self.lstm = nn.LSTM(6, 5, num_layers=2, bidirectional=True, batch_first=True)
        self.head = nn.Linear(10, 4)

    def forward(self, words):
        return self.head(self.lstm(self.embedding(words))[0]).transpose(1, 2)


def tagger():
    return Tagger(), [torch.randint(11, (3, 8))], torch.randint(4, (3, 8)), F.cross_entropy


NETWORKS = {
    "mlp": mlp, "cnn": cnn, "resnet": resnet, "unet": unet, "encoder": encoder, "decoder": decoder, "gpt": gpt,
    "lstm": lstm, "gru": gru, "tagger": tagger,
}
NORMS = (nn.BatchNorm2d, nn.LayerNorm)


def change_norms(net):
    """Moves normalisations from where they start, so that they matter."""
    for module in net.modules():
        if isinstance(module, NORMS):
            for tensor in module.state_dict().values():
                if tensor.is_floating_point():
                    tensor += 0.5 * torch.rand_like(tensor)


def write(name, make):
    torch.manual_seed(0)
    net, inputs, target, loss = make()
    change_norms(net)
    tensors = {f"state/{key}": value.clone() for key, value in net.state_dict().items()}
    tensors |= {f"input/{i}": x for i, x in enumerate(inputs)} | {"target": target}

    net.double()
    inputs = [x.double().requires_grad_() if x.is_floating_point() else x for x in inputs]
    if target.is_floating_point():
        target = target.double()
    tensors["eval"] = net.eval()(*inputs)
    tensors["training"] = net.train()(*inputs)
    tensors["loss"] = loss(tensors["training"], target)
    tensors["loss"].backward()
    tensors |= {f"gradient/{key}": parameter.grad for key, parameter in net.named_parameters()}
    tensors |= {f"gradient/input/{i}": x.grad for i, x in enumerate(inputs) if x.grad is not None}
    tensors |= {f"buffer/{key}": buffer for key, buffer in net.named_buffers()}
    tensors = {key: tensor.detach().contiguous().clone() for key, tensor in tensors.items()}
    # The file sorts its names.
    metadata = {"names": " ".join(net.state_dict())}
    path = FOLDER / f"{name}.safetensors"
    save_file(tensors, path, metadata=metadata)
    path.chmod(0o644)


torch.set_num_threads(1)
FOLDER.mkdir(exist_ok=True)
for name, make in NETWORKS.items():
    write(name, make)
