#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

// Branch-free float32 functions that vectorise: the polynomials of Cephes (S. Moshier), within one unit of the last place. exp and tanh
// in the processor's own vectors: transcendental.c.
#pragma clang fp contract(fast)

static inline float tnb_as_float(uint32_t b) { float f; memcpy(&f, &b, 4); return f; }
static inline uint32_t tnb_as_bits(float f) { uint32_t b; memcpy(&b, &f, 4); return b; }

// Adding this rounds to a whole number, which then stands in the low bits.
#define TNB_ROUNDER 12582912.0f

/// (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2; r may be a vector.
#define TNB_EXP_TAIL(r)                                                                              \
  ((((((r) * 1.9875691500e-4f + 1.3981999507e-3f) * (r) + 8.3334519073e-3f) * (r) + 4.1665795894e-2f) * (r)  \
    + 1.6666665459e-1f) * (r) + 5.0000001201e-1f)
// log₂ e, and ln 2 in two parts, of which a whole number times the first is exact.
#define TNB_LOG2_E 1.44269504088896341f
#define TNB_LN2_HIGH 0x1.62e400p-1f
#define TNB_LN2_LOW 0x1.7f7d1cp-20f
// Beyond these e^x is infinite or 0.
#define TNB_EXP_MOST 89.0f
#define TNB_EXP_LEAST -104.0f

/// e^(r + rest) for |r| ≤ ln 2 / 2, where `rest` is what r lost in rounding: 1 + r is kept with its own loss, so that nearly all of the
/// error is the last rounding's. One product stands in each sum, so that all generations fuse the same.
#define TNB_EXP_SUM(r, rest, one_plus_r) \
  ((one_plus_r) + (((r) - ((one_plus_r) - 1)) + ((TNB_EXP_TAIL(r) * (r)) * (r) + (rest))))

/// 2^n · e^(r + rest) for |r| ≤ ln 2 / 2, in two steps so that the ends of the range come out.
static inline float tnb_exp_parts(float r, float rest, int32_t n) {
  #pragma clang fp contract(fast)
  float h = 1 + r;
  float p = TNB_EXP_SUM(r, rest, h);
  int32_t half = n >> 1;
  return p * tnb_as_float((uint32_t)(half + 127) << 23) * tnb_as_float((uint32_t)(n - half + 127) << 23);
}

static inline float tnb_expf(float x) {
  #pragma clang fp contract(fast)
  x = x > TNB_EXP_MOST ? TNB_EXP_MOST : x;
  x = x < TNB_EXP_LEAST ? TNB_EXP_LEAST : x;
  float t = x * TNB_LOG2_E + TNB_ROUNDER;
  float n = t - TNB_ROUNDER;
  float far = x - n * TNB_LN2_HIGH;
  float r = far - n * TNB_LN2_LOW;
  float rest = (far - r) - n * TNB_LN2_LOW;
  return tnb_exp_parts(r, rest, (int32_t)(tnb_as_bits(t) - tnb_as_bits(TNB_ROUNDER)));
}

static inline float tnb_exp2f(float x) {
  #pragma clang fp contract(fast)
  x = x > 129.0f ? 129.0f : x;
  x = x < -151.0f ? -151.0f : x;
  float t = x + TNB_ROUNDER;
  float n = t - TNB_ROUNDER;
  return tnb_exp_parts((x - n) * 0.693147180559945309f, 0, (int32_t)(tnb_as_bits(t) - tnb_as_bits(TNB_ROUNDER)));
}

/// log(1 + f) − f + f²/2 for 1 + f between √½ and √2.
static inline float tnb_log_tail(float f) {
  #pragma clang fp contract(fast)
  float y = 7.0376836292e-2f;
  y = y * f - 1.1514610310e-1f;
  y = y * f + 1.1676998740e-1f;
  y = y * f - 1.2420140846e-1f;
  y = y * f + 1.4249322787e-1f;
  y = y * f - 1.6668057665e-1f;
  y = y * f + 2.0000714765e-1f;
  y = y * f - 2.4999993993e-1f;
  y = y * f + 3.3333331174e-1f;
  return y * f * (f * f);
}

static inline float tnb_logf(float x) {
  #pragma clang fp contract(fast)
  float scaled = x < 0x1p-126f ? x * 0x1p23f : x;
  uint32_t bits = tnb_as_bits(scaled), above = bits - 0x3f3504f3u;
  int32_t e = (int32_t)above >> 23;
  float f = tnb_as_float(bits - (uint32_t)(e * (1 << 23))) - 1.0f;
  float n = (float)(e - (x < 0x1p-126f ? 23 : 0));
  float y = tnb_log_tail(f) - n * 2.12194440e-4f;
  y = y - 0.5f * f * f;
  y = (f + y) + n * 0.693359375f;
  y = x == 0 ? -INFINITY : y;
  y = x < 0 ? NAN : y;
  return x - x == 0 ? y : x == -INFINITY ? NAN : x;
}

static inline float tnb_log2f(float x) {
  #pragma clang fp contract(fast)
  float scaled = x < 0x1p-126f ? x * 0x1p23f : x;
  uint32_t bits = tnb_as_bits(scaled), above = bits - 0x3f3504f3u;
  int32_t e = (int32_t)above >> 23;
  float f = tnb_as_float(bits - (uint32_t)(e * (1 << 23))) - 1.0f;
  float n = (float)(e - (x < 0x1p-126f ? 23 : 0));
  float tail = tnb_log_tail(f) - 0.5f * f * f;
  // log₂ e = 1 + 0.44269504: the large product is exact.
  float y = tail * 0.44269504088896340735992f;
  y = y + f * 0.44269504088896340735992f;
  y = y + tail;
  y = y + f;
  y = y + n;
  y = x == 0 ? -INFINITY : y;
  y = x < 0 ? NAN : y;
  return x - x == 0 ? y : x == -INFINITY ? NAN : x;
}

static inline float tnb_sigmoidf(float x) { return 1 / (1 + tnb_expf(-x)); }

/// Sine (quadrant 0) or cosine (quadrant 1) for |x| ≤ 8192.
static inline float tnb_sinef(float x, uint32_t quadrant) {
  #pragma clang fp contract(fast)
  float t = x * 0.636619772367581343f + TNB_ROUNDER;
  float n = t - TNB_ROUNDER;
  uint32_t q = tnb_as_bits(t) + quadrant;
  float a = x - n * 1.5703125f, b = a - n * 4.837512969970703125e-4f, r = b - n * 0x1.4440000000000p-24f;
  // What r lost in rounding, and the rest of the constant.
  float rest = ((a - b) - n * 4.837512969970703125e-4f) + ((b - r) - n * 0x1.4440000000000p-24f);
  rest = rest - n * 0x1.68c2340000000p-39f;
  float z = r * r;
  float s = -1.9515295891e-4f;
  s = s * z + 8.3321608736e-3f;
  s = s * z - 1.6666654611e-1f;
  s = ((s * z) * r + rest) + r;
  float c = 2.443315711809948e-5f;
  c = c * z - 1.388731625493765e-3f;
  c = c * z + 4.166664568298827e-2f;
  float half = 0.5f * z, h = 1 - half;
  // cos(r + rest) = cos r − r · rest; 1 − z / 2 is kept with its own loss.
  c = h + (((1 - h) - half) + ((c * z) * z - r * rest));
  float y = q & 1 ? c : s;
  return tnb_as_float(tnb_as_bits(y) ^ (q & 2) << 30);
}
