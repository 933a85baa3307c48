#pragma once

/// Special functions of one or two numbers.
enum {
  tnb_special_gammainc, tnb_special_gammaincc, tnb_special_zeta, tnb_special_ndtri, tnb_special_log_ndtr,
  tnb_special_erfcx, tnb_special_i0e, tnb_special_i1, tnb_special_i1e
};
/// The function's value; those of one number ignore the second.
double tnb_special(int function, double a, double b);
