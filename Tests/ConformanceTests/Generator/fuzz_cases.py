"""Cases with large and odd geometry: random operators, shapes, dimensions and options.

A float32 case holds results that were computed in float64, and its tolerance allows four times the
error that PyTorch makes in float32: sums over long rows have no better bound.
"""
import random
import torch
from fuzz_samples import FUNCTIONS, Sampler
from group import Group, LeaveOut, leaves_of, tolerance
from torch.testing._internal.common_methods_invocations import op_db

OPERATORS = {}
for info in op_db:
  OPERATORS.setdefault(info.name, info)


def evaluate(group, case, key, inputs, dtype, second):
  """Outputs and gradients of a case with its floating tensors in `dtype`."""
  trial, result = Group("trial"), {}
  leaves = {name: x.detach().to(dtype if x.is_floating_point() else x.dtype).clone().requires_grad_(x.requires_grad)
            for name, x in inputs.items()}
  args = [group.decode(value, leaves.get) for value in case["args"]]
  kwargs = {name: group.decode(value, leaves.get) for name, value in case["kwargs"].items()}
  outputs = leaves_of(OPERATORS[case["op"]].op(*args, **kwargs))
  if any(not isinstance(y, torch.Tensor) for y in outputs):
    raise LeaveOut("a number")
  result["outputs"] = [trial.put(f"{key}/o{i}", y) for i, y in enumerate(outputs)]
  trial.add_gradients(result, key, leaves, outputs, torch.Generator().manual_seed(7), second)
  return result, trial.tensors


def fuzz_case(group, name, key, sampler):
  case, inputs = {"id": key, "op": name}, {}
  args, kwargs = FUNCTIONS[name](sampler)
  case["args"] = [group.encode(value, key, inputs) for value in args]
  case["kwargs"] = {name: group.encode(value, key, inputs) for name, value in kwargs.items()}
  dtype, second = sampler.dtype, OPERATORS[name].supports_gradgrad
  result, tensors = evaluate(group, case, key, inputs, dtype, second)
  limits = tolerance(dtype)
  if dtype == torch.float32:
    exact, references = evaluate(group, case, key, inputs, torch.float64, second)
    if exact.keys() != result.keys():
      raise LeaveOut("gradients in one type only")
    for part, want in references.items():
      got = tensors[part]
      if not want.is_floating_point() or got.dtype == want.dtype:
        continue
      finite = want.isfinite() & got.isfinite()
      if not bool(finite.all()) and not torch.equal(want.isfinite(), got.isfinite()):
        raise LeaveOut("overflow in float32")
      error = (want - got).abs()[finite]
      limits["atol"] = max(limits["atol"], 4 * float(error.max()) if error.numel() else 0)
      tensors[part] = want.to(got.dtype)
  group.tensors.update(tensors)
  group.cases.append({**case, **result, **limits})


def fuzz_group(options):
  """`options.count` cases of random operators; a case that PyTorch rejects makes none."""
  group, number = Group("ops_fuzz"), 0
  names = sorted(name for name in FUNCTIONS if name in OPERATORS)
  while len(group.cases) < options.count:
    seed = options.seed * 1_000_003 + number
    chooser = random.Random(seed)
    name, dtype = chooser.choice(names), chooser.choice([torch.float32, torch.float64])
    most = chooser.choice([200, 2000, options.size])
    key = f"{name}/{'float32' if dtype == torch.float32 else 'float64'}/{number}"
    try:
      fuzz_case(group, name, key, Sampler(seed, dtype, most))
    except (LeaveOut, RuntimeError, ValueError, TypeError, IndexError, NotImplementedError) as error:
      if options.verbose:
        print(f"  left out: {key}: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
    number += 1
  return group
