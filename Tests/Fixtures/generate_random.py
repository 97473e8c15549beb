"""Writes Tests/AutogradTests/Random/RandomFixtures.swift: what PyTorch's CPU generator draws.

Run it with a Python that has torch, from anywhere. Each stream is a seed and a sequence of calls, since
what a call draws depends on what the calls before it have left behind.
"""

import pathlib

import torch

DTYPES = {"float32": torch.float32, "float64": torch.float64, "int64": torch.int64, "bool": torch.bool}

# Call, dtype, shape, arguments. A trailing ".t" is the call on a transposed, hence non-contiguous, tensor.
CALLS = [
    ("randn", "float32", [3], []),
    ("rand", "float32", [5], []),
    ("randn", "float64", [4], []),  # begins with the spare number of the first call
    ("rand", "float64", [5], []),
    ("randn", "float32", [15], []),
    ("randn", "float32", [16], []),
    ("randn", "float64", [17], []),
    ("randn", "float32", [31], []),
    ("randn", "float64", [32], []),
    ("randn", "float32", [5, 20], []),
    ("randn", "float32", [1], []),
    ("randint", "int64", [6], [-7, 1000]),
    ("randint", "int64", [4], [0, (1 << 28) - 1]),
    ("randint", "int64", [4], [0, 1 << 28]),
    ("randint", "int64", [4], [-(1 << 40), 1 << 40]),
    ("randperm", "int64", [20], []),
    ("uniform_", "float32", [7], [-2, 3]),
    ("uniform_", "float64", [7], [-0.1, 0.1]),
    ("uniform_.t", "float32", [2, 4], [0, 1]),
    ("normal_", "float32", [5], [1.5, 0.25]),
    ("normal_", "float32", [6, 3], [1.5, 0.25]),
    ("normal_.t", "float32", [6, 3], [0, 1]),
    ("bernoulli_", "float32", [20], [0.3]),
    ("bernoulli_", "bool", [20], [0.7]),
    ("bernoulli", "float32", [20], [0.3]),
    ("bernoulli", "float64", [20], [0.3]),
    ("exponential_", "float32", [5], [1.5]),
    ("exponential_", "float64", [5], [1.5]),
    ("exponential_.t", "float64", [2, 3], [1]),
    ("randn", "float64", [5], []),
]
SEEDS = [0, 1234, -1, (1 << 40) + 7]


def draw(call, dtype, shape, args):
    if call in ("rand", "randn"):
        return getattr(torch, call)(shape, dtype=dtype)
    if call == "randint":
        return torch.randint(args[0], args[1], shape)
    if call == "randperm":
        return torch.randperm(shape[0])
    if call == "bernoulli":
        return torch.bernoulli(torch.full(shape, args[0], dtype=dtype))
    name, _, transposed = call.partition(".")
    x = torch.zeros(shape[::-1], dtype=dtype).t() if transposed else torch.zeros(shape, dtype=dtype)
    return getattr(x, name)(*args)


def number(x, dtype):
    if dtype == "float32":  # the shortest decimal that rounds to it
        for digits in range(1, 10):
            text = f"{x:.{digits}g}"
            if torch.tensor(float(text)).item() == x:
                return text
    return repr(float(x)) if dtype == "float64" else str(int(x))


def main():
    lines = [
        f"// Written by Tests/Fixtures/generate_random.py with torch {torch.__version__.split('+')[0]}.",
        "// swift-format-ignore-file",
        "",
        "extension RandomStream {",
        "  /// A seed, and what the calls after it draw: the first and the last numbers of each.",
        "  static let all: [RandomStream] = [",
    ]
    for seed in SEEDS:
        torch.manual_seed(seed)
        lines.append(f"    RandomStream(seed: {seed}, draws: [")
        for call, dtype, shape, args in CALLS:
            values = draw(call, DTYPES[dtype], shape, args).flatten().tolist()
            head, tail = (values, []) if len(values) <= 8 else (values[:3], values[-5:])
            if call == "randperm" or "bernoulli" in call:
                head, tail = values, []
            text = [", ".join(number(v, dtype) for v in part) for part in (head, tail)]
            lines.append(
                f'      Draw("{call}", .{dtype}, {shape}, {args}, [{text[0]}], [{text[1]}]),'
            )
        lines.append("    ]),")
    lines += ["  ]", "}", ""]
    path = pathlib.Path(__file__).parents[1] / "AutogradTests" / "Random" / "RandomFixtures.swift"
    path.write_text("\n".join(lines))


main()
