// 64-bit Arm. NEON and fused multiply-add are part of the base architecture.

#include "column.h"

#if defined(__aarch64__)
#define COLUMN neon
#define VECTOR_BYTES 16
#define HAS_FMA 1
#include "column.inc"
#endif
