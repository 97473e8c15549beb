// Element-wise kernels ("maps"): y[i] = f(a[i], b[i], …).

#ifndef CK_ELEMENTWISE_H
#define CK_ELEMENTWISE_H

#include <stdint.h>

/// X(name, Swift name, domain, output). What a kernel computes from its inputs and parameters is
/// stated at its body, in bodies/elementwise/.
///
/// domain: the element types that have the kernel. FLOAT: float and double; NUMBER: also the
/// integers; ANY: also bool; INTEGER: the integers and bool.
/// output: SAME (the element type of the inputs) or TRUTH (bool).
#define CK_MAPS(X) \
  X(copy, copy, ANY, SAME) X(neg, neg, NUMBER, SAME) X(abs, abs, NUMBER, SAME) \
  X(sign, sign, NUMBER, SAME) X(square, square, NUMBER, SAME) \
  X(reciprocal, reciprocal, FLOAT, SAME) X(sqrt, sqrt, FLOAT, SAME) X(rsqrt, rsqrt, FLOAT, SAME) \
  X(floor, floor, FLOAT, SAME) X(ceil, ceil, FLOAT, SAME) X(round, round, FLOAT, SAME) \
  X(trunc, trunc, FLOAT, SAME) X(exp, exp, FLOAT, SAME) X(expm1, expm1, FLOAT, SAME) \
  X(log, log, FLOAT, SAME) X(log1p, log1p, FLOAT, SAME) X(sin, sin, FLOAT, SAME) \
  X(cos, cos, FLOAT, SAME) X(tanh, tanh, FLOAT, SAME) X(sigmoid, sigmoid, FLOAT, SAME) \
  X(erf, erf, FLOAT, SAME) X(softplus, softplus, FLOAT, SAME) \
  X(logsigmoid, logSigmoid, FLOAT, SAME) X(gelu, gelu, FLOAT, SAME) \
  X(gelu_tanh, geluTanh, FLOAT, SAME) X(silu, silu, FLOAT, SAME) X(relu, relu, NUMBER, SAME) \
  X(leaky_relu, leakyRelu, FLOAT, SAME) X(clamp, clamp, NUMBER, SAME) \
  X(lgamma, lgamma, FLOAT, SAME) X(digamma, digamma, FLOAT, SAME) \
  X(trigamma, trigamma, FLOAT, SAME) X(erfinv, erfinv, FLOAT, SAME) X(erfcx, erfcx, FLOAT, SAME) \
  X(ndtr, ndtr, FLOAT, SAME) X(log_ndtr, logNdtr, FLOAT, SAME) X(ndtri, ndtri, FLOAT, SAME) \
  X(i0, i0, FLOAT, SAME) X(i0e, i0e, FLOAT, SAME) X(i1, i1, FLOAT, SAME) X(i1e, i1e, FLOAT, SAME) \
  X(in, in, FLOAT, SAME) X(ine, ine, FLOAT, SAME) \
  X(entr, entr, FLOAT, SAME) X(isnan, isnan, FLOAT, TRUTH) X(isinf, isinf, FLOAT, TRUTH) \
  X(isfinite, isfinite, FLOAT, TRUTH) X(logical_not, logicalNot, ANY, TRUTH) \
  X(add, add, NUMBER, SAME) X(sub, sub, NUMBER, SAME) X(mul, mul, ANY, SAME) \
  X(div, div, FLOAT, SAME) X(pow, pow, NUMBER, SAME) X(maximum, maximum, ANY, SAME) \
  X(minimum, minimum, ANY, SAME) X(eq, eq, ANY, TRUTH) X(ne, ne, ANY, TRUTH) \
  X(lt, lt, ANY, TRUTH) X(le, le, ANY, TRUTH) X(gt, gt, ANY, TRUTH) X(ge, ge, ANY, TRUTH) \
  X(logical_and, logicalAnd, ANY, TRUTH) X(logical_or, logicalOr, ANY, TRUTH) \
  X(logical_xor, logicalXor, ANY, TRUTH) X(relu_grad, reluGrad, FLOAT, SAME) \
  X(tanh_grad, tanhGrad, FLOAT, SAME) X(sigmoid_grad, sigmoidGrad, FLOAT, SAME) \
  X(gelu_grad, geluGrad, FLOAT, SAME) X(gelu_tanh_grad, geluTanhGrad, FLOAT, SAME) \
  X(silu_grad, siluGrad, FLOAT, SAME) X(prelu, prelu, FLOAT, SAME) \
  X(threshold, threshold, FLOAT, SAME) X(hardshrink, hardshrink, FLOAT, SAME) \
  X(softshrink, softshrink, FLOAT, SAME) X(hardsigmoid, hardsigmoid, FLOAT, SAME) \
  X(hardswish, hardswish, FLOAT, SAME) X(elu, elu, FLOAT, SAME) X(selu, selu, FLOAT, SAME) \
  X(mish, mish, FLOAT, SAME) X(tanhshrink, tanhshrink, FLOAT, SAME) X(leaky_relu_grad, leakyReluGrad, FLOAT, SAME) \
  X(prelu_grad, preluGrad, FLOAT, SAME) X(prelu_weight_grad, preluWeightGrad, FLOAT, SAME) \
  X(hardsigmoid_grad, hardsigmoidGrad, FLOAT, SAME) \
  X(hardswish_grad, hardswishGrad, FLOAT, SAME) X(elu_grad, eluGrad, FLOAT, SAME) \
  X(selu_grad, seluGrad, FLOAT, SAME) X(softplus_grad, softplusGrad, FLOAT, SAME) \
  X(logsigmoid_grad, logSigmoidGrad, FLOAT, SAME) X(mish_grad, mishGrad, FLOAT, SAME) \
  X(zeta, zeta, FLOAT, SAME) X(igamma, igamma, FLOAT, SAME) \
  X(igammac, igammac, FLOAT, SAME) X(xlog1py, xlog1py, FLOAT, SAME) \
  X(ties, ties, FLOAT, SAME) X(inside, inside, FLOAT, SAME) X(outside, outside, FLOAT, SAME) \
  X(where, where, ANY, SAME) \
  X(axpy, axpy, FLOAT, SAME) X(addcmul, addcmul, FLOAT, SAME) X(addcdiv, addcdiv, FLOAT, SAME) \
  X(lerp, lerp, FLOAT, SAME) X(tan, tan, FLOAT, SAME) X(asin, asin, FLOAT, SAME) \
  X(acos, acos, FLOAT, SAME) X(atan, atan, FLOAT, SAME) X(sinh, sinh, FLOAT, SAME) \
  X(cosh, cosh, FLOAT, SAME) X(asinh, asinh, FLOAT, SAME) X(acosh, acosh, FLOAT, SAME) \
  X(atanh, atanh, FLOAT, SAME) X(exp2, exp2, FLOAT, SAME) X(log2, log2, FLOAT, SAME) \
  X(log10, log10, FLOAT, SAME) X(erfc, erfc, FLOAT, SAME) X(atan2, atan2, FLOAT, SAME) \
  X(hypot, hypot, FLOAT, SAME) X(copysign, copysign, FLOAT, SAME) \
  X(nextafter, nextafter, FLOAT, SAME) X(signbit, signbit, NUMBER, TRUTH) \
  X(fmax, fmax, ANY, SAME) X(fmin, fmin, ANY, SAME) X(div_trunc, divTrunc, NUMBER, SAME) \
  X(div_floor, divFloor, NUMBER, SAME) X(fmod, fmod, NUMBER, SAME) \
  X(remainder, remainder, NUMBER, SAME) X(bit_and, bitAnd, INTEGER, SAME) \
  X(bit_or, bitOr, INTEGER, SAME) X(bit_xor, bitXor, INTEGER, SAME) \
  X(bit_not, bitNot, INTEGER, SAME) X(squared_error, squaredError, FLOAT, SAME) \
  X(absolute_error, absoluteError, FLOAT, SAME) X(huber_error, huberError, FLOAT, SAME) \
  X(smooth_error, smoothError, FLOAT, SAME) X(logistic_error, logisticError, FLOAT, SAME) \
  X(squared_error_grad, squaredErrorGrad, FLOAT, SAME) \
  X(absolute_error_grad, absoluteErrorGrad, FLOAT, SAME) \
  X(huber_error_grad, huberErrorGrad, FLOAT, SAME) \
  X(smooth_error_grad, smoothErrorGrad, FLOAT, SAME) \
  X(logistic_error_grad, logisticErrorGrad, FLOAT, SAME) X(weighted, weighted, FLOAT, SAME) \
  X(weighted_logistic_error, weightedLogisticError, FLOAT, SAME) \
  X(weighted_logistic_slope, weightedLogisticSlope, FLOAT, SAME)

/// Identifies an element-wise kernel.
typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, swift, domain, output) CK_MAP_##name __attribute__((swift_name(#swift))),
  CK_MAPS(X)
#undef X
} ck_map;

/// The name of a kernel in the list above, for messages.
static inline const char *ck_map_name(ck_map kernel) {
  static const char *const names[] = {
#define X(name, swift, domain, output) #name,
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
