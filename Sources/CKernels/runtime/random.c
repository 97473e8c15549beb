// Draws from the words of a Mersenne twister; see random.h.

#include <string.h>

#include "ckernels.h"

static inline uint32_t temper(uint32_t y) {
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >> 18);
}

enum { DRAWS = 64 };

/// bits[i] = all ones if draw i is less than threshold, else 0.
static inline void compare(
  int64_t n, const uint32_t *words, uint64_t threshold, uint64_t bits[DRAWS]) {
  uint32_t tempered[2 * DRAWS];
  for (int64_t i = 0; i < 2 * n; i++) tempered[i] = temper(words[i]);
  for (int64_t i = 0; i < n; i++) {
    uint64_t pair;
    memcpy(&pair, tempered + 2 * i, sizeof(pair));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    pair = pair << 32 | pair >> 32;
#endif
    // Both are at most 2⁵³, so the sign of the difference tells which is less.
    bits[i] = 0 - (((pair & 0x1fffffffffffff) - threshold) >> 63);
  }
}

void ck_bernoulli(
  int64_t n, int64_t item, const uint32_t *words, uint64_t threshold, const void *one, void *y) {
  uint64_t bits[DRAWS];
  for (int64_t first = 0; first < n; first += DRAWS) {
    const int64_t count = n - first < DRAWS ? n - first : DRAWS;
    // A constant count makes loops without ends.
    if (count == DRAWS) compare(DRAWS, words + 2 * first, threshold, bits);
    else compare(count, words + 2 * first, threshold, bits);
    if (item == 8) {
      const uint64_t value = *(const uint64_t *)one;
      uint64_t *to = (uint64_t *)y + first;
      for (int64_t i = 0; i < count; i++) to[i] = bits[i] & value;
    } else {
      const uint32_t value = *(const uint32_t *)one;
      uint32_t *to = (uint32_t *)y + first;
      for (int64_t i = 0; i < count; i++) to[i] = (uint32_t)bits[i] & value;
    }
  }
}
