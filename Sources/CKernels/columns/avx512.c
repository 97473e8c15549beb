// x86-64 with AVX-512 (F, VL, DQ, BW).

#include "column.h"

#if defined(__x86_64__)
#pragma clang attribute push( \
  __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw"))), apply_to = function)
#define COLUMN avx512
#define VECTOR_BYTES 64
#define HAS_FMA 1
#include "column.inc"
#pragma clang attribute pop
#endif
