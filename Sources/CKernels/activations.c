#include "activations.h"
#include <math.h>

#define ACTIVATION(name, expression32, expression64)                                              \
  static int name##_f32(char *const *p, const long *s, long n, const void *context) {             \
    const double *c = context;                                                                    \
    float a = (float)c[0], b = (float)c[1], k = (float)c[2];                                      \
    (void)a, (void)b, (void)k;                                                                    \
    for (long i = 0; i < n; i++) {                                                                \
      float x = *(const float *)(p[1] + i * s[1]);                                                \
      *(float *)(p[0] + i * s[0]) = expression32;                                                 \
    }                                                                                             \
    return 0;                                                                                     \
  }                                                                                               \
  static int name##_f64(char *const *p, const long *s, long n, const void *context) {             \
    const double *c = context;                                                                    \
    double a = c[0], b = c[1], k = c[2];                                                          \
    (void)a, (void)b, (void)k;                                                                    \
    for (long i = 0; i < n; i++) {                                                                \
      double x = *(const double *)(p[1] + i * s[1]);                                              \
      *(double *)(p[0] + i * s[0]) = expression64;                                                \
    }                                                                                             \
    return 0;                                                                                     \
  }

static inline float clamp32(float x, float low, float high) { return x < low ? low : x > high ? high : x; }
static inline double clamp64(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

ACTIVATION(leaky_relu, x > 0 ? x : x * a, x > 0 ? x : x * a)
// a: alpha, b: scale, k: scale of the input.
ACTIVATION(elu, x > 0 ? x * b : expm1f(x * k) * (a * b), x > 0 ? x * b : expm1(x * k) * (a * b))
ACTIVATION(gelu, x * 0.5f * (1 + erff(x * (float)M_SQRT1_2)), x * 0.5 * (1 + erf(x * M_SQRT1_2)))
ACTIVATION(
  gelu_tanh, 0.5f * x * (1 + tanhf((float)(M_SQRT2 * M_2_SQRTPI * 0.5) * (x + 0.044715f * x * x * x))),
  0.5 * x * (1 + tanh(M_SQRT2 * M_2_SQRTPI * 0.5 * (x + 0.044715 * x * x * x))))
ACTIVATION(silu, x / (1 + expf(-x)), x / (1 + exp(-x)))
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

#define SOFTMAX(type, exponential, logarithm)                                                     \
  for (long r = 0; r < rows; r++) {                                                               \
    const type *a = (const type *)x + r * n;                                                      \
    type *o = (type *)out + r * n;                                                                \
    type largest = -INFINITY;                                                                     \
    for (long i = 0; i < n; i++) largest = a[i] > largest || a[i] != a[i] ? a[i] : largest;       \
    type total = 0;                                                                               \
    if (logarithmic) {                                                                            \
      for (long i = 0; i < n; i++) total += exponential(a[i] - largest);                          \
      type shift = logarithm(total);                                                              \
      for (long i = 0; i < n; i++) o[i] = a[i] - largest - shift;                                 \
    } else {                                                                                      \
      for (long i = 0; i < n; i++) {                                                              \
        o[i] = exponential(a[i] - largest);                                                       \
        total += o[i];                                                                            \
      }                                                                                           \
      for (long i = 0; i < n; i++) o[i] /= total;                                                 \
    }                                                                                             \
  }

void tnb_softmax_rows(const void *x, void *out, long rows, long n, int dtype, int logarithmic) {
  if (dtype == tnb_float32) {
    SOFTMAX(float, expf, logf)
  } else {
    SOFTMAX(double, exp, log)
  }
}

#define SOFTMAX_GRADIENT(type, exponential)                                                       \
  for (long r = 0; r < rows; r++) {                                                               \
    const type *u = (const type *)g + r * n, *v = (const type *)y + r * n;                        \
    type *o = (type *)out + r * n;                                                                \
    type total = 0;                                                                               \
    if (logarithmic) {                                                                            \
      for (long i = 0; i < n; i++) total += u[i];                                                 \
      for (long i = 0; i < n; i++) o[i] = u[i] - exponential(v[i]) * total;                       \
    } else {                                                                                      \
      for (long i = 0; i < n; i++) total += u[i] * v[i];                                          \
      for (long i = 0; i < n; i++) o[i] = (u[i] - total) * v[i];                                  \
    }                                                                                             \
  }

void tnb_softmax_gradient_rows(const void *g, const void *y, void *out, long rows, long n, int dtype, int logarithmic) {
  if (dtype == tnb_float32) {
    SOFTMAX_GRADIENT(float, expf)
  } else {
    SOFTMAX_GRADIENT(double, exp)
  }
}
