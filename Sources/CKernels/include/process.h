#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// Runs `body(context)` on a thread with `stack_bytes` of address space for its stack and waits for it. Meanwhile, from
/// `first_ms` on, calls `tick(context)` every `every_ms` milliseconds on the calling thread. Returns 0, or an errno value
/// when the thread could not be started.
int tnb_run_on_stack(
  size_t stack_bytes, void (*body)(void *), void (*tick)(void *), void *context, int first_ms, int every_ms);

/// Where the stack of this thread is nearly used up; 0 where nobody knows.
extern _Thread_local uintptr_t tnb_stack_floor;
/// Whether a call from here might go past the end of the stack. Asked where the interpreter is entered anew from native code.
static inline int tnb_stack_is_low(void) { return (uintptr_t)__builtin_frame_address(0) < tnb_stack_floor; }

/// Lets `tick` rest, or go on: called on the thread that runs, around waits for a person.
void tnb_pause_watch(bool paused);

/// Ctrl-C asks the interpreter to stop (see interrupt.h). When it comes again and the first one was not taken note of, the
/// process ends as if there were no handler. A closed output pipe ends the process quietly.
void tnb_handle_signals(void);

/// fork(2), which Swift hides; only for a process that has one thread.
pid_t tnb_fork(void);

/// How many processors this process may use.
int tnb_processor_count(void);

/// What the kernel says could be allocated now without swapping (MemAvailable); 0 when it does not say. A cgroup's limit
/// counts too.
long tnb_available_bytes(void);

/// The generation of the processor, by which loops are chosen: 4 for x86-64-v4 and so on; 0 elsewhere.
int tnb_processor_generation(void);
