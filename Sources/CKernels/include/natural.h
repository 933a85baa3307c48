#pragma once

/// 64 bits; a type of its own since Swift's `UInt` stands for it, of which its big integers are made.
typedef unsigned long tnb_word;

/// Arithmetic of natural numbers: arrays of 64-bit words, the least significant first. All of it looks at the interrupt flag
/// now and then; a function that gave up for it returns nonzero, and what it wrote is worth nothing.

/// `out` (n + m words) = a × b. -3 where there is no memory.
int tnb_natural_multiply(tnb_word *out, const tnb_word *a, long n, const tnb_word *b, long m);
/// Divides `u` of n words by `v` of m words, 2 ≤ m < n: `v` has its top bit set and so is `u` shifted, with a word more on top.
/// The quotient's n - m words go to `q`, the remainder stays in the lowest m words of `u`.
int tnb_natural_divide(tnb_word *q, tnb_word *u, long n, const tnb_word *v, long m);
/// Divides `a` in place and gives the remainder.
tnb_word tnb_natural_divide_word(tnb_word *a, long n, tnb_word divisor);
