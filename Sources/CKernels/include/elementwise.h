// Element-wise kernels ("maps"): y[i] = f(a[i], b[i], …).

#ifndef CK_ELEMENTWISE_H
#define CK_ELEMENTWISE_H

#include <stdint.h>

/// X(name, domain, output). What a kernel computes from its inputs and parameters is stated at its
/// body, in bodies/elementwise/.
///
/// domain: the element types that have the kernel. FLOAT: float and double; NUMBER: also the
/// integers; ANY: also bool; INTEGER: the integers and bool.
/// output: SAME (the element type of the inputs) or TRUTH (bool).
#define CK_MAPS(X) \
  X(copy, ANY, SAME) X(neg, NUMBER, SAME) X(abs, NUMBER, SAME) X(sign, NUMBER, SAME) \
  X(square, NUMBER, SAME) X(reciprocal, FLOAT, SAME) X(sqrt, FLOAT, SAME) X(rsqrt, FLOAT, SAME) \
  X(floor, FLOAT, SAME) X(ceil, FLOAT, SAME) X(round, FLOAT, SAME) X(trunc, FLOAT, SAME) \
  X(exp, FLOAT, SAME) X(expm1, FLOAT, SAME) X(log, FLOAT, SAME) X(log1p, FLOAT, SAME) \
  X(sin, FLOAT, SAME) X(cos, FLOAT, SAME) X(tanh, FLOAT, SAME) X(sigmoid, FLOAT, SAME) \
  X(erf, FLOAT, SAME) X(softplus, FLOAT, SAME) X(logsigmoid, FLOAT, SAME) \
  X(gelu, FLOAT, SAME) X(gelu_tanh, FLOAT, SAME) X(silu, FLOAT, SAME) \
  X(relu, NUMBER, SAME) X(leaky_relu, FLOAT, SAME) X(clamp, NUMBER, SAME) \
  X(lgamma, FLOAT, SAME) X(digamma, FLOAT, SAME) X(trigamma, FLOAT, SAME) \
  X(erfinv, FLOAT, SAME) X(erfcx, FLOAT, SAME) X(ndtr, FLOAT, SAME) X(log_ndtr, FLOAT, SAME) \
  X(ndtri, FLOAT, SAME) X(i0, FLOAT, SAME) X(i0e, FLOAT, SAME) X(i1, FLOAT, SAME) \
  X(i1e, FLOAT, SAME) X(entr, FLOAT, SAME) \
  X(isnan, FLOAT, TRUTH) X(isinf, FLOAT, TRUTH) X(isfinite, FLOAT, TRUTH) \
  X(logical_not, ANY, TRUTH) \
  X(add, NUMBER, SAME) X(sub, NUMBER, SAME) X(mul, ANY, SAME) X(div, FLOAT, SAME) \
  X(pow, NUMBER, SAME) X(maximum, ANY, SAME) X(minimum, ANY, SAME) \
  X(eq, ANY, TRUTH) X(ne, ANY, TRUTH) X(lt, ANY, TRUTH) X(le, ANY, TRUTH) X(gt, ANY, TRUTH) \
  X(ge, ANY, TRUTH) X(logical_and, ANY, TRUTH) X(logical_or, ANY, TRUTH) \
  X(logical_xor, ANY, TRUTH) \
  X(relu_grad, FLOAT, SAME) X(tanh_grad, FLOAT, SAME) X(sigmoid_grad, FLOAT, SAME) \
  X(gelu_grad, FLOAT, SAME) X(gelu_tanh_grad, FLOAT, SAME) X(silu_grad, FLOAT, SAME) \
  X(zeta, FLOAT, SAME) X(igamma, FLOAT, SAME) X(igammac, FLOAT, SAME) X(xlog1py, FLOAT, SAME) \
  X(inside, FLOAT, SAME) X(outside, FLOAT, SAME) \
  X(where, ANY, SAME) X(axpy, NUMBER, SAME) X(addcmul, NUMBER, SAME) X(addcdiv, FLOAT, SAME) \
  X(lerp, FLOAT, SAME) \
  X(tan, FLOAT, SAME) X(asin, FLOAT, SAME) X(acos, FLOAT, SAME) X(atan, FLOAT, SAME) \
  X(sinh, FLOAT, SAME) X(cosh, FLOAT, SAME) X(asinh, FLOAT, SAME) X(acosh, FLOAT, SAME) \
  X(atanh, FLOAT, SAME) X(exp2, FLOAT, SAME) X(log2, FLOAT, SAME) X(log10, FLOAT, SAME) \
  X(erfc, FLOAT, SAME) X(atan2, FLOAT, SAME) X(hypot, FLOAT, SAME) X(copysign, FLOAT, SAME) \
  X(nextafter, FLOAT, SAME) X(signbit, NUMBER, TRUTH) X(fmax, ANY, SAME) X(fmin, ANY, SAME) \
  X(div_trunc, NUMBER, SAME) X(div_floor, NUMBER, SAME) X(fmod, NUMBER, SAME) \
  X(remainder, NUMBER, SAME) X(bit_and, INTEGER, SAME) X(bit_or, INTEGER, SAME) \
  X(bit_xor, INTEGER, SAME) X(bit_not, INTEGER, SAME) \
  X(squared_error, FLOAT, SAME) X(absolute_error, FLOAT, SAME) X(huber_error, FLOAT, SAME) \
  X(logistic_error, FLOAT, SAME) X(squared_error_grad, FLOAT, SAME) \
  X(absolute_error_grad, FLOAT, SAME) X(huber_error_grad, FLOAT, SAME) \
  X(logistic_error_grad, FLOAT, SAME)

/// Identifies an element-wise kernel.
typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, domain, output) CK_MAP_##name __attribute__((swift_name(#name))),
  CK_MAPS(X)
#undef X
} ck_map;

/// The name of a kernel in the list above, for messages.
static inline const char *ck_map_name(ck_map kernel) {
  static const char *const names[] = {
#define X(name, domain, output) #name,
    CK_MAPS(X)
#undef X
  };
  return names[kernel];
}

/// The scalar parameters of a kernel; each body states what it reads.
typedef struct {
  double p0, p1;
} ck_params;

/// y[i·stride[0]] = f(a[i·stride[1]], b[i·stride[2]], …) for i < n, where p is {y, a, b, …}.
/// Strides count elements and may be 0 or negative. y may be the same memory as an input if the two
/// have the same stride; any other overlap is not allowed.
typedef void (*ck_map_fn)(int64_t n, void *const *p, const int64_t *stride, ck_params param);

#endif
