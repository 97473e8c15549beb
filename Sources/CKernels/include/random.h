// Random numbers from the words of a generator.

#ifndef CK_RANDOM_H
#define CK_RANDOM_H

#include <stdint.h>

/// y[i] = *one or 0 for i < n, elements of `item` bytes (4 or 8): *one if the low 53 bits of draw i are
/// less than threshold ≤ 2⁵³. A draw is two words of the Mersenne twister, tempered, the high one first.
void ck_bernoulli(
  int64_t n, int64_t item, const uint32_t *words, uint64_t threshold, const void *one, void *y);

#endif
