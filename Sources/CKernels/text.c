#include "text.h"
#include <math.h>
#include <stdio.h>

long tnb_format_double(char *buffer, long capacity, double value, int precision, int scientific) {
  if (isnan(value)) value = NAN;
  int n = signbit(value) && isnan(value)
    ? snprintf(buffer, (size_t)capacity, "nan")
    : snprintf(buffer, (size_t)capacity, scientific ? "%.*e" : "%.*f", precision, value);
  return n < 0 ? 0 : n < capacity ? n : capacity - 1;
}
