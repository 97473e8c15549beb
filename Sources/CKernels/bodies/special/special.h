// Special functions of one number, in double precision: the bodies behind elementwise_special.inc.
//
// They are compiled once, for the baseline, so that every column gives the same bits. The gamma
// functions, erf, exp, log and pow of the C library are called. Conventions at poles, at infinity
// and for NaN are PyTorch's.

#ifndef CK_SPECIAL_H
#define CK_SPECIAL_H

#include <math.h>

/// ln |Γ(x)|.
double ck_lgamma(double x);
/// ψ(x), the derivative of ln Γ; at 0 the infinity of the other sign, at negative integers NaN.
double ck_digamma(double x);
/// ψ′(x) for x >= 1/2.
double ck_trigamma_right(double x);
/// The zeta function of Hurwitz, Σ (q + k)^-x over k >= 0: NaN for x < 1, infinite at its poles.
double ck_zeta(double x, double q);
/// The regularized incomplete gamma functions: lower, P(a, x), and upper, Q(a, x) = 1 − P(a, x).
double ck_igamma(double a, double x);
double ck_igammac(double a, double x);
/// The modified Bessel functions of the first kind, orders 0 and 1, times e^-|x|.
double ck_i0e(double x);
double ck_i1e(double x);

#endif
