#include "memory.h"
#include <stdio.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/mman.h>

// The interpreter runs on a thread of its own, which glibc would give an arena that grows by mprotect, page after page, and
// returns memory as eagerly; one arena that grows by 16 MB steps took a fifth off a program that makes many objects.
void tnb_tune_allocator(void) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 16 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

// Size classes of 64 bytes up to 4 KiB keep freed blocks in a list; a small tensor op then costs no malloc.
enum { class_bytes = 64, class_count = 64 };
// Bytes that one small class may keep.
enum { class_limit = 1 << 18 };

// Large blocks are kept too: fresh pages cost more than most operations on them. Their sizes are rounded up to eight
// steps per power of two, so that blocks of one size class can stand in for each other.
enum { large_bytes = 1 << 16, large_slots = 32 };
static const long cache_limit = 64L << 20;

_Thread_local tnb_pool tnb_pools[tnb_pool_bytes / 64 + 1];

typedef struct block { struct block *next; } block;
static _Thread_local block *lists[class_count + 1];
static _Thread_local int lengths[class_count + 1];

static _Thread_local struct { void *p; long bytes; } large[large_slots];
static _Thread_local int large_count;
static _Thread_local long large_total;

static long rounded(long byte_count) {
  if (byte_count < large_bytes) return (byte_count + class_bytes - 1) & ~(long)(class_bytes - 1);
  long step = 1L << (63 - __builtin_clzl((unsigned long)byte_count) - 3);
  return (byte_count + step - 1) & ~(step - 1);
}

static void drop_large(int i) {
  free(large[i].p);
  large_total -= large[i].bytes;
  large_count--;
  for (; i < large_count; i++) large[i] = large[i + 1];
}

void tnb_release_cache(void) {
  while (large_count > 0) drop_large(large_count - 1);
}

// Pages of 2 MB for what fills them: with small ones an operation over a few MB waits for the page table as well, by a tenth or
// more of its time, and how much hangs on which pages the system had at hand. What does not fill one stays on small pages.
static void *fresh_pages(long bytes) {
  const long page = 2L << 20;
  if (bytes < page) return aligned_alloc(class_bytes, (size_t)bytes);
  void *p = aligned_alloc((size_t)page, (size_t)bytes);
  if (p) madvise(p, (size_t)(bytes & ~(page - 1)), MADV_HUGEPAGE);
  return p;
}

// Where a block of so many bytes is kept; -1 when there is none.
static int find_large(long bytes) {
  int i = large_count - 1;
  while (i >= 0 && large[i].bytes != bytes) i--;
  return i;
}

static void *allocate_large(long byte_count) {
  long bytes = rounded(byte_count);
  int i = find_large(bytes);
  if (i >= 0) {
    void *p = large[i].p;
    large_total -= bytes;
    large_count--;
    for (; i < large_count; i++) large[i] = large[i + 1];
    return p;
  }
  void *p = fresh_pages(bytes);
  if (!p && large_count > 0) {
    tnb_release_cache();
    p = fresh_pages(bytes);
  }
  return p;
}

int tnb_is_at_hand(long byte_count) {
  return byte_count >= large_bytes && byte_count <= 1L << 60 && find_large(rounded(byte_count)) >= 0;
}

static void free_large(void *p, long byte_count) {
  long bytes = rounded(byte_count);
  if (bytes > cache_limit / 2) {
    free(p);
    return;
  }
  // The oldest go first.
  while (large_count == large_slots || large_total + bytes > cache_limit) drop_large(0);
  large[large_count].p = p;
  large[large_count].bytes = bytes;
  large_count++;
  large_total += bytes;
}

void *tnb_alloc(long byte_count) {
  if (byte_count < 0 || byte_count > 1L << 60) return NULL;
  if (byte_count >= large_bytes) return allocate_large(byte_count);
  long size_class = (byte_count + class_bytes - 1) / class_bytes;
  if (size_class == 0) size_class = 1;
  if (size_class <= class_count) {
    block *b = lists[size_class];
    if (b) {
      lists[size_class] = b->next;
      lengths[size_class]--;
      return b;
    }
  }
  return aligned_alloc(class_bytes, (size_t)size_class * class_bytes);
}

void tnb_free(void *p, long byte_count) {
  if (byte_count >= large_bytes) {
    free_large(p, byte_count);
    return;
  }
  long size_class = (byte_count + class_bytes - 1) / class_bytes;
  if (size_class == 0) size_class = 1;
  if (size_class <= class_count && lengths[size_class] * size_class < class_limit / class_bytes) {
    block *b = p;
    b->next = lists[size_class];
    lists[size_class] = b;
    lengths[size_class]++;
    return;
  }
  free(p);
}

long tnb_resident_bytes(void) {
  char text[128];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t n = read(file, text, sizeof text - 1);
  close(file);
  if (n <= 0) return 0;
  text[n] = 0;
  long total = 0, resident = 0;
  if (sscanf(text, "%ld %ld", &total, &resident) != 2) return 0;
  return resident * sysconf(_SC_PAGESIZE);
}
