#pragma once
#include <string.h>

/// The offset of the first `part` in `all`, -1 when it is not there.
long tnb_find_bytes(const void *all, long count, const void *part, long part_count);

/// Their order as memcmp gives it.
static inline int tnb_compare_bytes(const void *a, const void *b, long count) { return memcmp(a, b, (size_t)count); }

/// Whether two blocks of `count` bytes are equal. Short ones, the names that programs look up, without a call.
static inline int tnb_same_bytes(const void *a, const void *b, long count) {
  const char *x = (const char *)a, *y = (const char *)b;
  if (count >= 8) {
    if (count > 16) return memcmp(a, b, (size_t)count) == 0;
    unsigned long x0, x1, y0, y1;
    memcpy(&x0, x, 8), memcpy(&y0, y, 8);
    memcpy(&x1, x + count - 8, 8), memcpy(&y1, y + count - 8, 8);
    return ((x0 ^ y0) | (x1 ^ y1)) == 0;
  }
  if (count >= 4) {
    unsigned x0, x1, y0, y1;
    memcpy(&x0, x, 4), memcpy(&y0, y, 4);
    memcpy(&x1, x + count - 4, 4), memcpy(&y1, y + count - 4, 4);
    return ((x0 ^ y0) | (x1 ^ y1)) == 0;
  }
  for (long i = 0; i < count; i++) {
    if (x[i] != y[i]) return 0;
  }
  return 1;
}
