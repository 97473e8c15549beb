// Moving elements without looking at them: transposing, copying and filling, by element size.

#ifndef CK_MOVEMENT_H
#define CK_MOVEMENT_H

#include <stdint.h>

#include "nest.h"

/// y[i + j·y1] = x[i·x0 + j] for i < n0, j < n1.
typedef void (*ck_transpose_fn)(
  int64_t n0, int64_t n1, const void *x, int64_t x0, void *y, int64_t y1);

/// y = x over the part [first, last) of the nest, counted as in ck_run. The operands of the nest
/// are y and x, of `item` bytes per element, and do not overlap.
void ck_copy(
  const ck_nest *nest, int64_t item, int64_t first, int64_t last, void *y, const void *x);

/// y[i·y0 + j·y1] = x[i·x0 + j·x1] for i < n0, j < n1, elements of `item` bytes.
void ck_copy_block(
  int64_t item, int64_t n0, int64_t n1, void *y, int64_t y0, int64_t y1, const void *x, int64_t x0,
  int64_t x1);

/// y[i] = *value for i < n, elements of `item` bytes.
void ck_fill(int64_t n, int64_t item, const void *value, void *y);

#endif
