#define _GNU_SOURCE
#include "reduce.h"
#include "rows.h"
#include "simd.h"
#include "sum.h"
#include <math.h>
#include <string.h>

#define INTEGERS(X, ...)                                                                             \
  X(uint8, uint8_t, __VA_ARGS__) X(int8, int8_t, __VA_ARGS__) X(int16, int16_t, __VA_ARGS__)         \
  X(int32, int32_t, __VA_ARGS__) X(int64, int64_t, __VA_ARGS__)
#define FLOATS(X, ...) X(float32, float, __VA_ARGS__) X(float64, double, __VA_ARGS__)

typedef struct { void *out; const char *in; } fold_state;
// Interrupts are looked at between pieces of a row of this many elements: an expanded one may be longer than memory.
enum { tile = 256, piece = 1 << 22 };

// The extreme of a dense row, with enough accumulators to keep the loop in vectors; NaN is looked for on the side.
#define EXTREME_ROW(NAME, T, START, WINS)                                                            \
  TNB_CLONES static T NAME(const T *x, long n) {                                                     \
    T acc[32];                                                                                       \
    for (int k = 0; k < 32; k++) acc[k] = START;                                                     \
    int bad = 0;                                                                                     \
    long i = 0;                                                                                      \
    for (; i + 32 <= n; i += 32) {                                                                   \
      for (int k = 0; k < 32; k++) acc[k] = x[i + k] WINS acc[k] ? x[i + k] : acc[k];                \
      for (int k = 0; k < 32; k++) bad |= x[i + k] != x[i + k];                                      \
    }                                                                                                \
    T total = acc[0];                                                                                \
    for (int k = 1; k < 32; k++) total = acc[k] WINS total ? acc[k] : total;                         \
    for (; i < n; i++) {                                                                             \
      bad |= x[i] != x[i];                                                                           \
      total = x[i] WINS total ? x[i] : total;                                                        \
    }                                                                                                \
    return bad ? (T)NAN : total;                                                                     \
  }
EXTREME_ROW(max_row_float32, float, -INFINITY, >)
EXTREME_ROW(min_row_float32, float, INFINITY, <)
EXTREME_ROW(max_row_float64, double, -INFINITY, >)
EXTREME_ROW(min_row_float64, double, INFINITY, <)

// A fold of the reduced elements, one output at a time, or tile by tile of neighbouring outputs when these are denser.
#define FOLD(NAME, T, START, STEP) FOLD_ROW(NAME, T, START, STEP) FOLD_BODY(NAME, T, START, STEP, NAME##_row)
#define FOLD_ROW(NAME, T, START, STEP)                                                               \
  TNB_CLONES static T NAME##_row(const T *x, long n) {                                               \
    T acc[8];                                                                                        \
    for (int k = 0; k < 8; k++) acc[k] = START;                                                      \
    long i = 0;                                                                                      \
    for (; i + 8 <= n; i += 8)                                                                       \
      for (int k = 0; k < 8; k++) { T a = acc[k], b = x[i + k]; acc[k] = STEP; }                     \
    T total = acc[0];                                                                                \
    for (int k = 1; k < 8; k++) { T a = total, b = acc[k]; total = STEP; }                           \
    for (; i < n; i++) { T a = total, b = x[i]; total = STEP; }                                      \
    return total;                                                                                    \
  }
#define FOLD_BODY(NAME, T, START, STEP, ROW)                                                         \
  TNB_CLONES static void NAME##_columns(T *out, const T *x, long n) {                                \
    TNB_VECTOR for (long i = 0; i < n; i++) { T a = out[i], b = x[i]; out[i] = STEP; }               \
  }                                                                                                  \
  static int NAME##_body(const tnb_reduction *r, void *state, long begin, long end) {                \
    fold_state *s = (fold_state *)state;                                                             \
    T *out = (T *)s->out;                                                                            \
    long inner = r->reduced > 0 ? r->reduced_shape[r->reduced - 1] : 1;                              \
    long step = r->reduced > 0 ? r->reduced_strides[r->reduced - 1] : 0;                             \
    int outer = r->reduced > 0 ? r->reduced - 1 : 0;                                                 \
    long repeats = r->reduced_count / (inner < 1 ? 1 : inner);                                       \
    int across = r->kept > 0 && r->kept_strides[r->kept - 1] == sizeof(T) && step != sizeof(T)       \
      && r->kept_shape[r->kept - 1] >= 4;                                                            \
    long since = 0;                                                                                  \
    for (long i = begin; i < end;) {                                                                 \
      walk w, o;                                                                                     \
      walk_start(&w, r->kept, r->kept_shape, r->kept_strides, i);                                    \
      walk_start(&o, outer, r->reduced_shape, r->reduced_strides, 0);                                \
      long m = 1;                                                                                    \
      if (across) {                                                                                  \
        m = r->kept_shape[r->kept - 1] - w.index[r->kept - 1];                                       \
        if (m > end - i) m = end - i;                                                                \
        if (m > tile) m = tile;                                                                      \
      }                                                                                              \
      for (long k = 0; k < m; k++) out[i + k] = START;                                               \
      for (long q = 0; q < repeats; q++, walk_next(&o)) {                                            \
        const char *p = s->in + w.offset + o.offset;                                                 \
        if (across) {                                                                                \
          for (long j = 0; j < inner; j++) NAME##_columns(out + i, (const T *)(p + j * step), m);    \
        } else if (step == sizeof(T)) {                                                              \
          T a = out[i], b = ROW((const T *)p, inner);                                         \
          out[i] = STEP;                                                                             \
        } else {                                                                                     \
          T a = out[i];                                                                              \
          for (long from = 0; from < inner; from += piece) {                                         \
            long to = inner - from < piece ? inner : from + piece;                                   \
            for (long j = from; j < to; j++) { T b = *(const T *)(p + j * step); a = STEP; }         \
            if (tnb_interrupt_pending()) return tnb_interrupted;                                     \
          }                                                                                          \
          out[i] = a;                                                                                \
        }                                                                                            \
        since += inner * m;                                                                          \
        if (since > 1 << 22) {                                                                       \
          if (tnb_interrupt_pending()) return tnb_interrupted;                                       \
          since = 0;                                                                                 \
        }                                                                                            \
      }                                                                                              \
      i += m;                                                                                        \
    }                                                                                                \
    return 0;                                                                                        \
  }

#define MAX_FLOAT(suffix, T, unused)                                                                 \
  FOLD_BODY(max_##suffix, T, -INFINITY, (a > b ? a : b != b ? b : a != a ? a : b), max_row_##suffix) \
  FOLD_BODY(min_##suffix, T, INFINITY, (a < b ? a : b != b ? b : a != a ? a : b), min_row_##suffix)  \
  FOLD(prod_##suffix, T, 1, a *b)                                                                    \
  FOLD(nansum_##suffix, T, 0, (b != b ? a : a + b))
FLOATS(MAX_FLOAT, 0)
FOLD(prod_int64, uint64_t, 1, a *b)
#define EXTREMES(suffix, T, LO, HI)                                                                  \
  FOLD(max_##suffix, T, LO, (a > b ? a : b)) FOLD(min_##suffix, T, HI, (a < b ? a : b))
EXTREMES(uint8, uint8_t, 0, UINT8_MAX)
EXTREMES(int8, int8_t, INT8_MIN, INT8_MAX)
EXTREMES(int16, int16_t, INT16_MIN, INT16_MAX)
EXTREMES(int32, int32_t, INT32_MIN, INT32_MAX)
EXTREMES(int64, int64_t, INT64_MIN, INT64_MAX)

typedef int (*fold)(const tnb_reduction *r, void *state, long begin, long end);

int tnb_reduce(int operation, int dtype, const tnb_reduction *r, void *out, const void *in) {
  static const fold table[tnb_reduce_count][tnb_dtype_count] = {
    [tnb_reduce_prod] = {[tnb_int64] = prod_int64_body, [tnb_float32] = prod_float32_body,
                         [tnb_float64] = prod_float64_body},
    [tnb_reduce_max] = {[tnb_bool] = max_uint8_body, [tnb_uint8] = max_uint8_body, [tnb_int8] = max_int8_body,
                        [tnb_int16] = max_int16_body, [tnb_int32] = max_int32_body, [tnb_int64] = max_int64_body,
                        [tnb_float32] = max_float32_body, [tnb_float64] = max_float64_body},
    [tnb_reduce_min] = {[tnb_bool] = min_uint8_body, [tnb_uint8] = min_uint8_body, [tnb_int8] = min_int8_body,
                        [tnb_int16] = min_int16_body, [tnb_int32] = min_int32_body, [tnb_int64] = min_int64_body,
                        [tnb_float32] = min_float32_body, [tnb_float64] = min_float64_body},
    [tnb_reduce_nansum] = {[tnb_float32] = nansum_float32_body, [tnb_float64] = nansum_float64_body},
  };
  if (operation == tnb_reduce_sum) return tnb_sum(dtype, r, out, in);
  if (!table[operation][dtype]) return -2;
  fold_state s = {out, (const char *)in};
  return run_rows(r, table[operation][dtype], &s);
}

typedef struct { void *values; int64_t *indices; const char *in; } arg_state;

#define ARG(NAME, T, BETTER)                                                                         \
  static int NAME(const tnb_reduction *r, void *state, long begin, long end) {                       \
    arg_state *s = (arg_state *)state;                                                               \
    T *values = (T *)s->values;                                                                      \
    walk w;                                                                                          \
    walk_start(&w, r->kept, r->kept_shape, r->kept_strides, begin);                                  \
    long inner = r->reduced > 0 ? r->reduced_shape[r->reduced - 1] : 1;                              \
    long step = r->reduced > 0 ? r->reduced_strides[r->reduced - 1] : 0;                             \
    int outer = r->reduced > 0 ? r->reduced - 1 : 0;                                                 \
    long repeats = r->reduced_count / (inner < 1 ? 1 : inner);                                       \
    for (long i = begin; i < end; i++, walk_next(&w)) {                                              \
      walk o;                                                                                        \
      walk_start(&o, outer, r->reduced_shape, r->reduced_strides, 0);                                \
      T best = *(const T *)(s->in + w.offset);                                                       \
      long place = 0;                                                                                \
      for (long q = 0; q < repeats; q++, walk_next(&o)) {                                            \
        const char *p = s->in + w.offset + o.offset;                                                 \
        if (best != best) break;                                                                     \
        for (long from = 0; from < inner && best == best; from += piece) {                           \
          long to = inner - from < piece ? inner : from + piece;                                     \
          for (long j = from; j < to; j++) {                                                         \
            T b = *(const T *)(p + j * step);                                                        \
            if (BETTER) { best = b; place = q * inner + j; if (b != b) break; }                      \
          }                                                                                          \
          if (tnb_interrupt_pending()) return tnb_interrupted;                                       \
        }                                                                                            \
      }                                                                                              \
      if (values) values[i] = best;                                                                  \
      if (s->indices) s->indices[i] = place;                                                         \
    }                                                                                                \
    return 0;                                                                                        \
  }
#define ARG_ROW(suffix, T, unused)                                                                   \
  ARG(argmax_##suffix, T, !(b <= best)) ARG(argmin_##suffix, T, !(b >= best))
INTEGERS(ARG_ROW, 0) FLOATS(ARG_ROW, 0)

#define FILL(op)                                                                                     \
  [tnb_bool] = op##_uint8, [tnb_uint8] = op##_uint8, [tnb_int8] = op##_int8, [tnb_int16] = op##_int16, \
  [tnb_int32] = op##_int32, [tnb_int64] = op##_int64, [tnb_float32] = op##_float32, [tnb_float64] = op##_float64

int tnb_arg_reduce(int is_min, int dtype, const tnb_reduction *r, void *values, int64_t *indices, const void *in) {
  static const fold table[2][tnb_dtype_count] = {{FILL(argmax)}, {FILL(argmin)}};
  if (!table[is_min][dtype]) return -2;
  arg_state s = {values, indices, (const char *)in};
  return run_rows(r, table[is_min][dtype], &s);
}

typedef struct { double *means, *squares; const char *in; void *out; int kind; double p; } moment_state;

// Visits the reduced elements of output i in runs along the innermost reduced dimension.
#define RUNS(BODY)                                                                                   \
  do {                                                                                               \
    walk o;                                                                                          \
    walk_start(&o, outer, r->reduced_shape, r->reduced_strides, 0);                                  \
    for (long q = 0; q < repeats; q++, walk_next(&o)) {                                              \
      const char *p = s->in + w.offset + o.offset;                                                   \
      for (long from = 0; from < inner; from += piece) {                                             \
        long to = inner - from < piece ? inner : from + piece;                                       \
        for (long j = from; j < to; j++) { BODY; }                                                   \
        if (tnb_interrupt_pending()) return tnb_interrupted;                                         \
      }                                                                                              \
    }                                                                                                \
  } while (0)

#define MOMENTS(suffix, T)                                                                           \
  TNB_CLONES static void moments_row_##suffix(const T *x, long n, double *sum, double mean, int squares) { \
    double acc[8] = {0};                                                                             \
    long i = 0;                                                                                      \
    if (squares) {                                                                                   \
      for (; i + 8 <= n; i += 8)                                                                     \
        for (int k = 0; k < 8; k++) { double d = (double)x[i + k] - mean; acc[k] += d * d; }         \
      for (; i < n; i++) { double d = (double)x[i] - mean; acc[0] += d * d; }                        \
    } else {                                                                                         \
      for (; i + 8 <= n; i += 8)                                                                     \
        for (int k = 0; k < 8; k++) acc[k] += (double)x[i + k];                                      \
      for (; i < n; i++) acc[0] += (double)x[i];                                                     \
    }                                                                                                \
    for (int k = 1; k < 8; k++) acc[0] += acc[k];                                                    \
    *sum += acc[0];                                                                                  \
  }                                                                                                  \
  static int moments_##suffix(const tnb_reduction *r, void *state, long begin, long end) {           \
    moment_state *s = (moment_state *)state;                                                         \
    walk w;                                                                                          \
    walk_start(&w, r->kept, r->kept_shape, r->kept_strides, begin);                                  \
    long inner = r->reduced > 0 ? r->reduced_shape[r->reduced - 1] : 1;                              \
    long step = r->reduced > 0 ? r->reduced_strides[r->reduced - 1] : 0;                             \
    int outer = r->reduced > 0 ? r->reduced - 1 : 0;                                                 \
    long repeats = r->reduced_count / (inner < 1 ? 1 : inner);                                       \
    for (long i = begin; i < end; i++, walk_next(&w)) {                                              \
      double mean = 0, square = 0;                                                                   \
      for (int pass = 0; pass < 2; pass++) {                                                         \
        double total = 0;                                                                            \
        if (step == sizeof(T)) {                                                                     \
          walk o;                                                                                    \
          walk_start(&o, outer, r->reduced_shape, r->reduced_strides, 0);                            \
          for (long q = 0; q < repeats; q++, walk_next(&o)) {                                        \
            moments_row_##suffix((const T *)(s->in + w.offset + o.offset), inner, &total, mean, pass); \
          }                                                                                          \
        } else if (pass == 0) {                                                                      \
          RUNS(total += (double)*(const T *)(p + j * step));                                         \
        } else {                                                                                     \
          RUNS(double d = (double)*(const T *)(p + j * step) - mean; total += d * d);                \
        }                                                                                            \
        if (pass == 0) mean = total / (double)r->reduced_count; else square = total;                 \
      }                                                                                              \
      s->means[i] = mean;                                                                            \
      s->squares[i] = square;                                                                        \
    }                                                                                                \
    return 0;                                                                                        \
  }                                                                                                  \
  TNB_CLONES static double squares_row_##suffix(const T *x, long n) {                                \
    double acc[8] = {0};                                                                             \
    long i = 0;                                                                                      \
    for (; i + 8 <= n; i += 8)                                                                       \
      for (int k = 0; k < 8; k++) acc[k] += (double)x[i + k] * (double)x[i + k];                     \
    for (; i < n; i++) acc[0] += (double)x[i] * (double)x[i];                                        \
    for (int k = 1; k < 8; k++) acc[0] += acc[k];                                                    \
    return acc[0];                                                                                   \
  }                                                                                                  \
  static int norm_##suffix(const tnb_reduction *r, void *state, long begin, long end) {              \
    moment_state *s = (moment_state *)state;                                                         \
    walk w;                                                                                          \
    walk_start(&w, r->kept, r->kept_shape, r->kept_strides, begin);                                  \
    long inner = r->reduced > 0 ? r->reduced_shape[r->reduced - 1] : 1;                              \
    long step = r->reduced > 0 ? r->reduced_strides[r->reduced - 1] : 0;                             \
    int outer = r->reduced > 0 ? r->reduced - 1 : 0;                                                 \
    long repeats = r->reduced_count / (inner < 1 ? 1 : inner);                                       \
    for (long i = begin; i < end; i++, walk_next(&w)) {                                              \
      double acc = s->kind == tnb_norm_min ? INFINITY : 0;                                           \
      switch (s->kind) {                                                                             \
      case tnb_norm_1: RUNS(acc += fabs((double)*(const T *)(p + j * step))); break;                 \
      case tnb_norm_2:                                                                               \
        if (step == sizeof(T)) {                                                                     \
          walk o;                                                                                    \
          walk_start(&o, outer, r->reduced_shape, r->reduced_strides, 0);                            \
          for (long q = 0; q < repeats; q++, walk_next(&o))                                          \
            acc += squares_row_##suffix((const T *)(s->in + w.offset + o.offset), inner);            \
        } else {                                                                                     \
          RUNS(double v = (double)*(const T *)(p + j * step); acc += v * v);                         \
        }                                                                                            \
        acc = sqrt(acc);                                                                             \
        break;                                                                                       \
      case tnb_norm_max: RUNS(double v = fabs((double)*(const T *)(p + j * step)); if (!(v <= acc)) acc = v); break; \
      case tnb_norm_min: RUNS(double v = fabs((double)*(const T *)(p + j * step)); if (!(v >= acc)) acc = v); break; \
      case tnb_norm_0: RUNS(acc += *(const T *)(p + j * step) != 0); break;                          \
      default: RUNS(acc += pow(fabs((double)*(const T *)(p + j * step)), s->p)); acc = pow(acc, 1 / s->p); \
      }                                                                                              \
      ((T *)s->out)[i] = (T)acc;                                                                     \
    }                                                                                                \
    return 0;                                                                                        \
  }
MOMENTS(float32, float)
MOMENTS(float64, double)

int tnb_moments(int dtype, const tnb_reduction *r, double *means, double *squares, const void *in) {
  moment_state s = {means, squares, (const char *)in, NULL, 0, 0};
  return run_rows(r, dtype == tnb_float32 ? moments_float32 : moments_float64, &s);
}

int tnb_norm(int kind, double p, int dtype, const tnb_reduction *r, void *out, const void *in) {
  moment_state s = {NULL, NULL, (const char *)in, out, kind, p};
  return run_rows(r, dtype == tnb_float32 ? norm_float32 : norm_float64, &s);
}

#define SCAN(suffix, T, A)                                                                           \
  static void scan_sum_##suffix(T *o, long so, const T *x, long sx, long n) {                        \
    A acc = 0;                                                                                       \
    for (long i = 0; i < n; i++) {                                                                   \
      acc += (A)*(const T *)((const char *)x + i * sx);                                              \
      *(T *)((char *)o + i * so) = (T)acc;                                                           \
    }                                                                                                \
  }                                                                                                  \
  static void scan_prod_##suffix(T *o, long so, const T *x, long sx, long n) {                       \
    A acc = 1;                                                                                       \
    for (long i = 0; i < n; i++) {                                                                   \
      acc *= (A)*(const T *)((const char *)x + i * sx);                                              \
      *(T *)((char *)o + i * so) = (T)acc;                                                           \
    }                                                                                                \
  }
SCAN(int64, int64_t, uint64_t)
SCAN(float32, float, double)
SCAN(float64, double, double)

#define SCAN_LSE(suffix, T)                                                                          \
  static void scan_lse_##suffix(T *o, long so, const T *x, long sx, long n) {                        \
    double acc = -INFINITY;                                                                          \
    for (long i = 0; i < n; i++) {                                                                   \
      double v = (double)*(const T *)((const char *)x + i * sx);                                     \
      double hi = acc > v ? acc : v, lo = acc > v ? v : acc;                                         \
      if (acc != acc || v != v) acc = NAN;                                                           \
      else acc = isinf(hi) && hi == lo ? hi : hi + log1p(exp(lo - hi));                              \
      *(T *)((char *)o + i * so) = (T)acc;                                                           \
    }                                                                                                \
  }
SCAN_LSE(float32, float)
SCAN_LSE(float64, double)

int tnb_scan(int operation, int dtype, void *out, long so, const void *in, long sx, long n) {
#define CASE(code, suffix, T)                                                                        \
  case code:                                                                                         \
    if (operation == tnb_scan_sum) scan_sum_##suffix((T *)out, so, (const T *)in, sx, n);            \
    else scan_prod_##suffix((T *)out, so, (const T *)in, sx, n);                                     \
    return 0;
  if (operation == tnb_scan_logsumexp) {
    if (dtype == tnb_float32) scan_lse_float32((float *)out, so, (const float *)in, sx, n);
    else if (dtype == tnb_float64) scan_lse_float64((double *)out, so, (const double *)in, sx, n);
    else return -2;
    return 0;
  }
  switch (dtype) {
  CASE(tnb_int64, int64, int64_t)
  CASE(tnb_float32, float32, float)
  CASE(tnb_float64, float64, double)
  default: return -2;
  }
}

#define SCAN_EXTREME(suffix, T, unused)                                                              \
  static void extreme_##suffix(                                                                      \
    int is_min, char *o, long so, char *k, long sk, const char *x, long sx, long n) {                \
    if (n == 0) return;                                                                              \
    T best = *(const T *)x;                                                                          \
    int64_t place = 0;                                                                               \
    for (long i = 0; i < n; i++) {                                                                   \
      T v = *(const T *)(x + i * sx);                                                                \
      if (v != v || (best == best && (is_min ? v <= best : v >= best))) { best = v; place = i; }     \
      *(T *)(o + i * so) = best;                                                                     \
      *(int64_t *)(k + i * sk) = place;                                                              \
    }                                                                                                \
  }
INTEGERS(SCAN_EXTREME, 0) FLOATS(SCAN_EXTREME, 0)

int tnb_scan_extreme(
  int is_min, int dtype, void *out, long so, int64_t *indices, long sk, const void *in, long sx, long n) {
  typedef void (*function)(int, char *, long, char *, long, const char *, long, long);
  static const function table[tnb_dtype_count] = {FILL(extreme)};
  if (!table[dtype]) return -2;
  table[dtype](is_min, (char *)out, so, (char *)indices, sk, (const char *)in, sx, n);
  return 0;
}
