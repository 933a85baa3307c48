#include "transcendental.h"
#include "floatmath.h"
#include "simd.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// e^x, tanh x and erf x of floats, in the vectors of the processor's generation; every generation with fused multiplication gives the
// same bits. On a million elements they wait for memory.

// A function that is odd and nears 1, piece by piece: between the points where a + 1, a = |x|, leaves a quarter of an octave stands one
// of 16 polynomials of degree 6, chosen by the top bits of a + 1. The first row of a table holds the points they are developed at,
// picked so that the function there (the second row) is nearly a float; then the coefficients, fitted to the least relative error and
// rounded one after another. From `one_from` on the nearest float is 1.
enum { terms = 6 };
typedef struct { _Alignas(64) float table[2 + terms][16]; float one_from; } pieces;
static const pieces tanh_pieces = {
  .one_from = 9.02f,
  .table = {
    {0x1.3fed1ep0f, 0x1.bff09ap0f, 0x1.1ff226p1f, 0x1.5fe7f2p1f, 0x1.c01338p1f, 0x1.1fe142p2f, 0x1.5fe8bep2f,
     0x1.9fef28p2f, 0x1.0032acp3f, 0x1.20a3d8p3f, 0, 0, 0, 0x1.80169p-2f, 0x1.400dfap-1f, 0x1.c0129cp-1f},
    {0x1.b247a4p-1f, 0x1.e1f878p-1f, 0x1.f4bd6ep-1f, 0x1.fbd37ap-1f, 0x1.ff1174p-1f, 0x1.ffdf88p-1f, 0x1.fffb9cp-1f,
     0x1.ffff68p-1f, 0x1.fffff8p-1f, 1, 1, 1, 0, 0x1.6f08e8p-2f, 0x1.1bfe2cp-1f, 0x1.686fb4p-1f},
    {0x1.1f48fcp-2f, 0x1.d26162p-4f, 0x1.645bfp-5f, 0x1.0a0ac4p-6f, 0x1.dcab22p-9f, 0x1.03b92ap-11f, 0x1.190054p-14f,
     0x1.30017ep-17f, 0x1.dd3d96p-22f, 0, 0, 0, 1, 0x1.be38aep-1f, 0x1.627a08p-1f, 0x1.0242d2p-1f},
    {-0x1.e75a3p-3f, -0x1.b706ccp-4f, -0x1.5c859cp-5f, -0x1.07df88p-6f, -0x1.dbcc5ep-9f, -0x1.03a81cp-11f,
     -0x1.18fd5ap-14f, -0x1.300098p-17f, -0x1.64a7acp-23f, 0, 0, 0, -0x1.26923ap-20f, -0x1.3fe168p-2f, -0x1.893cd6p-2f,
     -0x1.6b9eaap-2f},
    {0x1.bbc34p-4f, 0x1.01d822p-4f, 0x1.bc25a2p-6f, 0x1.5a1234p-7f, 0x1.3bbf5p-9f, 0x1.59acf4p-12f, 0x1.763b0ap-15f,
     0x1.94e6cp-18f, 0x1.3ec26cp-22f, 0, 0, 0, -0x1.5544c8p-2f, -0x1.6da44ap-3f, -0x1.2359cep-6f, 0x1.4f3bc8p-4f},
    {-0x1.9b79c2p-7f, -0x1.817f9p-6f, -0x1.9414e4p-7f, -0x1.4eb1a8p-8f, -0x1.397f94p-10f, -0x1.596eb6p-13f,
     -0x1.764584p-16f, -0x1.94fa82p-19f, -0x1.d430d6p-21f, 0, 0, 0, -0x1.364fc4p-10f, 0x1.58569cp-3f, 0x1.1a553ap-3f,
     0x1.f1b9f4p-5f},
    {-0x1.43054p-6f, 0x1.c82a1ep-9f, 0x1.04c634p-8f, 0x1.f6927ep-10f, 0x1.00be8p-11f, 0x1.1f7efp-14f, 0x1.382ff8p-17f,
     0x1.51eb16p-20f, 0x1.0f5aacp-24f, 0, 0, 0, 0x1.25096cp-3f, 0x1.30efa8p-6f, -0x1.bb8f64p-5f, -0x1.e16beap-5f},
    {0x1.eeda64p-7f, 0x1.137878p-9f, -0x1.776394p-11f, -0x1.1e01cep-11f, -0x1.4aac3p-13f, -0x1.7b74eap-16f,
     -0x1.9dfa86p-19f, -0x1.c0ad16p-22f, 0x1.e3d126p-22f, 0, 0, 0, -0x1.2eead4p-5f, -0x1.1e346ep-4f, -0x1.82a022p-6f,
     0x1.a28c28p-7f},
  },
}, erf_pieces = {
  .one_from = 3.93f,
  .table = {
    {0x1.3fe7fcp0f, 0x1.c005b8p0f, 0x1.1ffc88p1f, 0x1.6003dap1f, 0x1.bb95acp1f, 0x1.f70a3ep1f, 0x1.f70a3ep1f,
     0x1.f70a3ep1f, 0x1.f70a3ep1f, 0x1.f70a3ep1f, 0x1.f70a3ep1f, 0x1.f70a3ep1f, 0, 0x1.800baap-2f, 0x1.400fcp-1f,
     0x1.c0091ep-1f},
    {0x1.d87bp-1f, 0x1.f92da2p-1f, 0x1.ff402ep-1f, 0x1.fff2d2p-1f, 0x1.ffffep-1f, 1, 1, 1, 1, 1, 1, 1, 0,
     0x1.9ddc42p-2f, 0x1.3f2574p-1f, 0x1.917712p-1f},
    {0x1.e4d6dep-3f, 0x1.b0331p-5f, 0x1.d44d0ap-8f, 0x1.333034p-11f, 0x1.d1d326p-18f, 0, 0, 0, 0, 0, 0, 0,
     0x1.20dd76p0f, 0x1.f5ec84p-1f, 0x1.86da62p-1f, 0x1.0ca302p-1f},
    {-0x1.2eefa4p-2f, -0x1.7a31b8p-4f, -0x1.076804p-6f, -0x1.a66436p-10f, -0x1.916a4ap-16f, 0, 0, 0, 0, 0, 0, 0,
     -0x1.90c79p-17f, -0x1.787cdp-2f, -0x1.e8a904p-2f, -0x1.d626d8p-2f},
    {0x1.571b98p-3f, 0x1.714c64p-4f, 0x1.641afap-6f, 0x1.695308p-9f, 0x1.a14f56p-15f, 0, 0, 0, 0, 0, 0, 0,
     -0x1.80bf2cp-2f, -0x1.e0f75p-3f, -0x1.c77022p-5f, 0x1.7cc0dep-4f},
    {-0x1.8bc34ap-8f, -0x1.8a1236p-5f, -0x1.38d936p-6f, -0x1.aac528p-9f, -0x1.513d12p-14f, 0, 0, 0, 0, 0, 0, 0,
     -0x1.34a3e4p-8f, 0x1.552a8ep-3f, 0x1.69577ap-3f, 0x1.cc4f24p-4f},
    {-0x1.7faba6p-5f, 0x1.87a114p-8f, 0x1.5ad314p-7f, 0x1.7237d8p-9f, 0x1.0a5634p-13f, 0, 0, 0, 0, 0, 0, 0,
     0x1.17e62ap-3f, 0x1.73bd38p-5f, -0x1.b6a926p-6f, -0x1.128e26p-4f},
    {0x1.4ffe5cp-6f, 0x1.29199ap-7f, -0x1.6add06p-9f, -0x1.b566dcp-10f, -0x1.d8108ep-14f, 0, 0, 0, 0, 0, 0, 0,
     -0x1.921c6ap-5f, -0x1.959c2cp-5f, -0x1.4e8d5cp-5f, -0x1.5f6a6ap-7f},
  },
};

static void exp_row(float *o, const float *x, long n) { for (long i = 0; i < n; i++) o[i] = tnb_expf(x[i]); }

static void pieces_row(const pieces *f, float *o, const float *x, long n) {
  for (long i = 0; i < n; i++) {
    float a = fabsf(x[i]);
    a = a > f->one_from ? f->one_from : a;
    uint32_t j = tnb_as_bits(a + 1) >> 21 & 15;
    float d = a - f->table[0][j], p = f->table[1 + terms][j];
    for (int k = terms; k > 0; k--) p = p * d + f->table[k][j];
    o[i] = copysignf(p, x[i]);
  }
}

#if defined(__x86_64__)
TNB_V3 static void exp_row3(float *o, const float *x, long n) {
  TNB_VECTOR for (long i = 0; i < n; i++) o[i] = tnb_expf(x[i]);
}

TNB_V3 static inline __m256 pick3(const float *table, __m256i j, __m256 is_high) {
  __m256 low = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), j);
  return _mm256_blendv_ps(low, _mm256_permutevar8x32_ps(_mm256_loadu_ps(table + 8), j), is_high);
}

TNB_V3 static inline __m256 pieces3(const pieces *f, __m256 x) {
  const __m256 sign = _mm256_set1_ps(-0.0f);
  // Of a NaN and a number the second operand is taken.
  __m256 a = _mm256_min_ps(_mm256_set1_ps(f->one_from), _mm256_andnot_ps(sign, x));
  __m256i j = _mm256_srli_epi32(_mm256_castps_si256(a + 1), 21);
  __m256 is_high = _mm256_castsi256_ps(_mm256_slli_epi32(j, 28));
  __m256 d = a - pick3(f->table[0], j, is_high), p = pick3(f->table[1 + terms], j, is_high);
  for (int k = terms; k > 0; k--) p = _mm256_fmadd_ps(p, d, pick3(f->table[k], j, is_high));
  return _mm256_or_ps(p, _mm256_and_ps(sign, x));
}

TNB_V3 static void pieces_row3(const pieces *f, float *o, const float *x, long n) {
  for (; n >= 8; o += 8, x += 8, n -= 8) _mm256_storeu_ps(o, pieces3(f, _mm256_loadu_ps(x)));
  if (n == 0) return;
  float rest[8] = {0};
  memcpy(rest, x, (size_t)n * sizeof *x);
  _mm256_storeu_ps(rest, pieces3(f, _mm256_loadu_ps(rest)));
  memcpy(o, rest, (size_t)n * sizeof *o);
}

TNB_V4 static inline __m512 exp4(__m512 x) {
  x = _mm512_max_ps(_mm512_set1_ps(TNB_EXP_LEAST), _mm512_min_ps(_mm512_set1_ps(TNB_EXP_MOST), x));
  __m512 n = x * TNB_LOG2_E + TNB_ROUNDER - TNB_ROUNDER;
  __m512 far = x - n * TNB_LN2_HIGH;
  __m512 r = far - n * TNB_LN2_LOW;
  __m512 rest = (far - r) - n * TNB_LN2_LOW, h = 1 + r;
  return _mm512_scalef_ps(TNB_EXP_SUM(r, rest, h), n);
}

TNB_V4 static inline __m512 pieces4(const pieces *f, __m512 x) {
  __m512 a = _mm512_min_ps(_mm512_set1_ps(f->one_from), _mm512_abs_ps(x));
  __m512i j = _mm512_srli_epi32(_mm512_castps_si512(a + 1), 21);
  __m512 d = a - _mm512_permutexvar_ps(j, _mm512_loadu_ps(f->table[0]));
  __m512 p = _mm512_permutexvar_ps(j, _mm512_loadu_ps(f->table[1 + terms]));
  for (int k = terms; k > 0; k--) p = _mm512_fmadd_ps(p, d, _mm512_permutexvar_ps(j, _mm512_loadu_ps(f->table[k])));
  return _mm512_or_ps(p, _mm512_and_ps(_mm512_set1_ps(-0.0f), x));
}

#define ROW4(NAME, PARAMETER, ARGUMENT)                                                              \
  TNB_V4 static void NAME##_row4(PARAMETER float *o, const float *x, long n) {                       \
    _Pragma("clang loop unroll_count(2)") for (; n >= 16; o += 16, x += 16, n -= 16)                 \
      _mm512_storeu_ps(o, NAME##4(ARGUMENT _mm512_loadu_ps(x)));                                     \
    __mmask16 rest = (__mmask16)((1u << n) - 1);                                                     \
    if (rest) _mm512_mask_storeu_ps(o, rest, NAME##4(ARGUMENT _mm512_maskz_loadu_ps(rest, x)));      \
  }
#define COMMA ,
ROW4(exp, , )
ROW4(pieces, const pieces *f COMMA, f COMMA)

#define OF_LEVEL(NAME) (tnb_level() == 4 ? NAME##_row4 : tnb_level() == 3 ? NAME##_row3 : NAME##_row)
#else
#define OF_LEVEL(NAME) NAME##_row
#endif

void tnb_exp_row(float *o, const float *x, long n) { OF_LEVEL(exp)(o, x, n); }
void tnb_tanh_row(float *o, const float *x, long n) { OF_LEVEL(pieces)(&tanh_pieces, o, x, n); }
void tnb_erf_row(float *o, const float *x, long n) { OF_LEVEL(pieces)(&erf_pieces, o, x, n); }

// Elements that do not lie side by side go through a buffer.
static int run(void (*row)(float *o, const float *x, long n), char *const *p, const long *s, long n) {
  if (s[0] == sizeof(float) && s[1] == sizeof(float)) {
    row((float *)p[0], (const float *)p[1], n);
    return 0;
  }
  float buffer[256];
  for (long start = 0; start < n; start += 256) {
    long m = n - start < 256 ? n - start : 256;
    for (long i = 0; i < m; i++) buffer[i] = *(const float *)(p[1] + (start + i) * s[1]);
    row(buffer, buffer, m);
    for (long i = 0; i < m; i++) *(float *)(p[0] + (start + i) * s[0]) = buffer[i];
  }
  return 0;
}

int tnb_exp_float32(char *const *p, const long *s, long n, const void *context) {
  (void)context;
  return run(tnb_exp_row, p, s, n);
}

int tnb_tanh_float32(char *const *p, const long *s, long n, const void *context) {
  (void)context;
  return run(tnb_tanh_row, p, s, n);
}
