"""Cases of optimizers and of learning rate schedules."""
import json
import torch
from torch.testing._internal.common_optimizers import optim_db
from group import Group, name_of, tolerance
from operator_cases import seeded

SHAPES = [(3, 2), (5,), (2, 2, 2)]
STEPS = 6
WITHOUT_GRADIENT = (1, 2)  # parameter 1 has none at step 2, and must be left alone
IMPLEMENTATION = ("foreach", "fused", "capturable", "differentiable", "params")

METRICS = [1.0, 0.9, 0.95, 0.94, 0.96, 0.97, 0.5, 0.6, 0.6, 0.6, 0.6, 0.4]
SCHEDULES = [
  {"scheduler": "StepLR", "step_size": 3, "gamma": 0.5},
  {"scheduler": "MultiStepLR", "milestones": [2, 7, 8], "gamma": 0.3},
  {"scheduler": "ConstantLR", "factor": 0.2, "total_iters": 4},
  {"scheduler": "LinearLR", "start_factor": 0.1, "end_factor": 0.8, "total_iters": 6},
  {"scheduler": "ExponentialLR", "gamma": 0.8},
  {"scheduler": "PolynomialLR", "total_iters": 9, "power": 1.3},
  {"scheduler": "CosineAnnealingLR", "T_max": 8, "eta_min": 0.02},
  {"scheduler": "CosineAnnealingWarmRestarts", "T_0": 4, "T_mult": 2, "eta_min": 0.01},
  {"scheduler": "CyclicLR", "base_lr": 0.02, "max_lr": 0.4, "step_size_up": 3, "step_size_down": 5, "mode": "triangular2"},
  {"scheduler": "OneCycleLR", "max_lr": 0.6, "total_steps": 21, "pct_start": 0.3},
  {"scheduler": "ReduceLROnPlateau", "mode": "min", "factor": 0.3, "patience": 1, "cooldown": 1, "metrics": METRICS},
  {"scheduler": "SequentialLR", "milestones": [4], "schedulers": [
    {"scheduler": "LinearLR", "start_factor": 0.2, "total_iters": 4}, {"scheduler": "ExponentialLR", "gamma": 0.9}]},
  {"scheduler": "ChainedScheduler", "schedulers": [
    {"scheduler": "ConstantLR", "factor": 0.5, "total_iters": 3}, {"scheduler": "ExponentialLR", "gamma": 0.9}]},
]


def settings(info):
  """The settings that the database lists for an optimizer, each once, without those that change no number."""
  seen = []
  for sample in info.optim_inputs_func("cpu"):
    kwargs = {name: value for name, value in sample.kwargs.items() if name not in IMPLEMENTATION}
    flat = [part for value in kwargs.values() for part in (value if isinstance(value, tuple) else [value])]
    if kwargs not in seen and not any(isinstance(value, torch.Tensor) for value in flat):
      seen.append(kwargs)
  return seen


def lbfgs_steps(group, key, optimizer, params, targets):
  def closure():
    optimizer.zero_grad()
    loss = sum(((p - t) ** 4 + 0.5 * (p - t) ** 2).sum() for p, t in zip(params, targets))
    loss.backward()
    return loss

  for step in range(3):
    optimizer.step(closure)
    yield {"after": [group.put(f"{key}/{step}/a{i}", p) for i, p in enumerate(params)]}


def steps(group, key, optimizer, params, generator):
  for step in range(STEPS):
    gradients = []
    for i, p in enumerate(params):
      p.grad = None if (i, step) == WITHOUT_GRADIENT else torch.randn(p.shape, generator=generator, dtype=p.dtype)
      gradients.append(None if p.grad is None else group.put(f"{key}/{step}/g{i}", p.grad))
    optimizer.step()
    yield {"grads": gradients, "after": [group.put(f"{key}/{step}/a{i}", p) for i, p in enumerate(params)]}


def optimizer_group(options):
  group = Group("optimizers")
  for info in optim_db:
    name = info.optim_cls.__name__
    if name in ("SparseAdam", "Muon"):
      continue
    for kwargs in settings(info):
      for dtype in options.dtypes:
        key = f"{name}/{name_of(dtype)}/{len(group.cases)}"
        generator = seeded(f"{name} {json.dumps(kwargs)}", options.seed)
        params = [torch.randn(shape, generator=generator, dtype=dtype).requires_grad_() for shape in SHAPES]
        case = {"id": key, "optimizer": name, "kwargs": {k: group.encode(v, key, {}) for k, v in kwargs.items()},
                "params": [group.put(f"{key}/p{i}", p) for i, p in enumerate(params)]}
        optimizer = info.optim_cls(params, **kwargs)
        if name == "LBFGS":
          targets = [torch.randn(shape, generator=generator, dtype=dtype) for shape in SHAPES]
          case["objective"] = "sum over params of sum((p - target)^4 + 0.5 (p - target)^2)"
          case["targets"] = [group.put(f"{key}/t{i}", t) for i, t in enumerate(targets)]
          case["steps"] = list(lbfgs_steps(group, key, optimizer, params, targets))
        else:
          case["steps"] = list(steps(group, key, optimizer, params, generator))
        group.cases.append({**case, **tolerance(dtype)})
  return group


def schedule(optimizer, spec):
  kwargs = {name: value for name, value in spec.items() if name not in ("scheduler", "metrics")}
  make = getattr(torch.optim.lr_scheduler, spec["scheduler"])
  if "schedulers" not in kwargs:
    return make(optimizer, **kwargs)
  parts = [schedule(optimizer, part) for part in kwargs.pop("schedulers")]
  return make(parts) if spec["scheduler"] == "ChainedScheduler" else make(optimizer, parts, **kwargs)


def scheduler_group(_):
  group = Group("schedulers")
  for spec in SCHEDULES:
    cycles_momentum = spec["scheduler"] in ("CyclicLR", "OneCycleLR")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5, momentum=0.9 if cycles_momentum else 0)
    scheduler = schedule(optimizer, spec)
    seen = []
    for step in range(21):
      if step > 0:
        optimizer.step()
        metrics = spec.get("metrics")
        scheduler.step(*([metrics[(step - 1) % len(metrics)]] if metrics else []))
      seen.append(dict(optimizer.param_groups[0]))
    case = {"id": f"{spec['scheduler']}/{len(group.cases)}", "spec": spec, "base_lr": 0.5, "lr": [s["lr"] for s in seen],
            "rtol": 1e-9, "atol": 1e-12}
    if cycles_momentum:
      case["momentum"] = [s["momentum"] for s in seen]
    group.cases.append(case)
  return group
