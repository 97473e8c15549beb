// Reductions along the middle dimension: x is [outer, n, inner], y is [outer, inner].
//
// y is contiguous. In x, the blocks of the outer dimension are `block` elements apart and the rows
// of n are `row` elements apart; the elements of the inner one are adjacent.

#ifndef CK_REDUCTIONS_H
#define CK_REDUCTIONS_H

#include <stdint.h>

/// X(name, domain); for the domains see elementwise.h.
#define CK_REDUCTIONS(X) X(sum, NUMBER) X(prod, NUMBER) X(max, ANY) X(min, ANY)

/// Identifies a reduction.
typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, domain) CK_REDUCE_##name __attribute__((swift_name(#name))),
  CK_REDUCTIONS(X)
#undef X
} ck_reduction;

typedef void (*ck_reduce_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t block, int64_t row, const void *x, void *y);

/// value, index [outer, inner] = the maximum (minimum) along n and the index of its first
/// occurrence; if there is a NaN, the first NaN. n > 0.
typedef void (*ck_extreme_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t block, int64_t row, const void *x, void *value,
  int64_t *index);

/// y [outer, n, inner] = the sum of windows g [outer, windows, inner, size] along n: element i of
/// window w is added to row w·step + i, for ascending w. Only the rows [first, last) of y are
/// written. All arrays are contiguous.
typedef void (*ck_fold_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t windows, int64_t size, int64_t step,
  int64_t first, int64_t last, const void *g, void *y);

#endif
