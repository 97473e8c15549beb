"""What all training steps share."""
import jax
import optax


class Key:
  """Keys for random numbers, one after the other."""

  def __init__(self):
    self.state = jax.random.key(0)

  def __call__(self):
    self.state, key = jax.random.split(self.state)
    return key


def uniform(key, shape, fan_in):
  bound = fan_in**-0.5
  return jax.random.uniform(key(), shape, minval=-bound, maxval=bound)


def linear(key, inputs, outputs):
  return uniform(key, (inputs, outputs), inputs), uniform(key, (outputs,), inputs)


def training(net, objective, batch, optimizer):
  """A step of a network without a state."""
  return training_with_state(net, {}, lambda net, state, *batch: (objective(net, *batch), state), batch, optimizer)


def training_with_state(net, state, objective, batch, optimizer):
  """A step of a network whose loss changes a state, such as running statistics or a random key.

  objective: a function of the parameters, the state and the batch, to the loss and the next state.
  """
  everything = net, state, optimizer.init(net)

  def update(everything, batch):
    net, state, optimizer_state = everything
    (value, state), gradients = jax.value_and_grad(objective, has_aux=True)(net, state, *batch)
    updates, optimizer_state = optimizer.update(gradients, optimizer_state, net)
    return (optax.apply_updates(net, updates), state, optimizer_state), value

  update = jax.jit(update, donate_argnums=0)

  def step():
    nonlocal everything
    everything, value = update(everything, batch)
    return everything, value

  return step


def cross_entropy(scores, labels):
  return optax.softmax_cross_entropy_with_integer_labels(scores, labels).mean()


def normal(*shape):
  return jax.random.normal(jax.random.key(1), shape)


def labels(count, classes=10):
  return jax.random.randint(jax.random.key(2), (count,), 0, classes)
