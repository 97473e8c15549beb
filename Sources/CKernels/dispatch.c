// Which column this machine runs, and the loop nest around a map.

#include <stdlib.h>
#include <string.h>

#include "ckernels.h"

extern const ck_column ck_column_baseline;
#if defined(__x86_64__)
extern const ck_column ck_column_avx2, ck_column_avx512;
#elif defined(__aarch64__)
extern const ck_column ck_column_neon;
#endif

const ck_column *ck_runnable(int i) {
  const ck_column *columns[4] = {&ck_column_baseline};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    columns[1] = &ck_column_avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
      columns[2] = &ck_column_avx512;
  }
#elif defined(__aarch64__)
  columns[1] = &ck_column_neon;
#endif
  return i >= 0 && i < 4 ? columns[i] : NULL;
}

static const ck_column *chosen = &ck_column_baseline;

__attribute__((constructor)) static void choose(void) {
  const char *wanted = getenv("AUTOGRAD_KERNELS");
  const ck_column *column;
  for (int i = 0; (column = ck_runnable(i)); i++) {
    chosen = column;
    if (wanted && !strcmp(column->name, wanted)) return;
  }
}

const ck_column *ck_chosen(void) { return chosen; }

void ck_run(ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
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
  // The position of row `first`, counted in the dimensions above the innermost.
  int64_t rest = first;
  for (int d = 1; d < rank; d++) {
    at[d] = rest % nest->shape[d];
    rest /= nest->shape[d];
    for (int k = 0; k < operands; k++) p[k] += at[d] * nest->stride[d][k] * nest->item[k];
  }
  for (int64_t row = first; row < last; row++) {
    f(nest->shape[0], (void *const *)p, nest->stride[0], param);
    for (int d = 1; d < rank; d++) {
      for (int k = 0; k < operands; k++) p[k] += nest->stride[d][k] * nest->item[k];
      if (++at[d] < nest->shape[d]) break;
      for (int k = 0; k < operands; k++)
        p[k] -= nest->shape[d] * nest->stride[d][k] * nest->item[k];
      at[d] = 0;
    }
  }
}

// Single elements have a loop of their own, which spares each the inner loop.
#define CK_INDEXED(item_type) { \
  const item_type *from = x; \
  item_type *to = y; \
  if (row == 1) { \
    for (int64_t i = 0; i < n; i++) to[taking ? i : offset[i]] = from[taking ? offset[i] : i]; \
  } else { \
    for (int64_t i = 0; i < n; i++) { \
      const item_type *source = from + (taking ? offset[i] : i * row); \
      item_type *target = to + (taking ? i * row : offset[i]); \
      for (int64_t j = 0; j < row; j++) target[j] = source[j]; \
    } \
  } \
}

static inline void ck_indexed(int taking, int64_t n, int64_t row, int64_t item,
                              const int64_t *offset, const void *x, void *y) {
  switch (item) {
    case 1: CK_INDEXED(uint8_t) break;
    case 4: CK_INDEXED(uint32_t) break;
    default: CK_INDEXED(uint64_t) break;
  }
}

void ck_take(int64_t n, int64_t row, int64_t item, const int64_t *offset, const void *x, void *y) {
  ck_indexed(1, n, row, item, offset, x, y);
}

void ck_put(int64_t n, int64_t row, int64_t item, const int64_t *offset, const void *x, void *y) {
  ck_indexed(0, n, row, item, offset, x, y);
}
