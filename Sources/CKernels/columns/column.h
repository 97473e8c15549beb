// What every column includes before it pushes its target attribute.

#ifndef CK_COMMON_H
#define CK_COMMON_H

#include <math.h>
#include <string.h>

#include "ckernels.h"
#include "../bodies/special/special.h"

/// Truncation to an integer; NaN and what does not fit give the smallest value, as on x86.
static inline int64_t ck_to_i64(double x) {
  return x >= -0x1p63 && x < 0x1p63 ? (int64_t)x : INT64_MIN;
}
static inline int32_t ck_to_i32(double x) {
  return x > -0x1p31 - 1 && x < 0x1p31 ? (int32_t)x : INT32_MIN;
}

#endif
