#include "ranges.h"
#include <math.h>

enum { float_lanes = 8, double_lanes = 4 };

void tnb_fill_range_float(float *out, long n, double start, double step) {
  long i = 0;
  for (; i + float_lanes <= n; i += float_lanes) {
    float base = (float)fma(step, (double)i, start);
    for (int k = 0; k < float_lanes; k++) out[i + k] = (float)fma((double)k, step, (double)base);
  }
  for (; i < n; i++) out[i] = (float)fma(step, (double)i, start);
}

void tnb_fill_range_double(double *out, long n, double start, double step) {
  long i = 0;
  for (; i + double_lanes <= n; i += double_lanes) {
    double base = fma(step, (double)i, start);
    for (int k = 0; k < double_lanes; k++) out[i + k] = fma((double)k, step, base);
  }
  for (; i < n; i++) out[i] = fma(step, (double)i, start);
}

// Each element from the nearer end, with one rounding.
#define LINSPACE(type, fused)                                                               \
  if (n == 1) {                                                                             \
    out[0] = start;                                                                         \
    return;                                                                                 \
  }                                                                                         \
  type step = (end - start) / (type)(n - 1);                                                \
  long halfway = n / 2;                                                                     \
  for (long i = 0; i < n; i++)                                                              \
    out[i] = i < halfway ? fused(step, (type)i, start) : fused(-step, (type)(n - i - 1), end);

void tnb_fill_linspace_float(float *out, long n, float start, float end) { LINSPACE(float, fmaf) }
void tnb_fill_linspace_double(double *out, long n, double start, double end) { LINSPACE(double, fma) }

void tnb_fill_logspace_float(float *out, long n, float start, float end, double base) {
  float step = n > 1 ? (end - start) / (float)(n - 1) : 0;
  long halfway = n / 2;
  if (n == 1) {
    out[0] = (float)pow(base, start);
    return;
  }
  for (long i = 0; i < n; i++)
    out[i] = (float)pow((float)base, i < halfway ? fmaf(step, (float)i, start) : fmaf(-step, (float)(n - i - 1), end));
}

void tnb_fill_logspace_double(double *out, long n, double start, double end, double base) {
  double step = n > 1 ? (end - start) / (double)(n - 1) : 0;
  long halfway = n / 2;
  for (long i = 0; i < n; i++)
    out[i] = n == 1 ? pow(base, start) : pow(base, i < halfway ? fma(step, (double)i, start) : fma(-step, (double)(n - i - 1), end));
}
