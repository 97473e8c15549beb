"""Writes Tests/OptimTests/RuleFixtures.swift: where PyTorch's optimizers arrive after six steps.

Run it with a Python that has torch, from anywhere. The parameters and gradients are fractions that are
exact in binary, made by the same formulas here and in RuleTests.swift.
"""

import pathlib

import torch

CASES = [
    ("SGD", dict(lr=0.1)),
    ("SGD", dict(lr=0.1, weight_decay=0.5)),
    ("SGD", dict(lr=0.1, momentum=0.9)),
    ("SGD", dict(lr=0.1, momentum=0.9, dampening=0.5)),
    ("SGD", dict(lr=0.1, momentum=0.9, nesterov=True)),
    ("SGD", dict(lr=0.1, momentum=0.9, weight_decay=0.1, nesterov=True, maximize=True)),
    ("Adam", dict()),
    ("Adam", dict(lr=0.1, betas=(0.8, 0.95), eps=1e-3)),
    ("Adam", dict(lr=0.1, betas=(0.3, 0.5))),
    ("Adam", dict(lr=0.1, betas=(0.0, 0.0))),
    ("Adam", dict(lr=0.1, weight_decay=0.1)),
    ("Adam", dict(lr=0.1, weight_decay=0.1, decoupled_weight_decay=True)),
    ("Adam", dict(lr=0.1, betas=(0.5, 0.6), amsgrad=True)),
    ("Adam", dict(lr=0.1, amsgrad=True, maximize=True)),
    ("AdamW", dict()),
    ("AdamW", dict(lr=0.1, weight_decay=0.3)),
    ("AdamW", dict(lr=0.1, betas=(0.5, 0.6), amsgrad=True, maximize=True)),
    ("RMSprop", dict()),
    ("RMSprop", dict(lr=0.1, alpha=0.7, eps=1e-3, weight_decay=0.1)),
    ("RMSprop", dict(lr=0.1, momentum=0.8)),
    ("RMSprop", dict(lr=0.1, centered=True)),
    ("RMSprop", dict(lr=0.1, alpha=0.3, momentum=0.8, centered=True, maximize=True)),
    ("Adagrad", dict()),
    ("Adagrad", dict(lr=0.1, lr_decay=0.5)),
    ("Adagrad", dict(lr=0.1, weight_decay=0.1, initial_accumulator_value=0.5, eps=1e-3)),
    ("Adagrad", dict(lr=0.1, maximize=True)),
]
STEPS = 6


def start(p):
    return torch.tensor([(i - 2 + p) / 2 for i in range(5)], dtype=torch.float64, requires_grad=True)


def gradient(p, step):
    if p == 1 and step == 2:  # the second parameter sits one step out
        return None
    return torch.tensor([((7 * i + 3 * step + p) % 11 - 5) / 4 for i in range(5)], dtype=torch.float64)


def swift(value):
    if isinstance(value, bool):
        return str(value).lower()
    return f"({', '.join(map(swift, value))})" if isinstance(value, tuple) else repr(value)


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def main():
    lines = [
        f"// Written by Tests/Fixtures/generate_optimizers.py with torch {torch.__version__.split('+')[0]}.",
        "// swift-format-ignore-file",
        "",
        "import Optim",
        "",
        "extension RuleCase {",
        "  /// A rule, and the elements of both parameters after the last step.",
        "  static let all: [RuleCase] = [",
    ]
    for name, options in CASES:
        parameters = [start(0), start(1)]
        optimizer = getattr(torch.optim, name)(parameters, **options)
        for step in range(STEPS):
            for p, parameter in enumerate(parameters):
                parameter.grad = gradient(p, step)
            optimizer.step()
        arguments = [f"{camel(k)}: {swift(v)}" for k, v in options.items()]
        values = [repr(v) for parameter in parameters for v in parameter.tolist()]
        lines.append(f"    RuleCase({{ {name}({', '.join(['$0'] + arguments)}) }}, [")
        lines.append(f"      {', '.join(values[:5])},")
        lines.append(f"      {', '.join(values[5:])},")
        lines.append("    ]),")
    lines += ["  ]", "}", ""]
    path = pathlib.Path(__file__).parents[1] / "OptimTests" / "RuleFixtures.swift"
    path.write_text("\n".join(lines))


main()
