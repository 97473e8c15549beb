// Optimizer steps: one pass over a parameter, its gradient and its state.

#ifndef CK_OPTIMIZERS_H
#define CK_OPTIMIZERS_H

#include <stdint.h>

/// X(name). The arguments of a step are in the struct ck_<name>; the arrays of its state are stated
/// at its body, in bodies/optimizers.inc.
#define CK_UPDATES(X) X(sgd) X(adam) X(rmsprop) X(adagrad)

typedef struct {
  double lr, momentum, dampening;
  double decay;  // of the weights, added to the gradient
  int nesterov, maximize;
  int first __attribute__((swift_name("isFirst")));  // whether the momentum buffer is uninitialised
} ck_sgd;

typedef struct {
  double step_size __attribute__((swift_name("stepSize")));  // lr/(1 − β₁ᵗ)
  double beta1, beta2, eps;
  double correction;  // √(1 − β₂ᵗ)
  double decay;       // of the weights, added to the gradient
  double shrink;      // the factor of the parameter: decoupled weight decay
  int maximize;
} ck_adam;

typedef struct {
  double lr, alpha, eps;
  double decay;  // of the weights, added to the gradient
  double momentum;
  int maximize;
} ck_rmsprop;

typedef struct {
  double lr;  // after its own decay
  double eps;
  double decay;  // of the weights, added to the gradient
  int maximize;
} ck_adagrad;

typedef enum __attribute__((enum_extensibility(closed))) : uint8_t {
#define X(name) CK_UPDATE_##name __attribute__((swift_name(#name))),
  CK_UPDATES(X)
#undef X
} ck_update;

/// p is {parameter, gradient, state, …}, each of n contiguous elements; an unused state is NULL.
/// `arguments` points to the struct of the kernel.
typedef void (*ck_update_fn)(int64_t n, void *const *p, const void *arguments);

#endif
