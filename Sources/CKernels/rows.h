#pragma once
#include "interrupt.h"
#include "reduce.h"

// Walking the dimensions of a reduction: `shape` and `strides` of `dims` dimensions, entry by entry.
typedef struct { int dims; const long *shape, *strides; long index[8]; long offset; } walk;

static inline void walk_start(walk *w, int dims, const long *shape, const long *strides, long from) {
  w->dims = dims;
  w->shape = shape;
  w->strides = strides;
  w->offset = 0;
  for (int d = dims - 1; d >= 0; d--) {
    w->index[d] = 0;
    if (shape[d] < 1) continue;  // nothing to walk over
    w->index[d] = from % shape[d];
    from /= shape[d];
    w->offset += w->index[d] * strides[d];
  }
}

static inline void walk_next(walk *w) {
  for (int d = w->dims - 1; d >= 0; d--) {
    w->index[d]++;
    w->offset += w->strides[d];
    if (w->index[d] < w->shape[d]) return;
    w->offset -= w->index[d] * w->strides[d];
    w->index[d] = 0;
  }
}

// Calls `body` for the outputs begin..<end on the threads; a part handles at least about 32768 inputs.
typedef struct {
  const tnb_reduction *r;
  int (*body)(const tnb_reduction *r, void *state, long begin, long end);
  void *state;
  _Atomic int error;
} row_run;

static void run_rows_part(void *context, long begin, long end) {
  row_run *run = (row_run *)context;
  int error = run->body(run->r, run->state, begin, end);
  if (error) run->error = error;
}

static inline int run_rows(
  const tnb_reduction *r, int (*body)(const tnb_reduction *r, void *state, long begin, long end), void *state) {
  // Where nothing is kept some length is zero, and there is no place to start walking from.
  if (r->kept_count == 0) return 0;
  long per = r->reduced_count < 1 ? 1 : r->reduced_count;
  if (r->kept_count * per < 1 << 16 || r->kept_count < 2) return body(r, state, 0, r->kept_count);
  row_run run = {r, body, state, 0};
  long grain = (1 << 15) / per;
  tnb_parallel(r->kept_count, grain < 1 ? 1 : grain, run_rows_part, &run);
  return run.error;
}
