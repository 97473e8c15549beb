// Matrix decompositions: Cholesky, LU, QR, symmetric eigenvalues, singular values.
//
// Each function takes one row-major matrix, whose rows are `lda` elements apart, and runs on one
// thread.

#ifndef CK_DECOMPOSITIONS_H
#define CK_DECOMPOSITIONS_H

#include <stdint.h>

/// The result of a decomposition: 0, a positive number as documented at the function, or one of
/// these.
enum { CK_NO_MEMORY = -1, CK_NOT_FINITE = -2, CK_NO_CONVERGENCE = -3 };

/// A triangular system, solved in place: T·X = B with B [n, m], or X·T = B with B [m, n].
typedef struct {
  /// left: T·X = B. upper: T is upper triangular. unit: the diagonal is read as ones.
  int left, upper, unit;
  int64_t n, m;
  /// T [n, n] with any strides; the other triangle is not read.
  const void *t;
  int64_t t_row, t_col;
  void *b;
  int64_t ldb;
} ck_triangular;

/// The functions of one floating-point type in one column.
typedef struct {
  /// a [n, n] = L·Lᵀ. Reads the lower triangle, overwrites it with L and the upper triangle with
  /// zeros. Returns the order of the first leading minor that is not positive.
  int64_t (*cholesky)(int64_t n, void *a, int64_t lda);

  /// a [m, n] = P·L·U. L without its unit diagonal, and U, overwrite a. Row i was swapped with row
  /// pivots[i] (counted from 1), for i in ascending order; without `pivoting`, pivots[i] = i + 1.
  /// Returns the number (from 1) of the first pivot that is 0.
  int64_t (*lu)(int64_t m, int64_t n, void *a, int64_t lda, int32_t *pivots, int pivoting);

  /// Solves A·X = B, or Aᵀ·X = B if `transposed`, with the factors that lu left in a [n, n].
  /// X overwrites b [n, m], contiguous.
  int64_t (*lu_solve)(
    int64_t n, int64_t m, const void *a, int64_t lda, const int32_t *pivots, int transposed,
    void *b);

  int64_t (*solve_triangular)(const ck_triangular *);

  /// a [m, n] = Q·R. R overwrites the upper triangle of a. q [m, columns], contiguous, receives the
  /// first columns of Q unless it is NULL; columns ≥ min(m, n).
  int64_t (*qr)(int64_t m, int64_t n, void *a, int64_t lda, void *q, int64_t columns);

  /// The eigenvalues of the symmetric matrix a [n, n], ascending, in w [n]. The rows of v [n, n],
  /// contiguous, receive the eigenvectors unless v is NULL. Destroys a.
  int64_t (*eigh)(int64_t n, void *a, int64_t lda, void *w, void *v);

  /// a [m, n] = U·diag(s)·Vᵀ. The singular values, descending, in s [min(m, n)]. The rows of u
  /// [u_rows, m] and v [v_rows, n], contiguous, receive the columns of U and V unless they are
  /// NULL: min(m, n) rows, or all. Destroys a.
  int64_t (*svd)(
    int64_t m, int64_t n, void *a, int64_t lda, void *s, void *u, int64_t u_rows, void *v,
    int64_t v_rows);
} ck_decompositions;

#endif
