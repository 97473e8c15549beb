// Evenly spaced numbers.

#ifndef CK_RANGES_H
#define CK_RANGES_H

#include <stdint.h>

/// y[i] = start + (first + i)·step for i < n. start and step point to double if the element type is
/// floating-point, else to int64_t.
typedef void (*ck_range_fn)(
  int64_t n, int64_t first, const void *start, const void *step, void *y);

/// y [n] = the elements [first, first + n) of the `count` evenly spaced numbers from start to end,
/// both included.
typedef void (*ck_linspace_fn)(
  int64_t n, int64_t first, int64_t count, double start, double end, void *y);

#endif
