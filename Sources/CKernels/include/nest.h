// Loop nests: running an element-wise kernel over operands of several dimensions.

#ifndef CK_NEST_H
#define CK_NEST_H

#include <stdint.h>

#include "elementwise.h"

#define CK_MAX_RANK 16
#define CK_MAX_OPERANDS 5

/// A loop nest over `operands` arrays, the output first. Dimension 0 is the innermost loop.
typedef struct {
  int32_t rank, operands;
  int64_t shape[CK_MAX_RANK];
  int64_t stride[CK_MAX_RANK][CK_MAX_OPERANDS];  // in elements
  int32_t item[CK_MAX_OPERANDS];                 // bytes per element
} ck_nest;

/// Adds an outermost loop of `size` iterations; stride has one entry per operand. If every operand
/// continues where the current outermost loop ends, that loop is extended instead. Returns 0 if the
/// nest is full.
int ck_add_loop(ck_nest *nest, intptr_t size, const intptr_t *stride);

/// Reorders the loops of a nest whose order does not matter. The dimension in which the output has
/// its smallest stride becomes dimension 0. If an input is strided there and has a smaller stride
/// in another dimension, that becomes dimension 1 (the first such input decides).
void ck_put_neighbours_first(ck_nest *nest);

/// Whether operand k is contiguous along dimension 1 and strided along dimension 0.
static inline int ck_lies_across(const ck_nest *nest, int k) {
  return nest->rank > 1 && nest->stride[1][k] == 1 && nest->stride[0][k] != 1
    && nest->stride[0][k] != 0;
}

/// Runs f over the part [first, last) of the nest, in order. The part counts rows, one per pass of
/// dimension 0; if the rank is 1, it counts elements. base has the address of each operand.
void ck_run(
  ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
  ck_params param);

/// The same for an element-wise f, in any order: inputs that lie across are transposed block by
/// block.
void ck_run_map(
  ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
  ck_params param);

/// Runs f once over n contiguous elements.
static inline void ck_map1(ck_map_fn f, int64_t n, void *y, const void *a, ck_params param) {
  void *p[2] = {y, (void *)a};
  const int64_t stride[2] = {1, 1};
  f(n, p, stride, param);
}
/// The same with two inputs, whose strides are 1, or 0 for a single value.
static inline void ck_map2(
  ck_map_fn f, int64_t n, void *y, const void *a, int64_t a_stride, const void *b,
  int64_t b_stride, ck_params param) {
  void *p[3] = {y, (void *)a, (void *)b};
  const int64_t stride[3] = {1, a_stride, b_stride};
  f(n, p, stride, param);
}
/// The same with three inputs of stride 1.
static inline void ck_map3(
  ck_map_fn f, int64_t n, void *y, const void *a, const void *b, const void *c, ck_params param) {
  void *p[4] = {y, (void *)a, (void *)b, (void *)c};
  const int64_t stride[4] = {1, 1, 1, 1};
  f(n, p, stride, param);
}

#endif
