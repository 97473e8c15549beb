// The matrix product.

#ifndef CK_PRODUCTS_H
#define CK_PRODUCTS_H

#include <stdint.h>

/// C [m, n] = A [m, k] · B [k, n] if accumulate is 0, C + A·B if it is 1, C − A·B if it is -1.
/// Rows of C are ldc elements apart, its columns adjacent; A and B have any strides. `workspace` is
/// 64-byte aligned.
typedef void (*ck_gemm_fn)(
  int64_t m, int64_t n, int64_t k, const void *a, int64_t a_row, int64_t a_col, const void *b,
  int64_t b_row, int64_t b_col, void *c, int64_t ldc, int accumulate, void *workspace);

/// The bytes of workspace for a product of this size.
typedef int64_t (*ck_gemm_workspace_fn)(int64_t m, int64_t n, int64_t k);

/// y [1] = Σ a[i]·b[i] over i < n.
typedef void (*ck_dot_fn)(int64_t n, const void *a, const void *b, void *y);

#endif
