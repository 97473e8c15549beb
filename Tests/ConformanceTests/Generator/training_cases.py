"""Cases of the random numbers after a seed, and of whole training runs."""
import torch
from group import Group, name_of

nn = torch.nn

RANDOM = [
  ("rand", [[5]]), ("rand", [[4, 9]]), ("randn", [[3]]), ("randn", [[15]]), ("randn", [[16]]), ("randn", [[17]]),
  ("randn", [[40, 7]]), ("randint", [0, 10, [12]]), ("randint", [-7, 1000, [5, 5]]), ("randperm", [1]),
  ("randperm", [20]), ("randperm", [1000]), ("Tensor.uniform_", [[6, 6], -2.0, 3.0]),
  ("Tensor.normal_", [[6, 6], 1.5, 0.25]), ("Tensor.exponential_", [[33], 1.5]),
  ("init.xavier_uniform_", [[8, 5]]), ("init.xavier_normal_", [[8, 5]]),
  ("init.kaiming_uniform_", [[8, 5], 5 ** 0.5]), ("init.kaiming_normal_", [[8, 5]]), ("init.trunc_normal_", [[8, 5]]),
  ("init.orthogonal_", [[8, 5]]), ("Linear", [7, 4]), ("Conv2d", [3, 4, 3]), ("Embedding", [9, 4]), ("LSTM", [3, 4]),
]

TRAINING = [
  {"net": [["Linear", [6, 16], {}], ["Tanh", [], {}], ["Linear", [16, 3], {}]],
   "loss": ["CrossEntropyLoss", {"label_smoothing": 0.1}],
   "optimizer": ["SGD", {"lr": 0.2, "momentum": 0.9, "nesterov": True}],
   "x": [8, 6], "target": "class", "batches": 4, "steps": 60},
  {"net": [["Linear", [4, 12], {}], ["SiLU", [], {}], ["Linear", [12, 3], {}]], "loss": ["BCEWithLogitsLoss", {}],
   "optimizer": ["RMSprop", {"lr": 0.005, "momentum": 0.5}],
   "scheduler": ["StepLR", {"step_size": 10, "gamma": 0.7}],
   "x": [9, 4], "target": "binary", "batches": 2, "steps": 50},
  {"net": [["Linear", [4, 12], {}], ["LogSoftmax", [1], {}]], "loss": ["NLLLoss", {}],
   "optimizer": ["Adagrad", {"lr": 0.1}], "x": [9, 4], "target": "class", "batches": 2, "steps": 50},
  {"net": [["Conv2d", [2, 4, 3], {"padding": 1}], ["BatchNorm2d", [4], {}], ["ReLU", [], {}], ["MaxPool2d", [2], {}],
           ["Conv2d", [4, 6, [3, 2]], {"stride": 2}], ["ELU", [], {}], ["Flatten", [], {}], ["Linear", [12, 3], {}]],
   "loss": ["CrossEntropyLoss", {}], "optimizer": ["Adam", {"lr": 0.003}],
   "x": [5, 2, 7, 9], "target": "class", "batches": 3, "steps": 40},
  {"net": [["Conv1d", [4, 8, 3], {"padding": 2, "dilation": 2, "groups": 2}], ["GroupNorm", [4, 8], {}],
           ["SiLU", [], {}], ["AvgPool1d", [2], {}], ["ConvTranspose1d", [8, 3, 4], {"stride": 2, "padding": 1}],
           ["AdaptiveAvgPool1d", [2], {}], ["Flatten", [], {}]],
   "loss": ["BCEWithLogitsLoss", {}], "optimizer": ["AdamW", {"lr": 0.01, "weight_decay": 0.1}],
   "x": [4, 4, 11], "target": "binary", "batches": 2, "steps": 40},
]


def draw(name, args):
  """The tensors that one random call makes."""
  if name in ("rand", "randn"):
    return [getattr(torch, name)(*args[0])]
  if name in ("randint", "randperm"):
    return [getattr(torch, name)(*args)]
  if name.startswith("Tensor."):
    return [getattr(torch.empty(args[0]), name[7:])(*args[1:])]
  if name.startswith("init."):
    return [getattr(nn.init, name[5:])(torch.empty(args[0]), *args[1:])]
  return list(getattr(nn, name)(*args).parameters())


def random_cases(dtype):
  for seed in (0, 1234, 2**31 - 1):
    for name, args in RANDOM:
      torch.manual_seed(seed)
      values = draw(name, args) + draw(name, args)
      first = "x".join(map(str, args[0])) if isinstance(args[0], list) else args[0]
      key = f"{name}/{name_of(dtype)}/{seed}/{first}"
      yield key, {"call": name, "args": args, "dtype": name_of(dtype), "seed": seed, "rtol": 1e-5, "atol": 1e-6}, values


def training_case(group, number, spec, dtype):
  key = f"training/{number}/{name_of(dtype)}"
  torch.manual_seed(number)
  net = nn.Sequential(*[getattr(nn, name)(*args, **kwargs) for name, args, kwargs in spec["net"]])
  criterion = getattr(nn, spec["loss"][0])(**spec["loss"][1])
  optimizer = getattr(torch.optim, spec["optimizer"][0])(net.parameters(), **spec["optimizer"][1])
  scheduler = None
  if "scheduler" in spec:
    name, options = spec["scheduler"]
    scheduler = getattr(torch.optim.lr_scheduler, name)(optimizer, **options)
  inputs = torch.randn(spec["batches"], *spec["x"])
  shape = net(inputs[0]).shape
  if spec["target"] == "class":
    targets = torch.randint(0, shape[1], (spec["batches"], shape[0]))
  else:
    targets = torch.randint(0, 2, (spec["batches"], *shape)).to(dtype)
  state = {k: group.put(f"{key}/s/{k}", v) for k, v in net.state_dict().items()}
  losses = []
  for step in range(spec["steps"]):
    batch = step % spec["batches"]
    optimizer.zero_grad()
    loss = criterion(net(inputs[batch]), targets[batch])
    loss.backward()
    optimizer.step()
    if scheduler:
      scheduler.step()
    losses.append(loss.item())
  tolerance = {"rtol": 1e-6, "atol": 1e-8} if dtype == torch.float64 else {"rtol": 1e-3, "atol": 1e-4}
  group.cases.append({
    "id": key, "dtype": key.split("/")[-1], **spec, "state": state, "inputs": group.put(f"{key}/x", inputs),
    "targets": group.put(f"{key}/y", targets), "losses": losses,
    "final": {k: group.put(f"{key}/f/{k}", v) for k, v in net.state_dict().items()}, **tolerance})


def random_and_training_groups(_):
  numbers, runs = Group("random"), Group("training")
  for dtype in (torch.float32, torch.float64):
    torch.set_default_dtype(dtype)
    for key, case, values in random_cases(dtype):
      values = [numbers.put(f"{key}/{i}", value) for i, value in enumerate(values)]
      numbers.cases.append({"id": key, **case, "values": values})
    for number, spec in enumerate(TRAINING):
      training_case(runs, number, spec, dtype)
  torch.set_default_dtype(torch.float32)
  return numbers, runs
