// The inverses of erf and of the normal distribution function, by Halley's method on erf and erfc.

#include "special.h"

/// x with erf x = y, for |y| <= 0.75. The first terms of the Maclaurin series, then two steps, each
/// of which cubes the error; erf′ = 2/√π·e^(−x²), erf″ = −2x·erf′.
static double erfinv_near(double y) {
  const double t = 0.5 * sqrt(M_PI) * y, s = t * t;
  double x = t * (1 + s * (1.0 / 3 + s * (7.0 / 30 + s * (127.0 / 630 + s * (4369.0 / 22680)))));
  for (int k = 0; k < 3; k++) {
    const double step = (erf(x) - y) * 0.5 * sqrt(M_PI) * exp(x * x);
    x -= step / (1 + x * step);
  }
  return x;
}

/// ln erfc x; where erfc is about to underflow, by its asymptotic series.
static double log_erfc(double x) {
  if (x < 25) return log(erfc(x));
  const double w = 0.5 / (x * x);
  return -x * x - log(x * sqrt(M_PI)) + log1p(-w * (1 - w * (3 - w * (15 - w * (105 - w * 945)))));
}

/// x > 0 with erfc x = q, for 0 < q <= 0.5, from ln q. ln erfc is nearly a parabola: with its
/// slope s = −2/√π·e^(−x²)/erfc x, its curvature is −s·(2x + s).
static double erfc_inverse(double log_q) {
  double x = sqrt(-log_q);
  x = sqrt(fmax(0.2, -log_q - log(sqrt(M_PI) * fmax(x, 0.7))));
  for (int k = 0; k < 6; k++) {
    const double l = log_erfc(x), s = -2 / sqrt(M_PI) * exp(-x * x - l);
    const double step = (l - log_q) / s, ratio = -(2 * x + s);
    const double change = step / (1 - 0.5 * step * ratio);
    x -= change;
    if (fabs(change) < 1e-7 * x) break;
  }
  return x;
}

double ck_erfinv(double y) {
  const double size = fabs(y);
  if (size <= 0.7) return erfinv_near(y);
  if (size < 1) return copysign(erfc_inverse(log1p(-size)), y);
  return size == 1 ? copysign(INFINITY, y) : NAN;
}

double ck_ndtri(double p) {
  if (p == 0) return -INFINITY;
  if (p == 1) return INFINITY;
  if (!(p > 0 && p < 1)) return NAN;
  if (p < 0.25) return -M_SQRT2 * erfc_inverse(log(p) + M_LN2);
  if (p > 0.75) return M_SQRT2 * erfc_inverse(log1p(-p) + M_LN2);
  return M_SQRT2 * erfinv_near(2 * p - 1);
}
