#pragma once
#include <stddef.h>

/// Sets malloc up for one busy thread. Call once, before other threads start.
void tnb_tune_allocator(void);
/// Memory aligned to 64 bytes; small sizes come from per-thread free lists. NULL when there is none.
void *tnb_alloc(long byte_count);
/// `byte_count` is what tnb_alloc was asked for.
void tnb_free(void *p, long byte_count);
/// Gives back the large freed blocks that are kept for reuse.
void tnb_release_cache(void);
/// The resident set of this process in bytes.
long tnb_resident_bytes(void);
/// Drops one reference of a Swift object.
void tnb_swift_release(void *object);
