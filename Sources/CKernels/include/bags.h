// Sums of bags of rows of a table, and padding.

#ifndef CK_BAGS_H
#define CK_BAGS_H

#include <stdint.h>

/// Bags of indices of rows of a table. Bag b has the indices start[b] to start[b + 1]; those equal to
/// `skipped` do not count.
///   bag_sums: y [bags, width] = Σ factor[i]·table[index[i]] of each bag, in order of i, divided by
///   the number of indices that count if is_mean.
///   add_bags: table[index[i]] += factor[i]·y[b] for each i, in order, divided by the number of
///   indices that count if is_mean; only in the rows [first, last) of the table.
/// y and the rows of the table are contiguous.
typedef struct {
  int64_t bags, width;
  const int64_t *start;   // [bags + 1]
  const int64_t *index;
  const void *factor;     // of each index, or NULL for ones
  int64_t skipped;        // -1 if none is
  int64_t first, last;
  int is_mean;
  void *table;            // [rows, width]
  void *y;
} ck_bags;
typedef void (*ck_bags_fn)(const ck_bags *);

/// Matrices to which rows and columns are added, or from which they are taken: x [blocks, rows, width]
/// and y [blocks, y_rows, y_width], contiguous. Row i of y comes from row row[i] of x, or from none if
/// that is −1; the columns [first, last) of y from those of x that begin at `start`, the other
/// columns, in order, from those in `column`.
typedef struct {
  int64_t rows, width, y_rows, y_width;
  const int64_t *row;     // [y_rows]
  const int64_t *column;  // [first + y_width - last]; NULL if all come from none
  int64_t first, last, start;
} ck_padding;

/// y = the elements that they come from, or *value, in the rows [begin, end) of all y; elements of
/// `item` bytes.
void ck_pad(
  const ck_padding *, int64_t item, int64_t begin, int64_t end, const void *value, const void *x,
  void *y);

/// x = the sums of the elements of y that come from each, in `blocks` blocks.
typedef void (*ck_sum_padding_fn)(const ck_padding *, int64_t blocks, const void *y, void *x);

#endif
