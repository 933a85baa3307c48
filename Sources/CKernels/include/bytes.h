#pragma once
#include <string.h>

/// The offset of the first `part` in `all`, -1 when it is not there.
long tnb_find_bytes(const void *all, long count, const void *part, long part_count);

/// Their order as memcmp gives it.
static inline int tnb_compare_bytes(const void *a, const void *b, long count) { return memcmp(a, b, (size_t)count); }

/// Whether two blocks of `count` bytes are equal.
static inline int tnb_same_bytes(const void *a, const void *b, long count) { return memcmp(a, b, (size_t)count) == 0; }
