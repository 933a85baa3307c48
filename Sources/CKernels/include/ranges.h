#pragma once

/// `start + step * i`, rounded as PyTorch's vectorised loops do it: blocks of lanes begin at a rounded base.
void tnb_fill_range_float(float *out, long n, double start, double step);
void tnb_fill_range_double(double *out, long n, double start, double step);
/// `n` values from `start` to `end`, the second half counted from the end.
void tnb_fill_linspace_float(float *out, long n, float start, float end);
void tnb_fill_linspace_double(double *out, long n, double start, double end);
/// Powers of `base` at those exponents.
void tnb_fill_logspace_float(float *out, long n, float start, float end, double base);
void tnb_fill_logspace_double(double *out, long n, double start, double end, double base);
