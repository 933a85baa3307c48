#pragma once
#include <stddef.h>

// Small blocks for the interpreter's thread: Swift objects, and the memory that values stand in.
//
// Blocks of one size class are cut from slabs of 64 KiB; a freed block goes into its class's list and stays there. A program in
// the language makes and drops objects all the time: an allocation is a load and a store, against some twenty instructions
// and as many branches for malloc. Only one thread may use it (docs/design/threads.md).

enum { tnb_slab_step = 16, tnb_slab_classes = 32, tnb_slab_largest = tnb_slab_step * tnb_slab_classes };

struct tnb_slab_class {
  /// Freed blocks, each holding the address of the next.
  void *list;
  /// Never used yet: from here to `end` in the newest slab.
  char *next, *end;
};

extern struct tnb_slab_class tnb_slab_table[tnb_slab_classes];

/// A block when a class has none at hand.
void *tnb_slab_refill(unsigned size_class);
/// Whether an address lies in a slab.
int tnb_slab_owns(const void *p);

/// Memory for `bytes` bytes, aligned to 16; NULL when there is none. `bytes` > 0.
static inline void *tnb_small_alloc(size_t bytes) {
  extern void *malloc(size_t);
  if (bytes > tnb_slab_largest) return malloc(bytes);
  unsigned size_class = (unsigned)((bytes - 1) / tnb_slab_step);
  struct tnb_slab_class *c = &tnb_slab_table[size_class];
  void *block = c->list;
  if (block) {
    c->list = *(void **)block;
    return block;
  }
  return tnb_slab_refill(size_class);
}

/// Takes back what `tnb_small_alloc(bytes)` gave.
void tnb_small_free(void *p, size_t bytes);

/// What Swift's runtime calls for objects in the release binary (Package.swift).
void *tnb_object_alloc(size_t bytes, size_t alignment_mask);
void tnb_object_free(void *p, size_t bytes, size_t alignment_mask);
size_t tnb_usable_size(void *p);
