#pragma once
#include "loop.h"

/// Activation functions: operand 0 gets f(operand 1); the context holds up to three doubles.
enum {
  tnb_leaky_relu, tnb_elu, tnb_gelu, tnb_gelu_tanh, tnb_silu, tnb_mish, tnb_softplus, tnb_hardtanh, tnb_hardsigmoid,
  tnb_hardswish, tnb_hardshrink, tnb_softshrink, tnb_threshold, tnb_activation_count
};
/// For float32 and float64; NULL for other types.
tnb_kernel tnb_activation_kernel(int activation, int dtype);

/// Softmax (or its logarithm) over each of `rows` runs of `n` consecutive elements of float32 or float64. Returns 0 or
/// `tnb_interrupted`.
int tnb_softmax_rows(const void *x, void *out, long rows, long n, int dtype, int logarithmic);
/// The gradient of that, from the output `y` and the gradient `g` of the output.
int tnb_softmax_gradient_rows(const void *g, const void *y, void *out, long rows, long n, int dtype, int logarithmic);
