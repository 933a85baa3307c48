#include "gemm.h"
#include <string.h>
#include "gemm_float.h"
#include "interrupt.h"
#include "simd.h"

// Integers: one row of the result at a time, wrapping around.
TNB_CLONES static void multiply_int64(
  long m, long n, long k, uint64_t alpha, const uint64_t *a, long ar, long ac, const uint64_t *b, long br, long bc,
  uint64_t beta, uint64_t *c, long ldc) {
  for (long i = 0; i < m; i++) {
    uint64_t *restrict row = c + i * ldc;
    for (long j = 0; j < n; j++) row[j] = beta == 0 ? 0 : row[j] * beta;
    for (long p = 0; p < k; p++) {
      uint64_t x = alpha * a[i * ar + p * ac];
      const uint64_t *restrict y = b + p * br;
      if (bc == 1) for (long j = 0; j < n; j++) row[j] += x * y[j];
      else for (long j = 0; j < n; j++) row[j] += x * y[j * bc];
    }
  }
}

#define DOT(S, T, A)                                                                                 \
  TNB_CLONES static T dot_##S(long n, const T *x, long xs, const T *y, long ys) {                    \
    if (xs == 1 && ys == 1 && n >= 32) {                                                             \
      A acc[32] = {0};                                                                               \
      long i = 0;                                                                                    \
      for (; i + 32 <= n; i += 32)                                                                   \
        for (int l = 0; l < 32; l++) acc[l] += (A)x[i + l] * (A)y[i + l];                            \
      A sum = 0;                                                                                     \
      for (int l = 0; l < 32; l++) sum += acc[l];                                                    \
      for (; i < n; i++) sum += (A)x[i] * (A)y[i];                                                   \
      return (T)sum;                                                                                 \
    }                                                                                                \
    A sum = 0;                                                                                       \
    for (long i = 0; i < n; i++) sum += (A)x[i * xs] * (A)y[i * ys];                                 \
    return (T)sum;                                                                                   \
  }
DOT(float32, float, float)
DOT(float64, double, double)
DOT(int64, int64_t, uint64_t)


// A product of so few multiplications is over before a panel is laid out.
enum { tiny_work = 64 };

// Two columns at a time.
#define TINY(S, T)                                                                                   \
  static void tiny_##S(                                                                              \
    long m, long n, long k, T alpha, tnb_matrix a, tnb_matrix b, T beta, T *c, long ldc) {           \
    for (long i = 0; i < m; i++, c += ldc) {                                                         \
      const T *row = (const T *)a.data + i * a.rows;                                                 \
      for (long j = 0; j < n; j += 2) {                                                              \
        int has_second = j + 1 < n;                                                                  \
        const T *x = row, *y = (const T *)b.data + j * b.columns, *z = has_second ? y + b.columns : y; \
        T first = 0, second = 0;                                                                     \
        _Pragma("clang loop vectorize(disable) unroll(disable)") for (long p = 0; p < k; p++) {      \
          first += *x * *y;                                                                          \
          second += *x * *z;                                                                         \
          x += a.columns;                                                                            \
          y += b.rows;                                                                               \
          z += b.rows;                                                                               \
        }                                                                                            \
        if (alpha != 1) { first *= alpha; second *= alpha; }                                         \
        c[j] = beta == 0 ? first : first + beta * c[j];                                              \
        if (has_second) c[j + 1] = beta == 0 ? second : second + beta * c[j + 1];                    \
      }                                                                                              \
    }                                                                                                \
  }
TINY(float32, float)
TINY(float64, double)

// A large matrix times a vector: a row is a sum of its own.
#define VECTOR(S, T)                                                                                 \
  typedef struct { long k; T alpha, beta; const T *a, *x; T *c; long ar, xs, ldc; } vector_##S;      \
  static void vector_rows_##S(void *context, long begin, long end) {                                 \
    const vector_##S *v = context;                                                                   \
    for (long i = begin; i < end; i++) {                                                             \
      T sum = v->alpha * dot_##S(v->k, v->a + i * v->ar, 1, v->x, v->xs), *out = v->c + i * v->ldc;  \
      *out = v->beta == 0 ? sum : sum + v->beta * *out;                                              \
    }                                                                                                \
  }                                                                                                  \
  static int float_##S(long m, long n, long k, T alpha, tnb_matrix a, tnb_matrix b, T beta, T *c, long ldc) { \
    if (m * n * k <= tiny_work && m <= tiny_work && n <= tiny_work) {                                \
      tiny_##S(m, n, k, alpha, a, b, beta, c, ldc);                                                  \
      return 0;                                                                                      \
    }                                                                                                \
    if (n == 1 && a.columns == 1 && m * k >= 2048) {                                                 \
      vector_##S v = {k, alpha, beta, a.data, b.data, c, a.rows, b.rows, ldc};                       \
      tnb_parallel(m, k < 1 << 17 ? (1 << 17) / k + 1 : 1, vector_rows_##S, &v);                     \
      return tnb_interrupt_pending() ? tnb_interrupted : 0;                                          \
    }                                                                                                \
    tnb_product_##S g = {m, n, k, alpha, beta, a.data, b.data, c, a.rows, a.columns, b.rows, b.columns, ldc}; \
    if (n == 1 && a.rows == 1 && ldc == 1) {                                                         \
      /* (A x)ᵀ = xᵀ Aᵀ: the rows of Aᵀ are dense. */                                                \
      tnb_product_##S turned = {1, m, k, alpha, beta, b.data, a.data, c, 0, b.rows, a.columns, 1, m}; \
      g = turned;                                                                                    \
    }                                                                                                \
    return tnb_multiply_##S(&g);                                                                     \
  }
VECTOR(float32, float)
VECTOR(float64, double)

int tnb_gemm(
  int dtype, long m, long n, long k, double alpha, tnb_matrix a, tnb_matrix b, double beta, void *c, long ldc) {
  if (m == 0 || n == 0) return 0;
  switch (dtype) {
  case tnb_float32: return float_float32(m, n, k, (float)alpha, a, b, (float)beta, c, ldc);
  case tnb_float64: return float_float64(m, n, k, alpha, a, b, beta, c, ldc);
  default: {
    // Rows in pieces, so that an interrupt is seen.
    long piece = n * k > 0 ? (1L << 26) / (n * k) : m;
    if (piece < 1) piece = 1;
    for (long i = 0; i < m; i += piece) {
      long rows = m - i < piece ? m - i : piece;
      multiply_int64(
        rows, n, k, (uint64_t)(int64_t)alpha, (const uint64_t *)a.data + i * a.rows, a.rows, a.columns, b.data, b.rows,
        b.columns, (uint64_t)(int64_t)beta, (uint64_t *)c + i * ldc, ldc);
      if (tnb_interrupt_pending()) return tnb_interrupted;
    }
    return 0;
  }
  }
}

static int dot_piece(int dtype, long n, const void *x, long x_step, const void *y, long y_step, void *result) {
  switch (dtype) {
  case tnb_float32: *(float *)result += dot_float32(n, x, x_step, y, y_step); break;
  case tnb_float64: *(double *)result += dot_float64(n, x, x_step, y, y_step); break;
  default: *(uint64_t *)result += (uint64_t)dot_int64(n, x, x_step, y, y_step);
  }
  return tnb_interrupt_pending() ? tnb_interrupted : 0;
}

int tnb_dot(int dtype, long n, const void *x, long x_step, const void *y, long y_step, void *result) {
  long size = dtype == tnb_float32 ? 4 : 8;
  memset(result, 0, (size_t)size);
  // Expanded vectors may be longer than memory: they are taken in pieces, between which an interrupt is seen.
  long piece = x_step == 0 || y_step == 0 ? 1 << 24 : n;
  for (long from = 0; from < n; from += piece) {
    long part = n - from < piece ? n - from : piece;
    const char *p = (const char *)x + from * x_step * size, *q = (const char *)y + from * y_step * size;
    int error = dot_piece(dtype, part, p, x_step, q, y_step, result);
    if (error) return error;
  }
  return 0;
}

typedef struct {
  int dtype;
  long m, n, k, a_step, b_step, ldc, c_step;
  double alpha, beta;
  tnb_matrix a, b;
  char *c;
  _Atomic int error;
} batch;

static void batch_part(void *context, long begin, long end) {
  batch *g = (batch *)context;
  long size = g->dtype == tnb_float32 ? 4 : 8;
  for (long i = begin; i < end; i++) {
    tnb_matrix a = {(const char *)g->a.data + i * g->a_step * size, g->a.rows, g->a.columns};
    tnb_matrix b = {(const char *)g->b.data + i * g->b_step * size, g->b.rows, g->b.columns};
    int error = tnb_gemm(
      g->dtype, g->m, g->n, g->k, g->alpha, a, b, g->beta, g->c + i * g->c_step * size, g->ldc);
    if (error) { g->error = error; return; }
    if (tnb_interrupt_pending()) { g->error = tnb_interrupted; return; }
  }
}

int tnb_gemm_batch(
  int dtype, long count, long m, long n, long k, double alpha, tnb_matrix a, long a_step, tnb_matrix b, long b_step,
  double beta, void *c, long ldc, long c_step) {
  batch g = {dtype, m, n, k, a_step, b_step, ldc, c_step, alpha, beta, a, b, (char *)c, 0};
  double work = (double)m * (double)n * (double)k;
  // Large products use the threads themselves.
  if (work > 1 << 21 || work * (double)count < 1 << 18) batch_part(&g, 0, count);
  else tnb_parallel(count, work > 1 << 17 ? 1 : (long)((1 << 17) / (work + 1)) + 1, batch_part, &g);
  return g.error;
}
