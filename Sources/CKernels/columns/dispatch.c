// Selects the column that this machine runs, and the one kernel that needs no column: wrapping
// indices.

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

void ck_wrap_indices(int64_t n, const int64_t *index, int64_t size, int64_t *y) {
  for (int64_t i = 0; i < n; i++) y[i] = index[i] + (index[i] < 0 ? size : 0);
}
