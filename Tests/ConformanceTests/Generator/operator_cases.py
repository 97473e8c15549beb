"""Cases of the operators, and of calls that they reject, from PyTorch's OpInfo database."""
import zlib
import numpy
import torch
from torch.testing._internal.common_methods_invocations import op_db
from group import Group, LeaveOut, leaves_of, name_of, tolerance
from operators import OPERATORS


def size(values):
  return sum(x.numel() for x in values if isinstance(x, torch.Tensor))


def seeded(text, seed):
  """Sets the global generators by a text; a generator of its own for what the samples do not draw."""
  number = seed + zlib.crc32(text.encode()) % 100_000
  torch.manual_seed(number)
  numpy.random.seed(number)
  return torch.Generator().manual_seed(number + 1)


def spread(samples, most):
  """At most `most` of the samples, from all over the list."""
  if len(samples) <= most:
    return samples
  return [samples[i * len(samples) // most] for i in range(most)]


def operator_case(group, info, sample, key, dtype, differentiable, generator, options):
  case, inputs = {"id": key, "op": info.name}, {}
  if info.variant_test_name:
    case["variant"] = info.variant_test_name
  case["args"] = [group.encode(value, key, inputs) for value in (sample.input, *sample.args)]
  case["kwargs"] = {name: group.encode(value, key, inputs) for name, value in sample.kwargs.items()}
  if size(inputs.values()) > options.size:
    raise LeaveOut("size")

  # What is called is what a reader of the file will call, each tensor made once.
  leaves = {name: x.detach().clone(memory_format=torch.contiguous_format).requires_grad_(x.requires_grad)
            for name, x in inputs.items()}
  args = [group.decode(value, leaves.get) for value in case["args"]]
  kwargs = {name: group.decode(value, leaves.get) for name, value in case["kwargs"].items()}
  result = info.op(*args, **kwargs)
  outputs = leaves_of(result)
  if size(outputs) > options.size:
    raise LeaveOut("size")
  case["outputs"] = [
    group.put(f"{key}/o{i}", y) if isinstance(y, torch.Tensor) else group.encode(y, key, {}) for i, y in enumerate(outputs)]

  # An op whose outputs are unique only up to a choice says so by handing over something else to differentiate.
  shown = leaves_of(sample.output_process_fn_grad(result))
  unique = len(shown) == len(outputs) and all(
    a is b or not isinstance(a, torch.Tensor) or a.shape == b.shape for a, b in zip(shown, outputs))
  if differentiable and unique:
    try:
      group.add_gradients(case, key, leaves, outputs, generator, info.supports_gradgrad)
    except (RuntimeError, NotImplementedError):
      for name in ("cotangents", "grads", "second"):
        case.pop(name, None)
      group.add_gradients(case, key, leaves, outputs, generator, False)
  group.cases.append({**case, **tolerance(dtype)})


def operator_groups(options):
  """A group of cases for each group of operators."""
  for name, operators in OPERATORS.items():
    group = Group(f"ops_{name}")
    for info in (info for operator in operators.split() for info in op_db if info.name == operator):
      for dtype in options.dtypes:
        if dtype not in info.supported_dtypes("cpu"):
          continue
        variant = ".".join(filter(None, (info.name, info.variant_test_name)))
        generator = seeded(f"{variant} {dtype}", options.seed)
        differentiable = info.supports_autograd and dtype in info.supported_backward_dtypes("cpu")
        make = info.reference_inputs if options.inputs == "reference" else info.sample_inputs
        try:
          samples = spread(list(make("cpu", dtype, requires_grad=differentiable)), options.most)
        except (RuntimeError, ValueError, TypeError) as error:  # some reference inputs do not bear requires_grad
          print(f"  no samples of {variant}, {name_of(dtype)}: {error}")
          continue
        for number, sample in enumerate(samples):
          key = f"{variant}/{name_of(dtype)}/{number}"
          try:
            operator_case(group, info, sample, key, dtype, differentiable, generator, options)
          except (LeaveOut, RuntimeError, ValueError, TypeError, IndexError, NotImplementedError) as error:
            if options.verbose:
              print(f"  left out: {key}: {type(error).__name__}: {error}")
    yield group


def rejected_calls(options):
  """Calls that PyTorch rejects, with its message; not those that a compiler rejects elsewhere."""
  group = Group("errors")
  wanted = {operator for operators in OPERATORS.values() for operator in operators.split()}
  for info in (info for info in op_db if info.name in wanted and info.error_inputs_func):
    seeded(info.name, options.seed)
    for number, error in enumerate(info.error_inputs("cpu")):
      sample = error.sample_input
      key, inputs = f"{info.name}/error/{number}", {}
      try:
        if "out" in sample.kwargs:
          raise LeaveOut("there is no `out` elsewhere")
        case = {"id": key, "op": info.name,
                "args": [group.encode(value, key, inputs) for value in (sample.input, *sample.args)],
                "kwargs": {name: group.encode(value, key, inputs) for name, value in sample.kwargs.items()}}
        if size(inputs.values()) > options.size:
          raise LeaveOut("size")
      except LeaveOut:
        continue
      try:
        info(sample.input, *sample.args, **sample.kwargs)
      except (TypeError, AttributeError):
        continue
      except Exception as error:
        case["error"] = f"{type(error).__name__}: {error}".split("\n")[0]
        group.cases.append(case)
  return group
