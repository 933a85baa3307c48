#include "binary.h"
#include "simd.h"
#include <math.h>

// One loop: dense operands, one operand the same everywhere, and any strides.
#define LOOP(NAME, T, O, EXPR, CHECK) LOOP_FOR(TNB_CLONES, NAME, T, O, EXPR, CHECK)
#define LOOP_FOR(CLONES, NAME, T, O, EXPR, CHECK)                                                    \
  CLONES static int NAME(char *const *p, const long *s, long n, const void *context) {           \
    (void)context;                                                                                   \
    if (s[0] == sizeof(O) && s[1] == sizeof(T) && s[2] == sizeof(T)) {                               \
      O *o = (O *)p[0];                                                                              \
      const T *x = (const T *)p[1], *y = (const T *)p[2];                                            \
      TNB_VECTOR for (long i = 0; i < n; i++) { T a = x[i], b = y[i]; CHECK; o[i] = EXPR; }          \
    } else if (s[0] == sizeof(O) && s[1] == sizeof(T) && s[2] == 0) {                                \
      O *o = (O *)p[0];                                                                              \
      const T *x = (const T *)p[1];                                                                  \
      T b = *(const T *)p[2];                                                                        \
      TNB_VECTOR for (long i = 0; i < n; i++) { T a = x[i]; CHECK; o[i] = EXPR; }                    \
    } else if (s[0] == sizeof(O) && s[1] == 0 && s[2] == sizeof(T)) {                                \
      O *o = (O *)p[0];                                                                              \
      const T *y = (const T *)p[2];                                                                  \
      T a = *(const T *)p[1];                                                                        \
      TNB_VECTOR for (long i = 0; i < n; i++) { T b = y[i]; CHECK; o[i] = EXPR; }                    \
    } else {                                                                                         \
      for (long i = 0; i < n; i++) {                                                                 \
        T a = *(const T *)(p[1] + i * s[1]), b = *(const T *)(p[2] + i * s[2]);                      \
        CHECK;                                                                                       \
        *(O *)(p[0] + i * s[0]) = EXPR;                                                              \
      }                                                                                              \
    }                                                                                                \
    return 0;                                                                                        \
  }
#define NONE (void)0
#define NONZERO if (b == 0) return tnb_divided_by_zero

// Integer arithmetic wraps around: it is done unsigned.
#define U(x) ((uint64_t)(x))

#define INTEGERS(X, ...)                                                                             \
  X(uint8, uint8_t, __VA_ARGS__) X(int8, int8_t, __VA_ARGS__) X(int16, int16_t, __VA_ARGS__)         \
  X(int32, int32_t, __VA_ARGS__) X(int64, int64_t, __VA_ARGS__)
#define FLOATS(X, ...) X(float32, float, __VA_ARGS__) X(float64, double, __VA_ARGS__)

#define ROW(suffix, T, op, EXPR, CHECK) LOOP(op##_##suffix, T, T, EXPR, CHECK)
#define WIDE_ROW(suffix, T, op, EXPR, CHECK) LOOP_FOR(TNB_WIDE_CLONES, op##_##suffix, T, T, EXPR, CHECK)
#define INT_ROW(suffix, T, op, EXPR, CHECK) LOOP(op##_##suffix, T, T, (T)(EXPR), CHECK)
#define TEST_ROW(suffix, T, op, EXPR) LOOP(op##_##suffix, T, uint8_t, (uint8_t)(EXPR), NONE)

static inline int64_t floor_div_int(int64_t a, int64_t b) {
  if (b == -1) return (int64_t)(0 - (uint64_t)a);
  int64_t q = a / b;
  return q - (a % b != 0 && (a < 0) != (b < 0));
}
static inline int64_t trunc_div_int(int64_t a, int64_t b) { return b == -1 ? (int64_t)(0 - (uint64_t)a) : a / b; }
static inline int64_t remainder_int(int64_t a, int64_t b) {
  if (b == -1) return 0;
  int64_t r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}
static inline int64_t fmod_int(int64_t a, int64_t b) { return b == -1 ? 0 : a % b; }
static inline int64_t pow_int(int64_t a, int64_t b) {
  if (b < 0) return a == 1 ? 1 : a == -1 ? (b & 1 ? -1 : 1) : 0;
  uint64_t result = 1, base = (uint64_t)a;
  for (; b; b >>= 1) {
    if (b & 1) result *= base;
    base *= base;
  }
  return (int64_t)result;
}
static inline int64_t gcd_int(int64_t a, int64_t b) {
  uint64_t x = a < 0 ? 0 - (uint64_t)a : (uint64_t)a, y = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;
  while (y) { uint64_t t = x % y; x = y; y = t; }
  return (int64_t)x;
}
static inline int64_t lcm_int(int64_t a, int64_t b) {
  int64_t g = gcd_int(a, b);
  if (g == 0) return 0;
  uint64_t m = (uint64_t)trunc_div_int(a, g) * (uint64_t)b;
  return (int64_t)m < 0 ? (int64_t)(0 - m) : (int64_t)m;
}
// Shifts by the width or more give what PyTorch gives: zero, or the sign.
#define SHIFT_LEFT(T) ((uint64_t)b >= sizeof(T) * 8 ? 0 : U(a) << b)
#define SHIFT_RIGHT(T) ((uint64_t)b >= sizeof(T) * 8 ? (a < 0 ? -1 : 0) : a >> b)

#define MATH(T, f32, f64, ...) _Generic((T)0, float: f32, double: f64)(__VA_ARGS__)

static inline float floor_div_float(float a, float b) {
  if (b == 0) return a / b;
  float mod = fmodf(a, b), div = (a - mod) / b;
  if (mod != 0 && (b < 0) != (mod < 0)) div -= 1;
  if (div == 0) return copysignf(0, a / b);
  float f = floorf(div);
  return div - f > 0.5f ? f + 1 : f;
}
static inline double floor_div_double(double a, double b) {
  if (b == 0) return a / b;
  double mod = fmod(a, b), div = (a - mod) / b;
  if (mod != 0 && (b < 0) != (mod < 0)) div -= 1;
  if (div == 0) return copysign(0, a / b);
  double f = floor(div);
  return div - f > 0.5 ? f + 1 : f;
}
static inline float remainder_float(float a, float b) {
  float mod = fmodf(a, b);
  return mod != 0 && (b < 0) != (mod < 0) ? mod + b : mod;
}
static inline double remainder_double(double a, double b) {
  double mod = fmod(a, b);
  return mod != 0 && (b < 0) != (mod < 0) ? mod + b : mod;
}
static inline float logaddexpf(float a, float b) {
  if (isinf(a) && a == b) return a;
  float m = a > b ? a : b;
  return m + log1pf(expf(-fabsf(a - b)));
}
static inline double logaddexpd(double a, double b) {
  if (isinf(a) && a == b) return a;
  double m = a > b ? a : b;
  return m + log1p(exp(-fabs(a - b)));
}
static inline float logaddexp2f(float a, float b) {
  if (isinf(a) && a == b) return a;
  float m = a > b ? a : b;
  return m + log1pf(exp2f(-fabsf(a - b))) * 1.44269504088896340736f;
}
static inline double logaddexp2d(double a, double b) {
  if (isinf(a) && a == b) return a;
  double m = a > b ? a : b;
  return m + log1p(exp2(-fabs(a - b))) * 1.44269504088896340736;
}

INTEGERS(INT_ROW, add, U(a) + U(b), NONE)
INTEGERS(INT_ROW, sub, U(a) - U(b), NONE)
INTEGERS(INT_ROW, mul, U(a) * U(b), NONE)
FLOATS(WIDE_ROW, add, a + b, NONE)
FLOATS(WIDE_ROW, sub, a - b, NONE)
FLOATS(WIDE_ROW, mul, a * b, NONE)
FLOATS(WIDE_ROW, div, a / b, NONE)
LOOP(add_bool, uint8_t, uint8_t, a | b, NONE)
LOOP(mul_bool, uint8_t, uint8_t, a & b, NONE)
#define SCALED_INT(suffix, T, unused) LOOP(add_scaled_##suffix, T, T, (T)(U(a) + U(*(const T *)context) * U(b)), NONE)
INTEGERS(SCALED_INT, 0)
#define SCALED_FLOAT(suffix, T, unused) LOOP(add_scaled_##suffix, T, T, a + *(const T *)context * b, NONE)
FLOATS(SCALED_FLOAT, 0)
LOOP(add_scaled_bool, uint8_t, uint8_t, a | (b & *(const uint8_t *)context), NONE)

INTEGERS(INT_ROW, floor_divide, floor_div_int(a, b), NONZERO)
INTEGERS(INT_ROW, trunc_divide, trunc_div_int(a, b), NONZERO)
INTEGERS(INT_ROW, remainder, remainder_int(a, b), NONZERO)
INTEGERS(INT_ROW, fmod, fmod_int(a, b), NONZERO)
INTEGERS(INT_ROW, pow, pow_int(a, b), NONE)
#define FLOOR_DIV(suffix, T, op) LOOP(op##_##suffix, T, T, MATH(T, floor_div_float, floor_div_double, a, b), NONE)
FLOATS(FLOOR_DIV, floor_divide)
#define F2(op, f32, f64)                                                                             \
  LOOP(op##_float32, float, float, f32(a, b), NONE) LOOP(op##_float64, double, double, f64(a, b), NONE)
#define TRUNCDIVF(a, b) truncf((a) / (b))
#define TRUNCDIVD(a, b) trunc((a) / (b))
F2(trunc_divide, TRUNCDIVF, TRUNCDIVD)
F2(remainder, remainder_float, remainder_double)
F2(fmod, fmodf, fmod)
F2(pow, powf, pow)
F2(atan2, atan2f, atan2)
F2(hypot, hypotf, hypot)
F2(copysign, copysignf, copysign)
F2(nextafter, nextafterf, nextafter)
F2(logaddexp, logaddexpf, logaddexpd)
F2(logaddexp2, logaddexp2f, logaddexp2d)
F2(fmax, fmaxf, fmax)
F2(fmin, fminf, fmin)
#define XLOGYF(a, b) (b != b ? b : a == 0 ? 0 : a * logf(b))
#define XLOGYD(a, b) (b != b ? b : a == 0 ? 0 : a * log(b))
F2(xlogy, XLOGYF, XLOGYD)
FLOATS(ROW, maximum, a != a ? a : b != b ? b : a > b ? a : b, NONE)
FLOATS(ROW, minimum, a != a ? a : b != b ? b : a < b ? a : b, NONE)
INTEGERS(INT_ROW, maximum, a > b ? a : b, NONE)
INTEGERS(INT_ROW, minimum, a < b ? a : b, NONE)
FLOATS(ROW, heaviside, a == 0 ? b : a > 0, NONE)
INTEGERS(INT_ROW, heaviside, a == 0 ? b : a > 0, NONE)
INTEGERS(INT_ROW, bit_and, a & b, NONE)
INTEGERS(INT_ROW, bit_or, a | b, NONE)
INTEGERS(INT_ROW, bit_xor, a ^ b, NONE)
LOOP(bit_xor_bool, uint8_t, uint8_t, a ^ b, NONE)
#define SHL_ROW(suffix, T, op) LOOP(op##_##suffix, T, T, (T)SHIFT_LEFT(T), NONE)
#define SHR_ROW(suffix, T, op) LOOP(op##_##suffix, T, T, (T)SHIFT_RIGHT(T), NONE)
INTEGERS(SHL_ROW, shift_left)
INTEGERS(SHR_ROW, shift_right)
INTEGERS(INT_ROW, gcd, gcd_int(a, b), NONE)
INTEGERS(INT_ROW, lcm, lcm_int(a, b), NONE)

// Gradients of activations from the gradient `a` and the output `b`, in one pass.
FLOATS(WIDE_ROW, tanh_gradient, a * (1 - b * b), NONE)
FLOATS(WIDE_ROW, sigmoid_gradient, a * (1 - b) * b, NONE)
FLOATS(WIDE_ROW, relu_gradient, b > 0 ? a : 0, NONE)

#define TESTS(op, EXPR)                                                                              \
  LOOP(op##_bool, uint8_t, uint8_t, (uint8_t)(EXPR), NONE) INTEGERS(TEST_ROW, op, EXPR) FLOATS(TEST_ROW, op, EXPR)
TESTS(eq, a == b)
TESTS(ne, a != b)
TESTS(lt, a < b)
TESTS(le, a <= b)
TESTS(gt, a > b)
TESTS(ge, a >= b)
TESTS(logical_and, a != 0 && b != 0)
TESTS(logical_or, a != 0 || b != 0)
TESTS(logical_xor, (a != 0) != (b != 0))

#define FILL_INTS(op)                                                                                \
  [tnb_uint8] = op##_uint8, [tnb_int8] = op##_int8, [tnb_int16] = op##_int16, [tnb_int32] = op##_int32, \
  [tnb_int64] = op##_int64
#define FILL_FLOATS(op) [tnb_float32] = op##_float32, [tnb_float64] = op##_float64

tnb_kernel tnb_binary_kernel(int operation, int dtype) {
  static const tnb_kernel table[tnb_binary_count][tnb_dtype_count] = {
    [tnb_add] = {[tnb_bool] = add_bool, FILL_INTS(add), FILL_FLOATS(add)},
    [tnb_sub] = {FILL_INTS(sub), FILL_FLOATS(sub)},
    [tnb_mul] = {[tnb_bool] = mul_bool, FILL_INTS(mul), FILL_FLOATS(mul)},
    [tnb_div] = {FILL_FLOATS(div)},
    [tnb_add_scaled] = {[tnb_bool] = add_scaled_bool, FILL_INTS(add_scaled), FILL_FLOATS(add_scaled)},
    [tnb_floor_divide] = {FILL_INTS(floor_divide), FILL_FLOATS(floor_divide)},
    [tnb_trunc_divide] = {FILL_INTS(trunc_divide), FILL_FLOATS(trunc_divide)},
    [tnb_remainder] = {FILL_INTS(remainder), FILL_FLOATS(remainder)},
    [tnb_fmod] = {FILL_INTS(fmod), FILL_FLOATS(fmod)},
    [tnb_pow] = {FILL_INTS(pow), FILL_FLOATS(pow)},
    [tnb_atan2] = {FILL_FLOATS(atan2)},
    [tnb_hypot] = {FILL_FLOATS(hypot)},
    [tnb_maximum] = {[tnb_bool] = add_bool, FILL_INTS(maximum), FILL_FLOATS(maximum)},
    [tnb_minimum] = {[tnb_bool] = mul_bool, FILL_INTS(minimum), FILL_FLOATS(minimum)},
    [tnb_fmax] = {[tnb_bool] = add_bool, FILL_INTS(maximum), FILL_FLOATS(fmax)},
    [tnb_fmin] = {[tnb_bool] = mul_bool, FILL_INTS(minimum), FILL_FLOATS(fmin)},
    [tnb_copysign] = {FILL_FLOATS(copysign)},
    [tnb_xlogy] = {FILL_FLOATS(xlogy)},
    [tnb_heaviside] = {FILL_INTS(heaviside), FILL_FLOATS(heaviside)},
    [tnb_nextafter] = {FILL_FLOATS(nextafter)},
    [tnb_logaddexp] = {FILL_FLOATS(logaddexp)},
    [tnb_logaddexp2] = {FILL_FLOATS(logaddexp2)},
    [tnb_bit_and] = {[tnb_bool] = mul_bool, FILL_INTS(bit_and)},
    [tnb_bit_or] = {[tnb_bool] = add_bool, FILL_INTS(bit_or)},
    [tnb_bit_xor] = {[tnb_bool] = bit_xor_bool, FILL_INTS(bit_xor)},
    [tnb_shift_left] = {FILL_INTS(shift_left)},
    [tnb_shift_right] = {FILL_INTS(shift_right)},
    [tnb_gcd] = {FILL_INTS(gcd)},
    [tnb_lcm] = {FILL_INTS(lcm)},
    [tnb_tanh_gradient] = {FILL_FLOATS(tanh_gradient)},
    [tnb_sigmoid_gradient] = {FILL_FLOATS(sigmoid_gradient)},
    [tnb_relu_gradient] = {FILL_FLOATS(relu_gradient)},
    [tnb_eq] = {[tnb_bool] = eq_bool, FILL_INTS(eq), FILL_FLOATS(eq)},
    [tnb_ne] = {[tnb_bool] = ne_bool, FILL_INTS(ne), FILL_FLOATS(ne)},
    [tnb_lt] = {[tnb_bool] = lt_bool, FILL_INTS(lt), FILL_FLOATS(lt)},
    [tnb_le] = {[tnb_bool] = le_bool, FILL_INTS(le), FILL_FLOATS(le)},
    [tnb_gt] = {[tnb_bool] = gt_bool, FILL_INTS(gt), FILL_FLOATS(gt)},
    [tnb_ge] = {[tnb_bool] = ge_bool, FILL_INTS(ge), FILL_FLOATS(ge)},
    [tnb_logical_and] = {[tnb_bool] = logical_and_bool, FILL_INTS(logical_and), FILL_FLOATS(logical_and)},
    [tnb_logical_or] = {[tnb_bool] = logical_or_bool, FILL_INTS(logical_or), FILL_FLOATS(logical_or)},
    [tnb_logical_xor] = {[tnb_bool] = logical_xor_bool, FILL_INTS(logical_xor), FILL_FLOATS(logical_xor)},
  };
  return table[operation][dtype];
}
