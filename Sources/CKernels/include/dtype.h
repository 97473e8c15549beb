// The element types.

#ifndef CK_DTYPE_H
#define CK_DTYPE_H

#include <stdint.h>

typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
  CK_F32, CK_F64, CK_I64, CK_I32, CK_U8, CK_BOOL
} ck_dtype;
#define CK_DTYPES 6

#endif
