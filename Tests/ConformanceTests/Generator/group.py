"""A group of cases: what is written to one JSON file, and the tensors that it names."""
import json, math, os
import torch
from safetensors.torch import save_file

DTYPES = (torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool)


class LeaveOut(Exception):
  """Why a sample makes no case."""


def name_of(dtype):
  return str(dtype).removeprefix("torch.")


def tolerance(dtype):
  return {"rtol": 1e-7, "atol": 1e-9} if dtype == torch.float64 else {"rtol": 2e-4, "atol": 2e-5}


def leaves_of(value):
  """The outputs of a call, in order, whatever tuples and lists they come in."""
  if isinstance(value, (tuple, list)):
    return [leaf for part in value for leaf in leaves_of(part)]
  return [value]


class Group:
  def __init__(self, name):
    self.name, self.cases, self.tensors = name, [], {}

  def put(self, key, tensor):
    """Keeps a tensor under a name; the value that stands for it in a case."""
    tensor = tensor.detach()
    if tensor.device.type != "cpu" or tensor.layout != torch.strided or tensor.dtype not in DTYPES:
      raise LeaveOut(f"a tensor of {tensor.dtype}, {tensor.layout}, {tensor.device}")
    self.tensors[key] = tensor.clone(memory_format=torch.contiguous_format)
    return {"t": key}

  def encode(self, value, key, found):
    """A Python value as the cases write it; tensors are kept under `key` and added to `found`."""
    if isinstance(value, torch.Tensor):
      name = f"{key}/i{len(found)}"
      found[name] = value
      return self.put(name, value)
    if value is None or isinstance(value, (bool, int, str)):
      return value
    if isinstance(value, float):
      return value if math.isfinite(value) else {"float": str(value)}
    if isinstance(value, torch.dtype):
      return {"dtype": name_of(value)}
    if isinstance(value, slice):
      return {"slice": [self.encode(part, key, found) for part in (value.start, value.stop, value.step)]}
    if value is Ellipsis:
      return {"ellipsis": True}
    if isinstance(value, (list, tuple)):
      parts = [self.encode(part, key, found) for part in value]
      return parts if isinstance(value, list) else {"tuple": parts}
    if hasattr(value, "item"):
      return self.encode(value.item(), key, found)
    raise LeaveOut(f"an argument of type {type(value).__name__}")

  def decode(self, value, leaf):
    """The Python value that `encode` wrote; `leaf` gives the tensor of a name."""
    if isinstance(value, list):
      return [self.decode(part, leaf) for part in value]
    if not isinstance(value, dict):
      return value
    (form, content), = value.items()
    if form == "t":
      return leaf(content)
    if form == "float":
      return float(content)
    if form == "dtype":
      return getattr(torch, content)
    if form == "tuple":
      return tuple(self.decode(part, leaf) for part in content)
    if form == "slice":
      return slice(*(self.decode(part, leaf) for part in content))
    return Ellipsis

  def add_gradients(self, case, key, inputs, outputs, generator, second):
    """First derivatives for random cotangents; where `second`, those of their product with random vectors."""
    inputs = {name: x for name, x in inputs.items() if x.requires_grad}
    roots = {i: y for i, y in enumerate(outputs) if isinstance(y, torch.Tensor) and y.requires_grad}
    if not inputs or not roots:
      return

    def like(x):
      return torch.randn(x.shape, generator=generator, dtype=x.dtype)

    cotangents = {i: like(y).requires_grad_(second) for i, y in roots.items()}
    gradients = dict(zip(inputs, torch.autograd.grad(
      list(roots.values()), list(inputs.values()), list(cotangents.values()), allow_unused=True, create_graph=second)))
    case["cotangents"] = {str(i): self.put(f"{key}/c{i}", c) for i, c in cotangents.items()}
    case["grads"] = {name: None if g is None else self.put(f"{name}/g", g) for name, g in gradients.items()}
    live = {name: g for name, g in gradients.items() if g is not None and g.requires_grad}
    if not second or not live:
      return
    vectors = {name: like(g) for name, g in live.items()}
    targets = {**inputs, **{f"{key}/c{i}": c for i, c in cotangents.items()}}
    seconds = torch.autograd.grad(list(live.values()), list(targets.values()), list(vectors.values()), allow_unused=True)
    case["second"] = {
      "v": {name: self.put(f"{name}/v", v) for name, v in vectors.items()},
      "grads": {name: None if g is None else self.put(f"{name}/gg", g) for name, g in zip(targets, seconds)},
    }

  def write(self, folder):
    """Writes the cases, a line each, and the tensors that they name, with the version of PyTorch."""
    named = set()

    def visit(value):
      if isinstance(value, dict):
        if isinstance(value.get("t"), str):
          named.add(value["t"])
        value = list(value.values())
      if isinstance(value, list):
        for part in value:
          visit(part)

    visit(self.cases)
    tensors = {key: tensor for key, tensor in self.tensors.items() if key in named}
    path = os.path.join(folder, f"{self.name}.safetensors")
    save_file(tensors, path, {"torch": torch.__version__})
    os.chmod(path, 0o644)
    with open(os.path.join(folder, f"{self.name}.json"), "w") as file:
      lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in self.cases)
      file.write(f"[\n{lines}\n]\n")
    print(f"{self.name}: {len(self.cases)} cases")
