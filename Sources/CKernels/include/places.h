// Gather and scatter along one dimension, and the checks of indices and masks before it.

#ifndef CK_PLACES_H
#define CK_PLACES_H

#include <stdint.h>

/// X(name, domain): what each does is stated at its body, in bodies/places/places.inc.
#define CK_PLACES(X) \
  X(take, ANY) X(put, ANY) X(add, NUMBER) X(mul, NUMBER) X(max, ANY) X(min, ANY)

/// Gather and scatter of rows: row i of the list is paired with row index[i·index_step] of the
/// whole; rows of the whole that are not in [first, last) are left out.
typedef struct {
  int64_t rows, width;
  int64_t first, last;
  const int64_t *index;
  int64_t index_step;
  void *list, *whole;
  int64_t list_row, list_column, whole_row, whole_column;  // strides, in elements
} ck_rows;
typedef void (*ck_at_rows_fn)(const ck_rows *);

/// Identifies a gather (take) or scatter kernel.
typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, domain) CK_AT_##name __attribute__((swift_name(#name))),
  CK_PLACES(X)
#undef X
} ck_at;

/// Picks and puts, of positions [outer, inner] with an index in [0, n) each, for the positions [begin,
/// end):
///   picks: to[p] = −from[o, index[p], i] at position p = [o, i]; from is [outer, n, inner].
///   put_picks: to[o, index[p], i] = −from[p].
typedef void (*ck_picks_fn)(
  int64_t begin, int64_t end, int64_t n, int64_t inner, const int64_t *index, const void *from,
  void *to);

/// The flags CK_OUTSIDE, if an index is not in [-size, size), and CK_NEGATIVE, if one is negative.
#define CK_NEGATIVE 1
#define CK_OUTSIDE 2
typedef int (*ck_check_indices_fn)(int64_t n, const int64_t *index, int64_t size);

/// y [n] = the indices, with size added to the negative ones.
void ck_wrap_indices(int64_t n, const int64_t *index, int64_t size, int64_t *y);

/// The number of ones among n < 2³² bytes that are each 0 or 1.
typedef int64_t (*ck_count_true_fn)(int64_t n, const uint8_t *flags);

/// y = first + i for each i < n with flags[i] = 1, in ascending order.
typedef void (*ck_places_of_true_fn)(int64_t n, const uint8_t *flags, int64_t first, int64_t *y);

#endif
