// Padding, by element size; see bags.h.

#include <string.h>

#include "ckernels.h"

#define CK_PAD(T) \
static void fill_##T(int64_t n, T value, T *y) { \
  for (int64_t j = 0; j < n; j++) y[j] = value; \
} \
static void pad_##T(const ck_padding *padding, int64_t begin, int64_t end, T value, const T *x, \
                    T *y) { \
  const ck_padding p = *padding; \
  const size_t kept = (size_t)(p.last - p.first) * sizeof(T); \
  const int64_t block = p.rows * p.width, behind = p.y_width - p.last; \
  int64_t row = begin % p.y_rows; \
  x += begin / p.y_rows * block; \
  y += begin * p.y_width; \
  for (int64_t i = begin; i < end; i++, y += p.y_width) { \
    if (p.row[row] < 0) { \
      fill_##T(p.y_width, value, y); \
    } else { \
      const T *from = x + p.row[row] * p.width; \
      memcpy(y + p.first, from + p.start, kept); \
      if (p.column) { \
        for (int64_t j = 0; j < p.first; j++) y[j] = from[p.column[j]]; \
        for (int64_t j = 0; j < behind; j++) y[p.last + j] = from[p.column[p.first + j]]; \
      } else { \
        fill_##T(p.first, value, y); \
        fill_##T(behind, value, y + p.last); \
      } \
    } \
    if (++row == p.y_rows) row = 0, x += block; \
  } \
}
CK_PAD(uint8_t)
CK_PAD(uint32_t)
CK_PAD(uint64_t)

void ck_pad(
  const ck_padding *p, int64_t item, int64_t begin, int64_t end, const void *value, const void *x,
  void *y) {
  switch (item) {
    case 1: pad_uint8_t(p, begin, end, *(const uint8_t *)value, x, y); break;
    case 4: pad_uint32_t(p, begin, end, *(const uint32_t *)value, x, y); break;
    default: pad_uint64_t(p, begin, end, *(const uint64_t *)value, x, y); break;
  }
}
