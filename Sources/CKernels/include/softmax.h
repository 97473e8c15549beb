// Softmax, log-sum-exp and cross entropy.

#ifndef CK_SOFTMAX_H
#define CK_SOFTMAX_H

#include <stdint.h>

/// Forward: y = softmax(x) (log_softmax(x)) along n; g is not read.
/// Backward: x is the output of the forward kernel, g its gradient, y the gradient of the input.
/// x, g and y are [outer, n, inner], contiguous, and may point at a column of inner, as in scans.h.
typedef void (*ck_softmax_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, const void *x, const void *g, void *y);

/// y = ln Σ exp(x) along n; x is [outer, n, inner] and y [outer, inner], contiguous. Both may point
/// at a column of inner.
typedef void (*ck_logsumexp_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, const void *x, void *y);

/// Cross entropy with class indices. For each position with its t = target:
///   forward:   y = hit·(−ln p[t]) + smoothing·Σ weight[j]·(−ln p[j]), 0 if it is ignored;
///              what has the factor 0 counts as 0, even if it is infinite
///   backward:  y[j] = scale·(total·p[j] − hit·[j = t] − smoothing·weight[j]), 0 where scale is 0
///   p[j] = exp(x[j] − partition[0] − partition[1])
/// The arrays may point at a column of inner. The target must be in range unless the position is
/// ignored, or its scale is 0.
typedef struct {
  int64_t outer, n, inner, width;
  const void *x;              // [outer, n, inner]
  void *partition;            // [outer, 2, inner]: max x, ln Σ exp(x − max x); written forward
  const void *weight;         // [n], or NULL for ones
  const int64_t *target;      // [outer, inner]
  const uint8_t *is_ignored;  // [outer, inner], or NULL if none is; forward only
  const void *hit;            // [outer, inner]
  const void *scale, *total;  // [outer, inner]; backward only
  double smoothing;
  void *y;                    // [outer, inner] forward, [outer, n, inner] backward
} ck_cross_entropy;
typedef void (*ck_cross_entropy_fn)(const ck_cross_entropy *);

/// Operands of cross entropy with probabilities t, for the logarithms l of the softmax of logits x:
///   soft_labels:       y = −Σ t·l, in which what has t = 0 counts as 0, even if it is infinite
///   soft_labels_grad:  y = scale·(exp(l)·Σ t − t), the gradient of x
/// inner > 1; the arrays may point at a column of inner.
typedef struct {
  int64_t outer, n, inner, width;
  const void *l, *t;   // [outer, n, inner]
  const void *scale;   // [outer, inner]; soft_labels_grad only
  void *y;             // [outer, inner], or [outer, n, inner] of soft_labels_grad
} ck_soft_labels;
typedef void (*ck_soft_labels_fn)(const ck_soft_labels *);

#endif
