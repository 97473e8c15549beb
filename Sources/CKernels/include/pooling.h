// Maxima of sliding windows.

#ifndef CK_POOLING_H
#define CK_POOLING_H

#include <stdint.h>

/// Windows over images x [images, height, width]. Window (i, j) begins at row i·stride − before and
/// column j·stride − before, for i < rows, j < columns; what lies outside of the image is left out.
/// A window must have at least one element inside.
///   y [images, rows, columns] = the maximum; the first NaN, if there is one.
///   index = the position of its first occurrence in the image, row by row.
typedef struct {
  int64_t images, height, width, rows, columns;
  int64_t kernel[2], stride[2], before[2], dilation[2];
  const void *x;
  void *y;
  int64_t *index;
} ck_pool;
typedef void (*ck_pool_fn)(const ck_pool *);

#endif
