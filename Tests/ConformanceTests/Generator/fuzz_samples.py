"""Random arguments for the fuzz cases: shapes from one element to thousands, odd sizes, any dimension."""
import random
import torch
from group import LeaveOut

SIZES = (1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 33, 64, 65, 100, 127, 129, 255, 257, 513, 1000, 1025, 4099, 10007)
SMALL = (1, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17)
FUNCTIONS = {}


def function(names):
  """Registers a maker of arguments for each of the operators."""
  def register(make):
    for name in names.split():
      FUNCTIONS[name] = make
    return make
  return register


class Sampler:
  """Random arguments of one case."""

  def __init__(self, seed, dtype, most):
    self.random, self.generator = random.Random(seed), torch.Generator().manual_seed(seed)
    self.dtype, self.most = dtype, most

  def one_of(self, *values):
    return self.random.choice(values)

  def chance(self, share):
    return self.random.random() < share

  def below(self, n):
    return self.random.randrange(n)

  def shape(self, least=0, most=5, empty=0.02, budget=None):
    """A shape whose number of elements stays below the budget."""
    budget = budget or self.most
    sizes, left = [], budget
    for _ in range(self.random.randint(least, most)):
      sizes.append(self.random.choice([n for n in (SIZES if self.chance(0.5) else SMALL) if n <= left] or [1]))
      left //= sizes[-1]
    self.random.shuffle(sizes)
    if sizes and self.chance(empty):
      sizes[self.below(len(sizes))] = 0
    return sizes

  def broadcast(self, shape):
    """A shape that broadcasts to `shape`."""
    kind = self.below(4)
    if kind == 0:
      return list(shape)
    shape = [1 if self.chance(0.4) else n for n in shape]
    return shape[self.below(len(shape) + 1):] if kind == 1 else shape

  def normal(self, shape, grad=True, scale=1.0, dtype=None):
    x = torch.randn(shape, generator=self.generator, dtype=torch.float64) * scale
    return x.to(dtype or self.dtype).requires_grad_(grad)

  def within(self, shape, low, high, grad=True):
    x = torch.rand(shape, generator=self.generator, dtype=torch.float64) * (high - low) + low
    return x.to(self.dtype).requires_grad_(grad)

  def integers(self, shape, low, high, dtype=torch.int64):
    return torch.randint(low, high, shape, generator=self.generator).to(dtype)

  def distinct(self, shape, grad=True):
    """Numbers without ties, in a random order."""
    n = int(torch.Size(shape).numel())
    x = (torch.randperm(n, generator=self.generator).to(torch.float64) - n / 2) / max(n, 1) * 8 + 0.01
    return x.reshape(shape).to(self.dtype).requires_grad_(grad)

  def dim(self, shape):
    return self.random.randrange(-len(shape), len(shape)) if shape else self.one_of(0, -1)

  def dims(self, shape):
    if not shape:
      return []
    count = self.random.randint(1, len(shape))
    return [d - (len(shape) if self.chance(0.3) else 0) for d in self.random.sample(range(len(shape)), count)]


# MARK: - Element-wise

DOMAINS = {
  "abs neg sin cos square sigmoid tanh exp expm1 erf erfc sinc atan asinh sgn sign trunc ceil floor round frac positive rad2deg "
  "deg2rad special.ndtr special.log_ndtr special.i0e special.i1 special.i1e i0 sinh cosh exp2 isfinite isnan signbit "
  "nn.functional.gelu nn.functional.hardsigmoid nn.functional.hardswish nn.functional.logsigmoid nn.functional.mish "
  "nn.functional.relu nn.functional.relu6 nn.functional.selu nn.functional.silu nn.functional.softsign "
  "nn.functional.tanhshrink nn.functional.elu nn.functional.celu nn.functional.leaky_relu nn.functional.hardshrink "
  "nn.functional.softshrink nn.functional.hardtanh nn.functional.softplus special.erfcx": (-6, 6),
  "log log2 log10 rsqrt sqrt reciprocal digamma lgamma special.entr": (0.05, 30),
  "log1p": (-0.9, 30), "acos asin atanh erfinv": (-0.95, 0.95), "acosh": (1.05, 30), "tan": (-1.4, 1.4),
  "logit special.ndtri": (0.02, 0.98)}
for names, (low, high) in DOMAINS.items():
  for name in names.split():
    FUNCTIONS[name] = lambda s, low=low, high=high: ([s.within(s.shape(), low, high)], {})


def two(s, low=-4, high=4):
  shape = s.shape()
  a, b = (shape, s.broadcast(shape)) if s.chance(0.5) else (s.broadcast(shape), shape)
  return s.within(a, low, high), s.within(b, low, high)


@function("add sub mul __radd__ __rmul__ __rsub__ rsub maximum minimum fmax fmin copysign logaddexp logaddexp2 atan2 hypot true_divide")
def binary(s):
  return list(two(s)), {}


@function("div")
def divided(s):
  return list(two(s)), s.one_of({}, {}, {"rounding_mode": "floor"}, {"rounding_mode": "trunc"})


@function("eq ne lt le gt ge isclose logical_and logical_or logical_xor fmod remainder floor_divide nextafter heaviside")
def binary_without_gradient(s):
  a, b = two(s)
  return [(a.detach() * 2).round() / 2, (b.detach() * 2).round() / 2 + s.one_of(0, 0.25)], {}


@function("pow float_power xlogy special.xlog1py __rpow__")
def positive_pair(s):
  return list(two(s, 0.1, 3)), {}


@function("addcmul addcdiv")
def three(s):
  shape = s.shape()
  return [s.normal(shape), s.normal(s.broadcast(shape)), s.within(s.broadcast(shape), 0.3, 3)], {"value": s.one_of(1, 0.5, -2)}


@function("lerp where")
def chosen(s):
  shape = s.shape()
  a, b = s.normal(shape), s.normal(s.broadcast(shape))
  return [a, b, s.within(s.broadcast(shape), -1, 2)], {}


@function("clamp clamp_min clamp_max")
def clamped(s):
  shape = s.shape()
  return [s.distinct(shape), s.one_of(-1.0, 0.5)], {}


@function("nn.functional.threshold")
def thresholded(s):
  return [s.distinct(s.shape()), 0.3, s.one_of(-1.0, 2.0)], {}


@function("nn.functional.prelu")
def prelu(s):
  shape = s.shape(2, 4)
  return [s.distinct(shape), s.normal([s.one_of(1, shape[1])])], {}


@function("nn.functional.glu")
def glu(s):
  shape = s.shape(1, 4)
  d = s.below(len(shape))
  shape[d] = 2 * max(shape[d] // 2, 1)
  return [s.normal(shape), d], {}


@function("softmax log_softmax nn.functional.softmin")
def softmax(s):
  shape = s.shape(1, 4)
  return [s.normal(shape, scale=s.one_of(1, 5)), s.dim(shape)], {}


# MARK: - Reductions, scans, order

def keepdim(s):
  return s.one_of({}, {"keepdim": True})


@function("sum mean nansum nanmean amax amin logsumexp")
def reduced(s):
  shape = s.shape(1, 5, empty=0.0)
  x = s.distinct(shape)
  return [x], {"dim": s.dims(shape), **keepdim(s)}


@function("prod all any argmax argmin")
def reduced_one(s):
  shape = s.shape(1, 5, empty=0.0)
  return [(s.within(shape, 0.7, 1.3) if s.chance(0.5) else s.distinct(shape))], s.one_of({}, {"dim": s.dim(shape), **keepdim(s)})


@function("var std var_mean std_mean")
def moments(s):
  shape = s.shape(1, 5, empty=0.0)
  return [s.normal(shape) + s.one_of(0, 10)], {"dim": s.dims(shape), "correction": s.one_of(0, 1, 1, 2), **keepdim(s)}


def norm(s, order):
  shape = s.shape(1, 4, empty=0.0)
  return [s.normal(shape)], {order: s.one_of(0.5, 1, 2, 2, 3, float("inf"), -1), "dim": s.dims(shape), **keepdim(s)}


FUNCTIONS["linalg.vector_norm"] = lambda s: norm(s, "ord")
FUNCTIONS["norm"] = lambda s: norm(s, "p")


@function("cumsum cumprod logcumsumexp cummax cummin")
def scanned(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.within(shape, 0.8, 1.2) if s.chance(0.5) else s.within(shape, -1.01, 1.02)], {"dim": s.dim(shape)}


@function("max min median nanmedian mode")
def selected(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.distinct(shape), s.dim(shape)], keepdim(s)


@function("kthvalue topk")
def ranked(s):
  shape = s.shape(1, 4, empty=0.0)
  d = s.dim(shape)
  return [s.distinct(shape), s.random.randint(1, shape[d]), d], {}


@function("sort argsort")
def sorted_(s):
  shape = s.shape(1, 4)
  return [s.distinct(shape)], {"dim": s.dim(shape), "descending": s.chance(0.5), "stable": True}


@function("quantile nanquantile")
def quantile(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.distinct(shape), s.one_of(0.1, 0.5, 0.77, 1.0)], {
    "dim": s.dim(shape), "interpolation": s.one_of("linear", "lower", "higher", "midpoint", "nearest"), **keepdim(s)}


@function("cov corrcoef")
def covariance(s):
  return [s.normal([s.one_of(*SMALL), s.one_of(5, 33, 257, 1000)])], {}


@function("histc")
def histogram(s):
  return [s.normal(s.shape(1, 3), grad=False)], {"bins": s.one_of(1, 7, 100), "min": -2, "max": 2}


@function("bincount")
def counted(s):
  return [s.integers([s.one_of(*SIZES)], 0, s.one_of(2, 77, 1000))], {"minlength": s.one_of(0, 5, 100)}


@function("diff")
def difference(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.normal(shape)], {"n": s.one_of(1, 1, 2, 3), "dim": s.dim(shape)}


@function("unique")
def unique(s):
  return [s.integers(s.shape(1, 3), -9, 9)], {"return_inverse": True, "return_counts": True}


@function("count_nonzero")
def nonzeros(s):
  shape = s.shape(1, 5)
  return [s.integers(shape, 0, 2)], {"dim": s.dims(shape)}


# MARK: - Shapes

@function("flip")
def flipped(s):
  shape = s.shape(1, 5)
  return [s.normal(shape), s.dims(shape)], {}


@function("roll")
def rolled(s):
  shape = s.shape(1, 4)
  dims = s.dims(shape)
  return [s.normal(shape), [s.random.randint(-300, 300) for _ in dims], dims], {}


@function("cat")
def joined(s):
  shape, count = s.shape(1, 4, budget=s.most // 8), s.one_of(1, 2, 3, 8, 40)
  d = s.below(len(shape))
  parts = [s.normal([s.one_of(0, 1, 2, 3, 5, 9) if i == d else n for i, n in enumerate(shape)]) for _ in range(count)]
  return [parts, s.one_of(d, d - len(shape))], {}


@function("stack")
def stacked(s):
  shape = s.shape(0, 3, budget=s.most // 16)
  return [[s.normal(shape) for _ in range(s.one_of(1, 2, 7, 16))], s.random.randint(-len(shape) - 1, len(shape))], {}


@function("split")
def split(s):
  shape = s.shape(1, 4, empty=0.0)
  d = s.below(len(shape))
  return [s.normal(shape), s.random.randint(max(1, shape[d] // 20), shape[d] + 2), d], {}


@function("chunk tensor_split")
def parts(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.normal(shape), s.one_of(1, 2, 3, 7, 20), s.below(len(shape))], {}


@function("repeat tile")
def repeated(s):
  shape = s.shape(0, 3, budget=s.most // 30)
  return [s.normal(shape), [s.one_of(1, 2, 3) for _ in range(len(shape) + s.below(2))]], {}


@function("repeat_interleave")
def interleaved(s):
  shape = s.shape(1, 3, budget=s.most // 6)
  return [s.normal(shape), s.one_of(1, 2, 5), s.below(len(shape))], {}


@function("unfold")
def windows(s):
  shape = s.shape(1, 3, empty=0.0, budget=s.most // 4)
  d = s.below(len(shape))
  return [s.normal(shape), d, s.random.randint(1, min(shape[d], 9)), s.one_of(1, 2, 3, 5)], {}


@function("tril triu")
def triangle(s):
  return [s.normal(s.shape(2, 4)), s.random.randint(-5, 5)], {}


@function("transpose")
def transposed(s):
  shape = s.shape(1, 5)
  return [s.normal(shape), s.dim(shape), s.dim(shape)], {}


@function("constant_pad_nd")
def padded(s):
  shape = s.shape(1, 4, budget=s.most // 8)
  return [s.normal(shape), [s.random.randint(0, 3) for _ in range(2 * s.random.randint(1, len(shape)))], 0.5], {}


# MARK: - Indexing

@function("index_select")
def rows(s):
  shape = s.shape(1, 4, empty=0.0)
  d = s.below(len(shape))
  return [s.normal(shape), d, s.integers([s.one_of(1, 5, 33, 300)], 0, shape[d])], {}


@function("index_add index_copy")
def added(s):
  shape = s.shape(1, 3, empty=0.0)
  d = s.below(len(shape))
  index = s.integers([s.one_of(1, 5, 33, 200)], 0, shape[d])
  source = [len(index) if i == d else n for i, n in enumerate(shape)]
  return [s.normal(shape), d, index, s.normal(source)], {}


@function("index_fill")
def filled(s):
  shape = s.shape(1, 4, empty=0.0)
  d = s.below(len(shape))
  return [s.normal(shape), d, s.integers([s.one_of(1, 5, 33)], 0, shape[d]), 2.5], {}


def index_within(s):
  """A shape, a dimension, and indices along it for a smaller tensor."""
  shape = s.shape(1, 4, empty=0.0)
  d = s.below(len(shape))
  index_shape = [s.one_of(1, 3, 50) if i == d else s.random.randint(1, n) for i, n in enumerate(shape)]
  return shape, d, s.integers(index_shape, 0, shape[d])


@function("gather")
def gathered(s):
  shape, d, index = index_within(s)
  return [s.normal(shape), d, index], {}


@function("scatter_add")
def scattered(s):
  shape, d, index = index_within(s)
  return [s.normal(shape), d, index, s.normal(list(index.shape))], {}


@function("take")
def taken(s):
  x = s.normal(s.shape(1, 4, empty=0.0))
  return [x, s.integers(s.shape(0, 2, budget=500), -x.numel(), x.numel())], {}


@function("masked_fill")
def masked(s):
  shape = s.shape()
  return [s.normal(shape), s.integers(s.broadcast(shape), 0, 2).bool(), -3.0], {}


@function("masked_select")
def kept(s):
  shape = s.shape()
  return [s.normal(shape), s.integers(s.broadcast(shape), 0, 2).bool()], {}


@function("__getitem__")
def indexed(s):
  shape = s.shape(1, 4, empty=0.0)
  index = []
  for n in shape:
    kind = s.below(5)
    start, stop = sorted((s.below(n + 1), s.below(n + 1)))
    index.append([slice(None), slice(start, stop, s.one_of(1, 2, 3)), s.random.randrange(-n, n),
                  s.integers([s.one_of(1, 6)], 0, n), slice(None)][kind])
  sizes = {len(i) for i in index if isinstance(i, torch.Tensor)}
  if len(sizes - {1}) > 1:
    raise LeaveOut("index tensors that do not broadcast")
  return [s.normal(shape), tuple(index)], {}


@function("searchsorted")
def searched(s):
  row = s.normal([s.one_of(*SIZES)], grad=False).sort().values
  return [row, s.normal(s.shape(1, 3), grad=False)], {"right": s.chance(0.5)}


# MARK: - Linear algebra

def n(s):
  return s.one_of(1, 2, 3, 5, 8, 16, 17, 31, 64, 65, 100, 129)


def factors(s):
  m, k, p = n(s), n(s), n(s)
  batch = s.one_of([], [], [2], [3, 1], [1, 5])
  a, b = [m, k], [k, p]
  if s.chance(0.2):
    a = [k]
  elif s.chance(0.6):
    a = batch + a
  if s.chance(0.2):
    b = [k]
  elif s.chance(0.4):
    b = s.one_of(batch, [1] * len(batch)) + b
  return [s.normal(a), s.normal(b)]


FUNCTIONS["matmul"] = lambda s: (factors(s), {})
FUNCTIONS["__rmatmul__"] = lambda s: (factors(s)[::-1], {})


@function("mm")
def mm(s):
  m, k, p = n(s), n(s), n(s)
  return [s.normal([m, k]), s.normal([k, p])], {}


@function("bmm")
def bmm(s):
  b, m, k, p = s.one_of(1, 2, 7, 33), s.one_of(*SMALL), s.one_of(*SMALL), s.one_of(*SMALL)
  return [s.normal([b, m, k]), s.normal([b, k, p])], {}


@function("addmm")
def addmm(s):
  (a, b), _ = mm(s)
  return [s.normal(s.broadcast([a.shape[0], b.shape[1]])), a, b], {"beta": s.one_of(1, 0.5), "alpha": s.one_of(1, -2)}


@function("mv")
def mv(s):
  m, k = s.one_of(*SIZES[:-2]), n(s)
  return [s.normal([m, k]), s.normal([k])], {}


@function("dot")
def dot(s):
  k = s.one_of(*SIZES)
  return [s.normal([k]), s.normal([k])], {}


@function("outer")
def outer(s):
  return [s.normal([n(s)]), s.normal([n(s)])], {}


@function("kron")
def kron(s):
  return [s.normal([s.one_of(*SMALL), s.one_of(2, 3)]), s.normal([s.one_of(*SMALL), s.one_of(1, 4)])], {}


@function("cdist")
def cdist(s):
  k = s.one_of(1, 3, 17, 33)
  return [s.normal([n(s), k]), s.normal([n(s), k])], {"p": s.one_of(1.0, 2.0, 3.0, float("inf"))}


@function("einsum")
def einsum(s):
  a, b, c, d = (s.one_of(*SMALL) for _ in range(4))
  text, shapes = s.one_of(
    ("ij,jk->ik", [[a, b], [b, c]]), ("bij,bjk->bik", [[a, b, c], [a, c, d]]), ("ij->ji", [[a, b]]), ("ii->i", [[a, a]]),
    ("bhqd,bhkd->bhqk", [[a, 2, b, c], [a, 2, d, c]]), ("i,j->ij", [[a], [b]]), ("ij,ij->", [[a, b], [a, b]]),
    ("abc,cd->abd", [[a, b, c], [c, d]]), ("ab,bc,cd->ad", [[a, b], [b, c], [c, d]]))
  return [[s.normal(shape) for shape in shapes], text], {}


def well_conditioned(s):
  k = s.one_of(1, 2, 3, 5, 8, 17, 33)
  shape = s.one_of([], [], [3], [2, 2])
  return (s.normal(shape + [k, k], grad=False) + 2 * k ** 0.5 * torch.eye(k, dtype=s.dtype)).requires_grad_()


@function("linalg.inv linalg.det linalg.slogdet logdet")
def square_matrix(s):
  return [well_conditioned(s)], {}


@function("matrix_exp")
def exponent(s):
  return [(well_conditioned(s).detach() / 20).requires_grad_()], {}


@function("linalg.solve")
def solved(s):
  x = well_conditioned(s)
  return [x, s.normal(list(x.shape[:-1]) + [s.one_of(1, 3, 7)])], {}


@function("trace")
def trace(s):
  return [s.normal(s.shape(2, 2))], {}


# MARK: - Networks and losses

@function("nn.functional.linear")
def linear(s):
  k, p = n(s), n(s)
  return [s.normal(s.one_of([], [3], [2, 5], [33]) + [k]), s.normal([p, k])] + s.one_of([], [s.normal([p])]), {}


@function("nn.functional.conv1d")
def conv1d(s):
  groups = s.one_of(1, 1, 2, 3)
  i, o, k = groups * s.one_of(1, 2, 3), groups * s.one_of(1, 2, 5), s.one_of(1, 2, 3, 5)
  return [s.normal([s.one_of(1, 2, 5), i, s.one_of(15, 16, 33, 100)]), s.normal([o, i // groups, k]), s.normal([o])], {
    "stride": s.one_of(1, 2, 3), "padding": s.one_of(0, 1, 2, 4), "dilation": s.one_of(1, 2), "groups": groups}


@function("nn.functional.conv2d")
def conv2d(s):
  groups = s.one_of(1, 1, 2, 3)
  i, o, k = groups * s.one_of(1, 2, 3), groups * s.one_of(1, 2, 5), [s.one_of(1, 2, 3, 5), s.one_of(1, 3, 4)]
  return [s.normal([s.one_of(1, 2, 3), i, s.one_of(11, 16, 17), s.one_of(9, 16, 21)]), s.normal([o, i // groups, *k]),
          s.normal([o])], {
    "stride": s.one_of(1, 2, [2, 1]), "padding": s.one_of(0, 1, [2, 1]), "dilation": s.one_of(1, 2), "groups": groups}


@function("nn.functional.max_pool2d nn.functional.avg_pool2d")
def pooled(s):
  k = [s.one_of(2, 3, 4), s.one_of(2, 3)]
  return [s.distinct([s.one_of(1, 2, 3), s.one_of(1, 3, 8), s.one_of(9, 16, 33), s.one_of(8, 17, 21)]), k], {
    "stride": s.one_of(1, 2, 3), "padding": s.one_of(0, 1), "ceil_mode": s.chance(0.3)}


@function("nn.functional.batch_norm")
def batch_norm(s):
  c = s.one_of(1, 2, 3, 16, 33)
  shape = [s.one_of(2, 5, 33), c] + s.one_of([], [7], [3, 5], [9, 11])
  return [s.normal(shape), None, None, s.normal([c]), s.normal([c])], {"training": True, "eps": 1e-3}


@function("nn.functional.layer_norm")
def layer_norm(s):
  shape = s.shape(1, 4, empty=0.0)
  tail = shape[-s.random.randint(1, len(shape)):]
  return [s.normal(shape), tail, s.normal(tail), s.normal(tail)], {"eps": 1e-3}


@function("nn.functional.embedding")
def embedding(s):
  table = s.normal([s.one_of(2, 33, 200), s.one_of(1, 7, 32, 65)])
  return [table, s.integers(s.shape(1, 2, budget=300), 0, table.shape[0])], {}


@function("nn.functional.one_hot")
def one_hot(s):
  return [s.integers(s.shape(0, 2, budget=500), 0, 9), 9], {}


@function("nn.functional.pad")
def pad(s):
  mode = s.one_of("constant", "reflect", "replicate", "circular")
  shape = [s.one_of(1, 2, 3), s.one_of(1, 3), s.one_of(5, 16, 33), s.one_of(7, 17)]
  return [s.normal(shape), [s.below(4) for _ in range(4)]], {"mode": mode}


@function("nn.functional.normalize")
def normalized(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.normal(shape) + 0.5], {"dim": s.dim(shape), "p": s.one_of(1.0, 2.0, 3.0)}


@function("nn.functional.cosine_similarity nn.functional.pairwise_distance")
def compared(s):
  shape = s.shape(2, 2, empty=0.0)
  return [s.normal(shape), s.normal(shape)], {}


def reduction(s):
  return {"reduction": s.one_of("none", "mean", "sum")}


@function("nn.functional.mse_loss nn.functional.l1_loss nn.functional.huber_loss nn.functional.smooth_l1_loss")
def regression(s):
  shape = s.shape(0, 4, empty=0.0)
  return [s.normal(shape), s.normal(shape)], reduction(s)


@function("nn.functional.binary_cross_entropy_with_logits")
def logits(s):
  shape = s.shape(1, 4, empty=0.0)
  kwargs = reduction(s)
  if s.chance(0.4):
    kwargs["pos_weight"] = s.within([shape[-1]], 0.5, 2, grad=False)
  return [s.normal(shape, scale=3), s.within(shape, 0, 1, grad=False)], kwargs


@function("nn.functional.binary_cross_entropy")
def probabilities(s):
  shape = s.shape(1, 4, empty=0.0)
  return [s.within(shape, 0.02, 0.98), s.within(shape, 0, 1, grad=False)], reduction(s)


@function("nn.functional.cross_entropy")
def cross_entropy(s):
  c = s.one_of(2, 3, 5, 10, 33, 100, 1000)
  shape = [s.one_of(1, 2, 7, 33), c] + s.one_of([], [], [5], [3, 7], [16, 9])
  kwargs = {**reduction(s), "label_smoothing": s.one_of(0.0, 0.0, 0.1)}
  if s.chance(0.3):
    kwargs["weight"] = s.within([c], 0.5, 2, grad=False)
  if s.chance(0.3):
    target = torch.softmax(s.normal(shape, grad=False), 1)
  else:
    target = s.integers([shape[0]] + shape[2:], 0, c)
    kwargs["ignore_index"] = s.one_of(-100, 1)
  return [s.normal(shape, scale=2), target], kwargs


@function("nn.functional.nll_loss")
def nll(s):
  (x, target), kwargs = cross_entropy(s)
  if target.is_floating_point():
    raise LeaveOut("class probabilities")
  kwargs.pop("label_smoothing")
  return [torch.log_softmax(x.detach(), 1).requires_grad_(), target], kwargs
