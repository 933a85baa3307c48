#pragma once
#include <stdint.h>

/// Arithmetic of natural numbers: arrays of 64-bit words, the least significant first. All of it looks at the interrupt flag
/// now and then; a function that gave up for it returns nonzero, and what it wrote is worth nothing.

/// `out` (n + m words) = a × b. -3 where there is no memory.
int tnb_natural_multiply(uint64_t *out, const uint64_t *a, long n, const uint64_t *b, long m);
/// Divides `u` of n words by `v` of m words, 2 ≤ m < n: `v` has its top bit set and so is `u` shifted, with a word more on top.
/// The quotient's n - m words go to `q`, the remainder stays in the lowest m words of `u`.
int tnb_natural_divide(uint64_t *q, uint64_t *u, long n, const uint64_t *v, long m);
/// Divides `a` in place and gives the remainder.
uint64_t tnb_natural_divide_word(uint64_t *a, long n, uint64_t divisor);
