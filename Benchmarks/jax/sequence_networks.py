"""Networks of sequences."""
import jax
import jax.numpy as jnp
import optax

from steps import Key, cross_entropy, labels, linear, normal, training, uniform


def dense(parameters, x):
  w, b = parameters
  return x @ w + b


def lstm():
  key = Key()
  net = {"input": linear(key, 28, 512), "hidden": uniform(key, (128, 512), 128), "head": linear(key, 128, 10)}

  def objective(net, x, y):
    def advance(state, gates):
      h, c = state
      i, f, g, o = jnp.split(gates + h @ net["hidden"], 4, -1)
      c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
      return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    zeros = jnp.zeros((64, 128))
    (h, _), _ = jax.lax.scan(advance, (zeros, zeros), dense(net["input"], x))
    return cross_entropy(dense(net["head"], h), y)

  return training(net, objective, (normal(28, 64, 28), labels(64)), optax.adam(1e-3))


def layer_norm(parameters, x):
  weight, bias = parameters
  return jax.nn.standardize(x, epsilon=1e-5) * weight + bias


def attention(net, x, heads, is_causal):
  q, k, v = (part.reshape(*x.shape[:2], heads, -1) for part in jnp.split(dense(net["qkv"], x), 3, -1))
  return dense(net["proj"], jax.nn.dot_product_attention(q, k, v, is_causal=is_causal).reshape(x.shape))


def block(key, width):
  def norm():
    return jnp.ones(width), jnp.zeros(width)
  return {"ln1": norm(), "qkv": linear(key, width, 3 * width), "proj": linear(key, width, width), "ln2": norm(),
          "mlp1": linear(key, width, 4 * width), "mlp2": linear(key, 4 * width, width)}


def perceptron(net, x):
  return dense(net["mlp2"], jax.nn.gelu(dense(net["mlp1"], x), approximate=False))


def encoder():
  def objective(net, x, y):
    x = layer_norm(net["ln1"], x + attention(net, x, 8, False))
    x = layer_norm(net["ln2"], x + perceptron(net, x))
    return jnp.mean((x - y) ** 2)

  y = jax.random.normal(jax.random.key(3), (16, 64, 256))
  return training(block(Key(), 256), objective, (normal(16, 64, 256), y), optax.adam(1e-3))


def gpt():
  key = Key()
  net = {"wte": jax.random.normal(key(), (65, 128)), "wpe": jax.random.normal(key(), (64, 128)),
         "blocks": [block(key, 128), block(key, 128)], "ln": (jnp.ones(128), jnp.zeros(128)),
         "head": uniform(key, (128, 65), 128)}

  def objective(net, words, y):
    x = net["wte"][words] + net["wpe"]
    for part in net["blocks"]:
      x = x + attention(part, layer_norm(part["ln1"], x), 4, True)
      x = x + perceptron(part, layer_norm(part["ln2"], x))
    return cross_entropy(layer_norm(net["ln"], x) @ net["head"], y)

  words = labels(16 * 64, 65).reshape(16, 64)
  return training(net, objective, (words, labels(16 * 64, 65).reshape(16, 64)), optax.adamw(1e-3, weight_decay=1e-2))


TRAININGS = {
  "lstm-28-128-b64": [lstm],
  "transformer-encoder-d256-l64-b16": [encoder],
  "gpt-d128-l64-b16": [gpt],
}
