#include "picks.h"
#include "half.h"
#include "loop.h"
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define PICK(type)                                                                        \
  {                                                                                       \
    type *t = target;                                                                     \
    const type *s = source;                                                               \
    for (long o = 0; o < p->outer; o++)                                                   \
      for (long m = 0; m < p->middle; m++) {                                              \
        const type *from = s + p->outer_offsets[o] + p->middle_offsets[m];                \
        if (p->inner_offsets)                                                             \
          for (long i = 0; i < p->inner; i++) *t++ = from[p->inner_offsets[i]];           \
        else if (p->inner == 1)                                                           \
          *t++ = *from;                                                                   \
        else {                                                                            \
          memcpy(t, from, (size_t)p->inner * sizeof(type));                               \
          t += p->inner;                                                                  \
        }                                                                                 \
      }                                                                                   \
    return;                                                                               \
  }

void tnb_pick(const tnb_places *p, void *target, const void *source, long element_bytes) {
  switch (element_bytes) {
    case 1: PICK(uint8_t)
    case 2: PICK(uint16_t)
    case 4: PICK(uint32_t)
    default: PICK(uint64_t)
  }
}

#define PLACE(type, statement)                                                            \
  {                                                                                       \
    type *t = target;                                                                     \
    const type *s = source;                                                               \
    for (long o = 0; o < p->outer; o++)                                                   \
      for (long m = 0; m < p->middle; m++) {                                              \
        type *base = t + p->outer_offsets[o] + p->middle_offsets[m];                      \
        for (long i = 0; i < p->inner; i++) {                                             \
          type *at = base + (p->inner_offsets ? p->inner_offsets[i] : i);                 \
          type v = *s;                                                                    \
          statement;                                                                      \
          s += step;                                                                      \
        }                                                                                 \
      }                                                                                   \
    return;                                                                               \
  }

#define INTEGER(type, wide)                                                               \
  switch (mode) {                                                                         \
    case tnb_pick_set: PLACE(type, *at = v)                                               \
    case tnb_pick_add: PLACE(type, *at = (type)((wide)*at + (wide)v))                     \
    case tnb_pick_multiply: PLACE(type, *at = (type)((wide)*at * (wide)v))                \
    case tnb_pick_minimum: PLACE(type, if (v < *at) *at = v)                              \
    default: PLACE(type, if (v > *at) *at = v)                                            \
  }
// NaN wins over numbers, as in PyTorch's amin and amax.
#define FLOATING(type)                                                                    \
  switch (mode) {                                                                         \
    case tnb_pick_set: PLACE(type, *at = v)                                               \
    case tnb_pick_add: PLACE(type, *at += v)                                              \
    case tnb_pick_multiply: PLACE(type, *at *= v)                                         \
    case tnb_pick_minimum: PLACE(type, if (v < *at || v != v) *at = v)                    \
    default: PLACE(type, if (v > *at || v != v) *at = v)                                  \
  }
#define SMALL_FLOATING(read, write)                                                       \
  switch (mode) {                                                                         \
    case tnb_pick_set: PLACE(uint16_t, *at = v)                                           \
    case tnb_pick_add: PLACE(uint16_t, *at = write(read(*at) + read(v)))                  \
    case tnb_pick_multiply: PLACE(uint16_t, *at = write(read(*at) * read(v)))             \
    case tnb_pick_minimum: PLACE(uint16_t, if (read(v) < read(*at) || read(v) != read(v)) *at = v) \
    default: PLACE(uint16_t, if (read(v) > read(*at) || read(v) != read(v)) *at = v)      \
  }

void tnb_place(const tnb_places *p, void *target, const void *source, long step, int dtype, int mode) {
  switch (dtype) {
    case tnb_bool:
      switch (mode) {
        case tnb_pick_set: PLACE(uint8_t, *at = v)
        case tnb_pick_add: case tnb_pick_maximum: PLACE(uint8_t, *at = *at | v)
        default: PLACE(uint8_t, *at = *at & v)
      }
    case tnb_uint8: INTEGER(uint8_t, uint32_t)
    case tnb_int8: INTEGER(int8_t, uint32_t)
    case tnb_int16: INTEGER(int16_t, uint32_t)
    case tnb_int32: INTEGER(int32_t, uint32_t)
    case tnb_int64: INTEGER(int64_t, uint64_t)
    case tnb_float16: SMALL_FLOATING(tnb_from_float16, tnb_to_float16)
    case tnb_bfloat16: SMALL_FLOATING(tnb_from_bfloat16, tnb_to_bfloat16)
    case tnb_float32: FLOATING(float)
    default: FLOATING(double)
  }
}

long tnb_add_index_offsets(long *offsets, const int64_t *indices, long n, long size, long stride) {
  for (long i = 0; i < n; i++) {
    int64_t index = indices[i];
    if (index < 0) index += size;
    if (index < 0 || index >= size) return i;
    offsets[i] += index * stride;
  }
  return -1;
}

long tnb_nonzero(const uint8_t *mask, long n, const long *shape, int dims, int64_t *out, long count) {
  if (!out) {
    long total = 0;
    for (long i = 0; i < n; i++) total += mask[i] != 0;
    return total;
  }
  long found = 0;
  for (long i = 0; i < n && found < count; i++) {
    if (!mask[i]) continue;
    long rest = i;
    for (int d = dims - 1; d >= 0; d--) {
      out[d * count + found] = rest % shape[d];
      rest /= shape[d];
    }
    found++;
  }
  return found;
}

void tnb_clear_triangle(void *data, long batches, long rows, long columns, long element_bytes, long diagonal, int upper) {
  char *p = data;
  for (long b = 0; b < batches; b++)
    for (long r = 0; r < rows; r++, p += columns * element_bytes) {
      long from = upper ? 0 : r + diagonal + 1, to = upper ? r + diagonal : columns;
      if (from < 0) from = 0;
      if (to > columns) to = columns;
      if (from < to) memset(p + from * element_bytes, 0, (size_t)((to - from) * element_bytes));
    }
}

#define ADD(type, sum)                                                                    \
  for (long i = 0; i < n; i++) {                                                          \
    type *o = (type *)(p[0] + i * strides[0]);                                            \
    type a = *o, b = *(const type *)(p[1] + i * strides[1]);                              \
    *o = (type)(sum);                                                                     \
  }                                                                                       \
  return 0;

static inline __attribute__((always_inline)) int tnb_accumulate(int dtype, char *const *p, const long *strides, long n) {
  switch (dtype) {
    case tnb_bool: ADD(uint8_t, a | b)
    case tnb_uint8: ADD(uint8_t, a + b)
    case tnb_int8: ADD(int8_t, a + b)
    case tnb_int16: ADD(int16_t, a + b)
    case tnb_int32: ADD(int32_t, (uint32_t)a + (uint32_t)b)
    case tnb_int64: ADD(int64_t, (uint64_t)a + (uint64_t)b)
    case tnb_float16: ADD(uint16_t, tnb_to_float16(tnb_from_float16(a) + tnb_from_float16(b)))
    case tnb_bfloat16: ADD(uint16_t, tnb_to_bfloat16(tnb_from_bfloat16(a) + tnb_from_bfloat16(b)))
    case tnb_float32: ADD(float, a + b)
    default: ADD(double, a + b)
  }
}

#define ACCUMULATOR(dtype) \
  static int accumulate_##dtype(char *const *p, const long *s, long n, const void *c) { return tnb_accumulate(dtype, p, s, n); }
ACCUMULATOR(tnb_bool) ACCUMULATOR(tnb_uint8) ACCUMULATOR(tnb_int8) ACCUMULATOR(tnb_int16) ACCUMULATOR(tnb_int32)
ACCUMULATOR(tnb_int64) ACCUMULATOR(tnb_float16) ACCUMULATOR(tnb_bfloat16) ACCUMULATOR(tnb_float32)
ACCUMULATOR(tnb_float64)

tnb_kernel tnb_accumulate_kernel(int dtype) {
  static const tnb_kernel table[] = {
    accumulate_tnb_bool, accumulate_tnb_uint8, accumulate_tnb_int8, accumulate_tnb_int16, accumulate_tnb_int32,
    accumulate_tnb_int64, accumulate_tnb_float16, accumulate_tnb_bfloat16, accumulate_tnb_float32,
    accumulate_tnb_float64};
  return table[dtype];
}

#define MASKED_FILL(bits)                                                                              \
  static int masked_fill##bits(char *const *p, const long *s, long n, const void *c) {                 \
    uint##bits##_t v = *(const uint##bits##_t *)c;                                                     \
    for (long i = 0; i < n; i++)                                                                       \
      if (*(const uint8_t *)(p[1] + i * s[1])) *(uint##bits##_t *)(p[0] + i * s[0]) = v;               \
    return 0;                                                                                          \
  }
MASKED_FILL(8) MASKED_FILL(16) MASKED_FILL(32) MASKED_FILL(64)

tnb_kernel tnb_masked_fill_kernel(long element_bytes) {
  switch (element_bytes) {
    case 1: return masked_fill8;
    case 2: return masked_fill16;
    case 4: return masked_fill32;
    default: return masked_fill64;
  }
}
