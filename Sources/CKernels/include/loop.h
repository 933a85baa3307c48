#pragma once
#include <stddef.h>
#include <stdint.h>

/// Element types, numbered as Swift's DType.
enum {
  tnb_bool, tnb_uint8, tnb_int8, tnb_int16, tnb_int32, tnb_int64, tnb_float16, tnb_bfloat16, tnb_float32, tnb_float64,
  tnb_dtype_count
};

/// A shape or strides as Swift's Dims lays them out.
typedef struct { long v[8]; long count; } tnb_dims;

static inline __attribute__((always_inline)) int tnb_same_dims(const tnb_dims *a, const tnb_dims *b) {
  if (a->count != b->count) return 0;
  for (long i = 0; i < a->count; i++) if (a->v[i] != b->v[i]) return 0;
  return 1;
}

static inline __attribute__((always_inline)) long tnb_product_of(const tnb_dims *a) {
  long product = 1;
  for (long i = 0; i < a->count; i++) product = (long)((unsigned long)product * (unsigned long)a->v[i]);
  return product;
}

/// Whether `strides` are the row-major ones for `shape`; dimensions of size one may have any stride.
static inline __attribute__((always_inline)) int tnb_is_contiguous(const tnb_dims *shape, const tnb_dims *strides) {
  long step = 1;
  for (long i = shape->count - 1; i >= 0; i--) {
    if (shape->v[i] == 0) return 1;
    if (shape->v[i] == 1) continue;
    if (strides->v[i] != step) return 0;
    step *= shape->v[i];
  }
  return 1;
}

/// Row-major strides, in elements, as PyTorch gives them for a contiguous tensor (a size of zero counts as one).
static inline __attribute__((always_inline)) void tnb_set_contiguous(const tnb_dims *shape, tnb_dims *strides) {
  long step = 1;
  for (long i = shape->count - 1; i >= 0; i--) {
    strides->v[i] = step;
    step *= shape->v[i] > 1 ? shape->v[i] : 1;
  }
  strides->count = shape->count;
}

/// One run over `n` elements: `p[i]` is operand i (0 is the output), `strides[i]` its step in bytes. Returns 0 or an error.
typedef int (*tnb_kernel)(char *const *p, const long *strides, long n, const void *context);

enum { tnb_ok = 0, tnb_interrupted = -1, tnb_divided_by_zero = 1, tnb_negative_power = 2, tnb_out_of_range = 3 };
enum { tnb_max_operands = 5 };

/// Operands over one broadcast shape, as the driver loops over them. Strides are in bytes.
typedef struct {
  long shape[8];
  long strides[tnb_max_operands][8];
  char *pointers[tnb_max_operands];
  int dims;
  int operands;
} tnb_plan;

void tnb_plan_begin(tnb_plan *plan, const tnb_dims *shape);
/// Adds an operand, broadcast to the plan's shape; the caller has checked that it fits.
void tnb_plan_add(tnb_plan *plan, void *data, const tnb_dims *shape, const tnb_dims *strides, long element_bytes);
/// Adds an operand whose strides (in elements) are given for every dimension of the plan.
void tnb_plan_add_raw(tnb_plan *plan, void *data, const long *strides, long element_bytes);
/// Runs `kernel` over everything: dimensions that lie behind each other are joined, large work is split over the
/// threads, and an interrupt ends it. `cost` is about how many nanoseconds 16 elements take. Returns 0 or the first error.
int tnb_run(tnb_plan *plan, tnb_kernel kernel, const void *context, int cost);
/// The same on one thread (for kernels that are not independent of each other, such as accumulating ones).
int tnb_run_serial(tnb_plan *plan, tnb_kernel kernel, const void *context);

/// Calls `body(context, begin, end)` for parts of 0..<n on the threads; parts are at least `grain` long.
void tnb_parallel(long n, long grain, void (*body)(void *context, long begin, long end), void *context);
int tnb_thread_count(void);
/// How many threads at most would take parts of a job now.
int tnb_threads_at_hand(void);
enum { tnb_most_threads = 16 };
void tnb_set_thread_count(int n);

/// Calls a kernel once over dense operands; the sizes are the steps in bytes.
static inline int tnb_call2(tnb_kernel kernel, void *out, long so, void *a, long sa, long n, const void *context) {
  char *p[2] = {(char *)out, (char *)a};
  long s[2] = {so, sa};
  return kernel(p, s, n, context);
}
static inline int tnb_call3(
  tnb_kernel kernel, void *out, long so, void *a, long sa, void *b, long sb, long n, const void *context) {
  char *p[3] = {(char *)out, (char *)a, (char *)b};
  long s[3] = {so, sa, sb};
  return kernel(p, s, n, context);
}

/// Bytes of an operand that is laid out densely before a small kernel runs.
enum { tnb_small_bytes = 2048 };
/// The shape two operands broadcast to, and its number of elements; -1 where they do not fit, where there are more than `most`, or
/// where the result is not dense because the operand that leads it is not.
long tnb_plan_small(
  const tnb_dims *a, const tnb_dims *a_strides, const tnb_dims *b, const tnb_dims *b_strides, long most, tnb_dims *shape);
/// Runs a kernel of two inputs over few elements (`count` of `shape`, with at most `tnb_small_bytes` in each input of
/// `input_bytes` an element) into the dense `out`: an input that is broadcast or strided is first laid out densely, which costs less
/// than looping over it.
int tnb_call_small(
  tnb_kernel kernel, const tnb_dims *shape, long count, void *out, long out_bytes, const void *a, const tnb_dims *a_shape,
  const tnb_dims *a_strides, const void *b, const tnb_dims *b_shape, const tnb_dims *b_strides, long input_bytes,
  const void *context);
/// Copies the elements of a small operand, broadcast to `shape`, into dense memory.
void tnb_lay_out(
  void *to, const tnb_dims *shape, const void *from, const tnb_dims *from_shape, const tnb_dims *from_strides, long bytes);
