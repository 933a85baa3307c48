#pragma once
#include <stddef.h>

/// Sets malloc up for one busy thread. Call once, before other threads start.
void tnb_tune_allocator(void);
/// Memory aligned to 64 bytes; small sizes come from per-thread free lists. NULL when there is none.
void *tnb_alloc(long byte_count);
/// `byte_count` is what tnb_alloc was asked for.
void tnb_free(void *p, long byte_count);
/// Storages of small tensors that nobody uses any more are kept with their bytes for the next: one list per 64 bytes of size.
/// `tnb_pools[c]` heads the list of class `c`; a kept storage's bytes begin with the next one's address.
enum { tnb_pool_bytes = 1024, tnb_pool_most = 1024 };
typedef struct { void *first; long count; } tnb_pool;
extern _Thread_local tnb_pool tnb_pools[tnb_pool_bytes / 64 + 1];
static inline __attribute__((always_inline)) tnb_pool *tnb_pool_of(long byte_count) {
  return &tnb_pools[(byte_count + 63) >> 6];
}
/// Whether a large freed block that is kept for reuse will serve: the process does not grow.
int tnb_is_at_hand(long byte_count);
/// Gives back the large freed blocks that are kept for reuse.
void tnb_release_cache(void);
/// The resident set of this process in bytes.
long tnb_resident_bytes(void);
