#include "gemm.h"
#include "interrupt.h"
#include "simd.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

// Products too small to pack: one row of the result at a time, each element summed in order and unfused, which is what
// PyTorch's small products give.
#define SMALL(NAME, T, A)                                                                            \
  TNB_CLONES static void NAME(                                                                       \
    long m, long n, long k, T alpha, const T *a, long ar, long ac, const T *b, long br, long bc, T beta, T *c, \
    long ldc) {                                                                                      \
    for (long i = 0; i < m; i++) {                                                                   \
      T *restrict row = c + i * ldc;                                                                 \
      if (beta == 0) for (long j = 0; j < n; j++) row[j] = 0;                                        \
      else if (beta != 1) for (long j = 0; j < n; j++) row[j] = (T)((A)row[j] * (A)beta);            \
      if (bc == 1 && n >= 4) {                                                                       \
        for (long p = 0; p < k; p++) {                                                               \
          T x = (T)((A)alpha * (A)a[i * ar + p * ac]);                                               \
          const T *restrict y = b + p * br;                                                          \
          for (long j = 0; j < n; j++) row[j] = (T)((A)row[j] + (A)x * (A)y[j]);                     \
        }                                                                                            \
      } else {                                                                                       \
        for (long j = 0; j < n; j++) {                                                               \
          T sum = 0;                                                                                 \
          for (long p = 0; p < k; p++) sum = (T)((A)sum + (A)a[i * ar + p * ac] * (A)b[p * br + j * bc]); \
          row[j] = (T)((A)row[j] + (A)alpha * (A)sum);                                               \
        }                                                                                            \
      }                                                                                              \
    }                                                                                                \
  }
SMALL(small_float32, float, float)
SMALL(small_float64, double, double)
SMALL(small_int64, int64_t, uint64_t)

// The packed product (after BLIS): tiles of MR × NR results stay in registers while a slab of KC terms is added.
#define BLOCKED(S, T, LANES, KC, MC)                                                                 \
  enum { mr_##S = 6, nr_##S = 2 * LANES, kc_##S = KC, mc_##S = MC };                                 \
  typedef T lanes_##S __attribute__((vector_size(32), aligned(sizeof(T))));                          \
  TILE(tile_base_##S, , S, T, LANES, acc + x * y)                                                    \
  WIDE_TILE(S, T, LANES)                                                                             \
  static void pack_a_##S(T *out, const T *a, long ar, long ac, long m, long k) {                     \
    for (long i = 0; i < m; i += mr_##S) {                                                           \
      long rows = m - i < mr_##S ? m - i : mr_##S;                                                   \
      for (long p = 0; p < k; p++, out += mr_##S) {                                                  \
        for (long r = 0; r < rows; r++) out[r] = a[(i + r) * ar + p * ac];                           \
        for (long r = rows; r < mr_##S; r++) out[r] = 0;                                             \
      }                                                                                              \
    }                                                                                                \
  }                                                                                                  \
  static void pack_b_##S(T *out, const T *b, long br, long bc, long k, long from, long to) {         \
    for (long j = from; j < to; j += nr_##S) {                                                       \
      long columns = to - j < nr_##S ? to - j : nr_##S;                                              \
      if (bc == 1 && columns == nr_##S) {                                                            \
        for (long p = 0; p < k; p++, out += nr_##S) memcpy(out, b + p * br + j, sizeof(T) * nr_##S); \
        continue;                                                                                    \
      }                                                                                              \
      if (br == 1) {                                                                                 \
        for (long q = 0; q < columns; q++) {                                                         \
          const T *column = b + (j + q) * bc;                                                        \
          for (long p = 0; p < k; p++) out[p * nr_##S + q] = column[p];                              \
        }                                                                                            \
        for (long q = columns; q < nr_##S; q++) for (long p = 0; p < k; p++) out[p * nr_##S + q] = 0; \
        out += k * nr_##S;                                                                           \
        continue;                                                                                    \
      }                                                                                              \
      for (long p = 0; p < k; p++, out += nr_##S) {                                                  \
        for (long q = 0; q < columns; q++) out[q] = b[p * br + (j + q) * bc];                        \
        for (long q = columns; q < nr_##S; q++) out[q] = 0;                                          \
      }                                                                                              \
    }                                                                                                \
  }                                                                                                  \
  typedef struct {                                                                                   \
    long m, n, k, ar, ac, br, bc, ldc, height;                                                       \
    const T *a, *b;                                                                                  \
    T *c, *packed_b;                                                                                 \
    T alpha, beta;                                                                                   \
    _Atomic int failed;                                                                              \
  } product_##S;                                                                                     \
  static void pack_part_##S(void *context, long begin, long end) {                                   \
    product_##S *g = (product_##S *)context;                                                         \
    long to = end * nr_##S < g->n ? end * nr_##S : g->n;                                             \
    pack_b_##S(g->packed_b + begin * nr_##S * g->k, g->b, g->br, g->bc, g->k, begin * nr_##S, to);   \
  }                                                                                                  \
  /* Block rows begin..<end of the result, for one slab. */                                          \
  static void rows_##S(void *context, long begin, long end) {                                        \
    product_##S *g = (product_##S *)context;                                                         \
    T *packed = (T *)aligned_alloc(64, sizeof(T) * (mc_##S + mr_##S) * kc_##S);                      \
    if (!packed) { g->failed = 1; return; }                                                          \
    int wide = tnb_has_wide();                                                                       \
    for (long block = begin; block < end; block++) {                                                 \
      if (tnb_interrupt_pending()) break;                                                            \
      long i0 = block * g->height, m = g->m - i0 < g->height ? g->m - i0 : g->height;                \
      pack_a_##S(packed, g->a + i0 * g->ar, g->ar, g->ac, m, g->k);                                  \
      for (long j = 0; j < g->n; j += nr_##S) {                                                      \
        const T *slab = g->packed_b + j * g->k;                                                      \
        long columns = g->n - j < nr_##S ? g->n - j : nr_##S;                                        \
        for (long i = 0; i < m; i += mr_##S) {                                                       \
          long rows = m - i < mr_##S ? m - i : mr_##S;                                               \
          (wide ? tile_wide_##S : tile_base_##S)(                                                    \
            g->k, packed + i * g->k, slab, g->c + (i0 + i) * g->ldc + j, g->ldc, rows, columns, g->alpha, g->beta); \
        }                                                                                            \
      }                                                                                              \
    }                                                                                                \
    free(packed);                                                                                    \
  }                                                                                                  \
  static int blocked_##S(                                                                            \
    long m, long n, long k, T alpha, const T *a, long ar, long ac, const T *b, long br, long bc, T beta, T *c, \
    long ldc) {                                                                                      \
    enum { nc = 4096 };                                                                              \
    long width = n < nc ? (n + nr_##S - 1) / nr_##S * nr_##S : nc;                                   \
    long depth = k < kc_##S ? k : kc_##S;                                                            \
    T *packed_b = (T *)aligned_alloc(64, (sizeof(T) * width * depth + 63) / 64 * 64);                \
    if (!packed_b) return -3;                                                                        \
    int failed = 0;                                                                                  \
    /* As many block rows as keep all threads busy to the end. */                                    \
    long rounds = tnb_thread_count() * ((m + mc_##S * tnb_thread_count() - 1) / (mc_##S * tnb_thread_count())); \
    long height = ((m + rounds - 1) / rounds + mr_##S - 1) / mr_##S * mr_##S;                        \
    for (long j = 0; j < n && !failed; j += nc) {                                                    \
      for (long p = 0; p < k && !failed; p += kc_##S) {                                              \
        product_##S g = {m, n - j < nc ? n - j : nc, k - p < kc_##S ? k - p : kc_##S, ar, ac, br, bc, ldc, height, \
                         a + p * ac, b + p * br + j * bc, c + j, packed_b, alpha, p == 0 ? beta : 1, 0}; \
        long slabs = (g.n + nr_##S - 1) / nr_##S, blocks = (m + height - 1) / height;                \
        int many = m * g.n * g.k > 1 << 19;                                                          \
        tnb_parallel(slabs, many ? 4 : slabs, pack_part_##S, &g);                                    \
        tnb_parallel_each(blocks, many, rows_##S, &g);                                               \
        failed = g.failed ? -3 : tnb_interrupt_pending() ? tnb_interrupted : 0;                      \
      }                                                                                              \
    }                                                                                                \
    free(packed_b);                                                                                  \
    return failed;                                                                                   \
  }

#define TILE(NAME, ATTRIBUTE, S, T, LANES, FUSED)                                                    \
  ATTRIBUTE static void NAME(                                                                        \
    long k, const T *a, const T *b, T *c, long ldc, long rows, long columns, T alpha, T beta) {      \
    lanes_##S sums[6][2];                                                                            \
    memset(sums, 0, sizeof sums);                                                                    \
    for (long p = 0; p < k; p++, a += 6, b += 2 * LANES) {                                           \
      lanes_##S y0, y1;                                                                              \
      memcpy(&y0, b, 32);                                                                            \
      memcpy(&y1, b + LANES, 32);                                                                    \
      _Pragma("clang loop unroll(full)") for (int r = 0; r < 6; r++) {                               \
        lanes_##S x = a[r] - (lanes_##S){0};                                                         \
        { lanes_##S acc = sums[r][0], y = y0; sums[r][0] = FUSED; }                                  \
        { lanes_##S acc = sums[r][1], y = y1; sums[r][1] = FUSED; }                                  \
      }                                                                                              \
    }                                                                                                \
    for (long r = 0; r < rows; r++) {                                                                \
      T *row = c + r * ldc;                                                                          \
      T line[2 * LANES];                                                                             \
      memcpy(line, sums[r], sizeof line);                                                            \
      if (columns == 2 * LANES && alpha == 1 && beta == 1) {                                         \
        for (int j = 0; j < 2 * LANES; j++) row[j] += line[j];                                       \
      } else if (columns == 2 * LANES && alpha == 1 && beta == 0) {                                  \
        memcpy(row, line, sizeof line);                                                              \
      } else {                                                                                       \
        for (long j = 0; j < columns; j++) row[j] = alpha * line[j] + (beta == 0 ? 0 : beta * row[j]); \
      }                                                                                              \
    }                                                                                                \
  }

#if defined(__x86_64__)
#include <immintrin.h>
static inline int tnb_has_wide(void) {
  static int known = -1;
  if (known < 0) known = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return known;
}
#define FUSED_float32 (lanes_float32)_mm256_fmadd_ps((__m256)x, (__m256)y, (__m256)acc)
#define FUSED_float64 (lanes_float64)_mm256_fmadd_pd((__m256d)x, (__m256d)y, (__m256d)acc)
#define WIDE_TILE(S, T, LANES) TILE(tile_wide_##S, __attribute__((target("avx2,fma"))), S, T, LANES, FUSED_##S)
#else
static inline int tnb_has_wide(void) { return 0; }
#define WIDE_TILE(S, T, LANES) TILE(tile_wide_##S, , S, T, LANES, acc + x * y)
#endif

// Parts of one block row each.
static void tnb_parallel_each(long n, int many, void (*body)(void *, long, long), void *context) {
  if (many) tnb_parallel(n, 1, body, context);
  else body(context, 0, n);
}

BLOCKED(float32, float, 8, 384, 96)
BLOCKED(float64, double, 4, 256, 96)

// oneDNN's product of large float32 matrices is about a third faster than ours, where it is installed. Loading it takes
// tens of milliseconds, so only products of at least this many multiplications look for it. Size alone decides: the same
// product always gives the same digits.
static const double library_threshold = 1 << 27;
typedef int (*sgemm_function)(
  char ta, char tb, long m, long n, long k, float alpha, const float *a, long lda, const float *b, long ldb, float beta,
  float *c, long ldc);

static sgemm_function library_sgemm(void) {
  static int looked = 0;
  static sgemm_function found = NULL;
  if (looked) return found;
  looked = 1;
  // Its threads should sleep between products: ours do the rest of the work.
  setenv("OMP_WAIT_POLICY", "passive", 0);
  void *library = NULL;
  static const char *const names[] = {"libdnnl.so.3", "libdnnl.so.2"};
  for (int i = 0; i < 2 && !library; i++) library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
  if (library) found = (sgemm_function)dlsym(library, "dnnl_sgemm");
  return found;
}

// Rows in pieces of about a quarter of a second, so that an interrupt is seen in time. -2 where the layout does not fit.
static int library_product(
  sgemm_function f, long m, long n, long k, float alpha, tnb_matrix a, tnb_matrix b, float beta, float *c, long ldc) {
  int ta = a.columns != 1, tb = b.columns != 1;
  long lda = ta ? a.columns : a.rows, ldb = tb ? b.columns : b.rows;
  if ((ta && a.rows != 1) || (tb && b.rows != 1) || lda < (ta ? m : k) || ldb < (tb ? k : n)) return -2;
  double per_row = (double)n * (double)k;
  long piece = per_row * (double)m < 1e10 ? m : (long)(1e10 / per_row) + 1;
  for (long i = 0; i < m; i += piece) {
    if (tnb_interrupt_pending()) return tnb_interrupted;
    long rows = m - i < piece ? m - i : piece;
    const float *from = (const float *)a.data + i * a.rows;
    if (f(ta ? 'T' : 'N', tb ? 'T' : 'N', rows, n, k, alpha, from, lda, b.data, ldb, beta, c + i * ldc, ldc)) return -2;
  }
  return 0;
}

int tnb_gemm(
  int dtype, long m, long n, long k, double alpha, tnb_matrix a, tnb_matrix b, double beta, void *c, long ldc) {
  if (m == 0 || n == 0) return 0;
  double work = (double)m * (double)n * (double)k;
  // Thin products gain nothing from packing.
  int is_small = work < 2048 || m < 3 || n < 4 || k < 4;
  switch (dtype) {
  case tnb_float32:
    if (is_small && work < 1 << 20) {
      small_float32(m, n, k, (float)alpha, a.data, a.rows, a.columns, b.data, b.rows, b.columns, (float)beta, c, ldc);
      return 0;
    }
    if (work >= library_threshold) {
      sgemm_function f = library_sgemm();
      if (f) {
        int result = library_product(f, m, n, k, (float)alpha, a, b, (float)beta, c, ldc);
        if (result != -2) return result;
      }
    }
    return blocked_float32(m, n, k, (float)alpha, a.data, a.rows, a.columns, b.data, b.rows, b.columns, (float)beta, c, ldc);
  case tnb_float64:
    if (is_small && work < 1 << 20) {
      small_float64(m, n, k, alpha, a.data, a.rows, a.columns, b.data, b.rows, b.columns, beta, c, ldc);
      return 0;
    }
    return blocked_float64(m, n, k, alpha, a.data, a.rows, a.columns, b.data, b.rows, b.columns, beta, c, ldc);
  default: {
    // Rows in pieces, so that an interrupt is seen.
    long piece = n * k > 0 ? (1L << 26) / (n * k) : m;
    if (piece < 1) piece = 1;
    for (long i = 0; i < m; i += piece) {
      long rows = m - i < piece ? m - i : piece;
      small_int64(
        rows, n, k, (int64_t)alpha, (const int64_t *)a.data + i * a.rows, a.rows, a.columns, b.data, b.rows, b.columns,
        (int64_t)beta, (int64_t *)c + i * ldc, ldc);
      if (tnb_interrupt_pending()) return tnb_interrupted;
    }
    return 0;
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

void tnb_dot(int dtype, long n, const void *x, long x_step, const void *y, long y_step, void *result) {
  switch (dtype) {
  case tnb_float32: *(float *)result = dot_float32(n, x, x_step, y, y_step); return;
  case tnb_float64: *(double *)result = dot_float64(n, x, x_step, y, y_step); return;
  default: *(int64_t *)result = dot_int64(n, x, x_step, y, y_step);
  }
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
