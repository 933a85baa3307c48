#pragma once

/// e^x and tanh x of floats, rows as `tnb_kernel` takes them; within 1.1 units of the last place.
int tnb_exp_float32(char *const *p, const long *s, long n, const void *context);
int tnb_tanh_float32(char *const *p, const long *s, long n, const void *context);
