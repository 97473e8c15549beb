// The decompositions of matrices: Cholesky, LU, QR, eigenvalues, singular values.
//
// Each function works on one matrix, row-major, whose rows are `lda` elements apart, on one thread.

#ifndef CK_DECOMPOSITIONS_H
#define CK_DECOMPOSITIONS_H

#include <stdint.h>

/// What a decomposition returns: 0, or a positive number that is stated at the function, or one of these.
enum { CK_NO_MEMORY = -1, CK_NOT_FINITE = -2, CK_NO_CONVERGENCE = -3 };

/// A system of triangular equations, solved in place: T·X = B with B [n, m], or X·T = B with B [m, n].
typedef struct {
  /// T on the left; T upper triangular; T with ones on its diagonal, which is not read.
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
  /// a [n, n] = L·Lᵀ: L replaces the lower triangle, which alone is read; zeros the upper one. Returns
  /// the order of the first leading minor that is not positive.
  int64_t (*cholesky)(int64_t n, void *a, int64_t lda);
  /// a [m, n] = P·L·U: L without its diagonal of ones, and U, replace a. Row i was exchanged with row
  /// pivots[i] (counted from 1), for i in order; i itself unless `pivoting`. Returns the number of the
  /// first pivot that is 0.
  int64_t (*lu)(int64_t m, int64_t n, void *a, int64_t lda, int32_t *pivots, int pivoting);
  /// b [n, m], contiguous, becomes X in A·X = B, or Aᵀ·X = B, with the factors of A that lu left in a.
  int64_t (*lu_solve)(
    int64_t n, int64_t m, const void *a, int64_t lda, const int32_t *pivots, int transposed, void *b);
  int64_t (*solve_triangular)(const ck_triangular *);
  /// a [m, n] = Q·R: R replaces the upper triangle; q [m, columns], contiguous, gets the first columns of
  /// Q, at least min(m, n), unless it is NULL.
  int64_t (*qr)(int64_t m, int64_t n, void *a, int64_t lda, void *q, int64_t columns);
  /// The eigenvalues of the symmetric matrix a [n, n], ascending, to w, and the eigenvectors to the rows
  /// of v [n, n], contiguous, unless it is NULL. a is lost.
  int64_t (*eigh)(int64_t n, void *a, int64_t lda, void *w, void *v);
  /// a [m, n] = U·diag(s)·Vᵀ: the singular values, descending, to s [min(m, n)], and unless they are NULL
  /// the columns of U to the rows of u [u_rows, m], those of V to the rows of v [v_rows, n], contiguous;
  /// as many rows as there are singular values, or all. a is lost.
  int64_t (*svd)(
    int64_t m, int64_t n, void *a, int64_t lda, void *s, void *u, int64_t u_rows, void *v,
    int64_t v_rows);
} ck_decompositions;

#endif
