#!/usr/bin/env python3
"""Writes cases from PyTorch's own test databases, in the form that the folder's README describes.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 numpy scipy mpmath expecttest hypothesis safetensors
    venv/bin/python generate.py FOLDER [--seed 0] [--inputs sample|reference] [--dtypes float64,float32]
                                       [--most 24] [--size 8000] [--only GROUP,…] [--verbose]
    venv/bin/python generate.py FOLDER --only fuzz [--seed 0] [--count 2000] [--size 20000]
    venv/bin/python generate.py FOLDER --only extreme [--dtypes float64,float32]

The files in ../Fixtures were made with torch 2.15.0 by

    venv/bin/python generate.py ../Fixtures --dtypes float64 --most 4 --size 200

The databases live in a private module of PyTorch: another version may list other cases.
"""
import argparse, os, warnings
import torch
from extreme_cases import extreme_group
from fuzz_cases import fuzz_group
from module_cases import module_group
from operator_cases import operator_groups, rejected_calls
from optimizer_cases import optimizer_group, scheduler_group
from training_cases import random_and_training_groups

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--inputs", choices=("sample", "reference"), default="sample")
parser.add_argument("--dtypes", default="float64", type=lambda names: [getattr(torch, name) for name in names.split(",")])
parser.add_argument("--most", type=int, default=24, help="cases of a variant of an op at most, for each dtype")
parser.add_argument("--size", type=int, default=8000, help="elements of all tensors of a case at most")
parser.add_argument("--count", type=int, default=2000, help="cases of --only fuzz")
parser.add_argument("--only", default="ops,errors,modules,optimizers,schedulers,random")
parser.add_argument("--verbose", action="store_true")
options = parser.parse_args()

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
os.makedirs(options.folder, exist_ok=True)
parts = {
  "ops": operator_groups, "fuzz": lambda o: [fuzz_group(o)], "extreme": lambda o: [extreme_group(o)],
  "errors": lambda o: [rejected_calls(o)], "modules": lambda o: [module_group(o)],
  "optimizers": lambda o: [optimizer_group(o)], "schedulers": lambda o: [scheduler_group(o)],
  "random": random_and_training_groups}
for part in options.only.split(","):
  for group in parts[part](options):
    group.write(options.folder)
