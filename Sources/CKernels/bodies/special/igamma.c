// The regularized incomplete gamma functions.
//
// If a is small or x is far from a: the power series of P (DLMF 8.11.4) or the continued fraction
// of Q (8.9.2). If a is large and x is near a, where those would need many terms: Temme's uniform
// expansion (8.12).

#include <float.h>
#include <stdbool.h>

#include "special.h"

/// m − ln(1 + m), accurate also for small m, where the two cancel. With r = m/(2 + m), the
/// logarithm is 2(r + r³/3 + r⁵/5 + …), and m − 2r = m·r.
static double excess(double m) {
  if (fabs(m) > 0.35) return m - log1p(m);
  const double r = m / (2 + m), s = r * r;
  double sum = 0;
  for (int k = 25; k >= 3; k -= 2) sum = sum * s + 1.0 / k;
  return m * r - 2 * r * s * sum;
}

/// xᵃ·e⁻ˣ/Γ(a + 1).
static double prefactor(double a, double x) {
  if (a <= 100) return exp(a * log(x) - x - ck_lgamma(a + 1));
  // Γ(a + 1) = √(2πa)·(a/e)ᵃ·(1 + 1/(12a) + …), by Stirling.
  const double w = 1 / a;
  const double stirling =
    1 + w * (1.0 / 12 + w * (1.0 / 288 + w * (-139.0 / 51840 + w * (-571.0 / 2488320))));
  return exp(-a * excess((x - a) / a)) / (sqrt(2 * M_PI * a) * stirling);
}

/// P(a, x) = prefactor·(1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …).
static double lower_series(double a, double x) {
  const double factor = prefactor(a, x);
  if (factor == 0) return 0;
  double term = 1, sum = 1;
  for (double n = a + 1; term > DBL_EPSILON / 4 * sum; n++) {
    term *= x / n;
    sum += term;
  }
  return factor * sum;
}

/// ln Γ(1 + a) for a >= 0, with a small relative error also for small a.
static double lgamma1p(double a) {
  if (a > 1e-3) return ck_lgamma(1 + a);
  // −γ, ζ(2)/2, −ζ(3)/3, ζ(4)/4, −ζ(5)/5.
  const double c[] = {-0.57721566490153287, 0.82246703342411322, -0.40068563438653143,
                      0.27058080842778455, -0.20738555102867399};
  return a * (c[0] + a * (c[1] + a * (c[2] + a * (c[3] + a * c[4]))));
}

/// Q(a, x) for x ≤ 1.1: 1 − xᵃ/Γ(1 + a)·(1 + a·Σ (−x)ⁿ/((a + n)·n!)).
static double upper_series(double a, double x) {
  double term = 1, sum = 0;
  for (int n = 1; n < 100; n++) {
    term *= -x / n;
    const double t = term / (a + n);
    sum += t;
    if (fabs(t) <= DBL_EPSILON / 4 * fabs(sum)) break;
  }
  const double power = a * log(x) - lgamma1p(a);
  return -expm1(power) - exp(power) * a * sum;
}

/// Q(a, x) by its continued fraction, evaluated by Lentz's method.
static double upper_fraction(double a, double x) {
  const double factor = a * prefactor(a, x);
  if (factor == 0) return 0;
  double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, y = d;
  for (int n = 1; n < 10000; n++) {
    const double p = -n * (n - a);
    b += 2;
    d = p * d + b;
    if (fabs(d) < DBL_MIN) d = DBL_MIN;
    c = b + p / c;
    if (fabs(c) < DBL_MIN) c = DBL_MIN;
    d = 1 / d;
    const double step = c * d;
    y *= step;
    if (fabs(step - 1) <= DBL_EPSILON) break;
  }
  return factor * y;
}

/// Temme's expansion: ½·erfc(∓η√(a/2)) ∓ R, ½η² = λ − 1 − ln λ with λ = x/a, and
/// R = e^(−½aη²)/√(2πa)·Σ cₖ(η)/aᵏ. The Taylor coefficients of the cₖ come from the recurrence
/// η·cₖ = cₖ₋₁′ + const·η/(λ − 1). The error is 1e-14 for a > 100 and |λ − 1| < 0.3.
static double uniform(double a, double x, bool upper) {
  static const double c[5][18] = {
    {-0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
     0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
     -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
     1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10,
     -2.5514193994946248e-11, -5.830772132550426e-11, 2.4361948020667415e-11},
    {-0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
     0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05,
     7.64916091608111e-06, -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07,
     -5.752545603517705e-08, 1.1951628599778148e-08, -1.7543241719747647e-11,
     -1.0091543710600413e-09, 4.162792991842583e-10, -8.56390702649298e-11},
    {0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
     -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05,
     3.423578734096138e-08, 1.3721957309062934e-06, -6.298992138380055e-07,
     1.4280614206064242e-07, -2.0477098421990866e-10, -1.409252991086752e-08,
     6.228974084922022e-09, -1.3670488396617114e-09, 9.428356159014678e-13},
    {0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557,
     0.00026772063206283885, -7.561801671883977e-05, -2.396505113867297e-07,
     1.1082654115347302e-05, -5.6749528269915965e-06, 1.4230900732435883e-06,
     -2.7861080291528143e-11, -1.6958404091930278e-07, 8.099464905388083e-08,
     -1.9111168485973655e-08, 2.3928620439808118e-12, 2.0620131815488797e-09},
    {-0.0008618882909167117, 0.0007840392217200666, -0.0002990724803031902,
     -1.4638452578843418e-06, 6.641498215465122e-05, -3.968365047179435e-05,
     1.1375726970678419e-05, 2.507497226237533e-10, -1.6954149536558305e-06,
     8.907507532205309e-07, -2.292934834000805e-07, 2.956794137544049e-11, 2.8865829742708783e-08,
     -1.4189739437803219e-08},
  };
  const double m = (x - a) / a, h = excess(m), eta = copysign(sqrt(2 * h), m);
  double sum = 0;
  for (int k = 4; k >= 0; k--) {
    double row = 0;
    for (int n = 17; n >= 0; n--) row = row * eta + c[k][n];
    sum = sum / a + row;
  }
  const double r = exp(-a * h) / sqrt(2 * M_PI * a) * sum, z = eta * sqrt(a / 2);
  return upper ? 0.5 * erfc(z) + r : 0.5 * erfc(-z) - r;
}

static bool is_uniform(double a, double x) { return a > 100 && fabs(x - a) < 0.3 * a; }

double ck_igamma(double a, double x) {
  if (a < 0 || x < 0) return NAN;
  if (a == 0) return x > 0 ? 1 : NAN;
  if (x == 0) return 0;
  if (isinf(a)) return isinf(x) ? NAN : 0;
  if (isinf(x)) return 1;
  if (is_uniform(a, x)) return uniform(a, x, false);
  if (x > 1 && x > a) return 1 - ck_igammac(a, x);
  return lower_series(a, x);
}

double ck_igammac(double a, double x) {
  if (a < 0 || x < 0) return NAN;
  if (a == 0) return x > 0 ? 0 : NAN;
  if (x == 0) return 1;
  if (isinf(a)) return isinf(x) ? NAN : 1;
  if (isinf(x)) return 0;
  if (is_uniform(a, x)) return uniform(a, x, true);
  if (x > 1.1) return x < a ? 1 - lower_series(a, x) : upper_fraction(a, x);
  // Compute the smaller one of P and Q, without cancellation.
  const bool is_lower_smaller = x <= 0.5 ? -0.4 / log(x) < a : 1.1 * x < a;
  return is_lower_smaller ? 1 - lower_series(a, x) : upper_series(a, x);
}
