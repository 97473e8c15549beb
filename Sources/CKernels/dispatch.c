// Which column this machine runs, the loop nest around a map, and the check of indices.

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

int ck_check_indices(int64_t n, const int64_t *index, int64_t size) {
  uint64_t negative = 0, outside = 0;
  for (int64_t i = 0; i < n; i++) {
    negative |= (uint64_t)index[i] >> 63;
    outside |= (uint64_t)index[i] + (uint64_t)size >= 2 * (uint64_t)size;
  }
  return (negative ? CK_NEGATIVE : 0) | (outside ? CK_OUTSIDE : 0);
}

void ck_wrap_indices(int64_t n, const int64_t *index, int64_t size, int64_t *y) {
  for (int64_t i = 0; i < n; i++) y[i] = index[i] + (index[i] < 0 ? size : 0);
}
