"""Multi-layer perceptrons."""
import jax
import jax.numpy as jnp
import optax

from steps import Key, cross_entropy, linear, normal, training


def perceptron(widths, activation, x, y, loss, optimizer):
  key = Key()

  def objective(net, x, y):
    *hidden, (w, b) = net
    for wh, bh in hidden:
      x = activation(x @ wh + bh)
    return loss(x @ w + b, y)

  return training([linear(key, i, o) for i, o in zip(widths, widths[1:])], objective, (x, y), optimizer)


def mean_squares(prediction, y):
  return jnp.mean((prediction - y) ** 2)


def small():
  return perceptron((2, 16, 16, 1), jnp.tanh, normal(32, 2), normal(32, 1), mean_squares,
                    optax.sgd(1e-2, momentum=0.9))


def digits(batch):
  labels = jax.random.randint(jax.random.key(2), (batch,), 0, 10)
  return perceptron((784, 128, 10), jax.nn.relu, normal(batch, 784), labels, cross_entropy, optax.adam(1e-3))


def wide():
  return perceptron((1024, 4096, 1024), lambda x: jax.nn.gelu(x, approximate=False), normal(256, 1024),
                    normal(256, 1024), mean_squares, optax.adamw(1e-3, weight_decay=1e-2))


TRAININGS = {
  "mlp-2-16-16-1-b32": [small],
  "mlp-784-128-10-b32": [lambda: digits(32)],
  "mlp-784-128-10-b256": [lambda: digits(256)],
  "mlp-1024-4096-1024-b256": [wide],
}
