// Layer and batch normalization.

#ifndef CK_NORMALIZATION_H
#define CK_NORMALIZATION_H

#include <stdint.h>

/// Operands of the layer normalization kernels; all arrays are contiguous.
///   layer_norm: y = (x − mean)·rstd·weight + bias for each row; writes `stats`.
///   layer_norm_grad: y [rows, n] = the gradient of x; reads g and `stats`.
///   layer_norm_weight_grad: y [n] = the gradient of weight; reads g and `stats`.
typedef struct {
  int64_t rows, n;
  int is_centered;      // if 0, the mean counts as 0: y = x/√(mean of x² + eps)·weight + bias
  double eps;           // rstd = 1/√(variance + eps)
  const void *x;        // [rows, n]
  const void *weight;   // [n], or NULL for ones
  const void *bias;     // [n], or NULL for zeros
  const void *g;        // the gradient of the output [rows, n]
  void *stats;          // [rows, 3]: origin, rstd and mean of each row, see layer_norm.inc
  void *y;
} ck_layer_norm;
typedef void (*ck_layer_norm_fn)(const ck_layer_norm *);

/// Operands of the batch normalization kernels: x, g and y are [batch, channels, inner], the others
/// [channels]; all are contiguous. x̂ = (x − origin)·rstd + shift is x, normalized: the origin is near
/// the mean, and the shift is what is missing to it.
///   batch_moments: first, second = mean and variance; origin, rstd = 1/√(variance + eps), shift.
///   batch_norm: y = (x − origin)·scale + offset.
///   batch_sums: first, second = the means of g and of g·x̂.
///   batch_norm_grad: y = scale·(weight·g − first − x̂·second); without a weight it counts as 1.
/// [begin, end) are the channels of batch_moments and batch_sums. Of the others they are the rows of
/// [batch · channels, inner], or with inner = 1 the samples.
typedef struct {
  int64_t batch, channels, inner, begin, end;
  double eps;
  const void *x, *g;
  void *origin, *rstd, *shift, *scale, *offset, *weight, *first, *second;
  void *y;
} ck_batch_norm;
typedef void (*ck_batch_norm_fn)(const ck_batch_norm *);

#endif
