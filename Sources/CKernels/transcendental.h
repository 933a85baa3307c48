#pragma once

/// e^x, tanh x and erf x of `n` floats side by side; within 0.7, 1.1 and 2.3 units of the last place. `o` may be `x`.
void tnb_exp_row(float *o, const float *x, long n);
void tnb_tanh_row(float *o, const float *x, long n);
void tnb_erf_row(float *o, const float *x, long n);

/// As `tnb_kernel` takes them.
int tnb_exp_float32(char *const *p, const long *s, long n, const void *context);
int tnb_tanh_float32(char *const *p, const long *s, long n, const void *context);
