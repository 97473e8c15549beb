// The kernel table. A column is the set of all kernels compiled for one instruction set; it has one
// table of function pointers per element type.

#ifndef CK_TABLE_H
#define CK_TABLE_H

#include <stdint.h>

#include "attention.h"
#include "bags.h"
#include "convolution.h"
#include "decompositions.h"
#include "dtype.h"
#include "elementwise.h"
#include "movement.h"
#include "normalization.h"
#include "optimizers.h"
#include "order.h"
#include "places.h"
#include "pooling.h"
#include "products.h"
#include "ranges.h"
#include "recurrent.h"
#include "reductions.h"
#include "scans.h"
#include "softmax.h"

#define CK_COUNT_MAP(name, swift, domain, output) +1
#define CK_COUNT_REDUCE(name, domain) +1
#define CK_COUNT_AT(name, domain) +1
#define CK_COUNT_UPDATE(name) +1
#define CK_COUNT_RECURRENT(name) +1
enum { CK_MAP_COUNT = 0 CK_MAPS(CK_COUNT_MAP) };
enum { CK_REDUCE_COUNT = 0 CK_REDUCTIONS(CK_COUNT_REDUCE) };
enum { CK_AT_COUNT = 0 CK_PLACES(CK_COUNT_AT) };
enum { CK_UPDATE_COUNT = 0 CK_UPDATES(CK_COUNT_UPDATE) };
enum { CK_RECURRENT_COUNT = 0 CK_RECURRENT_KINDS(CK_COUNT_RECURRENT) };

/// The kernels of one element type in one column; NULL where a kernel is not defined for the type.
typedef struct {
  ck_map_fn map[CK_MAP_COUNT];
  ck_map_fn cast[CK_DTYPES];  // to each element type
  ck_range_fn range;
  ck_linspace_fn linspace;
  ck_reduce_fn reduce[CK_REDUCE_COUNT];
  ck_extreme_fn max_index, min_index;
  ck_scan_fn cumsum, cumprod, logcumsumexp;
  ck_recurrence_fn recurrence;
  ck_running_extreme_fn cummax, cummin;
  ck_sort_fn sort;
  ck_kth_fn kth;
  ck_mode_fn mode;
  ck_sort_rows_fn sort_rows;
  ck_search_fn search;
  ck_map_fn at[CK_AT_COUNT];
  ck_at_rows_fn at_rows[CK_AT_COUNT];
  ck_picks_fn picks, put_picks;
  ck_bags_fn bag_sums, add_bags;
  ck_sum_padding_fn sum_padding;
  ck_fold_fn fold;
  ck_softmax_fn softmax, log_softmax, softmax_grad, log_softmax_grad;
  ck_logsumexp_fn logsumexp;
  ck_cross_entropy_fn cross_entropy, cross_entropy_grad;
  ck_soft_labels_fn soft_labels, soft_labels_grad;
  ck_attention_fn attention, attention_grad;
  ck_attention_blocks_fn attention_blocks;
  ck_attention_workspace_fn attention_workspace;
  ck_layer_norm_fn layer_norm, layer_norm_grad, layer_norm_weight_grad;
  ck_batch_norm_fn batch_moments, batch_norm, batch_sums, batch_norm_grad;
  ck_convolution_fn convolution, convolution_weight;
  ck_convolution_workspace_fn convolution_workspace, convolution_weight_workspace;
  ck_pool_fn max_pool;
  ck_windows_fn window_means, window_shares, window_maxima;
  ck_resample_fn resample;
  ck_dot_fn dot;
  ck_gemm_fn gemm;
  ck_gemm_workspace_fn gemm_workspace;
  ck_recurrent_fn recurrent[CK_RECURRENT_COUNT], recurrent_grad[CK_RECURRENT_COUNT];
  ck_recurrent_workspace_fn recurrent_workspace, recurrent_grad_workspace;
  ck_pack_panels_fn pack_panels;
  ck_panels_bytes_fn panels_bytes;
  ck_decompositions decompositions;
  ck_update_fn update[CK_UPDATE_COUNT];
} ck_table;

/// The kernels of one instruction set: a table per element type, and the kernels that need none.
typedef struct {
  const char *name;
  const ck_table *of[CK_DTYPES];
  ck_transpose_fn transpose[9];  // by bytes per element: 1, 4 and 8
  ck_check_indices_fn check_indices;
  ck_count_true_fn count_true;
  ck_places_of_true_fn places_of_true;
} ck_column;

/// The fastest column that this machine can run, or the one that the environment variable
/// AUTOGRAD_KERNELS names (baseline, avx2, avx512, neon). Chosen when the process starts.
const ck_column *ck_chosen(void);

/// Column i of those that this machine can run, baseline first; NULL past the last.
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
static inline ck_at_rows_fn ck_at_rows_kernel(const ck_column *c, ck_dtype t, ck_at k) {
  return c->of[t]->at_rows[k];
}
static inline ck_update_fn ck_update_kernel(const ck_column *c, ck_dtype t, ck_update k) {
  return c->of[t]->update[k];
}
static inline ck_recurrent_fn ck_recurrent_kernel(
  const ck_column *c, ck_dtype t, ck_recurrent_kind k) {
  return c->of[t]->recurrent[k];
}
static inline ck_recurrent_fn ck_recurrent_grad_kernel(
  const ck_column *c, ck_dtype t, ck_recurrent_kind k) {
  return c->of[t]->recurrent_grad[k];
}
static inline const ck_table *ck_table_of(const ck_column *c, ck_dtype t) { return c->of[t]; }

#endif
