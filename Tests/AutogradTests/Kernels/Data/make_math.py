"""Writes math.txt and pow.txt: points of elementary functions with their correctly rounded values.

    pip install numpy mpmath && python make_math.py

The points are those of NumPy's validation sets (numpy/_core/tests/data/umath-validation-set-*.csv,
BSD-3-Clause, see LICENSE-NumPy.txt), and random ones, the only kind for sigmoid, erf and what follows them in
FUNCTIONS. The values are calculated here with mpmath, to 300 bits, and compared with NumPy's where there are any.

A group starts with a line `function type count`; each line below it is `input output rest`: both numbers as
hexadecimal bits, and what rounding took off the output, in 1/128 of its last place. In pow.txt it is
`base exponent output rest`, random points only.
"""

import csv
import pathlib
import random
import struct
from fractions import Fraction

import mpmath
import numpy

mpmath.mp.prec = 300

SETS = pathlib.Path(numpy.__file__).parent / "_core" / "tests" / "data"
RANDOM_POINTS = 300

#         mantissa bits, smallest exponent, largest finite, struct codes
FORMATS = {
    "f32": (24, -149, float(numpy.finfo("f4").max), "<I", "<f"),
    "f64": (53, -1074, float(numpy.finfo("f8").max), "<Q", "<d"),
}


SCALARS = {"f32": numpy.float32, "f64": numpy.float64}


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x)) if x >= 0 else mpmath.exp(x) / (1 + mpmath.exp(x))


# function, value at −∞, value at +∞, range of the random points
FUNCTIONS = {
    "exp": (mpmath.exp, 0.0, numpy.inf, (-105, 90)),
    "expm1": (mpmath.expm1, -1.0, numpy.inf, (-40, 90)),
    "log": (mpmath.log, numpy.nan, numpy.inf, (0, 10)),
    "log1p": (mpmath.log1p, numpy.nan, numpy.inf, (-1, 10)),
    "sin": (mpmath.sin, numpy.nan, numpy.nan, (-100, 100)),
    "cos": (mpmath.cos, numpy.nan, numpy.nan, (-100, 100)),
    "tanh": (mpmath.tanh, -1.0, 1.0, (-10, 10)),
    "sigmoid": (sigmoid, 0.0, 1.0, (-110, 40)),
    "erf": (mpmath.erf, -1.0, 1.0, (-6.5, 6.5)),
    "erfc": (mpmath.erfc, 2.0, 0.0, (-6.5, 28)),
    "exp2": (lambda x: mpmath.mpf(2) ** x, 0.0, numpy.inf, (-152, 129)),
    "log2": (lambda x: mpmath.log(x, 2), numpy.nan, numpy.inf, (0, 10)),
    "log10": (mpmath.log10, numpy.nan, numpy.inf, (0, 10)),
    "tan": (mpmath.tan, numpy.nan, numpy.nan, (-100, 100)),
    "asin": (mpmath.asin, numpy.nan, numpy.nan, (-1, 1)),
    "acos": (mpmath.acos, numpy.nan, numpy.nan, (-1, 1)),
    "atan": (mpmath.atan, -numpy.pi / 2, numpy.pi / 2, (-10, 10)),
    "sinh": (mpmath.sinh, -numpy.inf, numpy.inf, (-20, 20)),
    "cosh": (mpmath.cosh, numpy.inf, numpy.inf, (-20, 20)),
    "asinh": (mpmath.asinh, -numpy.inf, numpy.inf, (-20, 20)),
    "acosh": (mpmath.acosh, numpy.nan, numpy.inf, (1, 10)),
    "atanh": (mpmath.atanh, numpy.nan, numpy.nan, (-1, 1)),
    "erfinv": (mpmath.erfinv, numpy.nan, numpy.nan, (-1, 1)),
}
KEEPS_ZERO = {"expm1", "log1p", "sin", "tanh", "erf", "tan", "asin", "atan", "sinh", "asinh", "atanh", "erfinv"}
HAS_NUMPYS_POINTS = {"exp", "expm1", "log", "log1p", "sin", "cos", "tanh"}


def exact(name, x):
    """The value at the finite number x, to 300 bits, or a float where it is special."""
    if name in ("asin", "acos", "atanh", "erfinv") and abs(x) > 1 or name == "acosh" and x < 1:
        return numpy.nan
    if name in ("atanh", "erfinv") and abs(x) == 1:
        return x * numpy.inf
    if name.startswith("log"):
        pole = -1 if name == "log1p" else 0
        if x == pole:
            return -numpy.inf
        if x < pole:
            return numpy.nan
    if x == 0 and name in KEEPS_ZERO:
        return x  # with its sign
    if abs(x) > 1e5 and name in ("exp", "expm1", "sigmoid", "tanh", "erf", "erfc", "exp2", "sinh", "cosh"):
        below, above = FUNCTIONS[name][1:3]
        limit = below if x < 0 else above
        return limit if limit != 0 or name == "sigmoid" else mpmath.mpf(2) ** -5000
    return FUNCTIONS[name][0](mpmath.mpf(x))


def rounded(value, kind):
    """The nearest number of the type, ties to even, and what is left over in 1/128 of its last place."""
    bits, smallest, largest, _, _ = FORMATS[kind]
    if isinstance(value, float):
        return value, 0
    sign, mantissa, exponent, length = value._mpf_
    if mantissa == 0:
        return 0.0, 0
    whole = Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** exponent
    place = Fraction(2) ** max(exponent + length - bits, smallest)
    count = round(whole / place)
    result = count * place
    if abs(result) > Fraction(largest):
        return (-1) ** sign * numpy.inf, 0
    number = float(result)
    if number == 0:
        number = (-1.0) ** sign * 0.0
    # The place after rounding, which may have gone up to a power of two.
    place = Fraction(float(numpy.spacing(SCALARS[kind](abs(number)))))
    return number, round((whole - result) / place * 128)


def from_bits(bits, kind):
    code, number = FORMATS[kind][3:]
    return struct.unpack(number, struct.pack(code, bits))[0]


def to_bits(x, kind):
    code, number = FORMATS[kind][3:]
    return struct.unpack(code, struct.pack(number, x))[0]


def numpy_points(name, kind):
    """NumPy's inputs and outputs, as bits."""
    path = SETS / f"umath-validation-set-{name}.csv"
    if name not in HAS_NUMPYS_POINTS:
        return
    with open(path) as file:
        for row in csv.reader(line for line in file if not line.startswith("#")):
            if row[0] == "np.float32" and kind == "f32" or row[0] == "np.float64" and kind == "f64":
                yield int(row[1], 16), int(row[2], 16)


def random_points(name, kind):
    generator = random.Random(f"{name} {kind}")
    low, high = FUNCTIONS[name][3]
    if kind == "f64" and name in ("exp", "expm1", "sigmoid", "exp2"):
        low, high = low * 7, high * 7.8
    for i in range(RANDOM_POINTS):
        x = generator.uniform(low, high)
        if i % 3 == 0:  # small ones, of every order of magnitude
            x = x * 10 ** generator.uniform(-12, 0)
        yield to_bits(numpy.float32(x) if kind == "f32" else x, kind)
    for x in (0.0, -0.0, 1.0, -1.0, 0.5, -0.5, numpy.inf, -numpy.inf, numpy.nan):
        yield to_bits(x, kind)
    for x in (1e-40, -1e-40, 1e-30, -1e-30, 1e30, -1e30, 88.72284, -87.33655, -103.97208):
        yield to_bits(numpy.float32(x) if kind == "f32" else x, kind)


def value(name, bits, kind):
    x = float(from_bits(bits, kind))
    if numpy.isnan(x):
        return numpy.nan, 0
    if numpy.isinf(x):
        return FUNCTIONS[name][1 if x < 0 else 2], 0
    return rounded(exact(name, x), kind)


def write(file, name, kind):
    width = {"f32": 8, "f64": 16}[kind]
    lines = {}
    for bits, theirs in numpy_points(name, kind):
        y, rest = value(name, bits, kind)
        expected = float(from_bits(theirs, kind))
        same = numpy.isnan(y) and numpy.isnan(expected) or y == expected
        if not same:
            print(f"{name} {kind} {bits:x}: NumPy has {expected!r}, mpmath {y!r}")
        lines[bits] = (y, rest)
    for bits in random_points(name, kind):
        lines[bits] = value(name, bits, kind)
    file.write(f"{name} {kind} {len(lines)}\n")
    for bits, (y, rest) in lines.items():
        file.write(f"{bits:0{width}x} {to_bits(y, kind):0{width}x} {rest}\n")


with open(pathlib.Path(__file__).parent / "math.txt", "w") as file:
    for name in FUNCTIONS:
        for kind in FORMATS:
            write(file, name, kind)


def powers(kind):
    """Bases and exponents whose powers lie between the smallest and the largest number of the type."""
    generator = random.Random(f"pow {kind}")
    bits, smallest, largest, _, _ = FORMATS[kind]
    top = mpmath.log(largest, 2)
    for i in range(3 * RANDOM_POINTS):
        if i % 3 == 0:  # bases of every size
            base = 2 ** generator.uniform(smallest, float(top))
        elif i % 3 == 1:  # next to 1, with large exponents
            base = 1 + generator.uniform(-1, 1) * 2 ** -generator.uniform(1, bits - 4)
        else:
            base = generator.uniform(0, 10)
        base = float(SCALARS[kind](base))
        if i % 7 == 0:  # negative, with whole exponents
            base, exponent = -base, generator.randint(-9, 9)
        else:
            exponent = generator.uniform(smallest - 1, float(top)) / float(mpmath.log(base, 2))
        yield base, float(SCALARS[kind](exponent))


with open(pathlib.Path(__file__).parent / "pow.txt", "w") as file:
    for kind in FORMATS:
        width = {"f32": 8, "f64": 16}[kind]
        points = list(powers(kind))
        file.write(f"pow {kind} {len(points)}\n")
        for base, exponent in points:
            y, rest = rounded(mpmath.mpf(base) ** mpmath.mpf(exponent), kind)
            words = [f"{to_bits(x, kind):0{width}x}" for x in (base, exponent, y)]
            file.write(" ".join(words) + f" {rest}\n")
