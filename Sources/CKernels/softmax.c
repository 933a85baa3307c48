#include "activations.h"
#include "interrupt.h"
#include "simd.h"
#include "transcendental.h"
#include <math.h>

// Softmax and its gradient, row by row; the rows are shared out over the threads.

static inline void exp_row_float(float *o, const float *x, long n) { tnb_exp_row(o, x, n); }
static inline void exp_row_double(double *o, const double *x, long n) { for (long i = 0; i < n; i++) o[i] = exp(x[i]); }

typedef struct {
  const void *x, *y;
  void *out;
  long n;
  int logarithmic;
} rows;

enum { lanes = 16, block = 256 };

// A sum of terms in i, in 16 lanes that are folded at the end, whatever the processor's vectors are; fewer terms in order.
#define SUM(name, type, term, ...)                                                                \
  TNB_CLONES static type name(long n, __VA_ARGS__) {                                              \
    type sums[lanes] = {0}, sum = 0;                                                              \
    long start = 0;                                                                               \
    for (; start + lanes <= n; start += lanes)                                                    \
      for (int l = 0; l < lanes; l++) { long i = start + l; sums[l] += term; }                    \
    if (start > 0) {                                                                              \
      for (int w = lanes / 2; w > 0; w /= 2) for (int l = 0; l < w; l++) sums[l] += sums[l + w];  \
      sum = sums[0];                                                                              \
    }                                                                                             \
    for (long i = start; i < n; i++) sum += term;                                                 \
    return sum;                                                                                   \
  }

#define SOFTMAX(type, logarithm)                                                                  \
  SUM(sum_##type, type, a[i], const type *a)                                                      \
  SUM(product_##type, type, a[i] * b[i], const type *a, const type *b)                            \
  TNB_CLONES static type largest_##type(const type *a, long n) {                                  \
    type most[lanes], result = -INFINITY;                                                         \
    for (int l = 0; l < lanes; l++) most[l] = -INFINITY;                                          \
    long i = 0;                                                                                   \
    for (; i + lanes <= n; i += lanes)                                                            \
      for (int l = 0; l < lanes; l++) most[l] = a[i + l] > most[l] || a[i + l] != a[i + l] ? a[i + l] : most[l]; \
    for (int l = 0; l < lanes; l++) result = most[l] > result || most[l] != most[l] ? most[l] : result; \
    for (; i < n; i++) result = a[i] > result || a[i] != a[i] ? a[i] : result;                    \
    return result;                                                                                \
  }                                                                                               \
  TNB_CLONES static void softmax_row_##type(const type *a, type *o, long n, int logarithmic) {    \
    type largest = largest_##type(a, n);                                                          \
    if (!logarithmic) {                                                                           \
      TNB_VECTOR for (long i = 0; i < n; i++) o[i] = a[i] - largest;                              \
      exp_row_##type(o, o, n);                                                                    \
      type total = sum_##type(n, o);                                                              \
      TNB_VECTOR for (long i = 0; i < n; i++) o[i] /= total;                                      \
      return;                                                                                     \
    }                                                                                             \
    type part[block], total = 0;                                                                  \
    for (long start = 0; start < n; start += block) {                                             \
      long m = n - start < block ? n - start : block;                                             \
      TNB_VECTOR for (long i = 0; i < m; i++) part[i] = a[start + i] - largest;                   \
      exp_row_##type(part, part, m);                                                              \
      total += sum_##type(m, part);                                                               \
    }                                                                                             \
    type shift = logarithm(total);                                                                \
    TNB_VECTOR for (long i = 0; i < n; i++) o[i] = a[i] - largest - shift;                        \
  }                                                                                               \
  TNB_CLONES static void gradient_row_##type(const type *u, const type *v, type *o, long n, int logarithmic) { \
    if (!logarithmic) {                                                                           \
      type total = product_##type(n, u, v);                                                       \
      TNB_VECTOR for (long i = 0; i < n; i++) o[i] = (u[i] - total) * v[i];                       \
      return;                                                                                     \
    }                                                                                             \
    type part[block], total = sum_##type(n, u);                                                   \
    for (long start = 0; start < n; start += block) {                                             \
      long m = n - start < block ? n - start : block;                                             \
      exp_row_##type(part, v + start, m);                                                         \
      TNB_VECTOR for (long i = 0; i < m; i++) o[start + i] = u[start + i] - part[i] * total;      \
    }                                                                                             \
  }                                                                                               \
  static void softmax_rows_##type(void *context, long begin, long end) {                          \
    const rows *r = context;                                                                      \
    for (long i = begin; i < end && !tnb_interrupt_pending(); i++)                                \
      softmax_row_##type((const type *)r->x + i * r->n, (type *)r->out + i * r->n, r->n, r->logarithmic); \
  }                                                                                               \
  static void gradient_rows_##type(void *context, long begin, long end) {                         \
    const rows *r = context;                                                                      \
    for (long i = begin; i < end && !tnb_interrupt_pending(); i++)                                \
      gradient_row_##type(                                                                        \
        (const type *)r->x + i * r->n, (const type *)r->y + i * r->n, (type *)r->out + i * r->n, r->n, r->logarithmic); \
  }
SOFTMAX(float, logf)
SOFTMAX(double, log)

// Elements that a part should have at least.
enum { part_elements = 1 << 13 };

static int share(void (*body)(void *, long, long), rows *r, long count) {
  long grain = part_elements / (r->n + 1) + 1;
  tnb_parallel(count, grain, body, r);
  return tnb_interrupt_pending() ? tnb_interrupted : 0;
}

int tnb_softmax_rows(const void *x, void *out, long count, long n, int dtype, int logarithmic) {
  rows r = {x, NULL, out, n, logarithmic};
  return share(dtype == tnb_float32 ? softmax_rows_float : softmax_rows_double, &r, count);
}

int tnb_softmax_gradient_rows(const void *g, const void *y, void *out, long count, long n, int dtype, int logarithmic) {
  rows r = {g, y, out, n, logarithmic};
  return share(dtype == tnb_float32 ? gradient_rows_float : gradient_rows_double, &r, count);
}
