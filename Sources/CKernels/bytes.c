#define _GNU_SOURCE
#include "bytes.h"
#include <string.h>

long tnb_find_bytes(const void *all, long count, const void *part, long part_count) {
  const char *hit = memmem(all, (size_t)count, part, (size_t)part_count);
  return hit ? hit - (const char *)all : -1;
}
