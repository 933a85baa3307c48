#pragma once
#include <stdint.h>
#include <string.h>

static inline float tnb_bits_to_float(uint32_t b) { float f; memcpy(&f, &b, 4); return f; }
static inline uint32_t tnb_float_to_bits(float f) { uint32_t b; memcpy(&b, &f, 4); return b; }

/// Round to nearest even, as PyTorch.
static inline uint16_t tnb_to_bfloat16(float f) {
  uint32_t b = tnb_float_to_bits(f);
  if (f != f) return 0x7FC0;
  return (uint16_t)((b + 0x7FFF + ((b >> 16) & 1)) >> 16);
}
static inline float tnb_from_bfloat16(uint16_t h) { return tnb_bits_to_float((uint32_t)h << 16); }

static inline float tnb_from_float16(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16;
  uint32_t exponent = (h >> 10) & 0x1F, fraction = h & 0x3FF;
  if (exponent == 31) return tnb_bits_to_float(sign | 0x7F800000 | (fraction << 13));
  if (exponent == 0) {
    float f = (float)fraction * 0x1p-24f;
    return sign ? -f : f;
  }
  return tnb_bits_to_float(sign | ((exponent + 112) << 23) | (fraction << 13));
}

static inline uint16_t tnb_to_float16(float f) {
  uint32_t b = tnb_float_to_bits(f);
  uint16_t sign = (uint16_t)((b >> 16) & 0x8000);
  b &= 0x7FFFFFFF;
  if (b > 0x7F800000) return sign | 0x7E00;
  if (b >= 0x477FF000) return sign | 0x7C00;
  if (b < 0x38800000) {
    // Subnormal: adding 0.5 puts the rounded fraction into the low bits.
    float shifted = tnb_bits_to_float(b) + 0.5f;
    return sign | (uint16_t)(tnb_float_to_bits(shifted) - 0x3F000000);
  }
  uint32_t odd = (b >> 13) & 1;
  return sign | (uint16_t)((b - 0x38000000 + 0xFFF + odd) >> 13);
}
