"""Cases of layers and losses, from PyTorch's ModuleInfo database."""
import torch
from torch.testing._internal.common_modules import module_db
from group import Group, LeaveOut, leaves_of, name_of, tolerance
from operator_cases import seeded, size, spread

RANDOM_IN_TRAINING = ("RReLU", "FractionalMaxPool2d", "FractionalMaxPool3d")


def is_random(module):
  """Whether a call of the module draws random numbers."""
  return module.training and (
    type(module).__name__ in RANDOM_IN_TRAINING
    or any(isinstance(part, torch.nn.modules.dropout._DropoutNd) and part.p > 0 for part in module.modules())
    or (isinstance(getattr(module, "dropout", None), float) and module.dropout > 0))


def module_case(group, info, sample, key, dtype, training, generator, options):
  setup, inputs = {}, {}
  arguments, forward = sample.constructor_input, sample.forward_input
  case = {"id": key, "module": info.name, "training": training,
          "init_args": [group.encode(value, f"{key}/init", setup) for value in arguments.args],
          "init_kwargs": {name: group.encode(value, f"{key}/init", setup) for name, value in arguments.kwargs.items()}}
  module = info.module_cls(*arguments.args, **arguments.kwargs).to(dtype).train(training)
  if is_random(module):
    raise LeaveOut("random")
  with torch.no_grad():
    for parameter in module.parameters():
      parameter.copy_(torch.randn(parameter.shape, generator=generator, dtype=dtype) / 2)
  case["state"] = {name: group.put(f"{key}/s/{name}", x) for name, x in module.state_dict().items()}
  case["args"] = [group.encode(value, key, inputs) for value in forward.args]
  case["kwargs"] = {name: group.encode(value, key, inputs) for name, value in forward.kwargs.items()}
  if size(inputs.values()) + size(module.parameters()) > options.size:
    raise LeaveOut("size")
  outputs = leaves_of(module(*forward.args, **forward.kwargs))
  case["outputs"] = [None if y is None else group.put(f"{key}/o{i}", y) for i, y in enumerate(outputs)]
  parameters = {f"{key}/s/{name}": parameter for name, parameter in module.named_parameters()}
  group.add_gradients(case, key, {**inputs, **parameters}, outputs, generator, False)
  case["state_after"] = {name: group.put(f"{key}/sa/{name}", x) for name, x in module.named_buffers()}
  group.cases.append({**case, **tolerance(dtype)})


def module_group(options):
  group = Group("modules")
  for info in module_db:
    for dtype in options.dtypes:
      for training in (True, False) if info.train_and_eval_differ else (True,):
        mode = "train" if training else "eval"
        generator = seeded(f"{info.name} {dtype} {mode}", options.seed)
        samples = info.module_inputs_func(info, device="cpu", dtype=dtype, requires_grad=True, training=training)
        for number, sample in enumerate(spread([s for s in samples if s.forward_input is not None], options.most)):
          key = f"{info.name}/{name_of(dtype)}/{mode}/{number}"
          try:
            module_case(group, info, sample, key, dtype, training, generator, options)
          except (LeaveOut, RuntimeError, ValueError, TypeError) as error:
            if options.verbose:
              print(f"  left out: {key}: {type(error).__name__}: {error}")
  return group
