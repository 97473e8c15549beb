"""The training steps (h) of Benchmarks/swift in JAX with jit and optax: python3 main.py --help."""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent / "pytorch"))

import harness

options = harness.parse_arguments()
if options.threads:
  # XLA uses as many threads as the process may use processors.
  import os
  if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:options.threads])

import jax
import jax.numpy as jnp
import optax


def linear(key, inputs, outputs):
  a, b = jax.random.split(key)
  bound = inputs**-0.5
  return (jax.random.uniform(a, (inputs, outputs), minval=-bound, maxval=bound),
          jax.random.uniform(b, (outputs,), minval=-bound, maxval=bound))


def training(widths, activation, x, y, loss, optimizer):
  keys = jax.random.split(jax.random.key(0), len(widths) - 1)
  state = {"net": [linear(k, i, o) for k, i, o in zip(keys, widths, widths[1:])]}
  state["optimizer"] = optimizer.init(state["net"])

  def objective(net, x, y):
    *hidden, (w, b) = net
    for wh, bh in hidden:
      x = activation(x @ wh + bh)
    return loss(x @ w + b, y)

  def update(state, x, y):
    value, gradients = jax.value_and_grad(objective)(state["net"], x, y)
    updates, optimizer_state = optimizer.update(gradients, state["optimizer"], state["net"])
    return {"net": optax.apply_updates(state["net"], updates), "optimizer": optimizer_state}, value

  update = jax.jit(update, donate_argnums=0)

  def step():
    nonlocal state
    state, value = update(state, x, y)
    return state, value

  return step


def mean_squares(prediction, y):
  return jnp.mean((prediction - y) ** 2)


def cross_entropy(scores, labels):
  return optax.softmax_cross_entropy_with_integer_labels(scores, labels).mean()


def normal(*shape):
  return jax.random.normal(jax.random.key(1), shape)


def small():
  return training((2, 16, 16, 1), jnp.tanh, normal(32, 2), normal(32, 1), mean_squares,
                  optax.sgd(1e-2, momentum=0.9))


def digits(batch):
  labels = jax.random.randint(jax.random.key(2), (batch,), 0, 10)
  return training((784, 128, 10), jax.nn.relu, normal(batch, 784), labels, cross_entropy, optax.adam(1e-3))


def wide():
  return training((1024, 4096, 1024), lambda x: jax.nn.gelu(x, approximate=False), normal(256, 1024),
                  normal(256, 1024), mean_squares, optax.adamw(1e-3, weight_decay=1e-2))


TRAININGS = {
  "mlp-2-16-16-1-b32": small,
  "mlp-784-128-10-b32": lambda: digits(32),
  "mlp-784-128-10-b256": lambda: digits(256),
  "mlp-1024-4096-1024-b256": wide,
}

if options.first_step:
  if options.first_step not in TRAININGS:
    sys.exit(f"there is no training named {options.first_step}")
  jax.block_until_ready(TRAININGS[options.first_step]()())
  harness.print_peak()
else:
  print("jax", jax.__version__)
  harness.run([harness.Workload(f"h/{name}", make, finish=jax.block_until_ready)
               for name, make in TRAININGS.items()], options)
