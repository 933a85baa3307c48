#pragma once
#include "loop.h"

/// Converts elements of type `from` to type `to`: operand 0 is the output, 1 the input. Out-of-range floats become what
/// x86's conversion gives (PyTorch's result): the smallest integer, truncated for types under 32 bits.
tnb_kernel tnb_copy_kernel(int to, int from);
/// Writes `n` copies of the element at `value`.
void tnb_fill(void *data, long n, long element_bytes, const void *value);
/// Operand 0 gets the element at `context`.
tnb_kernel tnb_fill_kernel(long element_bytes);
