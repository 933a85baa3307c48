#define _GNU_SOURCE
#include "text.h"

#include <wchar.h>
#include <math.h>
#include <stdio.h>

long tnb_format_double(char *buffer, long capacity, double value, int precision, int style) {
  static const char *const formats[] = {"%.*f", "%.*e", "%.*g"};
  int n = isnan(value) ? snprintf(buffer, (size_t)capacity, "nan")
                       : snprintf(buffer, (size_t)capacity, formats[style], precision, value);
  return n < 0 ? 0 : n < capacity ? n : capacity - 1;
}

int tnb_character_width(unsigned scalar) { return wcwidth((wchar_t)scalar); }
