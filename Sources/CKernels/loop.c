#include "loop.h"
#include "interrupt.h"
#include <limits.h>
#include <string.h>

void tnb_plan_begin(tnb_plan *plan, const tnb_dims *shape) {
  plan->dims = (int)shape->count;
  plan->operands = 0;
  for (int i = 0; i < plan->dims; i++) plan->shape[i] = shape->v[i];
}

void tnb_plan_add(tnb_plan *plan, void *data, const tnb_dims *shape, const tnb_dims *strides, long element_bytes) {
  int k = plan->operands++;
  int missing = plan->dims - (int)shape->count;
  plan->pointers[k] = data;
  for (int i = 0; i < plan->dims; i++) {
    int j = i - missing;
    plan->strides[k][i] = j < 0 || (shape->v[j] == 1 && plan->shape[i] != 1) ? 0 : strides->v[j] * element_bytes;
  }
}

void tnb_plan_add_raw(tnb_plan *plan, void *data, const long *strides, long element_bytes) {
  int k = plan->operands++;
  plan->pointers[k] = data;
  for (int i = 0; i < plan->dims; i++) plan->strides[k][i] = strides[i] * element_bytes;
}

// Drops dimensions of size one, puts those with the smallest output steps innermost, and joins neighbours.
static void coalesce(tnb_plan *plan) {
  int n = 0, operands = plan->operands;
  for (int i = 0; i < plan->dims; i++) {
    if (plan->shape[i] == 1) continue;
    plan->shape[n] = plan->shape[i];
    for (int k = 0; k < operands; k++) plan->strides[k][n] = plan->strides[k][i];
    n++;
  }
  // Insertion sort by the first operand that tells two dimensions apart.
  for (int i = 1; i < n; i++) {
    for (int j = i; j > 0; j--) {
      int swap = 0;
      for (int k = 0; k < operands; k++) {
        long a = plan->strides[k][j - 1], b = plan->strides[k][j];
        if (a < 0) a = -a;
        if (b < 0) b = -b;
        if (a == 0 || b == 0 || a == b) continue;
        swap = a < b;
        break;
      }
      if (!swap) break;
      long t = plan->shape[j]; plan->shape[j] = plan->shape[j - 1]; plan->shape[j - 1] = t;
      for (int k = 0; k < operands; k++) {
        t = plan->strides[k][j]; plan->strides[k][j] = plan->strides[k][j - 1]; plan->strides[k][j - 1] = t;
      }
    }
  }
  int out = 0;
  for (int i = 1; i < n; i++) {
    int joins = 1;
    for (int k = 0; k < operands; k++) joins &= plan->strides[k][out] == plan->strides[k][i] * plan->shape[i];
    if (joins) {
      plan->shape[out] *= plan->shape[i];
      for (int k = 0; k < operands; k++) plan->strides[k][out] = plan->strides[k][i];
    } else {
      out++;
      plan->shape[out] = plan->shape[i];
      for (int k = 0; k < operands; k++) plan->strides[k][out] = plan->strides[k][i];
    }
  }
  plan->dims = n == 0 ? 0 : out + 1;
}

// Elements between two looks at the interrupt flag.
enum { poll_elements = 1 << 20 };

// Runs elements begin..<end of the row-major order of the plan's shape.
static int run_range(const tnb_plan *plan, tnb_kernel kernel, const void *context, long begin, long end) {
  int operands = plan->operands, last = plan->dims - 1;
  long inner = plan->shape[last];
  long steps[tnb_max_operands];
  for (int k = 0; k < operands; k++) steps[k] = plan->strides[k][last];
  long index[8];
  long rest = begin;
  for (int d = last; d >= 0; d--) {
    index[d] = rest % plan->shape[d];
    rest /= plan->shape[d];
  }
  char *p[tnb_max_operands];
  for (int k = 0; k < operands; k++) {
    p[k] = plan->pointers[k];
    for (int d = 0; d <= last; d++) p[k] += index[d] * plan->strides[k][d];
  }
  long since = 0;
  while (begin < end) {
    long n = inner - index[last];
    if (n > end - begin) n = end - begin;
    if (n > poll_elements) n = poll_elements;
    int error = kernel(p, steps, n, context);
    if (error) return error;
    begin += n;
    since += n;
    if (since >= poll_elements) {
      if (tnb_interrupt_pending()) return tnb_interrupted;
      since = 0;
    }
    index[last] += n;
    for (int k = 0; k < operands; k++) p[k] += n * steps[k];
    for (int d = last; d > 0 && index[d] == plan->shape[d]; d--) {
      index[d] = 0;
      index[d - 1]++;
      for (int k = 0; k < operands; k++) {
        p[k] += plan->strides[k][d - 1] - plan->shape[d] * plan->strides[k][d];
      }
    }
  }
  return tnb_ok;
}

typedef struct {
  const tnb_plan *plan;
  tnb_kernel kernel;
  const void *context;
  _Atomic int error;
} parallel_run;

static void run_part(void *context, long begin, long end) {
  parallel_run *run = context;
  int error = run_range(run->plan, run->kernel, run->context, begin, end);
  if (error) run->error = error;
}

static int run_plan(tnb_plan *plan, tnb_kernel kernel, const void *context, long grain) {
  coalesce(plan);
  if (plan->dims == 0) {
    long zero[tnb_max_operands] = {0};
    return kernel(plan->pointers, zero, 1, context);
  }
  long count = 1;
  for (int i = 0; i < plan->dims; i++) count *= plan->shape[i];
  if (count == 0) return tnb_ok;
  if (plan->dims == 1 && count < grain && count <= poll_elements) {
    long steps[tnb_max_operands];
    for (int k = 0; k < plan->operands; k++) steps[k] = plan->strides[k][0];
    return kernel(plan->pointers, steps, count, context);
  }
  if (count < 2 * grain) return run_range(plan, kernel, context, 0, count);
  parallel_run run = {plan, kernel, context, 0};
  tnb_parallel(count, grain, run_part, &run);
  return run.error;
}

int tnb_run(tnb_plan *plan, tnb_kernel kernel, const void *context, int cost) {
  // Waking a thread takes some microseconds: a part should be worth about ten.
  long grain = cost <= 1 ? 1 << 16 : cost >= 64 ? 1 << 11 : (1 << 16) / cost;
  return run_plan(plan, kernel, context, grain);
}

int tnb_run_serial(tnb_plan *plan, tnb_kernel kernel, const void *context) {
  return run_plan(plan, kernel, context, LONG_MAX / 4);
}
