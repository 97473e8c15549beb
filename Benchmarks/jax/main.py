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

import image_networks
import perceptrons
import sequence_networks

# Ways to make each training, of which the fastest counts.
TRAININGS = perceptrons.TRAININGS | image_networks.TRAININGS | sequence_networks.TRAININGS

if options.first_step:
  if options.first_step not in TRAININGS:
    sys.exit(f"there is no training named {options.first_step}")
  jax.block_until_ready(TRAININGS[options.first_step][0]()())
  harness.print_peak()
else:
  print("jax", jax.__version__)
  harness.run([harness.Fastest([harness.Workload(f"h/{name}", way, finish=jax.block_until_ready) for way in ways])
               for name, ways in TRAININGS.items()], options)
