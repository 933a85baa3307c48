#include "sum.h"
#include "rows.h"
#include "simd.h"
#include <string.h>

// Every function that takes or returns these vectors is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

// PyTorch's cascade summation (ATen/native/cpu/SumKernel.cpp): rows of four interleaved accumulators, vectors of 32
// bytes where the data is dense, and partial sums carried up through four levels. Following the same order gives the
// same digits.
#define SUMS(S, T, LANES)                                                                            \
  typedef T vec_##S __attribute__((vector_size(32), aligned(sizeof(T))));                            \
  static inline T load_##S(const char *p) { T v; memcpy(&v, p, sizeof v); return v; }                \
  static inline vec_##S vload_##S(const char *p) { vec_##S v; memcpy(&v, p, sizeof v); return v; }   \
  MULTI_ROW(S, multi_scalar_##S, T, T, load_##S)                                                     \
  MULTI_ROW(S, multi_vector_##S, T, vec_##S, vload_##S)                                              \
  ROW_SUM(row_scalar_##S, multi_scalar_##S, T, load_##S)                                             \
  ROW_SUM(row_vector_##S, multi_vector_##S, vec_##S, vload_##S)                                      \
  /* One row of dense elements. */                                                                   \
  static inline __attribute__((always_inline)) T inner_##S(const char *p, long n) {                  \
    long vectors = n / LANES;                                                                        \
    vec_##S acc = row_vector_##S(p, 32, vectors);                                                    \
    T sum = 0;                                                                                       \
    for (long k = vectors * LANES; k < n; k++) sum += load_##S(p + k * (long)sizeof(T));             \
    for (int k = 0; k < LANES; k++) sum += acc[k];                                                   \
    return sum;                                                                                      \
  }                                                                                                  \
  TNB_CLONES static T sum_row_##S(const char *p, long step, long n) {                                \
    if (step == sizeof(T) && n >= LANES) return inner_##S(p, n);                                     \
    return row_scalar_##S(p, step, n);                                                               \
  }                                                                                                  \
  /* n rows of `columns` neighbouring elements each, added to out. */                                \
  TNB_CLONES static void sum_columns_##S(T *out, const char *p, long step, long n, long columns, long column_step) { \
    long j = 0;                                                                                      \
    if (column_step == sizeof(T) && columns >= LANES) {                                              \
      for (; j + 4 * LANES <= columns; j += 4 * LANES) {                                             \
        vec_##S acc[4];                                                                              \
        multi_vector_##S(acc, p + j * (long)sizeof(T), step, 32, n);                                 \
        for (int k = 0; k < 4; k++)                                                                  \
          for (int l = 0; l < LANES; l++) out[j + k * LANES + l] += acc[k][l];                       \
      }                                                                                              \
      for (; j + LANES <= columns; j += LANES) {                                                     \
        vec_##S acc = row_vector_##S(p + j * (long)sizeof(T), step, n);                              \
        for (int l = 0; l < LANES; l++) out[j + l] += acc[l];                                        \
      }                                                                                              \
    } else {                                                                                         \
      for (; j + 4 <= columns; j += 4) {                                                             \
        T acc[4];                                                                                    \
        multi_scalar_##S(acc, p + j * column_step, step, column_step, n);                            \
        for (int k = 0; k < 4; k++) out[j + k] += acc[k];                                            \
      }                                                                                              \
    }                                                                                                \
    for (; j < columns; j++) out[j] += row_scalar_##S(p + j * column_step, step, n);                 \
  }

// Four sums side by side, each over `size` elements.
#define MULTI_ROW(S, NAME, T, V, LOAD)                                                               \
  static inline __attribute__((always_inline)) void NAME(                                            \
    V out[4], const char *p, long row_step, long column_step, long size) {                           \
    int power = size > 1 ? (64 - __builtin_clzl((unsigned long)size - 1)) / 4 : 0;                   \
    if (power < 4) power = 4;                                                                        \
    long step = 1L << power, mask = step - 1, i = 0;                                                 \
    V acc[4][4];                                                                                     \
    memset(acc, 0, sizeof acc);                                                                      \
    for (; i + step <= size;) {                                                                      \
      V a0 = acc[0][0], a1 = acc[0][1], a2 = acc[0][2], a3 = acc[0][3];                              \
      for (long j = 0; j < step; j++, i++) {                                                         \
        const char *q = p + i * row_step;                                                            \
        a0 += LOAD(q);                                                                               \
        a1 += LOAD(q + column_step);                                                                 \
        a2 += LOAD(q + 2 * column_step);                                                             \
        a3 += LOAD(q + 3 * column_step);                                                             \
      }                                                                                              \
      acc[0][0] = a0; acc[0][1] = a1; acc[0][2] = a2; acc[0][3] = a3;                                \
      for (int j = 1; j < 4; j++) {                                                                  \
        for (int k = 0; k < 4; k++) {                                                                \
          acc[j][k] += acc[j - 1][k];                                                                \
          memset(&acc[j - 1][k], 0, sizeof(V));                                                      \
        }                                                                                            \
        if ((i & (mask << (j * power))) != 0) break;                                                 \
      }                                                                                              \
    }                                                                                                \
    for (; i < size; i++) {                                                                          \
      const char *q = p + i * row_step;                                                              \
      for (int k = 0; k < 4; k++) acc[0][k] += LOAD(q + k * column_step);                            \
    }                                                                                                \
    for (int j = 1; j < 4; j++)                                                                      \
      for (int k = 0; k < 4; k++) acc[0][k] += acc[j][k];                                            \
    for (int k = 0; k < 4; k++) out[k] = acc[0][k];                                                  \
  }

#define ROW_SUM(NAME, MULTI, V, LOAD)                                                                \
  static inline __attribute__((always_inline)) V NAME(const char *p, long step, long size) {         \
    long quarter = size / 4;                                                                         \
    V partial[4];                                                                                    \
    MULTI(partial, p, step * 4, step, quarter);                                                      \
    for (long i = quarter * 4; i < size; i++) partial[0] += LOAD(p + i * step);                      \
    for (int k = 1; k < 4; k++) partial[0] += partial[k];                                            \
    return partial[0];                                                                               \
  }

SUMS(float32, float, 8)
SUMS(float64, double, 4)
SUMS(int64, uint64_t, 4)

typedef struct { void *out; const char *in; } sum_state;

// Interrupts are looked at between pieces of this many elements.
enum { piece = 1 << 22 };

#define BODY(S, T)                                                                                   \
  static int sum_body_##S(const tnb_reduction *r, void *state, long begin, long end) {               \
    sum_state *s = (sum_state *)state;                                                               \
    T *out = (T *)s->out;                                                                            \
    int outer_reduced = r->reduced > 0 ? r->reduced - 1 : 0;                                         \
    long n = r->reduced > 0 ? r->reduced_shape[r->reduced - 1] : 1;                                  \
    long step = r->reduced > 0 ? r->reduced_strides[r->reduced - 1] : 0;                             \
    long column_step = r->kept > 0 ? r->kept_strides[r->kept - 1] : 0;                               \
    long columns = r->kept > 0 ? r->kept_shape[r->kept - 1] : 1;                                     \
    long repeats = 1;                                                                                \
    for (int d = 0; d < outer_reduced; d++) repeats *= r->reduced_shape[d];                          \
    int dense = step == sizeof(T) && n >= 32 / (long)sizeof(T);                                      \
    int across = !dense && columns > 1                                                               \
      && ((column_step == sizeof(T) && columns >= 32 / (long)sizeof(T)) || step >= column_step);     \
    long since = 0;                                                                                  \
    for (long i = begin; i < end;) {                                                                 \
      walk w;                                                                                        \
      walk_start(&w, r->kept, r->kept_shape, r->kept_strides, i);                                    \
      long m = 1;                                                                                    \
      if (across) {                                                                                  \
        m = columns - w.index[r->kept - 1];                                                          \
        if (m > end - i) m = end - i;                                                                \
      }                                                                                              \
      for (long k = 0; k < m; k++) out[i + k] = 0;                                                   \
      walk o;                                                                                        \
      walk_start(&o, outer_reduced, r->reduced_shape, r->reduced_strides, 0);                        \
      for (long k = 0; k < repeats; k++, walk_next(&o)) {                                            \
        const char *p = s->in + w.offset + o.offset;                                                 \
        if (across) sum_columns_##S(out + i, p, step, n, m, column_step);                            \
        else if (step == 0 && n > piece) {                                                           \
          /* One element, expanded, and perhaps more often than memory has bytes. */                 \
          for (long from = 0; from < n; from += piece) {                                             \
            out[i] += sum_row_##S(p, step, n - from < piece ? n - from : piece);                     \
            if (tnb_interrupt_pending()) return tnb_interrupted;                                     \
          }                                                                                          \
        } else out[i] += sum_row_##S(p, step, n);                                                    \
        since += m * n;                                                                              \
        if (since >= piece) {                                                                        \
          if (tnb_interrupt_pending()) return tnb_interrupted;                                       \
          since = 0;                                                                                 \
        }                                                                                            \
      }                                                                                              \
      i += m;                                                                                        \
    }                                                                                                \
    return 0;                                                                                        \
  }                                                                                                  \
  typedef struct { const char *p; long n; T parts[2]; } halves_##S;                                  \
  static void half_##S(void *context, long begin, long end) {                                        \
    halves_##S *h = (halves_##S *)context;                                                           \
    long part = (h->n + 1) / 2;                                                                      \
    for (long i = begin; i < end; i++) {                                                             \
      long from = i * part, n = i ? h->n - part : part;                                              \
      h->parts[i] = sum_row_##S(h->p + from * (long)sizeof(T), sizeof(T), n);                        \
    }                                                                                                \
  }                                                                                                  \
  static int sum_##S(const tnb_reduction *r, void *out, const void *in) {                            \
    /* A long dense row is summed in two halves, as PyTorch does on two threads. */                  \
    if (r->kept_count == 1 && r->reduced == 1 && r->reduced_strides[0] == sizeof(T)                  \
        && r->reduced_count >= 32768) {                                                              \
      halves_##S h = {(const char *)in, r->reduced_count, {0, 0}};                                   \
      tnb_parallel(2, 1, half_##S, &h);                                                              \
      *(T *)out = h.parts[0] + h.parts[1];                                                           \
      return tnb_interrupt_pending() ? tnb_interrupted : 0;                                          \
    }                                                                                                \
    sum_state s = {out, (const char *)in};                                                           \
    return run_rows(r, sum_body_##S, &s);                                                            \
  }

BODY(float32, float)
BODY(float64, double)
BODY(int64, uint64_t)

int tnb_sum_dense(int dtype, void *out, const void *in, long n) {
  switch (dtype) {
  case tnb_float32: *(float *)out = sum_row_float32((const char *)in, sizeof(float), n); return 0;
  case tnb_float64: *(double *)out = sum_row_float64((const char *)in, sizeof(double), n); return 0;
  default: return -2;
  }
}

int tnb_sum_columns(int dtype, void *out, const void *in, long rows, long columns) {
  long size = dtype == tnb_float64 ? sizeof(double) : sizeof(float);
  if (dtype != tnb_float32 && dtype != tnb_float64) return -2;
  memset(out, 0, (size_t)(columns * size));
  if (dtype == tnb_float32) sum_columns_float32(out, in, columns * size, rows, columns, size);
  else sum_columns_float64(out, in, columns * size, rows, columns, size);
  return 0;
}

int tnb_sum(int dtype, const tnb_reduction *r, void *out, const void *in) {
  switch (dtype) {
  case tnb_int64: return sum_int64(r, out, in);
  case tnb_float32: return sum_float32(r, out, in);
  case tnb_float64: return sum_float64(r, out, in);
  default: return -2;
  }
}
