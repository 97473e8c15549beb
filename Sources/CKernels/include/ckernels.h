// The kernels: what exists, under which name, with which signature.
//
// One header per family. Its list (an X-macro) is the one place where the kernels of the family are
// named. Each body is written once, in bodies/, and compiled for every column (instruction set) and
// element type; table.h has the tables of function pointers. In Swift, only Autograd/Kernels/
// imports this module.

#ifndef CKERNELS_H
#define CKERNELS_H

#include "allocator.h"
#include "attention.h"
#include "bags.h"
#include "decompositions.h"
#include "dtype.h"
#include "elementwise.h"
#include "movement.h"
#include "nest.h"
#include "normalization.h"
#include "optimizers.h"
#include "order.h"
#include "parallel.h"
#include "places.h"
#include "pooling.h"
#include "products.h"
#include "random.h"
#include "ranges.h"
#include "recurrent.h"
#include "reductions.h"
#include "scans.h"
#include "softmax.h"
#include "table.h"

#endif
