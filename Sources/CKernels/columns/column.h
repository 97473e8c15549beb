// The declarations that every column needs. A column includes this before it pushes its target
// attribute, so that the attribute does not apply to the functions of the C library.

#ifndef CK_COLUMN_H
#define CK_COLUMN_H

#include <math.h>
#include <string.h>

#include "../bodies/special/special.h"
#include "ckernels.h"

#endif
