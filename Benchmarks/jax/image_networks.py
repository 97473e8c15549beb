"""Networks of images, with their channels last and first: XLA is faster with one or the other."""
import jax
import jax.numpy as jnp
import optax

from steps import Key, cross_entropy, labels, linear, normal, training, training_with_state, uniform


def kernel(key, size, inputs, outputs):
  return uniform(key, (size, size, inputs, outputs), size * size * inputs)


class Layout:
  """The order of an image's dimensions, NHWC or NCHW."""

  def __init__(self, order):
    self.order = order
    self.pixels = tuple(order.index(letter) for letter in "NHW")

  def shape(self, batch, channels, height, width):
    return [{"N": batch, "C": channels, "H": height, "W": width}[letter] for letter in self.order]

  def conv(self, x, w, stride=1, padding=0):
    return jax.lax.conv_general_dilated(
      x, w, (stride, stride), [(padding, padding)] * 2, dimension_numbers=(self.order, "HWIO", self.order))

  def max_pool(self, x):
    window = self.shape(1, 1, 2, 2)
    return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, window, "VALID")

  def of_channels(self, x):
    """A vector of the channels, to be broadcast."""
    return x.reshape(self.shape(1, -1, 1, 1))

  def batch_norm(self, x, parameters, running):
    """The normalised images, and the next running statistics."""
    (weight, bias), (mean, variance) = parameters, running
    batch_mean, batch_variance = x.mean(self.pixels), x.var(self.pixels)
    count = x.size / mean.size
    running = (0.9 * mean + 0.1 * batch_mean, 0.9 * variance + 0.1 * batch_variance * count / (count - 1))
    factor = jax.lax.rsqrt(batch_variance + 1e-5) * weight
    return (x - self.of_channels(batch_mean)) * self.of_channels(factor) + self.of_channels(bias), running


LAYOUTS = [Layout("NHWC"), Layout("NCHW")]


def lenet(layout):
  key = Key()
  net = {
    "conv1": (kernel(key, 5, 1, 6), uniform(key, (6,), 25)),
    "conv2": (kernel(key, 5, 6, 16), uniform(key, (16,), 150)),
    "dense": [linear(key, *sizes) for sizes in ((400, 120), (120, 84), (84, 10))],
  }

  def objective(net, x, y):
    (w1, b1), (w2, b2) = net["conv1"], net["conv2"]
    x = layout.max_pool(jax.nn.relu(layout.conv(x, w1, padding=2) + layout.of_channels(b1)))
    x = layout.max_pool(jax.nn.relu(layout.conv(x, w2) + layout.of_channels(b2))).reshape(64, -1)
    *hidden, (w, b) = net["dense"]
    for wh, bh in hidden:
      x = jax.nn.relu(x @ wh + bh)
    return cross_entropy(x @ w + b, y)

  return training(net, objective, (normal(*layout.shape(64, 1, 28, 28)), labels(64)), optax.adam(1e-3))


def scale(channels):
  return jnp.ones(channels), jnp.zeros(channels)


def statistics(channels):
  return jnp.zeros(channels), jnp.ones(channels)


def cnn(layout):
  key = Key()
  net = {"convs": [kernel(key, 3, 1, 32), kernel(key, 3, 32, 64)], "norms": [scale(32), scale(64)],
         "dense": linear(key, 3136, 10)}

  def objective(net, state, x, y):
    following = []
    for w, parameters, running in zip(net["convs"], net["norms"], state):
      x, running = layout.batch_norm(layout.conv(x, w, padding=1), parameters, running)
      x = layout.max_pool(jax.nn.relu(x))
      following.append(running)
    w, b = net["dense"]
    return cross_entropy(x.reshape(64, -1) @ w + b, y), following

  return training_with_state(net, [statistics(32), statistics(64)], objective,
                             (normal(*layout.shape(64, 1, 28, 28)), labels(64)), optax.adam(1e-3))


def residual_block(layout, x, net, state, stride=1):
  """The basic block of ResNet; a third kernel is that of the shortcut."""
  y, first = layout.batch_norm(layout.conv(x, net["convs"][0], stride, 1), net["norms"][0], state[0])
  y, second = layout.batch_norm(layout.conv(jax.nn.relu(y), net["convs"][1], 1, 1), net["norms"][1], state[1])
  following = [first, second]
  if len(net["convs"]) == 3:
    x, third = layout.batch_norm(layout.conv(x, net["convs"][2], stride), net["norms"][2], state[2])
    following.append(third)
  return jax.nn.relu(y + x), following


def resnet(layout):
  key = Key()
  net = [
    {"convs": [kernel(key, 3, 64, 64), kernel(key, 3, 64, 64)], "norms": [scale(64), scale(64)]},
    {"convs": [kernel(key, 3, 64, 128), kernel(key, 3, 128, 128), kernel(key, 1, 64, 128)],
     "norms": [scale(128), scale(128), scale(128)]},
    linear(key, 128, 10),
  ]
  state = [[statistics(channels) for _ in range(count)] for channels, count in ((64, 2), (128, 3))]

  def objective(net, state, x, y):
    x, first = residual_block(layout, x, net[0], state[0])
    x, second = residual_block(layout, x, net[1], state[1], stride=2)
    w, b = net[2]
    return cross_entropy(x.mean(layout.pixels[1:]) @ w + b, y), [first, second]

  return training_with_state(net, state, objective, (normal(*layout.shape(16, 64, 28, 28)), labels(16)),
                             optax.sgd(1e-2, momentum=0.9))


def vae():
  key = Key()
  net = {name: linear(key, *sizes) for name, sizes in {
    "encoder": (784, 400), "mean": (400, 20), "log_variance": (400, 20), "decoder1": (20, 400),
    "decoder2": (400, 784)}.items()}

  def dense(parameters, x):
    w, b = parameters
    return x @ w + b

  def objective(net, state, x):
    state, key = jax.random.split(state)
    hidden = jax.nn.relu(dense(net["encoder"], x))
    mean, log_variance = dense(net["mean"], hidden), dense(net["log_variance"], hidden)
    z = mean + jax.random.normal(key, mean.shape) * jnp.exp(0.5 * log_variance)
    logits = dense(net["decoder2"], jax.nn.relu(dense(net["decoder1"], z)))
    error = optax.sigmoid_binary_cross_entropy(logits, x).sum()
    return error - 0.5 * (1 + log_variance - mean**2 - jnp.exp(log_variance)).sum(), state

  x = jax.random.uniform(jax.random.key(1), (64, 784))
  return training_with_state(net, key(), objective, (x,), optax.adam(1e-3))


TRAININGS = {
  **{name: [lambda make=make, layout=layout: make(layout) for layout in LAYOUTS]
     for name, make in {"lenet-b64": lenet, "cnn-batchnorm-b64": cnn, "resnet-blocks-b16": resnet}.items()},
  "vae-784-400-20-b64": [vae],
}
