// Copies between arrays with any strides, by element size.

#include <string.h>

#include "ckernels.h"

// A few rows of x, `step` apart, become columns of y, or columns of x become rows of y, `step` apart.
// The number of rows is a constant, so that the loops are vectorized.
#define CK_INTERLEAVE(T) \
__attribute__((always_inline)) static inline void weave_##T( \
  int64_t rows, int64_t n, T *restrict y, const T *restrict x, int64_t step) { \
  for (int64_t j = 0; j < n; j++) \
    for (int64_t i = 0; i < rows; i++) y[j * rows + i] = x[i * step + j]; \
} \
__attribute__((always_inline)) static inline void unweave_##T( \
  int64_t rows, int64_t n, T *restrict y, const T *restrict x, int64_t step) { \
  for (int64_t j = 0; j < n; j++) \
    for (int64_t i = 0; i < rows; i++) y[i * step + j] = x[j * rows + i]; \
} \
static void interleave_##T(int64_t rows, int64_t n, T *y, const T *x, int64_t step) { \
  if (rows == 2) weave_##T(2, n, y, x, step); \
  else if (rows == 3) weave_##T(3, n, y, x, step); \
  else weave_##T(4, n, y, x, step); \
} \
static void separate_##T(int64_t rows, int64_t n, T *y, const T *x, int64_t step) { \
  if (rows == 2) unweave_##T(2, n, y, x, step); \
  else if (rows == 3) unweave_##T(3, n, y, x, step); \
  else unweave_##T(4, n, y, x, step); \
}
CK_INTERLEAVE(uint8_t)
CK_INTERLEAVE(uint32_t)
CK_INTERLEAVE(uint64_t)

static inline int is_few(int64_t n) { return n >= 2 && n <= 4; }

// y[i·y0 + j·y1] = x[i·x0 + j·x1] for i < n0, j < n1. If the rows are very short, the inner loop
// runs over a few hundred of them instead.
#define CK_BLOCK(T) \
static void block_##T(int64_t n0, int64_t n1, T *restrict y, int64_t y0, int64_t y1, \
                      const T *restrict x, int64_t x0, int64_t x1) { \
  enum { LINE = 64 / sizeof(T) }; \
  if (y0 == 1 && x0 == 1 && n0 >= LINE) { \
    for (int64_t j = 0; j < n1; j++) memcpy(y + j * y1, x + j * x1, (size_t)n0 * sizeof(T)); \
  } else if (is_few(n0) && y0 == 1 && y1 == n0 && x1 == 1 && n1 > 1) { \
    interleave_##T(n0, n1, y, x, x0); \
  } else if (is_few(n1) && y0 == 1 && x0 == n1 && x1 == 1 && n0 > 1) { \
    separate_##T(n1, n0, y, x, y1); \
  } else if (n0 < 8 && n0 < n1) { \
    for (int64_t first = 0; first < n1; first += 512) { \
      const int64_t last = n1 - first < 512 ? n1 : first + 512; \
      for (int64_t i = 0; i < n0; i++) \
        for (int64_t j = first; j < last; j++) y[i * y0 + j * y1] = x[i * x0 + j * x1]; \
    } \
  } else if (y0 == 1 && x0 == 1) { \
    for (int64_t j = 0; j < n1; j++) \
      for (int64_t i = 0; i < n0; i++) y[j * y1 + i] = x[j * x1 + i]; \
  } else if (y0 == 1 && x0 == 0) { \
    for (int64_t j = 0; j < n1; j++) { \
      const T value = x[j * x1]; \
      for (int64_t i = 0; i < n0; i++) y[j * y1 + i] = value; \
    } \
  } else if (y0 == 1 && x0 == -1) { \
    for (int64_t j = 0; j < n1; j++) \
      for (int64_t i = 0; i < n0; i++) y[j * y1 + i] = x[j * x1 - i]; \
  } else if (y0 == 1 && x1 == 1) { \
    ck_chosen()->transpose[sizeof(T)](n0, n1, x, x0, y, y1); \
  } else { \
    for (int64_t j = 0; j < n1; j++) \
      for (int64_t i = 0; i < n0; i++) y[j * y1 + i * y0] = x[j * x1 + i * x0]; \
  } \
}
CK_BLOCK(uint8_t)
CK_BLOCK(uint32_t)
CK_BLOCK(uint64_t)

void ck_copy_block(
  int64_t item, int64_t n0, int64_t n1, void *y, int64_t y0, int64_t y1, const void *x, int64_t x0,
  int64_t x1) {
  switch (item) {
    case 1: block_uint8_t(n0, n1, y, y0, y1, x, x0, x1); break;
    case 4: block_uint32_t(n0, n1, y, y0, y1, x, x0, x1); break;
    default: block_uint64_t(n0, n1, y, y0, y1, x, x0, x1); break;
  }
}

void ck_fill(int64_t n, int64_t item, const void *value, void *y) {
  ck_copy_block(item, n, 1, y, 1, 0, value, 0, 0);
}

void ck_copy(
  const ck_nest *nest, int64_t item, int64_t first, int64_t last, void *to, const void *from) {
  if (nest->rank == 1) {
    const int64_t *s = nest->stride[0];
    char *y = (char *)to + first * s[0] * item;
    const char *x = (const char *)from + first * s[1] * item;
    ck_copy_block(item, last - first, 1, y, s[0], 0, x, s[1], 0);
    return;
  }
  char *y = to;
  const char *x = from;
  int64_t at[CK_MAX_RANK], rest = first;
  for (int d = 1; d < nest->rank; d++) {
    at[d] = rest % nest->shape[d];
    rest /= nest->shape[d];
    y += at[d] * nest->stride[d][0] * item;
    x += at[d] * nest->stride[d][1] * item;
  }
  const int64_t *s0 = nest->stride[0], *s1 = nest->stride[1];
  for (int64_t row = first; row < last;) {
    const int64_t left = nest->shape[1] - at[1], rows = left < last - row ? left : last - row;
    ck_copy_block(item, nest->shape[0], rows, y, s0[0], s1[0], x, s0[1], s1[1]);
    row += rows;
    y -= at[1] * s1[0] * item;
    x -= at[1] * s1[1] * item;
    at[1] = 0;
    for (int d = 2; d < nest->rank; d++) {
      const int64_t *s = nest->stride[d];
      y += s[0] * item;
      x += s[1] * item;
      if (++at[d] < nest->shape[d]) break;
      y -= nest->shape[d] * s[0] * item;
      x -= nest->shape[d] * s[1] * item;
      at[d] = 0;
    }
  }
}
