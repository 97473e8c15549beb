"""The table of ratios, as text and as Markdown."""
import math

FAMILIES = {
  "a": "Overhead: chains of ops on 4 × 4, time of one op",
  "b": "Matrix products",
  "c": "Element-wise ops",
  "d": "Reductions, normalisations, scans",
  "e": "Losses",
  "f": "Indexing, scatter-add, concatenation, copies",
  "g": "Optimizer steps, against PyTorch's default",
  "g@fused": "Optimizer steps, against PyTorch's fused=True",
  "h": "Training steps, against PyTorch's best layout and way to run the optimizer",
  "h@jax": "Training steps, against JAX with jit",
  "j": "Other layouts, short rows, odd sizes",
  "k": "Layers, against PyTorch's best layout",
  "i/start": "Process start to the end of the first training step",
  "i/start@jax": "Process start to the end of the first training step, against JAX with jit",
  "i/allocations": "Allocations of one op of a chain, or of a training step",
  "i/peak": "Peak memory of a process with one training step, or with a graph of 1e6 ops",
  "i/peak@jax": "Peak memory of a process with one training step, against JAX with jit",
}


class Row:
  """One workload: ours, theirs (None if a side does not measure it), and their ratio."""

  def __init__(self, name, family, ours, theirs):
    self.name, self.family, self.ours, self.theirs = name, family, ours, theirs

  @property
  def ratio(self):
    if not self.ours or not self.theirs or self.theirs["median"] == 0:
      return None
    return self.ours["median"] / self.theirs["median"]


def rows(sides):
  """The rows of one number of threads. In a name of theirs, a variant follows an @."""
  result = []
  for side in ("pytorch", "jax"):
    found = sides.get(side, {})
    names = list(found) + [name for name in sides["swift"] if name not in found and side == "pytorch"]
    for name in sorted(names, key=order):
      plain, _, variant = name.partition("@") if name.endswith("@fused") else (name, "", "")
      variant = "jax" if side == "jax" else variant
      parts = plain.split("/")
      family = ("/".join(parts[:2]) if parts[0] == "i" else parts[0]) + (f"@{variant}" if variant else "")
      result.append(Row(plain, family, sides["swift"].get(plain), found.get(name)))
  return result


def order(name):
  """The key that sorts numbers in names by size."""
  return [(0, size(part), part) if part[:1].isdigit() else (1, 0, part) for part in name.split("/")]


def size(part):
  digits = part.split("@")[-1].split("x")[0]
  try:
    return (len(part.split("@")), float(digits))
  except ValueError:
    return (9, 0)


def geometric_mean(ratios):
  # A ratio of 0, for no allocations, would make the mean 0.
  return math.exp(sum(math.log(max(r, 1e-4)) for r in ratios) / len(ratios)) if ratios else None


def families(sides):
  """Family → its rows, for the families that were measured."""
  grouped = {}
  for row in rows(sides):
    grouped.setdefault(row.family, []).append(row)
  return {family: grouped[family] for family in FAMILIES if family in grouped}


def amount(figures):
  if figures is None:
    return "–"
  value = figures["median"]
  if figures["unit"] == "bytes":
    return f"{value / 2**20:.0f} MiB"
  if figures["unit"] == "calls":
    return f"{value:.3g}"
  unit, label = next(((u, l) for u, l in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")) if value >= u), (1, "ns"))
  value /= unit
  return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f} {label}"


def times(ratio):
  return "–" if ratio is None else f"{ratio:.2f}" if ratio >= 0.095 else f"{ratio:.2g}"


def ratios(rows):
  return [row.ratio for row in rows if row.ratio is not None]


# For the terminal


def text(sides, threads):
  lines = []
  for family, members in families(sides).items():
    lines.append(f"\n{FAMILIES[family]} ({heading(threads)})")
    lines += [f"  {row.name:44} {amount(row.ours):>9} {amount(row.theirs):>9} {times(row.ratio):>6}"
              for row in members]
    lines.append(f"  {'geometric mean':44} {'':9} {'':9} {times(geometric_mean(ratios(members))):>6}")
  return "\n".join(lines)


def text_summary(results):
  lines = [f"\nGeometric means of ours / theirs, and in how many workloads ours is faster ({', '.join(results)} threads)"]
  for family, cells in summary(results):
    lines.append(f"  {FAMILIES[family]:86} {'  '.join(f'{cell:>16}' for cell in cells)}")
  return "\n".join(lines)


def summary(results):
  """For each family, a cell for each number of threads."""
  per_threads = {threads: families(sides) for threads, sides in results.items()}
  for family in FAMILIES:
    if not any(family in found for found in per_threads.values()):
      continue
    cells = []
    for found in per_threads.values():
      of_family = ratios(found.get(family, []))
      cells.append(f"{times(geometric_mean(of_family))} ({sum(r < 1 for r in of_family)} of {len(of_family)})")
    yield family, cells


# RESULTS.md


def markdown(raw, pictures):
  results = {threads: raw["results"][threads] for threads in sorted(raw["results"], key=int)}
  versions = raw["versions"]
  dates = {}
  for family, stamp in sorted(raw["measured"].items()):
    dates.setdefault(f"{stamp['date']} (commit {stamp['commit']})", []).append(family)
  lines = [
    "# Results",
    "",
    "Written by `Benchmarks/compare --save`; don't edit. Ratios are ours / theirs, of medians: below 1 is faster.",
    "`forward` is the function of plain tensors, `backward` the function and its backward pass together.",
    "",
    f"- Machine: {raw['machine']}",
    *(f"- Measured: {date}" + ("" if len(dates) == 1 else f", families {', '.join(which)}")
      for date, which in dates.items()),
    f"- Ours: {versions['swift']}; theirs: {'; '.join(v for side, v in versions.items() if side != 'swift')}",
    "",
    "## Geometric means",
    "",
    f"| family | {' | '.join(heading(threads) for threads in results)} |",
    "| --- |" + " ---: |" * len(results),
    *(f"| {FAMILIES[family]} | {' | '.join(cells)} |" for family, cells in summary(results)),
    "",
    "In brackets: the number of workloads in which ours is faster.",
    "",
    "## Curves",
    "",
    *(f"![{name}](results/{name})\n" for name in pictures),
  ]
  per_threads = [families(sides) for sides in results.values()]
  for family in FAMILIES:
    tables = [{row.name: row for row in found.get(family, [])} for found in per_threads]
    names = list(dict.fromkeys(name for table in tables for name in table))
    if not names:
      continue
    side = "JAX" if family.endswith("@jax") else "PyTorch"
    lines += [
      f"## {FAMILIES[family]}",
      "",
      "| workload | " + " | ".join(f"{heading(t)}: ours | {side} | ratio" for t in results) + " |",
      "| --- |" + " ---: |" * (3 * len(results)),
    ]
    for name in names:
      cells = []
      for table in tables:
        row = table.get(name)
        cells += [amount(row.ours), amount(row.theirs), times(row.ratio)] if row else ["–"] * 3
      lines.append(f"| {name} | {' | '.join(cells)} |")
    means = [times(geometric_mean(ratios(table.values()))) for table in tables]
    lines += ["| geometric mean | " + " | ".join(f"| | {mean}" for mean in means) + " |", ""]
  return "\n".join(lines)


def heading(threads):
  return "1 thread" if int(threads) == 1 else f"{threads} threads"
