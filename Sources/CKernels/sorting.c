#include "sorting.h"
#include "half.h"
#include "interrupt.h"
#include "loop.h"
#include <math.h>
#include <string.h>

typedef struct { uint64_t key; int64_t position; } entry;

long tnb_sort_scratch_bytes(long n) { return 2 * n * (long)sizeof(entry); }

// Bits that order as the numbers do; NaN above all, both zeros the same.
static inline uint64_t double_key(double v) {
  if (v != v) return UINT64_MAX;
  if (v == 0) v = 0;
  uint64_t bits;
  memcpy(&bits, &v, 8);
  return bits >> 63 ? ~bits : bits | 1ull << 63;
}
static inline uint64_t float_key(float v) {
  if (v != v) return UINT32_MAX;
  if (v == 0) v = 0;
  uint32_t bits;
  memcpy(&bits, &v, 4);
  return bits >> 31 ? (uint32_t)~bits : bits | 1u << 31;
}

#define LOAD(type, expression)                                    \
  for (long i = 0; i < n; i++) {                                  \
    type v = ((const type *)data)[i];                             \
    e[i].key = (uint64_t)(expression);                            \
    e[i].position = i;                                            \
  }                                                               \
  break;

static void load(entry *e, const void *data, long n, int dtype) {
  switch (dtype) {
    case tnb_bool: case tnb_uint8: LOAD(uint8_t, v)
    case tnb_int8: LOAD(int8_t, v + 128)
    case tnb_int16: LOAD(int16_t, v + 32768)
    case tnb_int32: LOAD(int32_t, (uint32_t)v ^ 1u << 31)
    case tnb_int64: LOAD(int64_t, (uint64_t)v ^ 1ull << 63)
    case tnb_float16: LOAD(uint16_t, float_key(tnb_from_float16(v)))
    case tnb_bfloat16: LOAD(uint16_t, float_key(tnb_from_bfloat16(v)))
    case tnb_float32: LOAD(float, float_key(v))
    default: LOAD(double, double_key(v))
  }
}

static void insertion_sort(entry *e, long n) {
  for (long i = 1; i < n; i++) {
    entry x = e[i];
    long j = i;
    for (; j > 0 && e[j - 1].key > x.key; j--) e[j] = e[j - 1];
    e[j] = x;
  }
}

// Elements between two looks at the interrupt flag.
enum { poll_elements = 1 << 20 };

// Least significant byte first; bytes that are the same everywhere cost one look. NULL where it was interrupted.
static entry *radix_sort(entry *e, entry *other, long n) {
  for (int shift = 0; shift < 64; shift += 8) {
    long counts[256] = {0};
    for (long from = 0; from < n; from += poll_elements) {
      long to = n - from < poll_elements ? n : from + poll_elements;
      if (from > 0 && tnb_interrupt_pending()) return NULL;
      for (long i = from; i < to; i++) counts[e[i].key >> shift & 255]++;
    }
    if (counts[e[0].key >> shift & 255] == n) continue;
    long total = 0;
    for (int b = 0; b < 256; b++) {
      long c = counts[b];
      counts[b] = total;
      total += c;
    }
    for (long from = 0; from < n; from += poll_elements) {
      long to = n - from < poll_elements ? n : from + poll_elements;
      if (from > 0 && tnb_interrupt_pending()) return NULL;
      for (long i = from; i < to; i++) other[counts[e[i].key >> shift & 255]++] = e[i];
    }
    entry *t = e;
    e = other;
    other = t;
  }
  return e;
}

static entry *merge_sort(entry *e, entry *other, long n) {
  enum { run = 16 };
  for (long i = 0; i < n; i += run) insertion_sort(e + i, n - i < run ? n - i : run);
  for (long width = run; width < n; width *= 2) {
    for (long i = 0; i < n; i += 2 * width) {
      long a = i, middle = i + width < n ? i + width : n, b = middle, end = i + 2 * width < n ? i + 2 * width : n;
      for (long k = i; k < end; k++) other[k] = b >= end || (a < middle && e[a].key <= e[b].key) ? e[a++] : e[b++];
    }
    entry *t = e;
    e = other;
    other = t;
  }
  return e;
}

#define GATHER(type)                                                                        \
  for (long i = 0; i < n; i++) ((type *)values)[i] = ((const type *)data)[sorted[i].position]; \
  break;

static const long element_bytes[] = {1, 1, 1, 2, 4, 8, 2, 2, 4, 8};

int tnb_sort_rows(
  const void *data, long rows, long n, int dtype, int descending, void *values, int64_t *positions, void *scratch) {
  entry *first = scratch, *second = first + n;
  long size = element_bytes[dtype], since = 0;
  for (long r = 0; r < rows; r++) {
    since += n;
    if (since > poll_elements) {
      if (tnb_interrupt_pending()) return tnb_interrupted;
      since = 0;
    }
    load(first, data, n, dtype);
    if (descending)
      for (long i = 0; i < n; i++) first[i].key = ~first[i].key;
    entry *sorted = n > 2048 ? radix_sort(first, second, n) : merge_sort(first, second, n);
    if (!sorted) return tnb_interrupted;
    for (long i = 0; i < n; i++) positions[i] = sorted[i].position;
    switch (size) {
      case 1: GATHER(uint8_t)
      case 2: GATHER(uint16_t)
      case 4: GATHER(uint32_t)
      default: GATHER(uint64_t)
    }
    data = (const char *)data + n * size;
    values = (char *)values + n * size;
    positions += n;
  }
  return tnb_ok;
}

void tnb_search_sorted(
  const double *sequence, long n, const int64_t *order, const double *values, long count, int right, int64_t *out) {
  for (long k = 0; k < count; k++) {
    double v = values[k];
    long low = 0, high = n;
    while (low < high) {
      long middle = low + (high - low) / 2;
      double m = sequence[order ? order[middle] : middle];
      // NaN sorts last.
      int before = right ? !(m > v || (isnan(m) && !isnan(v))) : (m < v || (isnan(v) && !isnan(m)));
      if (before) low = middle + 1;
      else high = middle;
    }
    out[k] = low;
  }
}
