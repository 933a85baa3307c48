#include "ternary.h"
#include "simd.h"

#define WHERE(bits)                                                                                  \
  TNB_CLONES static int where##bits(char *const *p, const long *s, long n, const void *context) {    \
    (void)context;                                                                                   \
    typedef uint##bits##_t T;                                                                        \
    if (s[0] == sizeof(T) && s[1] == 1 && s[2] == sizeof(T) && s[3] == sizeof(T)) {                  \
      T *o = (T *)p[0];                                                                              \
      const uint8_t *c = (const uint8_t *)p[1];                                                      \
      const T *a = (const T *)p[2], *b = (const T *)p[3];                                            \
      TNB_VECTOR for (long i = 0; i < n; i++) { T x = a[i], y = b[i]; o[i] = c[i] ? x : y; }         \
    } else {                                                                                         \
      for (long i = 0; i < n; i++) {                                                                 \
        *(T *)(p[0] + i * s[0]) =                                                                    \
          *(const uint8_t *)(p[1] + i * s[1]) ? *(const T *)(p[2] + i * s[2]) : *(const T *)(p[3] + i * s[3]); \
      }                                                                                              \
    }                                                                                                \
    return 0;                                                                                        \
  }
WHERE(8) WHERE(16) WHERE(32) WHERE(64)

tnb_kernel tnb_where_kernel(long element_bytes) {
  switch (element_bytes) {
  case 1: return where8;
  case 2: return where16;
  case 4: return where32;
  default: return where64;
  }
}

#define LOOP(NAME, T, EXPR)                                                                          \
  TNB_CLONES static int NAME(char *const *p, const long *s, long n, const void *context) {           \
    const T *value = (const T *)context;                                                             \
    (void)value;                                                                                     \
    if (s[0] == sizeof(T) && s[1] == sizeof(T) && s[2] == sizeof(T) && s[3] == sizeof(T)) {          \
      T *o = (T *)p[0];                                                                              \
      const T *x = (const T *)p[1], *y = (const T *)p[2], *z = (const T *)p[3];                      \
      TNB_VECTOR for (long i = 0; i < n; i++) { T a = x[i], b = y[i], c = z[i]; o[i] = (T)(EXPR); }  \
    } else {                                                                                         \
      for (long i = 0; i < n; i++) {                                                                 \
        T a = *(const T *)(p[1] + i * s[1]), b = *(const T *)(p[2] + i * s[2]);                      \
        T c = *(const T *)(p[3] + i * s[3]);                                                         \
        *(T *)(p[0] + i * s[0]) = (T)(EXPR);                                                         \
      }                                                                                              \
    }                                                                                                \
    return 0;                                                                                        \
  }
#define U(x) ((uint64_t)(x))
#define INTEGERS(X, ...)                                                                             \
  X(uint8, uint8_t, __VA_ARGS__) X(int8, int8_t, __VA_ARGS__) X(int16, int16_t, __VA_ARGS__)         \
  X(int32, int32_t, __VA_ARGS__) X(int64, int64_t, __VA_ARGS__)
#define FLOATS(X, ...) X(float32, float, __VA_ARGS__) X(float64, double, __VA_ARGS__)
#define ROW(suffix, T, op, EXPR) LOOP(op##_##suffix, T, EXPR)
INTEGERS(ROW, addcmul, U(a) + U(*value) * U(b) * U(c))
FLOATS(ROW, addcmul, a + *value * b * c)
FLOATS(ROW, addcdiv, a + *value * b / c)
FLOATS(ROW, lerp, (c < 0 ? -c : c) < 0.5f ? a + c * (b - a) : b - (b - a) * (1 - c))
#undef ROW
#define T_OF(suffix, T, unused)                                                                      \
  TNB_CLONES static int clamp_##suffix(char *const *p, const long *s, long n, const void *context) { \
    const T lo = ((const T *)context)[0], hi = ((const T *)context)[1];                              \
    if (s[0] == sizeof(T) && s[1] == sizeof(T)) {                                                    \
      T *o = (T *)p[0];                                                                              \
      const T *x = (const T *)p[1];                                                                  \
      TNB_VECTOR for (long i = 0; i < n; i++) { T a = x[i]; a = a < lo ? lo : a; o[i] = a > hi ? hi : a; } \
    } else {                                                                                         \
      for (long i = 0; i < n; i++) {                                                                 \
        T a = *(const T *)(p[1] + i * s[1]);                                                         \
        a = a < lo ? lo : a;                                                                         \
        *(T *)(p[0] + i * s[0]) = a > hi ? hi : a;                                                   \
      }                                                                                              \
    }                                                                                                \
    return 0;                                                                                        \
  }
INTEGERS(T_OF, 0) FLOATS(T_OF, 0)

#define FILL_INTS(op)                                                                                \
  [tnb_uint8] = op##_uint8, [tnb_int8] = op##_int8, [tnb_int16] = op##_int16, [tnb_int32] = op##_int32, \
  [tnb_int64] = op##_int64
#define FILL_FLOATS(op) [tnb_float32] = op##_float32, [tnb_float64] = op##_float64

tnb_kernel tnb_ternary_kernel(int operation, int dtype) {
  static const tnb_kernel table[tnb_ternary_count][tnb_dtype_count] = {
    [tnb_addcmul] = {FILL_INTS(addcmul), FILL_FLOATS(addcmul)},
    [tnb_addcdiv] = {FILL_FLOATS(addcdiv)},
    [tnb_lerp] = {FILL_FLOATS(lerp)},
  };
  return table[operation][dtype];
}

tnb_kernel tnb_clamp_kernel(int dtype) {
  static const tnb_kernel table[tnb_dtype_count] = {FILL_INTS(clamp), FILL_FLOATS(clamp)};
  return table[dtype];
}
