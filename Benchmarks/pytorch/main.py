"""The workloads of Benchmarks/swift in PyTorch, under the same names: python3 main.py --help."""
import sys

import harness

options = harness.parse_arguments()

import torch  # after the arguments, so that errors in them are reported at once

if options.threads:
  torch.set_num_threads(options.threads)
torch.manual_seed(0)

import training

if options.first_step:
  training.take_first_step(options.first_step)
  sys.exit()

import bidirectional
import elementwise
import indexing
import layers
import losses
import optimizer_steps
import other_shapes
import overhead
import products
import recurrent
import reductions

print("torch", torch.__version__)
families = (overhead, products, elementwise, reductions, losses, indexing, optimizer_steps, training,
            other_shapes, layers, recurrent, bidirectional)
harness.run([w for family in families for w in family.workloads()], options)
