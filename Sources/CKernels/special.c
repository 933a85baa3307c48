#include "special.h"
#include "unary.h"
#include <math.h>

// xᵃ e⁻ˣ / Γ(a), the factor that both incomplete gamma functions share.
static double gamma_factor(double a, double x) {
  int sign;
  return exp(a * log(x) - x - lgamma_r(a, &sign));
}

static double lower_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int k = 1; k < 10000 && fabs(term) > fabs(sum) * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * gamma_factor(a, x);
}

// Lentz's continued fraction.
static double upper_fraction(double a, double x) {
  double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (int k = 1; k < 10000; k++) {
    double an = -k * (k - a);
    b += 2;
    d = an * d + b;
    if (fabs(d) < 1e-300) d = 1e-300;
    c = b + an / c;
    if (fabs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    double step = d * c;
    h *= step;
    if (fabs(step - 1) < 1e-16) break;
  }
  return h * gamma_factor(a, x);
}

static double incomplete_gamma(double a, double x, int upper) {
  if (!(a >= 0) || !(x >= 0)) return NAN;
  if (a == 0) return x > 0 ? !upper : NAN;
  if (isinf(a)) return isinf(x) ? NAN : upper;
  if (x == 0) return upper;
  if (isinf(x)) return !upper;
  if (x < a + 1) {
    double low = lower_series(a, x);
    return upper ? 1 - low : low;
  }
  double high = upper_fraction(a, x);
  return upper ? high : 1 - high;
}

static double erfcx(double x) {
  if (x < 0) return x < -26.7 ? INFINITY : 2 * exp(x * x) - erfcx(-x);
  if (x < 2) return exp(x * x) * erfc(x);
  // From the tail inwards: 1/√π · 1/(x + ½/(x + 1/(x + …))).
  double t = x;
  for (int k = 120; k > 0; k--) t = x + 0.5 * k / t;
  return 0.56418958354775628695 / t;
}

static double log_ndtr(double x) {
  double t = x * M_SQRT1_2;
  return x < -1 ? log(erfcx(-t) / 2) - t * t : log1p(-erfc(t) / 2);
}

static double ndtri(double p) {
  if (p == 0) return -INFINITY;
  if (p == 1) return INFINITY;
  if (!(p > 0 && p < 1)) return NAN;
  // A first guess from the tail's size, then Newton's steps on the logarithm, which is nearly quadratic there.
  double q = p < 0.5 ? p : 1 - p;
  double x = q > 0.1 ? (q - 0.5) * 2.50662827463100050242 : -sqrt(-2 * log(q) - log(-2 * log(q) * 2 * M_PI > 1 ? -2 * log(q) * 2 * M_PI : 1));
  for (int k = 0; k < 50; k++) {
    double l = log_ndtr(x), slope = exp(-x * x / 2 - l) * 0.39894228040143267794, step = (l - log(q)) / slope;
    x -= step;
    if (fabs(step) < 1e-15 * fabs(x) || step == 0) break;
  }
  return p < 0.5 ? x : 0 - x;
}

// e^-|x| times the modified Bessel function of an order: its power series, far out the asymptotic one.
static double scaled_bessel(double order, double x) {
  x = fabs(x);
  if (x < 20) {
    double t = order == 0 ? 1 : x / 2, sum = t, q = x * x / 4;
    for (int k = 1; k < 200 && t > sum * 1e-17; k++) {
      t *= q / (k * (k + order));
      sum += t;
    }
    return sum * exp(-x);
  }
  double t = 1, sum = 1, mu = 4 * order * order;
  for (int k = 1; k < 30; k++) {
    double odd = 2 * k - 1, next = -t * (mu - odd * odd) / (8 * x * k);
    if (fabs(next) > fabs(t)) break;
    t = next;
    sum += t;
  }
  return sum / sqrt(2 * M_PI * x);
}

double tnb_special(int function, double a, double b) {
  switch (function) {
  case tnb_special_gammainc: return incomplete_gamma(a, b, 0);
  case tnb_special_gammaincc: return incomplete_gamma(a, b, 1);
  case tnb_special_zeta: return tnb_hurwitz_zeta(a, b);
  case tnb_special_ndtri: return ndtri(a);
  case tnb_special_log_ndtr: return log_ndtr(a);
  case tnb_special_erfcx: return a != a ? a : erfcx(a);
  case tnb_special_i0e: return scaled_bessel(0, a);
  case tnb_special_i1: return copysign(scaled_bessel(1, a), a) * exp(fabs(a));
  case tnb_special_i1e: return copysign(scaled_bessel(1, a), a);
  default: return NAN;
  }
}
