// Special functions of one number in double precision, for elementwise/special.inc.
//
// They are compiled once, so every column gives the same bits. They call the gamma functions, erf,
// exp, log and pow of the C library. The values at poles, at infinity and for NaN are those of
// PyTorch.

#ifndef CK_SPECIAL_H
#define CK_SPECIAL_H

#include <math.h>

/// ln |Γ(x)|.
double ck_lgamma(double x);
/// ψ(x), the derivative of ln Γ. −∞ at 0, ∞ at −0, NaN at negative integers.
double ck_digamma(double x);
/// ψ′(x) for x >= 1/2.
double ck_trigamma_right(double x);
/// The Hurwitz zeta function, Σ (q + k)^-x over k >= 0. NaN for x < 1, ∞ at its poles.
double ck_zeta(double x, double q);
/// The regularized incomplete gamma functions: lower, P(a, x), and upper, Q(a, x) = 1 − P(a, x).
double ck_igamma(double a, double x);
double ck_igammac(double a, double x);
/// The modified Bessel functions of the first kind, times e^-|x|: orders 0, 1, and n >= 2.
double ck_i0e(double x);
double ck_i1e(double x);
double ck_ine(int n, double x);

#endif
