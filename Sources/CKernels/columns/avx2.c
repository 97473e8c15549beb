// x86-64 with AVX2 and FMA.

#include "column.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define COLUMN avx2
#define VECTOR_BYTES 32
#define HAS_FMA 1
#include "column.inc"
#pragma clang attribute pop
#endif
