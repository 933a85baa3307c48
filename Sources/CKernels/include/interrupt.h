#pragma once
#include <stdatomic.h>
#include <stdbool.h>

/// Set by the SIGINT handler (process.h) and by the memory watch; polled by the VM at back-edges and by long kernels.
/// 0 = nothing, 1 = interrupt (KeyboardInterrupt), 2 = memory limit reached (MemoryError).
extern _Atomic int tnb_interrupt_flag;

static inline int tnb_interrupt_pending(void) {
  return atomic_load_explicit(&tnb_interrupt_flag, memory_order_relaxed);
}
static inline void tnb_interrupt_set(int reason) {
  atomic_store_explicit(&tnb_interrupt_flag, reason, memory_order_relaxed);
}

/// Asks for the running cell to be interrupted in `nanoseconds`; 0 takes the order back.
void tnb_deadline_set(long nanoseconds);
/// Called now and then while a cell runs: interrupts one whose time is up, again every second, as a cell may catch the
/// exception. One that goes on for five seconds more ends the process with `tnb_deadline_status`.
void tnb_deadline_tick(void);
enum { tnb_deadline_status = 124 };
