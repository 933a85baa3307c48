#pragma once
#include <stddef.h>
#include <stdint.h>

// Reference counts of Swift objects, counted in line for the VM's loop: what `swift_nonatomic_retain` and
// `swift_nonatomic_release` do in the common case, without the call. The count stands in the upper half of the word after
// the class pointer, one unit = 1 << 33; a sum that comes out negative means that the runtime has to decide (the last
// reference, a side table, an immortal object). `ValueLayout.verify` checks this layout at start.

extern void *swift_nonatomic_retain(void *object);
extern void swift_nonatomic_release(void *object);

static const uint64_t tnb_reference_unit = (uint64_t)1 << 33;

static inline __attribute__((always_inline)) void tnb_retain(void *object) {
  uint64_t *count = (uint64_t *)object + 1;
  uint64_t next = *count + tnb_reference_unit;
  if (__builtin_expect((int64_t)next >= 0, 1)) {
    *count = next;
  } else {
    swift_nonatomic_retain(object);
  }
}

static inline __attribute__((always_inline)) void tnb_release(void *object) {
  uint64_t *count = (uint64_t *)object + 1;
  uint64_t next = *count - tnb_reference_unit;
  if (__builtin_expect((int64_t)next >= 0, 1)) {
    *count = next;
  } else {
    swift_nonatomic_release(object);
  }
}

/// The strong references to an object.
extern size_t swift_retainCount(void *object);

/// Whether exactly one strong reference is left. A side table counts as more.
static inline __attribute__((always_inline)) int tnb_is_unique(const void *object) {
  return ((const int64_t *)object)[1] >> 33 == 0;
}

/// Drops one reference of an object whose end may drop the last reference of the next in a long chain (the nodes of a graph):
/// what is dropped meanwhile waits in a queue, so that a chain of a million needs no deeper stack than one of two.
void tnb_reap(void *object);
