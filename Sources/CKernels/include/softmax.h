// Softmax, log-sum-exp and the gradient of cross entropy.

#ifndef CK_SOFTMAX_H
#define CK_SOFTMAX_H

#include <stdint.h>

/// Forward: y = softmax(x) (log_softmax(x)) along n; g is not read.
/// Backward: x is the output of the forward kernel, g its gradient, y the gradient of the input.
/// x, g and y are [outer, n, inner], contiguous, and may point at a column of inner, as in scans.h.
typedef void (*ck_softmax_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, const void *x, const void *g, void *y);

/// A function of each row of x [rows, n], contiguous.
typedef void (*ck_row_fn)(int64_t rows, int64_t n, const void *x, void *y);

/// The gradient y [rows, n] of cross entropy with class indices. For row i with t = target[i]:
///   y[i, j] = scale[i]·(total[i]·p[j] − hit[i]·[j = t] − smoothing·weight[j])
///   p[j] = exp(x[i, j] − partition[i, 0] − partition[i, 1])
/// where `partition` is the output of log_partition. A row with scale[i] = 0 becomes zeros, and its
/// target, which may be out of range, is not used.
typedef struct {
  int64_t rows, n;
  const void *x;          // [rows, n]
  const void *partition;  // [rows, 2]
  const void *weight;     // [n], or NULL for ones
  const int64_t *target;  // [rows]
  const void *scale, *total, *hit;  // [rows] each
  double smoothing;
  void *y;                // [rows, n]
} ck_cross_entropy;

#endif
