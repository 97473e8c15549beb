// Maxima and means of windows.

#ifndef CK_POOLING_H
#define CK_POOLING_H

#include <stdint.h>

/// Windows over images x [images, depth, height, width]. Window (i, j, k) begins at
/// i·stride − before in each dimension, for i, j, k < windows; what lies outside of the image is
/// left out. A window must have at least one element inside.
///   y [images, windows] = the maximum; the first NaN, if there is one.
///   index = the position of its first occurrence in the image, row by row; not computed if NULL.
typedef struct {
  int64_t images;
  int64_t size[3], windows[3], kernel[3], stride[3], before[3], dilation[3];
  const void *x;
  void *y;
  int64_t *index;
} ck_pool;
typedef void (*ck_pool_fn)(const ck_pool *);

/// Windows over images of the sizes [depth, height, width]. Window (i, j, k) is
/// [first[0][i], last[0][i]) × [first[1][j], last[1][j]) × [first[2][k], last[2][k]), and both bounds
/// ascend.
///   window_means: y [images, windows] = the sum over each window of x [images, size], divided by its
///     divisor.
///   window_shares: y [images, size] = the gradient of x for the gradient x [images, windows] of the
///     means: the sum over the windows that an element is in, each divided by its divisor.
///   window_maxima: y [images, windows] = the maximum of each window, which is not empty, and index =
///     the position of its first occurrence in the image; the first NaN, if there is one. If
///     is_own is 1, each image has bounds of its own, [images, windows].
typedef struct {
  int64_t images;
  int64_t size[3], windows[3];
  const int64_t *first[3], *last[3];
  int is_own;
  const int64_t *count[3];  // the divisor is the product of the counts of the window
  double divisor;           // or this one, if it is not 0
  const void *x;
  void *y;
  int64_t *index;
} ck_windows;
typedef void (*ck_windows_fn)(const ck_windows *);

/// y[o, i, :] = Σ weight[e]·x[o, index[e], :] over e from start[i] to start[i + 1], for rows
/// [begin, end) of [outer · outputs]; x is [outer, n, inner].
typedef struct {
  int64_t begin, end, n, outputs, inner;
  const int64_t *start, *index;
  const double *weight;
  int is_grouped;  // whether rows are computed in groups: inner is 1, and [begin, end) whole rows
  const void *x;
  void *y;
} ck_resample;
typedef void (*ck_resample_fn)(const ck_resample *);

#endif
