#pragma once
#include "loop.h"

/// Elementwise choice: operand 1 is bool, 2 and 3 have the output's element size.
tnb_kernel tnb_where_kernel(long element_bytes);

/// Elementwise operations on three inputs of one type (integers, float32, float64).
enum {
  /// `a + value * b * c`, the value of the operation's type in the context.
  tnb_addcmul,
  /// `a + value * b / c`.
  tnb_addcdiv,
  /// `a` moved towards `b` by the fraction `c` (floats only).
  tnb_lerp,
  tnb_ternary_count
};
tnb_kernel tnb_ternary_kernel(int operation, int dtype);

/// Limits each element to the two bounds, of the operation's type, in the context; NaN stays.
tnb_kernel tnb_clamp_kernel(int dtype);
