#pragma once
#include "loop.h"

/// Binary elementwise operations. Operand 0 is the output, 1 and 2 the inputs, all of one type; comparisons and logical
/// operations write bool.
enum {
  tnb_add, tnb_sub, tnb_mul, tnb_div, tnb_add_scaled, tnb_floor_divide, tnb_trunc_divide, tnb_remainder, tnb_fmod,
  tnb_pow, tnb_atan2, tnb_hypot, tnb_maximum, tnb_minimum, tnb_fmax, tnb_fmin, tnb_copysign, tnb_xlogy, tnb_heaviside,
  tnb_nextafter, tnb_logaddexp, tnb_logaddexp2, tnb_bit_and, tnb_bit_or, tnb_bit_xor, tnb_shift_left, tnb_shift_right,
  tnb_gcd, tnb_lcm, tnb_tanh_gradient, tnb_sigmoid_gradient, tnb_relu_gradient,
  tnb_eq, tnb_ne, tnb_lt, tnb_le, tnb_gt, tnb_ge, tnb_logical_and, tnb_logical_or, tnb_logical_xor,
  tnb_binary_count
};

/// The loop for an operation and a type (bool, the integers, float32, float64); NULL where there is none.
/// `tnb_add_scaled` reads the factor of the second operand, of the operation's type, from its context.
extern const tnb_kernel tnb_binary_table[tnb_binary_count][tnb_dtype_count];
static inline __attribute__((always_inline)) tnb_kernel tnb_binary_kernel(int operation, int dtype) {
  return tnb_binary_table[operation][dtype];
}
