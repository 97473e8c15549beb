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
/// domain: FLOAT (float and double), NUMBER (also the integers), ANY (also bool), INTEGER (the integers
/// and bool).
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
  X(lgamma, FLOAT, SAME) X(digamma, FLOAT, SAME) X(trigamma, FLOAT, SAME) \
  X(erfinv, FLOAT, SAME) X(erfcx, FLOAT, SAME) X(ndtr, FLOAT, SAME) X(log_ndtr, FLOAT, SAME) \
  X(ndtri, FLOAT, SAME) X(i0, FLOAT, SAME) X(i0e, FLOAT, SAME) X(i1, FLOAT, SAME) \
  X(i1e, FLOAT, SAME) X(entr, FLOAT, SAME) \
  X(isnan, FLOAT, TRUTH) X(isinf, FLOAT, TRUTH) X(isfinite, FLOAT, TRUTH) \
  X(logical_not, ANY, TRUTH) \
  X(add, NUMBER, SAME) X(sub, NUMBER, SAME) X(mul, ANY, SAME) X(div, FLOAT, SAME) \
  X(pow, NUMBER, SAME) X(maximum, ANY, SAME) X(minimum, ANY, SAME) \
  X(eq, ANY, TRUTH) X(ne, ANY, TRUTH) X(lt, ANY, TRUTH) X(le, ANY, TRUTH) X(gt, ANY, TRUTH) \
  X(ge, ANY, TRUTH) X(logical_and, ANY, TRUTH) X(logical_or, ANY, TRUTH) X(logical_xor, ANY, TRUTH) \
  X(relu_grad, FLOAT, SAME) X(tanh_grad, FLOAT, SAME) X(sigmoid_grad, FLOAT, SAME) \
  X(gelu_grad, FLOAT, SAME) X(gelu_tanh_grad, FLOAT, SAME) X(silu_grad, FLOAT, SAME) \
  X(zeta, FLOAT, SAME) X(igamma, FLOAT, SAME) X(igammac, FLOAT, SAME) X(xlog1py, FLOAT, SAME) \
  X(inside, FLOAT, SAME) X(outside, FLOAT, SAME) \
  X(where, ANY, SAME) X(axpy, NUMBER, SAME) X(addcmul, NUMBER, SAME) X(addcdiv, FLOAT, SAME) \
  X(lerp, FLOAT, SAME) \
  X(tan, FLOAT, SAME) X(asin, FLOAT, SAME) X(acos, FLOAT, SAME) X(atan, FLOAT, SAME) \
  X(sinh, FLOAT, SAME) X(cosh, FLOAT, SAME) X(asinh, FLOAT, SAME) X(acosh, FLOAT, SAME) \
  X(atanh, FLOAT, SAME) X(exp2, FLOAT, SAME) X(log2, FLOAT, SAME) X(log10, FLOAT, SAME) \
  X(erfc, FLOAT, SAME) X(atan2, FLOAT, SAME) X(hypot, FLOAT, SAME) X(copysign, FLOAT, SAME) \
  X(nextafter, FLOAT, SAME) X(signbit, NUMBER, TRUTH) X(fmax, ANY, SAME) X(fmin, ANY, SAME) \
  X(div_trunc, NUMBER, SAME) X(div_floor, NUMBER, SAME) X(fmod, NUMBER, SAME) \
  X(remainder, NUMBER, SAME) X(bit_and, INTEGER, SAME) X(bit_or, INTEGER, SAME) \
  X(bit_xor, INTEGER, SAME) X(bit_not, INTEGER, SAME) \
  X(squared_error, FLOAT, SAME) X(absolute_error, FLOAT, SAME) X(huber_error, FLOAT, SAME) \
  X(logistic_error, FLOAT, SAME) X(squared_error_grad, FLOAT, SAME) \
  X(absolute_error_grad, FLOAT, SAME) X(huber_error_grad, FLOAT, SAME) \
  X(logistic_error_grad, FLOAT, SAME)

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

// MARK: - Evenly spaced numbers

/// y[i] = start + (first + i)·step; start and step are double for the floating-point types, else int64.
typedef void (*ck_range_fn)(
  int64_t n, int64_t first, const void *start, const void *step, void *y);
/// y = n of the `count` numbers from start to end, from number `first` on.
typedef void (*ck_linspace_fn)(
  int64_t n, int64_t first, int64_t count, double start, double end, void *y);

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

// MARK: - Scans

/// y = the running reduction of x along n, from its end if `reversed`. Both are [outer, n, inner]; only the
/// `width` columns of inner from the one that x and y point at are read and written.
typedef void (*ck_scan_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, int reversed, const void *x, void *y);
/// y[i] = b[i] + a[i]·y[i − 1] along n; transposed, as a matrix that b is multiplied by, it is
/// y[i] = b[i] + a[i + 1]·y[i + 1]. What lies outside n is 0. Shapes are those of a scan.
typedef void (*ck_recurrence_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, int transposed, const void *a, const void *b,
  void *y);

// MARK: - Softmax and cross entropy

/// y = the softmax of x along n, or its gradient where the softmax is x and its own gradient is g, which is
/// not read otherwise. Shapes are those of a scan.
typedef void (*ck_softmax_fn)(
  int64_t outer, int64_t n, int64_t inner, int64_t width, const void *x, const void *g, void *y);

/// x is [rows, n], contiguous.
typedef void (*ck_row_fn)(int64_t rows, int64_t n, const void *x, void *y);

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

// MARK: - Layer normalisation

/// For each row of x [rows, n]: y = (x − mean)·rstd·weight + bias, `stats` [rows, 2] = its mean and rstd; or,
/// from these, a gradient for that of y, g [rows, n]: of x, y [rows, n], or of weight, y [n]. `weight` and
/// `bias` [n] may be NULL, which reads as 1 and 0. All are contiguous.
typedef struct {
  int64_t rows, n;
  double eps;  // rstd = 1/√(variance + eps)
  const void *x, *weight, *bias, *g;
  void *stats, *y;
} ck_layer_norm;
typedef void (*ck_layer_norm_fn)(const ck_layer_norm *);

// MARK: - Order (x is [rows, n], contiguous; NaN is greater than everything)

/// What sorts want of scratch memory: two pairs of key and place for each element of a row.
#define CK_PAIR_BYTES 16

/// value, index [rows, k] = the first k elements of each row in order, and where they were; stable.
typedef void (*ck_sort_fn)(
  int64_t rows, int64_t n, int64_t k, int descending, const void *x, void *value, int64_t *index,
  void *scratch);

/// value, index [rows] = the k-th smallest element of each row, or its median: the lower of two; NaN (the
/// first) if there is one, or if there are no numbers.
enum { CK_MEDIAN = -1, CK_NANMEDIAN = -2 };
typedef void (*ck_kth_fn)(
  int64_t rows, int64_t n, int64_t k, const void *x, void *value, int64_t *index, void *scratch);

/// value, index [rows] = the most frequent element, the least of several, and its last occurrence.
typedef void (*ck_mode_fn)(
  int64_t rows, int64_t n, const void *x, void *value, int64_t *index, void *scratch);

/// index [n] = the order of the rows of x [n, m], by the first columns in which they differ; stable.
/// `groups` holds CK_GROUP_BYTES for every two rows.
#define CK_GROUP_BYTES 24
typedef void (*ck_sort_rows_fn)(
  int64_t n, int64_t m, const void *x, int64_t *index, void *scratch, void *groups);

/// index[i] = the first place in the sorted sequence, read at sorter[·] if that is not NULL, where values[i]
/// can be put: before its equals, or after them if `right`.
typedef void (*ck_search_fn)(
  int64_t n, const void *sequence, const int64_t *sorter, int right, int64_t m, const void *values,
  int64_t *index);

// MARK: - Matrix product

/// c[m, n] (rows ldc apart) = a[m, k]·b[k, n] (+ c if accumulate is 1; c − a·b if it is -1), a and b with
/// any strides.
typedef void (*ck_gemm_fn)(
  int64_t m, int64_t n, int64_t k, const void *a, int64_t a_row, int64_t a_col, const void *b,
  int64_t b_row, int64_t b_col, void *c, int64_t ldc, int accumulate, void *workspace);
typedef int64_t (*ck_gemm_workspace_fn)(int64_t m, int64_t n, int64_t k);

// MARK: - At places along a dimension

/// X(name, domain): what each does is stated at its body, in places.inc.
#define CK_PLACES(X) \
  X(take, ANY) X(put, ANY) X(add, NUMBER) X(mul, NUMBER) X(max, ANY) X(min, ANY)

typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name, domain) CK_AT_##name __attribute__((swift_name(#name))),
  CK_PLACES(X)
#undef X
} ck_at;

/// Whether indices lie outside -size ..< size (CK_OUTSIDE), and whether any is negative (CK_NEGATIVE).
#define CK_NEGATIVE 1
#define CK_OUTSIDE 2
typedef int (*ck_check_indices_fn)(int64_t n, const int64_t *index, int64_t size);
/// y = the indices counted from the front, where negative ones count from the end.
void ck_wrap_indices(int64_t n, const int64_t *index, int64_t size, int64_t *y);

/// How many of n < 2³² flags are 1, and where they stand, counted from `first` on.
typedef int64_t (*ck_count_true_fn)(int64_t n, const uint8_t *flags);
typedef void (*ck_places_of_true_fn)(int64_t n, const uint8_t *flags, int64_t first, int64_t *y);

// MARK: - Transposing

/// y[i + j·y1] = x[i·x0 + j] for i < n0, j < n1.
typedef void (*ck_transpose_fn)(int64_t n0, int64_t n1, const void *x, int64_t x0, void *y, int64_t y1);

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
#define CK_COUNT_AT(name, domain) +1
#define CK_COUNT_UPDATE(name) +1
enum { CK_MAP_COUNT = 0 CK_MAPS(CK_COUNT_MAP) };
enum { CK_REDUCE_COUNT = 0 CK_REDUCTIONS(CK_COUNT_REDUCE) };
enum { CK_AT_COUNT = 0 CK_PLACES(CK_COUNT_AT) };
enum { CK_UPDATE_COUNT = 0 CK_UPDATES(CK_COUNT_UPDATE) };

/// The kernels of one element type in one column; NULL where a kernel has no meaning for the type.
typedef struct {
  ck_map_fn map[CK_MAP_COUNT];
  ck_map_fn cast[CK_DTYPES];  // to each element type
  ck_range_fn range;
  ck_linspace_fn linspace;
  ck_reduce_fn reduce[CK_REDUCE_COUNT];
  ck_extreme_fn max_index, min_index;
  ck_scan_fn cumsum, cumprod, logcumsumexp;
  ck_recurrence_fn recurrence;
  ck_extreme_fn cummax, cummin;  // value and index are [outer, n, inner], the index that of the last
  ck_sort_fn sort;
  ck_kth_fn kth;
  ck_mode_fn mode;
  ck_sort_rows_fn sort_rows;
  ck_search_fn search;
  ck_map_fn at[CK_AT_COUNT];
  ck_softmax_fn softmax, log_softmax, softmax_grad, log_softmax_grad;
  ck_row_fn logsumexp, log_partition;  // y is [rows]; [rows, 2]
  void (*cross_entropy_grad)(const ck_cross_entropy *);
  ck_layer_norm_fn layer_norm, layer_norm_grad, layer_norm_weight_grad;
  ck_gemm_fn gemm;
  ck_gemm_workspace_fn gemm_workspace;
  ck_decompositions decompositions;
  ck_update_fn update[CK_UPDATE_COUNT];
} ck_table;

/// One instruction set: a table for each element type, and what only moves elements.
typedef struct {
  const char *name;
  const ck_table *of[CK_DTYPES];
  ck_transpose_fn transpose[9];  // by bytes of an element
  ck_check_indices_fn check_indices;
  ck_count_true_fn count_true;
  ck_places_of_true_fn places_of_true;
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
static inline ck_map_fn ck_at_kernel(const ck_column *c, ck_dtype t, ck_at k) {
  return c->of[t]->at[k];
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

/// Adds a loop around those of the nest; where all operands go on as they did, the outermost only gets
/// longer. Returns 0 if there is no room for another.
int ck_add_loop(ck_nest *nest, intptr_t size, const intptr_t *stride);
/// Reorders the loops, where their order does not matter: innermost the one along which the output lies
/// densest; then, if the first input that is walked in longer steps there lies denser along another, that
/// one.
void ck_put_neighbours_first(ck_nest *nest);
/// Whether operand k lies along dimension 1 instead of dimension 0.
static inline int ck_lies_across(const ck_nest *nest, int k) {
  return nest->rank > 1 && nest->stride[1][k] == 1 && nest->stride[0][k] != 1 && nest->stride[0][k] != 0;
}

/// Runs `f` over the part [first, last) of the nest, in order: rows, each a pass of the innermost
/// dimension, or elements if there is but one dimension.
void ck_run(ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
            ck_params param);
/// The same, in any order, for an element-wise kernel: inputs that lie across are transposed on the way.
void ck_run_map(ck_map_fn f, const ck_nest *nest, int64_t first, int64_t last, void *const *base,
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

// MARK: - Copies, by element size

/// y = x over the part [first, last) of the nest, whose operands are y and x, of `item` bytes: rows as for
/// ck_run. The memory of y and x does not overlap.
void ck_copy(const ck_nest *nest, int64_t item, int64_t first, int64_t last, void *y, const void *x);
/// y[i] = *value for i < n.
void ck_fill(int64_t n, int64_t item, const void *value, void *y);

// MARK: - Memory

// Threads.

/// Runs one part of a job.
typedef void (*ck_part_fn)(void *context, int part);
/// Calls `body` once for each of fewer than 65,536 parts, on as many threads; returns when all are done.
void ck_parallel(int parts, ck_part_fn body, void *context);

/// 64-byte aligned memory from per-thread and shared caches by size class; NULL if there is none.
/// The environment variable AUTOGRAD_ALLOCATOR=system turns the caches off (for sanitizers).
void *ck_allocate(size_t bytes);
/// Returns memory of ck_allocate(bytes).
void ck_release(void *p, size_t bytes);
/// Has malloc make large pieces of the many small ones that were just freed: the next graph of 1e6 ops then
/// lies in memory in the order in which it is made and freed, which takes two thirds of the time.
void ck_join_free_memory(void);
/// Whether released memory is kept for the next one who asks.
int ck_is_caching(void);
/// Bytes held in the shared cache, small blocks left out, for tests of its bound.
size_t ck_cached_bytes(void);
/// Blocks that this thread has allocated, less those that it has released, for tests that look for leaks:
/// what other threads do at the same time does not show.
int64_t ck_live_blocks(void);

#endif
