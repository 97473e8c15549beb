// ln Γ, its derivatives, and the Hurwitz zeta function.

#include <float.h>

#include "special.h"

// Not every C library declares lgamma_r. lgamma is not thread-safe: it writes a global variable.
double lgamma_r(double x, int *sign);

double ck_lgamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

/// Σ c[k]·xᵏ for k < n.
static double poly(double x, const double *c, int n) {
  double y = c[n - 1];
  for (int k = n - 2; k >= 0; k--) y = y * x + c[k];
  return y;
}

// For x ≥ 10, the asymptotic series in the Bernoulli numbers B₂ₖ: DLMF 5.11.2 and 5.15.8. The first
// omitted term is below 1e-17.
double ck_digamma(double x) {
  // B₂ₖ/2k.
  static const double c[] = {
    0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667,
    0.007575757575757576, -0.02109279609279609, 0.08333333333333334, -0.4432598039215686};
  if (x == 0) return copysign(INFINITY, -x);
  double y = 0;
  if (x < 0) {
    if (x == trunc(x)) return NAN;
    double whole;
    y = -M_PI / tan(M_PI * modf(x, &whole));
    x = 1 - x;
  }
  for (; x < 10; x++) y -= 1 / x;
  const double w = 1 / (x * x);
  return y + (log(x) - 0.5 / x - w * poly(w, c, 8));
}

double ck_trigamma_right(double x) {
  // B₂ₖ.
  static const double c[] = {
    0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333,
    0.07575757575757576, -0.2531135531135531, 1.1666666666666667, -7.092156862745098};
  double y = 0;
  for (; x < 10; x++) y += 1 / (x * x);
  const double w = 1 / (x * x);
  return y + (1 + 0.5 / x + w * poly(w, c, 8)) / x;
}

/// ζ(x, q) for x > 1 if q is not a pole: the sum of at least ten terms, up to q + k > 9, and the
/// Euler–Maclaurin formula for the rest (DLMF 25.11.28).
static double zeta_sum(double x, double q) {
  // B₂ₖ/(2k)!.
  static const double c[] = {
    0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
    2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11,
    -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16,
    5.5090028283602295e-18, -1.3954464685812525e-19};
  double sum = pow(q, -x), term = 0;
  for (int k = 0; k < 9 || q <= 9; k++) {
    q += 1;
    term = pow(q, -x);
    sum += term;
    if (term < DBL_EPSILON / 2 * sum && -term < DBL_EPSILON / 2 * sum) return sum;
  }
  sum += term * q / (x - 1) - 0.5 * term;
  double rising = 1;  // x·(x + 1)·…·(x + 2k)
  for (int k = 0; k < 12; k++) {
    rising *= x + 2 * k;
    term /= q;
    const double t = rising * term * c[k];
    sum += t;
    if (fabs(t / sum) < DBL_EPSILON / 2) break;
    rising *= x + 2 * k + 1;
    term /= q;
  }
  return sum;
}

double ck_zeta(double x, double q) {
  if (x == 1) return INFINITY;
  if (x < 1) return NAN;
  if (q <= 0) {
    if (q == floor(q)) return INFINITY;
    if (x != floor(x)) return NAN;
    if (isinf(x)) return INFINITY;
    if (q < -20) {
      // The terms with q + k < 0 are, up to sign, the difference of two other zeta series.
      const double f = q - floor(q), rest = pow(1 - q, -x) > 0 ? zeta_sum(x, 1 - q) : 0;
      const double before = zeta_sum(x, 1 - f) - rest;
      return zeta_sum(x, f) + (fmod(x, 2) == 0 ? before : -before);
    }
  }
  return zeta_sum(x, q);
}
