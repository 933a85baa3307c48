#include "references.h"
#include <stdlib.h>

// What waits to be dropped while a chain of objects comes down.
static _Thread_local struct { void **items; long count, capacity; int busy; } waiting;

void tnb_reap(void *object) {
  if (!tnb_is_unique(object)) {
    tnb_release(object);
    return;
  }
  if (waiting.busy) {
    if (waiting.count == waiting.capacity) {
      long capacity = waiting.capacity ? 2 * waiting.capacity : 64;
      void **items = realloc(waiting.items, (size_t)capacity * sizeof *items);
      if (!items) abort();
      waiting.items = items;
      waiting.capacity = capacity;
    }
    waiting.items[waiting.count++] = object;
    return;
  }
  waiting.busy = 1;
  tnb_release(object);
  while (waiting.count > 0) tnb_release(waiting.items[--waiting.count]);
  waiting.busy = 0;
}
