#include "activations.h"
#include "simd.h"
#include "transcendental.h"
#include <math.h>
#include <string.h>

// One loop, over elements side by side or not.
#define LOOP(name, type, expression)                                                              \
  TNB_CLONES static int name(char *const *p, const long *s, long n, const void *context) {        \
    const double *c = context;                                                                    \
    type a = (type)c[0], b = (type)c[1], k = (type)c[2];                                          \
    (void)a, (void)b, (void)k;                                                                    \
    if (s[0] == sizeof(type) && s[1] == sizeof(type)) {                                           \
      type *o = (type *)p[0];                                                                     \
      const type *from = (const type *)p[1];                                                      \
      TNB_VECTOR for (long i = 0; i < n; i++) { type x = from[i]; o[i] = expression; }            \
      return 0;                                                                                   \
    }                                                                                             \
    for (long i = 0; i < n; i++) {                                                                \
      type x = *(const type *)(p[1] + i * s[1]);                                                  \
      *(type *)(p[0] + i * s[0]) = expression;                                                    \
    }                                                                                             \
    return 0;                                                                                     \
  }
#define ACTIVATION(name, expression32, expression64)                                              \
  LOOP(name##_f32, float, expression32) LOOP(name##_f64, double, expression64)

// `row` of an expression in x gives t, piece by piece; the result is an expression in both.
#define ROW_ACTIVATION(name, row, before, after, expression64)                                    \
  TNB_CLONES static int name##_f32(char *const *p, const long *s, long n, const void *context) {  \
    (void)context;                                                                                \
    enum { block = 256 };                                                                         \
    float xs[block], ts[block];                                                                   \
    for (long start = 0; start < n; start += block) {                                             \
      long m = n - start < block ? n - start : block;                                             \
      const char *from = p[1] + start * s[1];                                                     \
      char *to = p[0] + start * s[0];                                                             \
      if (s[1] == sizeof(float)) memcpy(xs, from, (size_t)m * sizeof(float));                     \
      else for (long i = 0; i < m; i++) xs[i] = *(const float *)(from + i * s[1]);                \
      TNB_VECTOR for (long i = 0; i < m; i++) { float x = xs[i]; ts[i] = before; }                \
      row(ts, ts, m);                                                                             \
      TNB_VECTOR for (long i = 0; i < m; i++) { float x = xs[i], t = ts[i]; ts[i] = after; }      \
      if (s[0] == sizeof(float)) memcpy(to, ts, (size_t)m * sizeof(float));                       \
      else for (long i = 0; i < m; i++) *(float *)(to + i * s[0]) = ts[i];                        \
    }                                                                                             \
    return 0;                                                                                     \
  }                                                                                               \
  LOOP(name##_f64, double, expression64)

static inline float clamp32(float x, float low, float high) { return x < low ? low : x > high ? high : x; }
static inline double clamp64(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

ACTIVATION(leaky_relu, x > 0 ? x : x * a, x > 0 ? x : x * a)
// a: alpha, b: scale, k: scale of the input.
ACTIVATION(elu, x > 0 ? x * b : expm1f(x * k) * (a * b), x > 0 ? x * b : expm1(x * k) * (a * b))
// Below -5.558 the nearest float of erf is -1, and PyTorch's loop gives NaN for what is not finite.
ROW_ACTIVATION(
  gelu, tnb_erf_row, x * (float)M_SQRT1_2, x * 0.5f * (1 + (x > -5.558f ? t : -1)) - (x - x), x * 0.5 * (1 + erf(x * M_SQRT1_2)))
ROW_ACTIVATION(
  gelu_tanh, tnb_tanh_row, (float)(M_SQRT2 * M_2_SQRTPI * 0.5) * (x + 0.044715f * x * x * x), 0.5f * x * (1 + t),
  0.5 * x * (1 + tanh(M_SQRT2 * M_2_SQRTPI * 0.5 * (x + 0.044715 * x * x * x))))
ROW_ACTIVATION(silu, tnb_exp_row, -x, x / (1 + t), x / (1 + exp(-x)))
ACTIVATION(mish, x * tanhf(log1pf(expf(x))), x * tanh(log1p(exp(x))))
// a: beta, b: threshold.
ACTIVATION(softplus, x * a > b ? x : log1pf(expf(x * a)) / a, x * a > b ? x : log1p(exp(x * a)) / a)
ACTIVATION(hardtanh, clamp32(x, a, b), clamp64(x, a, b))
ACTIVATION(hardsigmoid, clamp32(x + 3, 0, 6) / 6, clamp64(x + 3, 0, 6) / 6)
ACTIVATION(hardswish, x * clamp32(x + 3, 0, 6) / 6, x * clamp64(x + 3, 0, 6) / 6)
ACTIVATION(hardshrink, x >= -a && x <= a ? 0 : x, x >= -a && x <= a ? 0 : x)
ACTIVATION(softshrink, x > a ? x - a : x < -a ? x + a : x * 0, x > a ? x - a : x < -a ? x + a : x * 0)
// a: threshold, b: value below it.
ACTIVATION(threshold, x <= a ? b : x, x <= a ? b : x)

tnb_kernel tnb_activation_kernel(int activation, int dtype) {
  static const tnb_kernel table[tnb_activation_count][2] = {
    {leaky_relu_f32, leaky_relu_f64}, {elu_f32, elu_f64}, {gelu_f32, gelu_f64}, {gelu_tanh_f32, gelu_tanh_f64},
    {silu_f32, silu_f64}, {mish_f32, mish_f64}, {softplus_f32, softplus_f64}, {hardtanh_f32, hardtanh_f64},
    {hardsigmoid_f32, hardsigmoid_f64}, {hardswish_f32, hardswish_f64}, {hardshrink_f32, hardshrink_f64},
    {softshrink_f32, softshrink_f64}, {threshold_f32, threshold_f64}};
  if (dtype != tnb_float32 && dtype != tnb_float64) return 0;
  return table[activation][dtype == tnb_float64];
}
