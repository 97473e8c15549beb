// Optimizer steps.

#ifndef CK_OPTIMIZERS_H
#define CK_OPTIMIZERS_H

#include <stdint.h>

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

#endif
