// Scans along the middle dimension: x and y are [outer, n, inner], contiguous.
//
// x and y may point at a column j of inner: a kernel reads and writes the `width` columns
// [j, j + width).

#ifndef CK_SCANS_H
#define CK_SCANS_H

#include <stdint.h>

/// y = the cumulative reduction of x along n, from the end of n if `reversed`.
typedef void (*ck_scan_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, int reversed, const void *x, void *y);

/// The linear recurrence y[i] = b[i] + a[i]·y[i − 1] along n, with y[−1] = 0. If `transposed`, its
/// transpose as a linear map of b: y[i] = b[i] + a[i + 1]·y[i + 1], with y[n] = 0. Shapes: as a
/// scan.
typedef void (*ck_recurrence_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, int transposed, const void *a,
  const void *b, void *y);

/// The extreme value so far along n and the index of its last occurrence; x, value and index are
/// contiguous.
typedef void (*ck_running_extreme_fn)(
  int64_t outer, int64_t n, int64_t inner, const void *x, void *value, int64_t *index);

#endif
