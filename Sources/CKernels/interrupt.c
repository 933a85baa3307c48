#include "interrupt.h"

#include <time.h>
#include <unistd.h>

_Atomic int tnb_interrupt_flag = 0;

static const long second = 1000000000;
static _Atomic long deadline, next_order;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * second + time.tv_nsec;
}

void tnb_deadline_set(long nanoseconds) {
  long end = nanoseconds ? now() + nanoseconds : 0;
  atomic_store(&next_order, end);
  atomic_store(&deadline, end);
}

void tnb_deadline_tick(void) {
  long end = atomic_load(&deadline);
  if (end == 0) return;
  long time = now();
  if (time - end > 5 * second) _exit(tnb_deadline_status);
  if (time < atomic_load(&next_order) || tnb_interrupt_pending()) return;
  tnb_interrupt_set(1);
  atomic_store(&next_order, time + second);
}
