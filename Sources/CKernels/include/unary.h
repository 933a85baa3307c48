#pragma once
#include "loop.h"

/// Unary elementwise operations: operand 0 is the output, 1 the input, of one type; tests write bool.
enum {
  // Any number.
  tnb_neg, tnb_absolute, tnb_sign, tnb_square, tnb_relu, tnb_bit_not,
  // Rounding: floating point (integers are their own result).
  tnb_floor, tnb_ceil, tnb_round, tnb_trunc, tnb_frac,
  // Floating point.
  tnb_reciprocal, tnb_sqrt, tnb_rsqrt, tnb_exp, tnb_exp2, tnb_expm1, tnb_log, tnb_log2, tnb_log10, tnb_log1p, tnb_sin,
  tnb_cos, tnb_tan, tnb_asin, tnb_acos, tnb_atan, tnb_sinh, tnb_cosh, tnb_tanh, tnb_asinh, tnb_acosh, tnb_atanh,
  tnb_sigmoid, tnb_erf, tnb_erfc, tnb_erfinv, tnb_lgamma, tnb_digamma, tnb_sinc, tnb_deg2rad, tnb_rad2deg, tnb_i0,
  tnb_log_sigmoid,
  // Tests.
  tnb_isnan, tnb_isinf, tnb_isfinite, tnb_isposinf, tnb_isneginf, tnb_signbit, tnb_logical_not,
  tnb_unary_count
};

/// The loop for an operation and a type (bool, the integers, float32, float64); NULL where there is none.
extern const tnb_kernel tnb_unary_table[tnb_unary_count][tnb_dtype_count];
static inline __attribute__((always_inline)) tnb_kernel tnb_unary_kernel(int operation, int dtype) {
  return tnb_unary_table[operation][dtype];
}

/// The derivatives of digamma, float64; the order is a double in the context.
int tnb_polygamma(char *const *p, const long *s, long n, const void *context);
/// Hurwitz's zeta function.
double tnb_hurwitz_zeta(double x, double q);
