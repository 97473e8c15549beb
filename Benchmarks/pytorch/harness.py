"""Measures workloads as Benchmarks/swift/Workload.swift does, for PyTorch and for JAX."""
import argparse
import ctypes
import gc
import json
import platform
import time


class Workload:
  """A computation to measure.

  name: family/what/size/how; the same workload has the same name in Swift.
  prepare: makes the inputs, and returns the body to measure.
  count: the number of ops in one call of the body.
  finish: called at the end of a sample with the last result, to wait for asynchronous work.
  """

  def __init__(self, name, prepare, count=1, finish=None):
    self.name, self.prepare, self.count, self.finish = name, prepare, count, finish

  def measure(self, seconds):
    """Calls the body for about `seconds`, in samples of a millisecond or more, after a warm-up."""
    body = self.prepare()
    calls = 1
    spent = self._time(1, body)
    while spent < 0.05:
      sample = self._time(calls, body)
      spent += sample
      if sample >= 1e-3:
        break
      calls = max(2 * calls, min(10 * calls, int(1.2e-3 / max(sample, 1e-9) * calls)))
    while spent < seconds / 5:
      spent += self._time(calls, body)
    before = allocation_count()
    self._time(calls, body)
    allocations = {} if before is None else {
      "allocations": (allocation_count() - before) / (calls * self.count)}
    samples = []
    spent = 0
    while spent < (8 * seconds if len(samples) < 3 else seconds):
      sample = self._time(calls, body)
      spent += sample
      samples.append(sample / (calls * self.count) * 1e9)
    samples.sort()
    return {"median": samples[len(samples) // 2], "best": samples[0], "unit": "ns"} | allocations

  def run_once(self):
    once = self._time(1, self.prepare()) / self.count * 1e9
    return {"median": once, "best": once, "unit": "ns"}

  def _time(self, calls, body):
    start = time.perf_counter()
    for _ in range(calls):
      last = body()
    if self.finish:
      self.finish(last)
    return time.perf_counter() - start


class Fastest:
  """The fastest of several workloads of one name, which do the same in different ways."""

  def __init__(self, ways):
    self.name, self.ways = ways[0].name, ways

  def measure(self, seconds):
    return min((way.measure(seconds) for way in self.ways), key=lambda figures: figures["median"])

  def run_once(self):
    return min((way.run_once() for way in self.ways), key=lambda figures: figures["median"])


def peak_bytes():
  """The peak memory of this process."""
  if platform.system() == "Linux":
    # Not getrusage, whose peak includes the process that this one was forked from.
    with open("/proc/self/status") as status:
      return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM:"))
  import resource
  return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def allocation_count():
  """The number of allocations so far, if report/allocations.c is loaded into this process."""
  count = getattr(ctypes.CDLL(None), "benchmark_allocations", None)
  if count is None:
    return None
  count.restype = ctypes.c_long
  return count()


def print_peak():
  """Reports that the first step is done. The parent process takes the time when it reads this."""
  print("peak", peak_bytes(), flush=True)


def parse_arguments():
  parser = argparse.ArgumentParser(allow_abbrev=False)
  parser.add_argument("--only", action="append", default=[], help="workloads whose names begin so")
  parser.add_argument("--threads", type=int, help="threads that an op may use")
  parser.add_argument("--json", help="file for the results")
  parser.add_argument("--seconds", type=float, default=0.4, help="how long each workload is sampled")
  parser.add_argument("--quick", action="store_true", help="runs each workload once")
  parser.add_argument("--first-step", help="runs one training step and prints the peak memory")
  return parser.parse_args()


def run(workloads, options):
  chosen = [w for w in workloads
            if not options.only or any(w.name.startswith(o) for o in options.only)]
  results = {}
  gc.disable()  # as timeit does, so that no sample includes a collection
  for w in chosen:
    results[w.name] = w.run_once() if options.quick else w.measure(options.seconds)
    gc.collect()
    print(f"{w.name} {'.' * max(3, 44 - len(w.name))} median {results[w.name]['median'] / 1e3:.2f} µs, "
          f"best {results[w.name]['best'] / 1e3:.2f} µs")
  print(f"peak memory {peak_bytes() >> 20} MiB")
  if options.json:
    with open(options.json, "w") as file:
      json.dump(results, file, indent=1)
