#include "loop.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

// A few workers for large operations, started at the first, so that start-up does not pay. They run C functions over raw memory
// and never touch an object of Swift (docs/design/threads.md).
//
// A job is handed over without a lock: its generation goes up, and whoever looks takes parts until none are left. Waking a thread
// that sleeps takes longer than most operations last, so waiting starts with some looking.
//
// Every thread begins with parts of its own, which are the same ones from job to job, and helps with the others' when they are done:
// what it wrote last time lies in its core's cache (docs/design/threads.md has the figures).
enum { looks = 2000 };

static int thread_count = 0;
static int started = 0;

static struct {
  void (*body)(void *, long, long);
  void *context;
  long n, part;
  int shares;
  // The next part of each share of the parts.
  struct { _Alignas(64) _Atomic int next; int end; } share[tnb_most_threads];
  // Counts jobs. A worker enters a job by adding itself to `users` and then finding it open; the job ends by being closed and then
  // finding no users. One of the two sees the other.
  _Atomic unsigned long generation;
  _Atomic int open, users;
} job;

// For those that sleep: workers until the next job, the caller until the last user is done.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_ready = PTHREAD_COND_INITIALIZER;
static pthread_cond_t work_done = PTHREAD_COND_INITIALIZER;
static _Atomic int sleepers, caller_sleeps;

static _Thread_local int inside = 0;
// The number of the thread: 0 for those that call, from 1 for workers.
static _Thread_local int number = 0;

static inline void rest(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

int tnb_thread_count(void) {
  if (thread_count == 0) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    thread_count = n < 1 ? 1 : n > tnb_most_threads ? tnb_most_threads : (int)n;
  }
  return thread_count;
}

int tnb_threads_at_hand(void) {
  int threads = tnb_thread_count();
  return inside ? 1 : threads > started + 1 ? threads : started + 1;
}

void tnb_set_thread_count(int n) { thread_count = n < 1 ? 1 : n > tnb_most_threads ? tnb_most_threads : n; }

static void work(void) {
  inside = 1;
  for (int k = 0; k < job.shares; k++) {
    int s = (number + k) % job.shares;
    for (;;) {
      int i = atomic_fetch_add(&job.share[s].next, 1);
      if (i >= job.share[s].end) break;
      long begin = i * job.part, end = begin + job.part;
      if (end > job.n) end = job.n;
      job.body(job.context, begin, end);
    }
  }
  inside = 0;
}

static void wait_for_job(unsigned long seen) {
  for (int i = 0; i < looks; i++) {
    if (job.generation != seen) return;
    rest();
  }
  pthread_mutex_lock(&lock);
  sleepers++;
  while (job.generation == seen) pthread_cond_wait(&work_ready, &lock);
  sleepers--;
  pthread_mutex_unlock(&lock);
}

static void *worker(void *argument) {
  number = (int)(intptr_t)argument;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  unsigned long seen = 0;
  for (;;) {
    wait_for_job(seen);
    seen = job.generation;
    job.users++;
    if (job.open) work();
    if (--job.users == 0 && caller_sleeps) {
      pthread_mutex_lock(&lock);
      pthread_cond_signal(&work_done);
      pthread_mutex_unlock(&lock);
    }
  }
  return NULL;
}

// Closes the job and waits for the parts that others have taken.
static void finish(void) {
  job.open = 0;
  for (int i = 0; i < looks; i++) {
    if (job.users == 0) return;
    rest();
  }
  pthread_mutex_lock(&lock);
  caller_sleeps = 1;
  while (job.users > 0) pthread_cond_wait(&work_done, &lock);
  caller_sleeps = 0;
  pthread_mutex_unlock(&lock);
}

static void forget_workers(void) {
  started = 0;
  job.users = 0;
  sleepers = 0;
}

static void start_workers(int wanted) {
  if (started == 0) pthread_atfork(NULL, NULL, forget_workers);
  while (started < wanted) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, worker, (void *)(intptr_t)(started + 1)) != 0) return;
    pthread_detach(thread);
    started++;
  }
}

void tnb_parallel(long n, long grain, void (*body)(void *, long, long), void *context) {
  int threads = tnb_thread_count();
  if (inside || threads == 1 || n / grain < 2) {
    body(context, 0, n);
    return;
  }
  // Of cheap elements parts are smaller than what is worth a thread: whoever is done first takes one from the others, who wait for
  // it in the end. Parts that are anything but elements may have something to prepare, and are fewer.
  int finer = grain >= 1024 ? 4 : 1;
  long parts = n / (grain / finer), most = threads * 4 * finer;
  if (parts > most) parts = most;
  if (started < threads - 1) start_workers(threads - 1);
  job.body = body;
  job.context = context;
  job.n = n;
  // Parts of long arrays end on multiples of 16 elements, which keeps vector loops whole.
  job.part = (n + parts - 1) / parts;
  if (n >= 4096) job.part = (job.part + 15) & ~15L;
  int count = (int)((n + job.part - 1) / job.part);
  job.shares = count < threads ? count : threads;
  for (int s = 0; s < job.shares; s++) {
    job.share[s].next = s * count / job.shares;
    job.share[s].end = (s + 1) * count / job.shares;
  }
  job.open = 1;
  job.generation++;
  if (sleepers > 0) {
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&work_ready);
    pthread_mutex_unlock(&lock);
  }
  work();
  finish();
}
