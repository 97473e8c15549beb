// Layer normalization.

#ifndef CK_NORMALIZATION_H
#define CK_NORMALIZATION_H

#include <stdint.h>

/// Operands of the layer normalization kernels; all arrays are contiguous.
///   layer_norm: y = (x − mean)·rstd·weight + bias for each row; writes `stats`.
///   layer_norm_grad: y [rows, n] = the gradient of x; reads g and `stats`.
///   layer_norm_weight_grad: y [n] = the gradient of weight; reads g and `stats`.
typedef struct {
  int64_t rows, n;
  double eps;           // rstd = 1/√(variance + eps)
  const void *x;        // [rows, n]
  const void *weight;   // [n], or NULL for ones
  const void *bias;     // [n], or NULL for zeros
  const void *g;        // the gradient of the output [rows, n]
  void *stats;          // [rows, 3]: origin, rstd and mean of each row, see layer_norm.inc
  void *y;
} ck_layer_norm;
typedef void (*ck_layer_norm_fn)(const ck_layer_norm *);

#endif
