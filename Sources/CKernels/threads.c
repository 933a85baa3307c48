#include "loop.h"
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>
#include <signal.h>

// A few workers that sleep between large operations. Started at the first use, so that start-up does not pay.
enum { max_threads = 16 };

static int thread_count = 0;
static int started = 0;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_ready = PTHREAD_COND_INITIALIZER;
static pthread_cond_t work_done = PTHREAD_COND_INITIALIZER;

static struct {
  void (*body)(void *, long, long);
  void *context;
  long n, part;
  int parts;
  _Atomic int next, finished;
  _Atomic unsigned long generation;
  _Atomic int users;
} job;

static _Thread_local int inside = 0;

// A sleeping thread takes longer to wake than most operations last, so waiting starts with some looking.
enum { looks = 2000 };

static inline void rest(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

int tnb_thread_count(void) {
  if (thread_count == 0) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    thread_count = n < 1 ? 1 : n > max_threads ? max_threads : (int)n;
  }
  return thread_count;
}

void tnb_set_thread_count(int n) { thread_count = n < 1 ? 1 : n > max_threads ? max_threads : n; }

static void work(void) {
  inside = 1;
  for (;;) {
    int i = atomic_fetch_add(&job.next, 1);
    if (i >= job.parts) break;
    long begin = i * job.part, end = begin + job.part;
    if (end > job.n) end = job.n;
    job.body(job.context, begin, end);
    atomic_fetch_add(&job.finished, 1);
  }
  inside = 0;
}

static void *worker(void *unused) {
  (void)unused;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  unsigned long seen = 0;
  pthread_mutex_lock(&lock);
  for (;;) {
    if (job.generation == seen) {
      pthread_mutex_unlock(&lock);
      for (int i = 0; i < looks && job.generation == seen; i++) rest();
      pthread_mutex_lock(&lock);
    }
    while (job.generation == seen) pthread_cond_wait(&work_ready, &lock);
    seen = job.generation;
    if (!job.body) continue;
    job.users++;
    pthread_mutex_unlock(&lock);
    work();
    pthread_mutex_lock(&lock);
    if (--job.users == 0) pthread_cond_signal(&work_done);
  }
  return NULL;
}

static void forget_workers(void) { started = 0; }

void tnb_parallel(long n, long grain, void (*body)(void *, long, long), void *context) {
  int threads = tnb_thread_count();
  long parts = n / grain;
  if (parts > threads * 4) parts = threads * 4;
  if (inside || threads == 1 || parts < 2) {
    body(context, 0, n);
    return;
  }
  pthread_mutex_lock(&lock);
  if (started == 0) pthread_atfork(NULL, NULL, forget_workers);
  while (started < threads - 1) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, worker, NULL) != 0) break;
    pthread_detach(thread);
    started++;
  }
  job.body = body;
  job.context = context;
  job.n = n;
  // Parts of long arrays end on multiples of 16 elements, which keeps vector loops whole.
  job.part = (n + parts - 1) / parts;
  if (n >= 4096) job.part = (job.part + 15) & ~15L;
  job.parts = (int)((n + job.part - 1) / job.part);
  job.next = 0;
  job.finished = 0;
  job.generation++;
  pthread_cond_broadcast(&work_ready);
  pthread_mutex_unlock(&lock);
  work();
  for (int i = 0; i < looks && (job.users > 0 || job.finished < job.parts); i++) rest();
  pthread_mutex_lock(&lock);
  while (job.users > 0 || job.finished < job.parts) pthread_cond_wait(&work_done, &lock);
  job.body = NULL;
  pthread_mutex_unlock(&lock);
}
