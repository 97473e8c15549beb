// Sorting, selection and search. x is [rows, n], contiguous. NaN is greater than every number.

#ifndef CK_ORDER_H
#define CK_ORDER_H

#include <stdint.h>

/// Sorting needs scratch memory for two (key, index) pairs per element of a row: 2·n·CK_PAIR_BYTES.
#define CK_PAIR_BYTES 16

/// value, index [rows, k] = the first k elements of each sorted row and their indices; stable.
typedef void (*ck_sort_fn)(
  int64_t rows, int64_t n, int64_t k, int descending, const void *x, void *value, int64_t *index,
  void *scratch);

/// value, index [rows] = the k-th smallest element of each row (k from 0), or its median, the lower
/// of the two middle elements if n is even. CK_MEDIAN gives the first NaN if there is one;
/// CK_NANMEDIAN ignores NaN unless the whole row is NaN.
enum { CK_MEDIAN = -1, CK_NANMEDIAN = -2 };
typedef void (*ck_kth_fn)(
  int64_t rows, int64_t n, int64_t k, const void *x, void *value, int64_t *index, void *scratch);

/// value, index [rows] = the most frequent element of each row, the smallest if several are equally
/// frequent, and the index of its last occurrence.
typedef void (*ck_mode_fn)(
  int64_t rows, int64_t n, const void *x, void *value, int64_t *index, void *scratch);

/// index [n] = the permutation that sorts the rows of x [n, m] lexicographically; stable. `groups`
/// holds CK_GROUP_BYTES for every two rows.
#define CK_GROUP_BYTES 24
typedef void (*ck_sort_rows_fn)(
  int64_t n, int64_t m, const void *x, int64_t *index, void *scratch, void *groups);

/// index [m] = the first position in the sorted sequence [n] at which values[i] can be inserted and
/// keep it sorted: before equal elements, or after them if `right`. If `sorter` is not NULL, the
/// sorted sequence is sequence[sorter[0]], sequence[sorter[1]], …
typedef void (*ck_search_fn)(
  int64_t n, const void *sequence, const int64_t *sorter, int right, int64_t m, const void *values,
  int64_t *index);

#endif
