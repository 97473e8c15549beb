"""Element-wise functions at tiny, huge and critical numbers: values and two derivatives, computed with
hundreds of digits. PyTorch's own derivatives overflow or cancel at many of these points."""
import math, random
import mpmath as mp
import torch
from group import Group

FLOAT32 = (1e-45, 1e-38, 1e-30, 1e-23, 1e-20, 1e-10, 1e-6, 1e-4, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9999999, 1, 1.0000001, 1.5, 2, 3, 4, 5.5, 8,
           10, 13, 15, 20, 30, 40, 60, 88, 89, 100, 104, 300, 1000, 1e4, 1e6, 1e10, 1e20, 1e30, 3e38)
FLOAT64 = FLOAT32 + (1e-320, 1e-300, 1e-200, 1e-160, 1e-100, 700, 709, 712, 745, 800, 1e100, 1e160, 1e200, 1e300)
ALL = (-math.inf, math.inf)


def gaussian_integral(x):
  return mp.erfc(-x / mp.sqrt(2)) / 2


def sigmoid(x):
  return 1 / (1 + mp.exp(-x))


def softplus(x):
  return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def logaddexp(a, b, base):
  return max(a, b) + mp.log1p(mp.power(base, min(a, b) - max(a, b))) / mp.log(base)


def selu(x):
  alpha, scale = mp.mpf("1.6732632423543772848170429916717"), mp.mpf("1.0507009873554804934193349852946")
  return scale * (x if x > 0 else alpha * mp.expm1(x))


# The function, and between which numbers it is tried. Beyond them it is not differentiable, or a number
# stands for more than a period, or the digits that the oracle needs are too many.
ONE = {
  "exp": (mp.exp, ALL), "exp2": (lambda x: mp.power(2, x), ALL), "expm1": (mp.expm1, ALL), "log": (mp.log, (0, math.inf)),
  "log2": (lambda x: mp.log(x) / mp.log(2), (0, math.inf)), "log10": (mp.log10, (0, math.inf)), "log1p": (mp.log1p, (-1, math.inf)),
  "sqrt": (mp.sqrt, (0, math.inf)), "rsqrt": (lambda x: 1 / mp.sqrt(x), (0, math.inf)), "reciprocal": (lambda x: 1 / x, ALL),
  "square": (lambda x: x * x, ALL), "sin": (mp.sin, ALL), "cos": (mp.cos, ALL), "tan": (mp.tan, ALL), "asin": (mp.asin, (-1, 1)),
  "acos": (mp.acos, (-1, 1)), "atan": (mp.atan, ALL), "sinh": (mp.sinh, ALL), "cosh": (mp.cosh, ALL), "tanh": (mp.tanh, ALL),
  "asinh": (mp.asinh, ALL), "acosh": (mp.acosh, (1, math.inf)), "atanh": (mp.atanh, (-1, 1)), "erf": (mp.erf, ALL),
  "erfc": (mp.erfc, (-1e6, 1e6)), "erfinv": (mp.erfinv, (-1, 1)), "sigmoid": (sigmoid, ALL), "logit": (lambda x: mp.log(x / (1 - x)), (0, 1)),
  # sin(πx) near other integers is what the rounded angle leaves, as in PyTorch.
  "sinc": (lambda x: mp.sin(mp.pi * x) / (mp.pi * x) if x else mp.mpf(1), (-0.9, 0.9)),
  "lgamma": (mp.loggamma, (0, 1e6)), "digamma": (mp.digamma, (0, 1e6)), "special.ndtr": (gaussian_integral, (-1e6, 1e6)),
  "special.log_ndtr": (lambda x: mp.log(gaussian_integral(x)), (-1e6, 1e6)), "special.ndtri": (lambda x: mp.sqrt(2) * mp.erfinv(2 * x - 1), (0, 1)),
  "special.erfcx": (lambda x: mp.exp(x * x) * mp.erfc(x), (-1e6, 1e6)), "special.entr": (lambda x: -x * mp.log(x), (0, math.inf)),
  "i0": (lambda x: mp.besseli(0, x), (-1e4, 1e4)), "special.i1": (lambda x: mp.besseli(1, x), (-1e4, 1e4)),
  "special.i0e": (lambda x: mp.exp(-abs(x)) * mp.besseli(0, x), (-1e4, 1e4)),
  "special.i1e": (lambda x: mp.exp(-abs(x)) * mp.besseli(1, x), (-1e4, 1e4)),
  "nn.functional.logsigmoid": (lambda x: -softplus(-x), ALL), "nn.functional.silu": (lambda x: x * sigmoid(x), ALL),
  "nn.functional.mish": (lambda x: x * mp.tanh(softplus(x)), ALL), "nn.functional.gelu": (lambda x: x * gaussian_integral(x), (-1e6, 1e6)),
  "nn.functional.softsign": (lambda x: x / (1 + abs(x)), ALL),
  "nn.functional.elu": (lambda x: x if x > 0 else mp.expm1(x), ALL), "nn.functional.selu": (selu, ALL),
  # PyTorch's softplus is the identity function above 20, with a derivative of exactly 1.
  "nn.functional.softplus": (softplus, (-math.inf, 20)),
}
TWO = {
  "atan2": mp.atan2, "hypot": lambda a, b: mp.sqrt(a * a + b * b), "logaddexp": lambda a, b: logaddexp(a, b, mp.e),
  "logaddexp2": lambda a, b: logaddexp(a, b, mp.mpf(2)), "true_divide": lambda a, b: a / b, "pow": mp.power,
  "xlogy": lambda a, b: a * mp.log(b), "special.xlog1py": lambda a, b: a * mp.log1p(b),
}
POSITIVE = {"pow": (0,), "xlogy": (1,), "special.xlog1py": (1,)}
KINKS = ("nn.functional.elu", "nn.functional.selu", "special.i0e", "nn.functional.softsign")


def digits(*numbers):
  """Decimal digits for second differences with steps of 1e-60, also of 1 − e^-745."""
  return 800 + int(6 * max(abs(math.log10(abs(x))) if x else 0 for x in numbers))


def step(x):
  return mp.mpf(10) ** -60 * (min(abs(x), 1) if x else 1)


def rounded(values, dtype):
  """The tensor nearest to exact numbers. (Via float64, whose rounding does not matter here.)"""
  def nearest(x):
    if abs(x) < mp.mpf("1e-330"):
      return 0.0
    return float(x) if abs(x) < mp.mpf("1.7976931348623158e308") else math.inf if x > 0 else -math.inf
  return torch.tensor([nearest(x) for x in values], dtype=torch.float64).to(dtype)


def limits(dtype):
  """A part of the value where it is normal, and the spacing of subnormal numbers."""
  return {"rtol": 1e-4 if dtype == torch.float32 else 1e-8, "atol": float(torch.finfo(dtype).tiny)}


def points(dtype):
  values = FLOAT32 if dtype == torch.float32 else FLOAT64
  return torch.tensor([*values, *(-x for x in values), 0.0], dtype=dtype).tolist()


def case_of_one(group, name, dtype):
  f, (low, high) = ONE[name]
  xs = [x for x in points(dtype) if low < x < high and not (x == 0 and name in KINKS + ("reciprocal",))]
  values, slopes, bends = [], [], []
  for x in xs:
    mp.mp.dps = digits(x)
    center, h = mp.mpf(x), step(x)
    y, above, below = f(center), f(center + h), f(center - h)
    values.append(y), slopes.append((above - below) / (2 * h)), bends.append((above + below - 2 * y) / (h * h))
  key = f"{name}/{str(dtype)[6:]}/extreme"
  x, ones = torch.tensor(xs, dtype=dtype), torch.ones(len(xs), dtype=dtype)
  put = lambda part, numbers: group.put(f"{key}/{part}", rounded(numbers, dtype))
  group.cases.append({
    "id": key, "op": name, "args": [group.put(f"{key}/i0", x)], "kwargs": {}, "outputs": [put("o0", values)],
    "cotangents": {"0": group.put(f"{key}/c0", ones)}, "grads": {f"{key}/i0": put("g", slopes)},
    "second": {"v": {f"{key}/i0": group.put(f"{key}/v", ones)},
               "grads": {f"{key}/i0": put("gg", bends), f"{key}/c0": put("gc", slopes)}}, **limits(dtype)})


def derivatives_of_two(f, a, b):
  """f, ∂a f, ∂b f, ∂aa f, ∂ab f, ∂bb f."""
  mp.mp.dps = digits(a, b)
  a, b, h, k = mp.mpf(a), mp.mpf(b), step(a), step(b)
  at = {(i, j): f(a + i * h, b + j * k) for i in (-1, 0, 1) for j in (-1, 0, 1)}
  return (at[0, 0], (at[1, 0] - at[-1, 0]) / (2 * h), (at[0, 1] - at[0, -1]) / (2 * k),
          (at[1, 0] + at[-1, 0] - 2 * at[0, 0]) / (h * h), (at[1, 1] - at[1, -1] - at[-1, 1] + at[-1, -1]) / (4 * h * k),
          (at[0, 1] + at[0, -1] - 2 * at[0, 0]) / (k * k))


def cases_of_two(group, name, dtype, count=150):
  choose, pairs, results = random.Random(f"{name} {dtype}"), [], []
  numbers = [x for x in points(dtype) if x > 0 and not 1 < x < 1.0001]
  while len(pairs) < count:
    a, b = (choose.choice(numbers) * (1 if i in POSITIVE.get(name, ()) else choose.choice((1, -1))) for i in (0, 1))
    if not (name == "pow" and abs(b) > 1e3) and not (name.startswith("logadd") and a == b):
      pairs.append((a, b))
      results.append(derivatives_of_two(TWO[name], a, b))
  y, fa, fb, faa, fab, fbb = ([r[i] for r in results] for i in range(6))
  for which, second in (("a", (faa, fab, fa)), ("b", (fab, fbb, fb))):
    key = f"{name}/{str(dtype)[6:]}/extreme, {which}"
    ones = torch.ones(count, dtype=dtype)
    put = lambda part, numbers: group.put(f"{key}/{part}", rounded(numbers, dtype))
    inputs = [group.put(f"{key}/i{i}", torch.tensor([pair[i] for pair in pairs], dtype=dtype)) for i in (0, 1)]
    group.cases.append({
      "id": key, "op": name, "args": inputs, "kwargs": {}, "outputs": [put("o0", y)], "cotangents": {"0": group.put(f"{key}/c0", ones)},
      "grads": {f"{key}/i0": put("ga", fa), f"{key}/i1": put("gb", fb)},
      "second": {"v": {f"{key}/i{'ab'.index(which)}": group.put(f"{key}/v", ones)},
                 "grads": dict(zip((f"{key}/i0", f"{key}/i1", f"{key}/c0"), map(put, ("gga", "ggb", "gc"), second)))}, **limits(dtype)})


def extreme_group(options):
  group = Group("ops_extreme")
  for dtype in options.dtypes:
    for name in ONE:
      case_of_one(group, name, dtype)
    for name in TWO:
      cases_of_two(group, name, dtype)
  return group
