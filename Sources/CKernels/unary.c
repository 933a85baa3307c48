#define _GNU_SOURCE
#include "unary.h"
#include "transcendental.h"
#include "floatmath.h"
#include "simd.h"
#include <math.h>
#include <stdint.h>

// One loop over dense or strided elements.
#define LOOP(NAME, T, O, EXPR) LOOP_FOR(TNB_CLONES, NAME, T, O, EXPR)
#define LOOP_FOR(CLONES, NAME, T, O, EXPR)                                                           \
  CLONES static int NAME(char *const *p, const long *s, long n, const void *context) {           \
    (void)context;                                                                                   \
    if (s[0] == sizeof(O) && s[1] == sizeof(T)) {                                                    \
      O *o = (O *)p[0];                                                                              \
      const T *x = (const T *)p[1];                                                                  \
      TNB_VECTOR for (long i = 0; i < n; i++) { T a = x[i]; o[i] = EXPR; }                           \
    } else {                                                                                         \
      for (long i = 0; i < n; i++) {                                                                 \
        T a = *(const T *)(p[1] + i * s[1]);                                                         \
        *(O *)(p[0] + i * s[0]) = EXPR;                                                              \
      }                                                                                              \
    }                                                                                                \
    return 0;                                                                                        \
  }

#define INTEGERS(X, ...)                                                                             \
  X(uint8, uint8_t, __VA_ARGS__) X(int8, int8_t, __VA_ARGS__) X(int16, int16_t, __VA_ARGS__)         \
  X(int32, int32_t, __VA_ARGS__) X(int64, int64_t, __VA_ARGS__)
#define ROW(suffix, T, op, EXPR) LOOP(op##_##suffix, T, T, (T)(EXPR))
#define TEST_ROW(suffix, T, op, EXPR) LOOP(op##_##suffix, T, uint8_t, (uint8_t)(EXPR))
#define FLOATS(op, f32, f64) LOOP(op##_float32, float, float, f32) LOOP(op##_float64, double, double, f64)
#define WIDE_FLOATS(op, f32, f64)                                                                    \
  LOOP_FOR(TNB_WIDE_CLONES, op##_float32, float, float, f32)                                         \
  LOOP_FOR(TNB_WIDE_CLONES, op##_float64, double, double, f64)
#define SAME(op, EXPR) WIDE_FLOATS(op, EXPR, EXPR)

INTEGERS(ROW, neg, 0 - (uint64_t)a)
SAME(neg, -a)
INTEGERS(ROW, absolute, a < 0 ? 0 - (uint64_t)a : (uint64_t)a)
WIDE_FLOATS(absolute, fabsf(a), fabs(a))
INTEGERS(ROW, sign, (a > 0) - (a < 0))
FLOATS(sign, a != a ? a : (float)((a > 0) - (a < 0)), a != a ? a : (double)((a > 0) - (a < 0)))
INTEGERS(ROW, square, (uint64_t)a * (uint64_t)a)
SAME(square, a *a)
INTEGERS(ROW, relu, a > 0 ? a : 0)
SAME(relu, a != a ? a : a > 0 ? a : 0)
INTEGERS(ROW, bit_not, ~a)
LOOP(not_bool, uint8_t, uint8_t, a == 0)
FLOATS(floor, floorf(a), floor(a))
FLOATS(ceil, ceilf(a), ceil(a))
FLOATS(round, rintf(a), rint(a))
FLOATS(trunc, truncf(a), trunc(a))
FLOATS(frac, a - truncf(a), a - trunc(a))
SAME(reciprocal, 1 / a)
WIDE_FLOATS(sqrt, sqrtf(a), sqrt(a))
WIDE_FLOATS(rsqrt, 1 / sqrtf(a), 1 / sqrt(a))
FLOATS(deg2rad, a * 0.017453292519943295769236907684886f, a * 0.017453292519943295769236907684886)
FLOATS(rad2deg, a * 57.295779513082320876798154814105f, a * 57.295779513082320876798154814105)


LOOP_FOR(TNB_WIDE_CLONES, exp_float64, double, double, exp(a))
WIDE_FLOATS(exp2, tnb_exp2f(a), exp2(a))
// Where the C library's float32 is off by the last place often, its float64 is rounded.
FLOATS(expm1, (float)expm1(a), expm1(a))
WIDE_FLOATS(log, tnb_logf(a), log(a))
WIDE_FLOATS(log2, tnb_log2f(a), log2(a))
FLOATS(log10, (float)log10(a), log10(a))
FLOATS(log1p, (float)log1p(a), log1p(a))

// The short reduction of angles holds to 8192; blocks with larger ones (or none at all) go through the library.
#define ANGLE(F, QUADRANT)                                                                           \
  TNB_WIDE_CLONES static int F##_float32(char *const *p, const long *s, long n, const void *context) {    \
    (void)context;                                                                                   \
    enum { block = 1024 };                                                                           \
    for (long start = 0; start < n; start += block) {                                                \
      long m = n - start < block ? n - start : block;                                                \
      char *o = p[0] + start * s[0];                                                                 \
      const char *x = p[1] + start * s[1];                                                           \
      int fits = 1;                                                                                  \
      if (s[0] == 4 && s[1] == 4) {                                                                  \
        const float *a = (const float *)x;                                                           \
        TNB_VECTOR for (long i = 0; i < m; i++) fits &= fabsf(a[i]) <= 8192;                         \
        if (fits) {                                                                                  \
          float *b = (float *)o;                                                                     \
          TNB_VECTOR for (long i = 0; i < m; i++) b[i] = tnb_sinef(a[i], QUADRANT);                  \
          continue;                                                                                  \
        }                                                                                            \
      }                                                                                              \
      for (long i = 0; i < m; i++) {                                                                 \
        float a = *(const float *)(x + i * s[1]);                                                    \
        *(float *)(o + i * s[0]) = fabsf(a) <= 8192 ? tnb_sinef(a, QUADRANT) : F##f(a);              \
      }                                                                                              \
    }                                                                                                \
    return 0;                                                                                        \
  }                                                                                                  \
  LOOP(F##_float64, double, double, F(a))
ANGLE(sin, 0)
ANGLE(cos, 1)
FLOATS(tan, tanf(a), tan(a))
FLOATS(asin, asinf(a), asin(a))
FLOATS(acos, acosf(a), acos(a))
FLOATS(atan, atanf(a), atan(a))
FLOATS(sinh, (float)sinh(a), sinh(a))
FLOATS(cosh, (float)cosh(a), cosh(a))
LOOP_FOR(TNB_WIDE_CLONES, tanh_float64, double, double, tanh(a))
FLOATS(asinh, asinhf(a), asinh(a))
FLOATS(acosh, acoshf(a), acosh(a))
FLOATS(atanh, atanhf(a), atanh(a))
WIDE_FLOATS(sigmoid, tnb_sigmoidf(a), 1 / (1 + exp(-a)))
FLOATS(erf, erff(a), erf(a))
FLOATS(erfc, erfcf(a), erfc(a))

static inline double log_sigmoid(double a) { return (a < 0 ? a : 0) - log1p(exp(-fabs(a))); }
FLOATS(log_sigmoid, (float)log_sigmoid(a), log_sigmoid(a))

static double erfinv(double y) {
  if (y <= -1 || y >= 1) return y == 1 ? INFINITY : y == -1 ? -INFINITY : NAN;
  if (y == 0 || y != y) return y;
  // Rational start (Giles 2012), then two Newton steps.
  double w = -log((1 - y) * (1 + y)), x;
  if (w < 5) {
    w -= 2.5;
    x = 2.81022636e-08;
    x = 3.43273939e-07 + x * w; x = -3.5233877e-06 + x * w; x = -4.39150654e-06 + x * w;
    x = 0.00021858087 + x * w; x = -0.00125372503 + x * w; x = -0.00417768164 + x * w;
    x = 0.246640727 + x * w; x = 1.50140941 + x * w;
  } else {
    w = sqrt(w) - 3;
    x = -0.000200214257;
    x = 0.000100950558 + x * w; x = 0.00134934322 + x * w; x = -0.00367342844 + x * w;
    x = 0.00573950773 + x * w; x = -0.0076224613 + x * w; x = 0.00943887047 + x * w;
    x = 1.00167406 + x * w; x = 2.83297682 + x * w;
  }
  x *= y;
  for (int i = 0; i < 2; i++) {
    // Far out, erfc keeps the digits that erf loses.
    double e = x > 1 ? (1 - y) - erfc(x) : x < -1 ? erfc(-x) - (1 + y) : erf(x) - y;
    x -= e / (1.1283791670955126 * exp(-x * x));
  }
  return x;
}
FLOATS(erfinv, (float)erfinv(a), erfinv(a))

static double log_gamma(double a) {
  int sign;
  return lgamma_r(a, &sign);
}
FLOATS(lgamma, (float)log_gamma(a), log_gamma(a))

static double digamma(double x) {
  if (x == 0) return copysign(INFINITY, -x);
  double reflected = 0;
  if (x < 0) {
    if (x == trunc(x)) return NAN;
    double whole, f = modf(x, &whole);
    reflected = -M_PI / tan(M_PI * f);
    x = 1 - x;
  }
  double shifted = 0;
  while (x < 10) {
    shifted -= 1 / x;
    x += 1;
  }
  if (x == 10) return reflected + shifted + 2.25175258906672110764;
  double y = 0;
  if (x < 1e17) {
    double z = 1 / (x * x);
    y = z * (8.33333333333333333333e-2 + z * (-8.33333333333333333333e-3 + z * (3.96825396825396825397e-3
      + z * (-4.16666666666666666667e-3 + z * (7.57575757575757575758e-3 + z * (-2.10927960927960927961e-2
      + z * 8.33333333333333333333e-2))))));
  }
  return reflected + shifted + log(x) - 0.5 / x - y;
}
FLOATS(digamma, (float)digamma(a), digamma(a))

// Hurwitz's zeta function by Euler–Maclaurin summation (after Cephes).
double tnb_hurwitz_zeta(double x, double q) {
  static const double a[] = {
    12, -720, 30240, -1209600, 47900160, -1.8924375803183791606e9, 7.47242496e10, -2.950130727918164224e12,
    1.1646782814350067249e14, -4.5979787224074726105e15, 1.8152105401943546773e17, -7.1661652561756670113e18};
  if (x == 1) return INFINITY;
  if (x < 1) return NAN;
  if (q <= 0) {
    if (q == floor(q)) return INFINITY;
    if (x != floor(x)) return NAN;
  }
  double s = pow(q, -x), b = 0, w = q;
  for (int i = 0; i < 9 || w <= 9; i++) {
    w += 1;
    b = pow(w, -x);
    s += b;
    if (fabs(b) < 1e-17 * fabs(s)) return s;
  }
  s += b * w / (x - 1);
  s -= 0.5 * b;
  double factor = 1, k = 0;
  for (int i = 0; i < 12; i++) {
    factor *= x + k;
    b /= w;
    double t = factor * b / a[i];
    s += t;
    if (fabs(t / s) < 1e-17) return s;
    k += 1;
    factor *= x + k;
    b /= w;
    k += 1;
  }
  return s;
}

int tnb_polygamma(char *const *p, const long *s, long n, const void *context) {
  double order = *(const double *)context, sign = fmod(order, 2) == 1 ? 1 : -1, factorial = exp(lgamma(order + 1));
  for (long i = 0; i < n; i++) {
    *(double *)(p[0] + i * s[0]) = sign * factorial * tnb_hurwitz_zeta(order + 1, *(const double *)(p[1] + i * s[1]));
  }
  return 0;
}

FLOATS(sinc, a == 0 ? 1 : sinf((float)M_PI * a) / ((float)M_PI * a), a == 0 ? 1 : sin(M_PI * a) / (M_PI * a))

static double bessel_i0(double x) {
  // Power series to 20, then the asymptotic one.
  x = fabs(x);
  if (x < 20) {
    double t = 1, sum = 1, q = x * x / 4;
    for (int k = 1; k < 200 && t > sum * 1e-17; k++) {
      t *= q / ((double)k * k);
      sum += t;
    }
    return sum;
  }
  double t = 1, sum = 1;
  for (int k = 1; k < 30; k++) {
    double next = t * (2 * k - 1) * (2 * k - 1) / (8 * x * k);
    if (next > t) break;
    t = next;
    sum += t;
  }
  return exp(x) / sqrt(2 * M_PI * x) * sum;
}
FLOATS(i0, (float)bessel_i0(a), bessel_i0(a))

#define FLOAT_TESTS(op, EXPR) LOOP(op##_float32, float, uint8_t, (EXPR) != 0) LOOP(op##_float64, double, uint8_t, (EXPR) != 0)
FLOAT_TESTS(isnan, a != a)
FLOAT_TESTS(isinf, a == INFINITY || a == -INFINITY)
FLOAT_TESTS(isfinite, a - a == 0)
FLOAT_TESTS(isposinf, a == INFINITY)
FLOAT_TESTS(isneginf, a == -INFINITY)
FLOAT_TESTS(signbit, signbit(a) != 0)
INTEGERS(TEST_ROW, signbit, a < 0)
FLOAT_TESTS(logical_not, a == 0)
INTEGERS(TEST_ROW, logical_not, a == 0)

#define FILL_INTS(op)                                                                                \
  [tnb_uint8] = op##_uint8, [tnb_int8] = op##_int8, [tnb_int16] = op##_int16, [tnb_int32] = op##_int32, \
  [tnb_int64] = op##_int64
#define FILL_FLOATS(op) [tnb_float32] = op##_float32, [tnb_float64] = op##_float64
#define FLOAT_ONLY(op) [tnb_##op] = {FILL_FLOATS(op)},

const tnb_kernel tnb_unary_table[tnb_unary_count][tnb_dtype_count] = {
  [tnb_neg] = {FILL_INTS(neg), FILL_FLOATS(neg)},
  [tnb_absolute] = {FILL_INTS(absolute), FILL_FLOATS(absolute)},
  [tnb_sign] = {FILL_INTS(sign), FILL_FLOATS(sign)},
  [tnb_square] = {FILL_INTS(square), FILL_FLOATS(square)},
  [tnb_relu] = {FILL_INTS(relu), FILL_FLOATS(relu)},
  [tnb_bit_not] = {[tnb_bool] = not_bool, FILL_INTS(bit_not)},
  [tnb_signbit] = {FILL_INTS(signbit), FILL_FLOATS(signbit)},
  [tnb_logical_not] = {[tnb_bool] = not_bool, FILL_INTS(logical_not), FILL_FLOATS(logical_not)},
  [tnb_exp] = {[tnb_float32] = tnb_exp_float32, [tnb_float64] = exp_float64},
  [tnb_tanh] = {[tnb_float32] = tnb_tanh_float32, [tnb_float64] = tanh_float64},
  FLOAT_ONLY(floor) FLOAT_ONLY(ceil) FLOAT_ONLY(round) FLOAT_ONLY(trunc) FLOAT_ONLY(frac) FLOAT_ONLY(reciprocal)
  FLOAT_ONLY(sqrt) FLOAT_ONLY(rsqrt) FLOAT_ONLY(exp2) FLOAT_ONLY(expm1) FLOAT_ONLY(log)
  FLOAT_ONLY(log2) FLOAT_ONLY(log10) FLOAT_ONLY(log1p) FLOAT_ONLY(sin) FLOAT_ONLY(cos) FLOAT_ONLY(tan)
  FLOAT_ONLY(asin) FLOAT_ONLY(acos) FLOAT_ONLY(atan) FLOAT_ONLY(sinh) FLOAT_ONLY(cosh)
  FLOAT_ONLY(asinh) FLOAT_ONLY(acosh) FLOAT_ONLY(atanh) FLOAT_ONLY(sigmoid) FLOAT_ONLY(erf) FLOAT_ONLY(erfc)
  FLOAT_ONLY(erfinv) FLOAT_ONLY(lgamma) FLOAT_ONLY(digamma) FLOAT_ONLY(sinc) FLOAT_ONLY(deg2rad)
  FLOAT_ONLY(rad2deg) FLOAT_ONLY(i0) FLOAT_ONLY(log_sigmoid) FLOAT_ONLY(isnan)
  FLOAT_ONLY(isinf) FLOAT_ONLY(isfinite) FLOAT_ONLY(isposinf) FLOAT_ONLY(isneginf)
};
