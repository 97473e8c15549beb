// The kernels: what exists, under which name, with which signature.
//
// Each list below is the one place where its kernels are named. A body is written once, in an .inc
// file, and compiled for every column (instruction set) and element type; `ck_table` holds the
// function pointers of one element type in one column. Only Autograd/Kernels/ looks things up here.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "decompositions.h"

// MARK: - Element types

typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
  CK_F32, CK_F64, CK_I64, CK_I32, CK_U8, CK_BOOL
} ck_dtype;
#define CK_DTYPES 6

// MARK: - Element-wise kernels

/// X(name, domain, output): the inputs and the parameters of each are stated at its body, in elementwise.inc.
/// domain: FLOAT (float and double), NUMBER (also the integers), ANY (also bool).
/// output: SAME (the type of the inputs) or TRUTH (bool).
#define CK_MAPS(X) \
  X(copy, ANY, SAME) X(neg, NUMBER, SAME) X(abs, NUMBER, SAME) X(sign, NUMBER, SAME) \
  X(square, NUMBER, SAME) X(reciprocal, FLOAT, SAME) X(sqrt, FLOAT, SAME) X(rsqrt, FLOAT, SAME) \
  X(floor, FLOAT, SAME) X(ceil, FLOAT, SAME) X(round, FLOAT, SAME) X(trunc, FLOAT, SAME) \
  X(exp, FLOAT, SAME) X(expm1, FLOAT, SAME) X(log, FLOAT, SAME) X(log1p, FLOAT, SAME) \
  X(sin, FLOAT, SAME) X(cos, FLOAT, SAME) X(tanh, FLOAT, SAME) X(sigmoid, FLOAT, SAME) \
  X(erf, FLOAT, SAME) X(softplus, FLOAT, SAME) X(logsigmoid, FLOAT, SAME) \
  X(gelu, FLOAT, SAME) X(gelu_tanh, FLOAT, SAME) X(silu, FLOAT, SAME) \
  X(relu, NUMBER, SAME) X(leaky_relu, FLOAT, SAME) X(clamp, NUMBER, SAME) \
  X(isnan, FLOAT, TRUTH) X(isinf, FLOAT, TRUTH) X(isfinite, FLOAT, TRUTH) \
  X(logical_not, ANY, TRUTH) \
  X(add, NUMBER, SAME) X(sub, NUMBER, SAME) X(mul, ANY, SAME) X(div, FLOAT, SAME) \
  X(pow, NUMBER, SAME) X(maximum, ANY, SAME) X(minimum, ANY, SAME) \
  X(eq, ANY, TRUTH) X(ne, ANY, TRUTH) X(lt, ANY, TRUTH) X(le, ANY, TRUTH) X(gt, ANY, TRUTH) \
  X(ge, ANY, TRUTH) X(logical_and, ANY, TRUTH) X(logical_or, ANY, TRUTH) X(logical_xor, ANY, TRUTH) \
  X(relu_grad, FLOAT, SAME) X(tanh_grad, FLOAT, SAME) X(sigmoid_grad, FLOAT, SAME) \
  X(gelu_grad, FLOAT, SAME) X(gelu_tanh_grad, FLOAT, SAME) X(silu_grad, FLOAT, SAME) \
  X(where, ANY, SAME) X(axpy, NUMBER, SAME)

/// The names of the element-wise kernels.
typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, domain, output) CK_MAP_##name __attribute__((swift_name(#name))),
  CK_MAPS(X)
#undef X
} ck_map;

/// The name of a kernel as listed above, for messages.
static inline const char *ck_map_name(ck_map kernel) {
  static const char *const names[] = {
#define X(name, domain, output) #name,
    CK_MAPS(X)
#undef X
  };
  return names[kernel];
}

/// The two numbers that some kernels want besides their arrays.
typedef struct {
  double p0, p1;
} ck_params;

/// y[i·stride[0]] = f(a[i·stride[1]], b[i·stride[2]], …) for i < n; p is {y, a, b, …}.
/// Strides count elements and may be 0 or negative. y may be one of the inputs, with equal strides.
typedef void (*ck_map_fn)(int64_t n, void *const *p, const int64_t *stride, ck_params param);

// MARK: - Reductions

/// X(name, domain): x is [outer, n, inner], y is [outer, inner], both contiguous.
#define CK_REDUCTIONS(X) X(sum, NUMBER) X(prod, NUMBER) X(max, ANY) X(min, ANY)

typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, domain) CK_REDUCE_##name __attribute__((swift_name(#name))),
  CK_REDUCTIONS(X)
#undef X
} ck_reduction;

typedef void (*ck_reduce_fn)(int64_t outer, int64_t n, int64_t inner, const void *x, void *y);

/// The extreme value along n and the index of its first occurrence; the first NaN wins over everything.
typedef void (*ck_extreme_fn)(
  int64_t outer, int64_t n, int64_t inner, const void *x, void *value, int64_t *index);

/// y [outer, n, inner] = the running sums of x along n.
typedef void (*ck_scan_fn)(int64_t outer, int64_t n, int64_t inner, const void *x, void *y);

// MARK: - Rows: softmax and cross entropy (x and y are [rows, n], contiguous)

typedef void (*ck_row_fn)(int64_t rows, int64_t n, const void *x, void *y);
/// y = the gradient of the row op at output `out`, for the output gradient g.
typedef void (*ck_row_grad_fn)(int64_t rows, int64_t n, const void *out, const void *g, void *y);

/// Gradient of cross entropy with class indices: for row i with target t = target[i] (no row of y is
/// touched by an ignored target but to be zeroed),
///   y[j] = scale[i]·(total[i]·softmax(x)[j] − hit[i]·[j = t] − spread·weight[j]),
/// softmax(x)[j] = exp(x[j] − partition[i, 0] − partition[i, 1]), `partition` of log_partition. `weight` may
/// be NULL, which reads as 1 everywhere.
typedef struct {
  int64_t rows, n;
  const void *x, *partition, *weight;
  const int64_t *target;
  const void *scale, *total, *hit;
  double spread;
  void *y;
} ck_cross_entropy;

// MARK: - Matrix product

/// c[m, n] (rows ldc apart) = a[m, k]·b[k, n] (+ c if accumulate is 1; c − a·b if it is -1), a and b with
/// any strides.
typedef void (*ck_gemm_fn)(
  int64_t m, int64_t n, int64_t k, const void *a, int64_t a_row, int64_t a_col, const void *b,
  int64_t b_row, int64_t b_col, void *c, int64_t ldc, int accumulate, void *workspace);
typedef int64_t (*ck_gemm_workspace_fn)(int64_t m, int64_t n, int64_t k);

// MARK: - Indexed rows

/// y[offset[i] + j] += x[i·row + j] for i < n, j < row, in order of i.
typedef void (*ck_add_at_fn)(
  int64_t n, int64_t row, const int64_t *offset, const void *x, void *y);

// MARK: - Optimizer steps, one pass over the parameter

/// X(name): arrays and hyper-parameters of each are stated at its body, in optimizers.inc.
#define CK_UPDATES(X) X(sgd) X(adam) X(rmsprop) X(adagrad)

typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name) CK_UPDATE_##name __attribute__((swift_name(#name))),
  CK_UPDATES(X)
#undef X
} ck_update;

/// p is {parameter, gradient, state, …}, each of n contiguous elements; an unused state is NULL.
typedef void (*ck_update_fn)(int64_t n, void *const *p, const double *param);

// MARK: - The table

#define CK_COUNT_MAP(name, domain, output) +1
#define CK_COUNT_REDUCE(name, domain) +1
#define CK_COUNT_UPDATE(name) +1
enum { CK_MAP_COUNT = 0 CK_MAPS(CK_COUNT_MAP) };
enum { CK_REDUCE_COUNT = 0 CK_REDUCTIONS(CK_COUNT_REDUCE) };
enum { CK_UPDATE_COUNT = 0 CK_UPDATES(CK_COUNT_UPDATE) };

/// The kernels of one element type in one column; NULL where a kernel has no meaning for the type.
typedef struct {
  ck_map_fn map[CK_MAP_COUNT];
  ck_map_fn cast[CK_DTYPES];  // to each element type
  ck_reduce_fn reduce[CK_REDUCE_COUNT];
  ck_extreme_fn max_index, min_index;
  ck_scan_fn cumsum;
  ck_add_at_fn add_at;
  ck_row_fn softmax, log_softmax;
  ck_row_fn logsumexp, log_partition;  // y is [rows]; [rows, 2]
  ck_row_grad_fn softmax_grad, log_softmax_grad;
  void (*cross_entropy_grad)(const ck_cross_entropy *);
  ck_gemm_fn gemm;
  ck_gemm_workspace_fn gemm_workspace;
  ck_decompositions decompositions;
  ck_update_fn update[CK_UPDATE_COUNT];
} ck_table;

/// One instruction set: a table for each element type.
typedef struct {
  const char *name;
  const ck_table *of[CK_DTYPES];
} ck_column;

/// The best column that this machine runs, or the one that the environment variable AUTOGRAD_KERNELS
/// names (baseline, avx2, avx512, neon). Chosen once, when the process starts.
const ck_column *ck_chosen(void);

/// The columns that this machine can run, baseline first; NULL past the last.
const ck_column *ck_runnable(int i);

static inline ck_map_fn ck_map_kernel(const ck_column *c, ck_dtype t, ck_map k) {
  return c->of[t]->map[k];
}
static inline ck_map_fn ck_cast_kernel(const ck_column *c, ck_dtype from, ck_dtype to) {
  return c->of[from]->cast[to];
}
static inline ck_reduce_fn ck_reduce_kernel(const ck_column *c, ck_dtype t, ck_reduction k) {
  return c->of[t]->reduce[k];
}
static inline ck_update_fn ck_update_kernel(const ck_column *c, ck_dtype t, ck_update k) {
  return c->of[t]->update[k];
}
static inline const ck_table *ck_table_of(const ck_column *c, ck_dtype t) { return c->of[t]; }

// MARK: - Driving a map over several dimensions

#define CK_MAX_RANK 16
#define CK_MAX_OPERANDS 5

/// A loop nest over `operands` arrays (the output first); dimension 0 is the innermost.
typedef struct {
  int32_t rank, operands;
  int64_t shape[CK_MAX_RANK];
  int64_t stride[CK_MAX_RANK][CK_MAX_OPERANDS];
  int32_t item[CK_MAX_OPERANDS];  // bytes per element
} ck_nest;

/// Runs `f` over the part [first, last) of the nest: rows, each a pass of the innermost dimension, or
/// elements if there is but one dimension.
void ck_run(ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
            ck_params param);

/// One run of a map over whole arrays or single values: strides are 1 or 0.
static inline void ck_map1(ck_map_fn f, int64_t n, void *y, const void *a, ck_params param) {
  void *p[2] = {y, (void *)a};
  const int64_t stride[2] = {1, 1};
  f(n, p, stride, param);
}
static inline void ck_map2(ck_map_fn f, int64_t n, void *y, const void *a, int64_t a_stride,
                           const void *b, int64_t b_stride, ck_params param) {
  void *p[3] = {y, (void *)a, (void *)b};
  const int64_t stride[3] = {1, a_stride, b_stride};
  f(n, p, stride, param);
}

// MARK: - Indexed copies, by element size

/// y[i·row + j] = x[offset[i] + j] for i < n, j < row, elements of `item` bytes.
void ck_take(int64_t n, int64_t row, int64_t item, const int64_t *offset, const void *x, void *y);
/// y[offset[i] + j] = x[i·row + j], in order of i.
void ck_put(int64_t n, int64_t row, int64_t item, const int64_t *offset, const void *x, void *y);

// MARK: - Memory

/// 64-byte aligned memory from per-thread and shared caches by size class; NULL if there is none.
/// The environment variable AUTOGRAD_ALLOCATOR=system turns the caches off (for sanitizers).
void *ck_allocate(size_t bytes);
/// Returns memory of ck_allocate(bytes).
void ck_release(void *p, size_t bytes);
/// Whether released memory is kept for the next one who asks.
int ck_is_caching(void);
/// Bytes held in the shared cache, for tests of its bound.
size_t ck_cached_bytes(void);
/// Blocks that this thread has allocated, less those that it has released, for tests that look for leaks:
/// what other threads do at the same time does not show.
int64_t ck_live_blocks(void);

#endif
