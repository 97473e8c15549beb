// The column that every machine can run, and the specification of the others: 16-byte registers, no
// fused multiply-add.

#include "column.h"

#define COLUMN baseline
#define VECTOR_BYTES 16
#define HAS_FMA 0
#include "column.inc"
