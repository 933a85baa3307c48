#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"
#include "memory.h"

struct start {
  void (*body)(void *);
  void *context;
  size_t stack_bytes;
  _Atomic bool ended;
};

// Posted when the thread ended, or when the watch is to go on.
static sem_t watch;
static _Atomic bool watch_paused;

_Thread_local uintptr_t tnb_stack_floor = 0;

static void *run(void *argument) {
  struct start *start = argument;
  // The last eighth is for native code that recurses over nested values, which counts its own depth.
  tnb_stack_floor = (uintptr_t)__builtin_frame_address(0) - start->stack_bytes / 8 * 7;
  start->body(start->context);
  atomic_store(&start->ended, true);
  sem_post(&watch);
  return NULL;
}

void tnb_pause_watch(bool paused) {
  atomic_store(&watch_paused, paused);
  if (!paused) sem_post(&watch);
}

int tnb_run_on_stack(
  size_t stack_bytes, void (*body)(void *), void (*tick)(void *), void *context, int first_ms, int every_ms) {
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error) return error;
  // Only the pages that are touched take memory.
  error = pthread_attr_setstacksize(&attributes, stack_bytes);
  sem_init(&watch, 0, 0);
  atomic_store(&watch_paused, false);
  struct start start = {body, context, stack_bytes, false};
  pthread_t thread;
  if (!error) error = pthread_create(&thread, &attributes, run, &start);
  pthread_attr_destroy(&attributes);
  if (error) return error;
  int wait_ms = first_ms;
  while (!atomic_load(&start.ended)) {
    // A shell that waits for somebody to type does not wake up a hundred times a second.
    if (atomic_load(&watch_paused)) {
      sem_wait(&watch);
      continue;
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)wait_ms * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    if (sem_clockwait(&watch, CLOCK_MONOTONIC, &until) != 0 && errno == ETIMEDOUT) tick(context);
    wait_ms = every_ms;
  }
  return pthread_join(thread, NULL);
}

static void on_interrupt(int number) {
  if (tnb_interrupt_pending() != 0) {
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  tnb_interrupt_set(1);
}

void tnb_handle_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  // A read from the terminal has to return, or the flag would be seen only after the next line.
  action.sa_flags = 0;
  sigaction(SIGINT, &action, NULL);
  signal(SIGPIPE, SIG_DFL);
}

pid_t tnb_fork(void) { return fork(); }

int tnb_processor_count(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? count : 1;
}

static long number_in(const char *path, const char *key) {
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  char line[256];
  long value = -1;
  size_t length = strlen(key);
  while (fgets(line, sizeof line, file)) {
    if (strncmp(line, key, length) == 0 && sscanf(line + length, "%ld", &value) == 1) break;
  }
  fclose(file);
  return value;
}

long tnb_available_bytes(void) {
  long kilobytes = number_in("/proc/meminfo", "MemAvailable:");
  long available = kilobytes > 0 ? kilobytes * 1024 : 0;
  long limit = number_in("/sys/fs/cgroup/memory.max", "");
  long used = number_in("/sys/fs/cgroup/memory.current", "");
  if (limit > 0 && used >= 0) {
    long rest = limit > used ? limit - used : 0;
    if (available == 0 || rest < available) available = rest;
  }
  return available;
}

int tnb_processor_generation(void) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 1;
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
    ? 4 : 3;
#else
  return 0;
#endif
}
