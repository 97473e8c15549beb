// Recurrent layers: a walk over the steps of sequences.

#ifndef CK_RECURRENT_H
#define CK_RECURRENT_H

#include <stdint.h>

/// X(name): the kinds of layers.
#define CK_RECURRENT_KINDS(X) X(rnn_tanh) X(rnn_relu) X(lstm) X(gru)

#define CK_RECURRENT_ENUM(name) CK_RECURRENT_##name,
typedef enum { CK_RECURRENT_KINDS(CK_RECURRENT_ENUM) } ck_recurrent_kind;
#undef CK_RECURRENT_ENUM

/// The operands of a layer in one direction, and of its gradient; all arrays are contiguous.
///
/// The sequences are sorted, the longest first. Step t has a row for each sequence that is so long;
/// its rows are [offset[t], offset[t + 1]). `state` is the size of h, which is `hidden` unless there
/// is a projection. A layer has 1, 4 or 3 gates: of RNN, of LSTM i, f, g, o, and of GRU r, z, n.
///
/// Forward: `gates` gets the values of the gates, or is NULL; h and c are the states before the first
/// step, and get those after the last. The arrays marked * are written only if they are not NULL.
/// Without `input_weight`, `gates` has x·W_ihᵀ already.
///
/// Gradient: reads what the forward pass saved; `h_grad` and `c_grad` are the gradients of the
/// states after the last step, and get those of the states before the first.
typedef struct {
  int64_t steps, hidden, state;
  int64_t begin, end;  // the sequences that this call computes
  int is_reverse;      // whether the last step of a sequence comes first
  int64_t inputs;
  const int64_t *offset;                     // [steps + 1]
  const void *x;                             // [rows, inputs]
  const void *input_weight;                  // W_ih, packed, or NULL
  const void *input_bias, *hidden_bias;      // [gates · hidden], or NULL
  const void *weight;                        // W_hh, packed; NULL if steps = 1: see `products`
  const void *projection;                    // W_hr [state, hidden], packed, or NULL
  const void *products;                      // GRU without `weight`: h·W_hhᵀ [sequences, 3 · hidden]
  void *gates;                               // * [rows, gates · hidden]
  void *h;                                   // [sequences, state]
  void *c;                                   // [sequences, hidden]
  void *output;                              // * [rows, state]: h after each step
  void *cells, *squashed;                    // * [rows, hidden]: c after each step, tanh c
  void *candidates;                          // * [rows, hidden]: of GRU h·W_hnᵀ + b_hn
  void *projected;                           // * [rows, hidden]: what is projected
  // The states before the first step, or NULL for zeros; products with zeros are left out.
  const void *first_h, *first_c;
  const void *g;                             // the gradient of output, or NULL for zeros
  void *h_grad, *c_grad;                     // [sequences, state], [sequences, hidden]
  void *input_grad, *hidden_grad;            // [rows, gates · hidden]: of x·W_ihᵀ and h·W_hhᵀ, which
                                             // are the same array unless the layer is a GRU
  void *previous;                            // [rows, state]: h before each step,
  int64_t previous_row;                      // in rows that are so far apart
  int wants_h_grad;                          // whether the gradient of first_h is wanted
  void *output_grad;                         // with a projection [rows, state]: of h after each step
} ck_recurrent;

/// `workspace` is 64-byte aligned and holds the bytes that the function of its name says.
typedef void (*ck_recurrent_fn)(const ck_recurrent *, void *workspace);
typedef int64_t (*ck_recurrent_workspace_fn)(const ck_recurrent *, ck_recurrent_kind);

/// Packs B [k, n], of any strides, for the products with a state; `bytes` are needed.
typedef void (*ck_pack_panels_fn)(
  int64_t k, int64_t n, const void *b, int64_t b_row, int64_t b_col, void *to);
typedef int64_t (*ck_panels_bytes_fn)(int64_t k, int64_t n);

#endif
