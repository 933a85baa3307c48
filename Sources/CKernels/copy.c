#include "copy.h"
#include "half.h"
#include "simd.h"

static inline int64_t to_int64(double x) { return x >= -0x1p63 && x < 0x1p63 ? (int64_t)x : INT64_MIN; }
static inline int32_t to_int32(double x) { return x > -2147483649.0 && x < 2147483648.0 ? (int32_t)x : INT32_MIN; }
// Narrow integers go through 32 bits (64 where that is out of range), as compilers do.
static inline int32_t to_narrow(double x) { return (int32_t)to_int64(x); }

// How a value `x` of each source type reads, as the widest type of its kind.
#define READ_bool(p) ((int64_t)*(const uint8_t *)(p))
#define READ_uint8(p) ((int64_t)*(const uint8_t *)(p))
#define READ_int8(p) ((int64_t)*(const int8_t *)(p))
#define READ_int16(p) ((int64_t)*(const int16_t *)(p))
#define READ_int32(p) ((int64_t)*(const int32_t *)(p))
#define READ_int64(p) (*(const int64_t *)(p))
#define READ_float16(p) tnb_from_float16(*(const uint16_t *)(p))
#define READ_bfloat16(p) tnb_from_bfloat16(*(const uint16_t *)(p))
#define READ_float32(p) (*(const float *)(p))
#define READ_float64(p) (*(const double *)(p))

// Writing an integer value, and a floating one.
#define WI_bool(p, x) (*(uint8_t *)(p) = (x) != 0)
#define WI_uint8(p, x) (*(uint8_t *)(p) = (uint8_t)(x))
#define WI_int8(p, x) (*(int8_t *)(p) = (int8_t)(x))
#define WI_int16(p, x) (*(int16_t *)(p) = (int16_t)(x))
#define WI_int32(p, x) (*(int32_t *)(p) = (int32_t)(x))
#define WI_int64(p, x) (*(int64_t *)(p) = (x))
#define WI_float16(p, x) (*(uint16_t *)(p) = tnb_to_float16((float)(x)))
#define WI_bfloat16(p, x) (*(uint16_t *)(p) = tnb_to_bfloat16((float)(x)))
#define WI_float32(p, x) (*(float *)(p) = (float)(x))
#define WI_float64(p, x) (*(double *)(p) = (double)(x))
#define WF_bool WI_bool
#define WF_uint8(p, x) (*(uint8_t *)(p) = (uint8_t)to_narrow(x))
#define WF_int8(p, x) (*(int8_t *)(p) = (int8_t)to_narrow(x))
#define WF_int16(p, x) (*(int16_t *)(p) = (int16_t)to_narrow(x))
#define WF_int32(p, x) (*(int32_t *)(p) = to_int32(x))
#define WF_int64(p, x) (*(int64_t *)(p) = to_int64(x))
#define WF_float16 WI_float16
#define WF_bfloat16 WI_bfloat16
#define WF_float32 WI_float32
#define WF_float64 WI_float64

#define SIZE_bool 1
#define SIZE_uint8 1
#define SIZE_int8 1
#define SIZE_int16 2
#define SIZE_int32 4
#define SIZE_int64 8
#define SIZE_float16 2
#define SIZE_bfloat16 2
#define SIZE_float32 4
#define SIZE_float64 8

#define CAST(to, from, W)                                                                           \
  TNB_CLONES static int cast_##from##_##to(char *const *p, const long *s, long n, const void *c) {  \
    (void)c;                                                                                        \
    char *o = p[0];                                                                                 \
    const char *a = p[1];                                                                           \
    if (s[0] == SIZE_##to && s[1] == SIZE_##from) {                                                 \
      for (long i = 0; i < n; i++) W##_##to(o + i * SIZE_##to, READ_##from(a + i * SIZE_##from));   \
    } else {                                                                                        \
      long so = s[0], sa = s[1];                                                                    \
      for (long i = 0; i < n; i++) W##_##to(o + i * so, READ_##from(a + i * sa));                   \
    }                                                                                               \
    return 0;                                                                                       \
  }
#define CASTS(from, W)                                                                              \
  CAST(bool, from, W) CAST(uint8, from, W) CAST(int8, from, W) CAST(int16, from, W)                 \
  CAST(int32, from, W) CAST(int64, from, W) CAST(float16, from, W) CAST(bfloat16, from, W)          \
  CAST(float32, from, W) CAST(float64, from, W)
CASTS(bool, WI) CASTS(uint8, WI) CASTS(int8, WI) CASTS(int16, WI) CASTS(int32, WI) CASTS(int64, WI)
CASTS(float16, WF) CASTS(bfloat16, WF) CASTS(float32, WF) CASTS(float64, WF)

#define ROW(from)                                                                                   \
  {cast_##from##_bool, cast_##from##_uint8, cast_##from##_int8, cast_##from##_int16,                \
   cast_##from##_int32, cast_##from##_int64, cast_##from##_float16, cast_##from##_bfloat16,         \
   cast_##from##_float32, cast_##from##_float64}

// The same type is moved as bytes of its width.
#define MOVE(bits)                                                                                  \
  static int move##bits(char *const *p, const long *s, long n, const void *c) {                     \
    (void)c;                                                                                        \
    if (s[0] == sizeof(uint##bits##_t) && s[1] == sizeof(uint##bits##_t)) {                         \
      memmove(p[0], p[1], (size_t)n * sizeof(uint##bits##_t));                                      \
      return 0;                                                                                     \
    }                                                                                               \
    char *o = p[0];                                                                                 \
    const char *a = p[1];                                                                           \
    long so = s[0], sa = s[1];                                                                      \
    for (long i = 0; i < n; i++) *(uint##bits##_t *)(o + i * so) = *(const uint##bits##_t *)(a + i * sa); \
    return 0;                                                                                       \
  }                                                                                                 \
  TNB_CLONES static int fill##bits(char *const *p, const long *s, long n, const void *c) {          \
    uint##bits##_t v = *(const uint##bits##_t *)c;                                                  \
    if (s[0] == sizeof v) {                                                                         \
      uint##bits##_t *o = (uint##bits##_t *)p[0];                                                   \
      for (long i = 0; i < n; i++) o[i] = v;                                                        \
    } else {                                                                                        \
      for (long i = 0; i < n; i++) *(uint##bits##_t *)(p[0] + i * s[0]) = v;                        \
    }                                                                                               \
    return 0;                                                                                       \
  }
MOVE(8) MOVE(16) MOVE(32) MOVE(64)

static const long sizes[tnb_dtype_count] = {1, 1, 1, 2, 4, 8, 2, 2, 4, 8};

tnb_kernel tnb_copy_kernel(int to, int from) {
  static const tnb_kernel table[tnb_dtype_count][tnb_dtype_count] = {
    ROW(bool), ROW(uint8), ROW(int8), ROW(int16), ROW(int32), ROW(int64), ROW(float16), ROW(bfloat16), ROW(float32),
    ROW(float64)};
  if (to == from) {
    switch (sizes[to]) {
    case 1: return move8;
    case 2: return move16;
    case 4: return move32;
    default: return move64;
    }
  }
  return table[from][to];
}

tnb_kernel tnb_fill_kernel(long element_bytes) {
  switch (element_bytes) {
  case 1: return fill8;
  case 2: return fill16;
  case 4: return fill32;
  default: return fill64;
  }
}

void tnb_fill(void *data, long n, long element_bytes, const void *value) {
  char *p[1] = {data};
  long s[1] = {element_bytes};
  tnb_fill_kernel(element_bytes)(p, s, n, value);
}
