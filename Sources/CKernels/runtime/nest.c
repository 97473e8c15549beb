// Loop nests; see nest.h.

#include <stdlib.h>

#include "ckernels.h"

// MARK: - Building

int ck_add_loop(ck_nest *nest, intptr_t size, const intptr_t *stride) {
  const int last = nest->rank - 1;
  int goes_on = last >= 0;
  for (int k = 0; k < nest->operands && goes_on; k++)
    goes_on = stride[k] == nest->stride[last][k] * nest->shape[last];
  if (goes_on) {
    nest->shape[last] *= size;
    return 1;
  }
  if (nest->rank == CK_MAX_RANK) return 0;
  nest->shape[nest->rank] = size;
  for (int k = 0; k < nest->operands; k++) nest->stride[nest->rank][k] = stride[k];
  nest->rank++;
  return 1;
}

/// The dimension, from `first` on, in which operand k has its smallest stride.
static int smallest_stride(const ck_nest *nest, int k, int first) {
  int best = first;
  for (int d = first + 1; d < nest->rank; d++)
    if (llabs(nest->stride[d][k]) < llabs(nest->stride[best][k])) best = d;
  return best;
}

static void exchange(ck_nest *nest, int a, int b) {
  if (a == b) return;
  const int64_t size = nest->shape[a];
  nest->shape[a] = nest->shape[b];
  nest->shape[b] = size;
  for (int k = 0; k < nest->operands; k++) {
    const int64_t stride = nest->stride[a][k];
    nest->stride[a][k] = nest->stride[b][k];
    nest->stride[b][k] = stride;
  }
}

void ck_put_neighbours_first(ck_nest *nest) {
  if (nest->rank < 2) return;
  exchange(nest, 0, smallest_stride(nest, 0, 0));
  for (int k = 1; k < nest->operands; k++) {
    const int64_t inner = llabs(nest->stride[0][k]);
    if (inner <= 1) continue;
    const int next = smallest_stride(nest, k, 1);
    const int64_t step = llabs(nest->stride[next][k]);
    if (step > 0 && step < inner) exchange(nest, 1, next);
    return;
  }
}

// MARK: - Running

static inline int64_t ck_least(int64_t x, int64_t y) { return x < y ? x : y; }

void ck_run(
  ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
  ck_params param) {
  const int operands = nest->operands, rank = nest->rank;
  int64_t at[CK_MAX_RANK];
  char *p[CK_MAX_OPERANDS];
  for (int k = 0; k < operands; k++) p[k] = base[k];
  if (rank == 1) {
    for (int k = 0; k < operands; k++) p[k] += first * nest->stride[0][k] * nest->item[k];
    f(last - first, (void *const *)p, nest->stride[0], param);
    return;
  }
  // The index of row `first` in the dimensions from 1 on.
  int64_t rest = first;
  for (int d = 1; d < rank; d++) {
    at[d] = rest % nest->shape[d];
    rest /= nest->shape[d];
    for (int k = 0; k < operands; k++) p[k] += at[d] * nest->stride[d][k] * nest->item[k];
  }
  int64_t step[CK_MAX_OPERANDS];  // from row to row along dimension 1, in bytes
  for (int k = 0; k < operands; k++) step[k] = nest->stride[1][k] * nest->item[k];
  for (int64_t row = first; row < last;) {
    const int64_t rows = ck_least(nest->shape[1] - at[1], last - row);
    for (int64_t i = 0; i < rows; i++) {
      f(nest->shape[0], (void *const *)p, nest->stride[0], param);
      for (int k = 0; k < operands; k++) p[k] += step[k];
    }
    row += rows;
    for (int k = 0; k < operands; k++) p[k] -= (at[1] + rows) * step[k];
    at[1] = 0;
    for (int d = 2; d < rank; d++) {
      for (int k = 0; k < operands; k++) p[k] += nest->stride[d][k] * nest->item[k];
      if (++at[d] < nest->shape[d]) break;
      for (int k = 0; k < operands; k++)
        p[k] -= nest->shape[d] * nest->stride[d][k] * nest->item[k];
      at[d] = 0;
    }
  }
}

// MARK: - Running over blocks of rows
//
// If an input is strided along dimension 0 and contiguous along dimension 1, each element of a row
// is in another cache line. So a block of several rows is transposed into a buffer, and the kernel
// reads the rows there.
//
// If rows are short and follow each other without gaps in the output, calling the kernel for each
// takes longer than copying inputs that do not, such as a number for each row, into the buffer. Then
// one call does for the block.

enum {
  ROWS = 16,            // the smallest number of rows in a block: a cache line of float
  BUFFERED = 16 * 256,  // elements in the buffers of all inputs: 32 KiB, since stacks may be small
  SHORT_ROW = 32,       // a row for which a call of its own does not pay
};

/// Whether the rows of operand k follow each other without gaps.
static inline int goes_on(const ck_nest *nest, int k) {
  return nest->stride[1][k] == nest->shape[0] * nest->stride[0][k];
}

/// How a part of a nest is run.
typedef struct {
  int is_buffered[CK_MAX_OPERANDS];
  int64_t room;   // elements in the buffer of an input
  int is_joined;  // whether one call of the kernel does for a block of rows
} ck_plan;

/// A block of adjacent rows of the nest.
typedef struct {
  int64_t rows, columns;
  char *p[CK_MAX_OPERANDS];
} ck_part;

/// Runs f over a block.
static void run_part(
  ck_map_fn f, const ck_nest *nest, const ck_plan *plan, const ck_part *part, ck_params param) {
  const int64_t rows = part->rows, columns = part->columns;
  uint64_t buffer[BUFFERED], *next = buffer;
  char *p[CK_MAX_OPERANDS];
  int64_t stride[CK_MAX_OPERANDS], step[CK_MAX_OPERANDS];  // step: from row to row, in bytes
  for (int k = 0; k < nest->operands; k++) {
    const int64_t item = nest->item[k], *s = nest->stride[0], *rows_apart = nest->stride[1];
    const int is_buffered = plan->is_buffered[k];
    p[k] = is_buffered ? (char *)next : part->p[k];
    stride[k] = is_buffered ? 1 : s[k];
    step[k] = (is_buffered ? columns : rows_apart[k]) * item;
    if (!is_buffered) continue;
    if (ck_lies_across(nest, k)) {
      ck_chosen()->transpose[item](columns, rows, part->p[k], s[k], next, columns);
    } else {
      ck_copy_block(item, columns, rows, next, 1, columns, part->p[k], s[k], rows_apart[k]);
    }
    next += plan->room;
  }
  if (plan->is_joined) {
    f(rows * columns, (void *const *)p, stride, param);
    return;
  }
  for (int64_t row = 0; row < rows; row++) {
    f(columns, (void *const *)p, stride, param);
    for (int k = 0; k < nest->operands; k++) p[k] += step[k];
  }
}

void ck_run_map(
  ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
  ck_params param) {
  const int64_t n = nest->shape[0];
  ck_plan plan = {.is_joined = nest->rank > 1 && goes_on(nest, 0)};
  const int is_short = plan.is_joined && n < SHORT_ROW && nest->shape[1] >= 4;
  int buffered = 0;
  for (int k = 1; k < nest->operands; k++) {
    const int has_gaps = nest->rank > 1 && !goes_on(nest, k);
    plan.is_buffered[k] = ck_lies_across(nest, k) || (is_short && has_gaps && nest->item[k] > 0);
    if (plan.is_buffered[k]) buffered++;
    else plan.is_joined &= !has_gaps;
  }
  if (buffered == 0) {
    ck_run(f, nest, first, last, base, param);
    return;
  }
  // Short rows fit into the buffer whole, and then more of them.
  plan.room = BUFFERED / buffered;
  const int64_t most = plan.room / ROWS;
  const int64_t width = n < most ? n : most, height = plan.room / width / ROWS * ROWS;
  plan.is_joined &= width == n;
  for (int64_t row = first, rows; row < last; row += rows) {
    rows = ck_least(last - row, height);
    ck_part part = {.columns = width};
    for (int k = 0; k < nest->operands; k++) part.p[k] = base[k];
    int64_t rest = row;
    for (int d = 1; d < nest->rank; d++) {
      const int64_t at = rest % nest->shape[d];
      rest /= nest->shape[d];
      for (int k = 0; k < nest->operands; k++)
        part.p[k] += at * nest->stride[d][k] * nest->item[k];
      if (d == 1) rows = ck_least(nest->shape[1] - at, rows);
    }
    part.rows = rows;
    for (int64_t column = 0; column < n; column += width) {
      if (n - column < width) part.columns = n - column;
      run_part(f, nest, &plan, &part, param);
      for (int k = 0; k < nest->operands; k++)
        part.p[k] += width * nest->stride[0][k] * nest->item[k];
    }
  }
}
