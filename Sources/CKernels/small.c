#include "loop.h"

// The steps of an operand (in elements) through the dimensions of `shape`, which it broadcasts to. Returns 0 where all are 0.
static inline int align(long *steps, const tnb_dims *shape, const tnb_dims *from_shape, const tnb_dims *from_strides) {
  long missing = shape->count - from_shape->count;
  int moves = 0;
  for (long i = 0; i < shape->count; i++) {
    long j = i - missing;
    steps[i] = j < 0 || from_shape->v[j] == 1 ? 0 : from_strides->v[j];
    moves |= steps[i] != 0;
  }
  return moves;
}

#define GATHER(T)                                                                                    \
  static inline void gather_##T(T *to, const tnb_dims *shape, const long *steps, const T *from) {    \
    long n = shape->count, inner = shape->v[n - 1], step = steps[n - 1];                             \
    long rows = n > 1 ? shape->v[n - 2] : 1, row_step = n > 1 ? steps[n - 2] : 0;                    \
    long index[8] = {0};                                                                             \
    for (;;) {                                                                                       \
      const T *row = from;                                                                           \
      for (long r = 0; r < rows; r++, row += row_step)                                               \
        for (long i = 0; i < inner; i++) *to++ = row[i * step];                                      \
      long d = n - 3;                                                                                \
      for (; d >= 0; d--) {                                                                          \
        from += steps[d];                                                                            \
        if (++index[d] < shape->v[d]) break;                                                         \
        from -= steps[d] * shape->v[d];                                                              \
        index[d] = 0;                                                                                \
      }                                                                                              \
      if (d < 0) return;                                                                             \
    }                                                                                                \
  }
GATHER(uint8_t) GATHER(uint16_t) GATHER(uint32_t) GATHER(uint64_t)

static inline void gather(void *to, const tnb_dims *shape, const long *steps, const void *from, long bytes) {
  switch (bytes) {
  case 1: gather_uint8_t(to, shape, steps, from); return;
  case 2: gather_uint16_t(to, shape, steps, from); return;
  case 4: gather_uint32_t(to, shape, steps, from); return;
  default: gather_uint64_t(to, shape, steps, from);
  }
}

void tnb_lay_out(
  void *to, const tnb_dims *shape, const void *from, const tnb_dims *from_shape, const tnb_dims *from_strides, long bytes) {
  static const tnb_dims one = {{1}, 1};
  long steps[8] = {0};
  align(steps, shape, from_shape, from_strides);
  gather(to, shape->count == 0 ? &one : shape, steps, from, bytes);
}

// Whether all elements of an operand are one in memory.
static inline int is_uniform(const tnb_dims *shape, const tnb_dims *strides) {
  for (long i = 0; i < shape->count; i++) if (shape->v[i] > 1 && strides->v[i] != 0) return 0;
  return 1;
}

static inline int is_dense(const tnb_dims *shape, const tnb_dims *strides) {
  long step = 1;
  for (long i = shape->count - 1; i >= 0; i--) {
    if (shape->v[i] != 1 && strides->v[i] != step) return 0;
    step *= shape->v[i];
  }
  return 1;
}

long tnb_plan_small(
  const tnb_dims *a, const tnb_dims *a_strides, const tnb_dims *b, const tnb_dims *b_strides, long most, tnb_dims *shape) {
  long n = a->count > b->count ? a->count : b->count, count = 1;
  long a_missing = n - a->count, b_missing = n - b->count;
  for (long i = 0; i < n; i++) {
    long x = i < a_missing ? 1 : a->v[i - a_missing], y = i < b_missing ? 1 : b->v[i - b_missing];
    if (x != y && x != 1 && y != 1) return -1;
    long size = x == 1 ? y : x;
    if (size > most) return -1;
    shape->v[i] = size;
    count *= size;
    if (count > most) return -1;
  }
  shape->count = n;
  // The result is laid out as the first operand of its shape where that is no dense one.
  const tnb_dims *leader = tnb_same_dims(a, shape) ? a : tnb_same_dims(b, shape) ? b : 0;
  const tnb_dims *strides = leader == a ? a_strides : b_strides;
  if (leader && !is_dense(leader, strides) && !is_uniform(leader, strides)) return -1;
  return count;
}

int tnb_call_small(
  tnb_kernel kernel, const tnb_dims *shape, long count, void *out, long out_bytes, const void *a, const tnb_dims *a_shape,
  const tnb_dims *a_strides, const void *b, const tnb_dims *b_shape, const tnb_dims *b_strides, long input_bytes,
  const void *context) {
  if (count == 0) return 0;
  _Alignas(64) char space[2][tnb_small_bytes];
  const void *from[2] = {a, b};
  const tnb_dims *shapes[2] = {a_shape, b_shape}, *strides[2] = {a_strides, b_strides};
  char *p[3] = {out};
  long s[3] = {out_bytes};
  for (int k = 0; k < 2; k++) {
    long steps[8];
    p[k + 1] = (char *)from[k];
    s[k + 1] = 0;
    if (!align(steps, shape, shapes[k], strides[k])) continue;
    s[k + 1] = input_bytes;
    long expected = 1;
    int dense = 1;
    for (long i = shape->count - 1; i >= 0; i--) {
      dense &= shape->v[i] == 1 || steps[i] == expected;
      expected *= shape->v[i];
    }
    if (dense) continue;
    gather(space[k], shape, steps, from[k], input_bytes);
    p[k + 1] = space[k];
  }
  return kernel(p, s, count, context);
}
