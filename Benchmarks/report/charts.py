"""Charts of cost against size as SVG, for light and dark pages."""
import math

WIDTH, HEIGHT = 300, 210  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 58, 20, 30, 42  # from its edge to the plot
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.page { fill: #ffffff } .grid { stroke: #d8dee4; stroke-width: 1 } .quiet { fill: #59636e } .title { font-weight: 600 }
.swift { stroke: #c2410c } .pytorch { stroke: #1d6fb8 } .swift-mark { fill: #c2410c } .pytorch-mark { fill: #1d6fb8 }
.curve { fill: none; stroke-width: 2; stroke-linejoin: round } .dashed { stroke-dasharray: 6 4 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .page { fill: #0d1117 } .grid { stroke: #30363d } .quiet { fill: #9198a1 }
  .swift { stroke: #ff8a4c } .pytorch { stroke: #58a6ff } .swift-mark { fill: #ff8a4c } .pytorch-mark { fill: #58a6ff }
}
"""
SIDES = {"swift": "ours", "pytorch": "PyTorch"}
POWERS = ("1e3", "1e4", "1e5", "1e6", "1e7")
SQUARES = (32, 64, 128, 256, 512, 1024, 2048)


def all(results):
  """File name → SVG."""
  pictures = {}
  for threads in sorted(results, key=int):
    sides = results[threads]
    label = "1 thread" if threads == "1" else f"{threads} threads"
    pictures[f"overhead-{threads}.svg"] = picture(
      f"Time of one op in a chain of products of 4 × 4, {label}", "ops in the graph", "ns for an op",
      [("", curves(sides, "a/mul/{}/{}", POWERS[:4], ("recorded", "backward")))])
    pictures[f"products-{threads}.svg"] = picture(
      f"Product of two n × n matrices, {label}", "n", "GFLOP/s",
      [(dtype, curves(sides, f"b/{dtype}/{{0}}x{{0}}x{{0}}/{{1}}", SQUARES, ("nn", "tt"),
                      lambda n, ns: 2 * n**3 / ns)) for dtype in ("float32", "float64")], zero=True)
    pictures[f"elementwise-{threads}.svg"] = picture(
      f"Element-wise ops, {label}", "elements", "ns for an element",
      [(op, curves(sides, f"c/{op}/{{}}/{{}}", POWERS, ("forward", "backward"), lambda n, ns: ns / n))
       for op in ("add", "mul", "exp", "log", "tanh", "sigmoid", "gelu")])
  return {name: drawn for name, drawn in pictures.items() if drawn}


def curves(sides, name, sizes, modes, value=lambda n, ns: ns):
  """(side, mode) → points, of the workloads that were measured."""
  found = {}
  for side in SIDES:
    for mode in modes:
      measured = ((size, sides.get(side, {}).get(name.format(size, mode))) for size in sizes)
      points = [(float(size), value(float(size), m["median"])) for size, m in measured if m]
      if points:
        found[side, mode] = points
  return found


def picture(title, across, up, panels, zero=False):
  """Panels with their own scales, four in a row. The vertical scale begins at zero or is
  logarithmic."""
  panels = [(name, lines) for name, lines in panels if lines]
  if not panels:
    return None
  columns = min(4, len(panels))
  width = max(columns * WIDTH, 680)
  height = 62 + HEIGHT * math.ceil(len(panels) / columns)
  parts = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    f'role="img" aria-label="{title}">',
    f"<style>{STYLE}</style>",
    f'<rect class="page" width="{width}" height="{height}"/>',
    f'<text class="title" x="16" y="24">{title}</text>',
    legend(list(dict.fromkeys(key for _, lines in panels for key in lines))),
  ]
  panel_width = width / columns
  for i, (name, lines) in enumerate(panels):
    x, y = i % columns * panel_width, 62 + i // columns * HEIGHT
    parts.append(f'<g transform="translate({x:g} {y})">{panel(name, across, up, lines, panel_width, zero)}</g>')
  return "\n".join(parts + ["</svg>", ""])


def legend(keys):
  modes = list(dict.fromkeys(mode for _, mode in keys))
  parts, x = [], 16
  for side, mode in keys:
    label = f"{SIDES[side]}, {'with backward' if mode == 'backward' else mode}"
    parts.append(f'<path class="{look(side, mode, modes)}" d="M{x} 44h26"/>'
                 f'<text x="{x + 32}" y="48">{label}</text>')
    x += 44 + 7 * len(label)
  return "".join(parts)


def look(side, mode, modes):
  return f"curve {side}" + ("" if mode == modes[0] else " dashed")


def panel(name, across, up, lines, width, zero):
  xs = [x for points in lines.values() for x, _ in points]
  ys = [y for points in lines.values() for _, y in points]
  powers_of_two = across == "n"
  low, high = min(xs), max(xs)
  ticks = vertical_ticks(ys, zero)
  bottom, top = ticks[0], ticks[-1]

  def place(x, y):
    shown = (math.log(x / low) / math.log(high / low)) if high > low else 0.5
    raised = (y - bottom) / (top - bottom) if zero else math.log(y / bottom) / math.log(top / bottom)
    return LEFT + shown * (width - LEFT - RIGHT), HEIGHT - BOTTOM - raised * (HEIGHT - TOP - BOTTOM)

  x, anchor = (width - RIGHT, "end") if name else (LEFT, "start")
  middle = (LEFT + width - RIGHT) / 2
  parts = [f'<text class="title" x="{LEFT}" y="16">{name}</text>',
           f'<text class="quiet" x="{x:g}" y="16" text-anchor="{anchor}">{up}</text>',
           f'<text class="quiet" x="{middle:g}" y="{HEIGHT - 8}" text-anchor="middle">{across}</text>']
  for tick in ticks:
    _, y = place(low, tick)
    parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{width - RIGHT:g}"/>'
                 f'<text class="quiet" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
  for tick in sorted(set(xs)):
    x, _ = place(tick, top)
    label = f"{tick:g}" if powers_of_two else power(tick)
    parts.append(f'<text class="quiet" x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{label}</text>')
  modes = list(dict.fromkeys(mode for _, mode in lines))
  for (side, mode), points in lines.items():
    placed = [place(x, y) for x, y in points]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
    parts.append(f'<path class="{look(side, mode, modes)}" d="M{line}"/>')
    parts += [f'<circle class="{side}-mark" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in placed]
  return "".join(parts)


def power(x):
  return f"10{'⁰¹²³⁴⁵⁶⁷⁸⁹'[round(math.log10(x))]}"


def vertical_ticks(ys, zero):
  if not zero:
    # 1, 2 and 5 times each power of ten, from below the minimum to above the maximum.
    steps = [m * 10.0**e for e in range(-5, 9) for m in (1, 2, 5)]
    first = max(i for i, s in enumerate(steps) if s <= min(ys))
    last = min(i for i, s in enumerate(steps) if s >= max(ys))
    kept = steps[first:max(last, first + 1) + 1]
    return kept if len(kept) <= 6 else [s for s in kept if f"{s:e}"[0] == "1" or s in (kept[0], kept[-1])]
  rough = max(ys) / 4
  step = next(m * 10.0**math.floor(math.log10(rough)) for m in (1, 2, 2.5, 5, 10)
              if m * 10.0**math.floor(math.log10(rough)) >= rough)
  return [i * step for i in range(math.ceil(max(ys) / step) + 1)]
