#pragma once
#include <stdint.h>
#include <string.h>

// Conversions of the 16-bit float formats, rounding to nearest even, as PyTorch's Half and BFloat16 do.

static inline float tnb_half_to_float(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = (h >> 10) & 31, mantissa = h & 1023, bits;
  if (exponent == 31) bits = sign | 0x7f800000u | (mantissa << 13);
  else if (exponent) bits = sign | ((exponent + 112) << 23) | (mantissa << 13);
  else {
    float f = (float)mantissa * 0x1p-24f;
    memcpy(&bits, &f, 4);
    bits |= sign;
  }
  float f;
  memcpy(&f, &bits, 4);
  return f;
}

static inline uint16_t tnb_float_to_half(float f) {
  uint32_t bits;
  memcpy(&bits, &f, 4);
  uint32_t sign = (bits >> 16) & 0x8000, magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return (uint16_t)(sign | 0x7e00);
  if (magnitude >= 0x477ff000u) return (uint16_t)(sign | 0x7c00);
  if (magnitude < 0x38800000u) {
    // Below the smallest normal half: adding 0.5 leaves the rounded mantissa in the low bits.
    float m;
    memcpy(&m, &magnitude, 4);
    m += 0.5f;
    uint32_t r;
    memcpy(&r, &m, 4);
    return (uint16_t)(sign | (r - 0x3f000000u));
  }
  uint32_t odd = (magnitude >> 13) & 1;
  return (uint16_t)(sign | ((magnitude - 0x38000000u + 0xfff + odd) >> 13));
}

static inline float tnb_bfloat16_to_float(uint16_t b) {
  uint32_t bits = (uint32_t)b << 16;
  float f;
  memcpy(&f, &bits, 4);
  return f;
}

static inline uint16_t tnb_float_to_bfloat16(float f) {
  uint32_t bits;
  memcpy(&bits, &f, 4);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return 0x7fc0;
  return (uint16_t)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}
