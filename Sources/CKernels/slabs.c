#define _GNU_SOURCE
#include "slabs.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { slab_bytes = 1 << 16, header_bytes = 64 };

// Address space for all slabs; pages take memory when they are touched. Beyond it, or where it cannot be had, blocks come from
// malloc, and `tnb_slab_owns` tells the two apart.
static size_t region_bytes = (size_t)1 << 36;

struct tnb_slab_class tnb_slab_table[tnb_slab_classes];

// A place that no address is near to, so that nothing is owned before the first slab.
static char *region = (char *)(UINTPTR_MAX / 2);
static char *region_next, *region_end;
static int is_refused;

static int reserve(void) {
  char *memory = MAP_FAILED;
  // Less where address space is scarce: under a limit, or in a tool that watches memory.
  for (; region_bytes >= (size_t)1 << 30; region_bytes /= 4) {
    memory = mmap(NULL, region_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) break;
  }
  if (memory == MAP_FAILED) {
    is_refused = 1;
    return 0;
  }
  region = memory;
  region_next = (char *)(((uintptr_t)memory + slab_bytes - 1) & ~(uintptr_t)(slab_bytes - 1));
  region_end = memory + region_bytes;
  return 1;
}

int tnb_slab_owns(const void *p) { return (size_t)((const char *)p - region) < region_bytes; }

static unsigned class_of(const void *p) {
  return *(const unsigned *)((uintptr_t)p & ~(uintptr_t)(slab_bytes - 1));
}

__attribute__((noinline)) void *tnb_slab_refill(unsigned size_class) {
  struct tnb_slab_class *c = &tnb_slab_table[size_class];
  size_t bytes = (size_t)(size_class + 1) * tnb_slab_step;
  if ((size_t)(c->end - c->next) < bytes) {
    if ((!region_next && (is_refused || !reserve())) || region_end - region_next < slab_bytes) return malloc(bytes);
    char *slab = region_next;
    region_next += slab_bytes;
    *(unsigned *)slab = size_class;
    c->next = slab + header_bytes;
    c->end = slab + slab_bytes;
  }
  void *block = c->next;
  c->next += bytes;
  return block;
}

static inline void put_back(void *p, unsigned size_class) {
  struct tnb_slab_class *c = &tnb_slab_table[size_class];
  *(void **)p = c->list;
  c->list = p;
}

void tnb_small_free(void *p, size_t bytes) {
  if (tnb_slab_owns(p)) {
    put_back(p, (unsigned)((bytes - 1) / tnb_slab_step));
  } else {
    free(p);
  }
}

void *tnb_object_alloc(size_t bytes, size_t alignment_mask) {
  // The mask is all ones where the default alignment will do.
  if (alignment_mask <= tnb_slab_step - 1 || alignment_mask == SIZE_MAX) {
    void *block = bytes == 0 ? malloc(1) : tnb_small_alloc(bytes);
    if (block) return block;
  } else {
    void *block = aligned_alloc(alignment_mask + 1, (bytes + alignment_mask) & ~alignment_mask);
    if (block) return block;
  }
  abort();
}

// Objects with elements behind them are freed under the size of the object alone, so the slab says the class.
void tnb_object_free(void *p, size_t bytes, size_t alignment_mask) {
  (void)bytes;
  (void)alignment_mask;
  if (tnb_slab_owns(p)) {
    put_back(p, class_of(p));
  } else {
    free(p);
  }
}

size_t tnb_usable_size(void *p) {
  if (tnb_slab_owns(p)) return (size_t)(class_of(p) + 1) * tnb_slab_step;
  // Looked up: the release binary's calls of malloc_usable_size lead here.
  static size_t (*of_malloc)(void *);
  if (!of_malloc) of_malloc = (size_t(*)(void *))dlsym(RTLD_DEFAULT, "malloc_usable_size");
  return of_malloc(p);
}
