// Attention: softmax(scale·Q·Kᵀ + mask)·V for a batch of heads, and its gradients.

#ifndef CK_ATTENTION_H
#define CK_ATTENTION_H

#include <stdint.h>

/// A matrix for each head. That of head i begins at element at[i] of base; its rows are `row`
/// elements apart, its columns adjacent.
typedef struct {
  void *base;
  const int64_t *at;
  int64_t row;
} ck_heads;

/// Operands of the attention kernels.
///   forward:   y = softmax(s)·v along the keys, where s = scale·q·kᵀ + mask; writes
///              lse = ln Σ exp(s) of each query. Where no key takes part y is 0, and lse is ∞.
///   backward:  dq, dk and dv for the gradient g of y; reads y and lse. One that has no base is
///              left out.
/// With `is_causal`, query i sees keys 0 … i.
///
/// The unit of work of the forward kernel is a block of queries of a head: unit u is block
/// u % blocks of head u / blocks, for the number of blocks that attention_blocks says. That of the
/// backward kernel is a head and a chunk of its keys, head u / chunks and chunk u % chunks; chunk c
/// writes its part of dq to element c·dq_chunk on.
typedef struct {
  int64_t queries, keys, width, value_width;
  int is_causal;
  double scale;
  ck_heads q, k, v;     // [queries, width], [keys, width], [keys, value_width]
  ck_heads mask;        // [queries, keys], added; no base if there is none
  int64_t mask_column;  // the distance between its columns
  ck_heads y, g;        // [queries, value_width]
  void *lse;            // [heads, queries]
  ck_heads dq, dk, dv;
  int64_t chunks, dq_chunk;
} ck_attention;

/// Units [first, last) of the work. The workspace, 64-byte aligned, holds the bytes that
/// attention_workspace says.
typedef void (*ck_attention_fn)(
  const ck_attention *, int64_t first, int64_t last, void *workspace);
typedef int64_t (*ck_attention_workspace_fn)(const ck_attention *);
/// The number of blocks of queries.
typedef int64_t (*ck_attention_blocks_fn)(int64_t queries);

#endif
