#pragma once
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Laying matrices out for the tiles. A panel of B holds `width` columns, term after term, padded with zeros; the next
// one is fetched meanwhile, since its rows lie further apart than the processor looks ahead.

#if defined(__SSE2__)
// Four columns of four terms each, from memory where a column is dense.
static inline void turn_float32(float *out, long width, const float *b, long step) {
  __m128 c0 = _mm_loadu_ps(b), c1 = _mm_loadu_ps(b + step), c2 = _mm_loadu_ps(b + 2 * step), c3 = _mm_loadu_ps(b + 3 * step);
  _MM_TRANSPOSE4_PS(c0, c1, c2, c3);
  _mm_storeu_ps(out, c0);
  _mm_storeu_ps(out + width, c1);
  _mm_storeu_ps(out + 2 * width, c2);
  _mm_storeu_ps(out + 3 * width, c3);
}
static inline void turn_float64(double *out, long width, const double *b, long step) {
  for (int q = 0; q < 4; q += 2)
    for (int p = 0; p < 4; p += 2) {
      __m128d c0 = _mm_loadu_pd(b + q * step + p), c1 = _mm_loadu_pd(b + (q + 1) * step + p);
      _mm_storeu_pd(out + p * width + q, _mm_unpacklo_pd(c0, c1));
      _mm_storeu_pd(out + (p + 1) * width + q, _mm_unpackhi_pd(c0, c1));
    }
}
#else
#define TURN(S, T)                                                                                   \
  static inline void turn_##S(T *out, long width, const T *b, long step) {                           \
    for (int q = 0; q < 4; q++) for (int p = 0; p < 4; p++) out[p * width + q] = b[q * step + p];    \
  }
TURN(float32, float)
TURN(float64, double)
#endif

#define TNB_PACK(S, T)                                                                               \
  static inline __attribute__((always_inline)) void pack_panel_##S(                                  \
    T *out, long width, const T *b, long br, long bc, long k, long columns) {                        \
    if (bc == 1) {                                                                                   \
      if (columns == width) {                                                                        \
        for (long p = 0; p < k; p++, out += width, b += br) {                                        \
          __builtin_prefetch(b + width);                                                             \
          __builtin_prefetch(b + 2 * width - 1);                                                     \
          memcpy(out, b, sizeof(T) * (size_t)width);                                                 \
        }                                                                                            \
        return;                                                                                      \
      }                                                                                              \
      for (long p = 0; p < k; p++, out += width, b += br) {                                          \
        for (long q = 0; q < width; q++) out[q] = 0;                                                 \
        for (long q = 0; q < columns; q++) out[q] = b[q];                                            \
      }                                                                                              \
      return;                                                                                        \
    }                                                                                                \
    if (columns < width) memset(out, 0, sizeof(T) * (size_t)(width * k));                            \
    long q = 0;                                                                                      \
    if (br == 1) {                                                                                   \
      for (; q + 4 <= columns; q += 4) {                                                             \
        long p = 0;                                                                                  \
        for (; p + 4 <= k; p += 4) turn_##S(out + p * width + q, width, b + q * bc + p, bc);         \
        for (; p < k; p++) for (int l = 0; l < 4; l++) out[p * width + q + l] = b[(q + l) * bc + p]; \
      }                                                                                              \
    }                                                                                                \
    for (; q < columns; q++) for (long p = 0; p < k; p++) out[p * width + q] = b[p * br + q * bc];   \
  }                                                                                                  \
  /* `rows` rows of A, `slab` elements apart. */                                                    \
  static inline void pack_rows_##S(T *out, const T *a, long ar, long ac, long k, long rows) {        \
    if (ac == 1) {                                                                                   \
      for (long r = 0; r < rows; r++) memcpy(out + r * slab, a + r * ar, sizeof(T) * (size_t)k);     \
      return;                                                                                        \
    }                                                                                                \
    long r = 0;                                                                                      \
    if (ar == 1) {                                                                                   \
      for (; r + 4 <= rows; r += 4) {                                                                \
        long p = 0;                                                                                  \
        for (; p + 4 <= k; p += 4) turn_##S(out + r * slab + p, slab, a + r + p * ac, ac);           \
        for (; p < k; p++) for (int l = 0; l < 4; l++) out[(r + l) * slab + p] = a[r + l + p * ac];  \
      }                                                                                              \
    }                                                                                                \
    for (; r < rows; r++) for (long p = 0; p < k; p++) out[r * slab + p] = a[r * ar + p * ac];       \
  }
TNB_PACK(float32, float)
TNB_PACK(float64, double)
