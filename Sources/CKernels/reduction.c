#include "reduce.h"

static void join(int *count, long *shape, long *strides) {
  int n = 0;
  for (int i = 0; i < *count; i++) {
    if (shape[i] == 1) continue;
    if (n > 0 && strides[n - 1] == strides[i] * shape[i]) {
      shape[n - 1] *= shape[i];
      strides[n - 1] = strides[i];
    } else {
      shape[n] = shape[i];
      strides[n] = strides[i];
      n++;
    }
  }
  *count = n;
}

void tnb_reduction_make(
  tnb_reduction *r, const tnb_dims *shape, const tnb_dims *strides, long element_bytes, unsigned mask,
  int keeps_order) {
  r->kept = r->reduced = 0;
  r->kept_count = r->reduced_count = 1;
  for (int d = 0; d < shape->count; d++) {
    long step = strides->v[d] * element_bytes;
    if (mask >> d & 1) {
      r->reduced_count *= shape->v[d];
      r->reduced_shape[r->reduced] = shape->v[d];
      r->reduced_strides[r->reduced++] = step;
    } else {
      r->kept_count *= shape->v[d];
      r->kept_shape[r->kept] = shape->v[d];
      r->kept_strides[r->kept++] = step;
    }
  }
  if (!keeps_order) {
    for (int i = 1; i < r->reduced; i++) {
      for (int j = i; j > 0; j--) {
        long a = r->reduced_strides[j - 1], b = r->reduced_strides[j];
        if ((a < 0 ? -a : a) >= (b < 0 ? -b : b)) break;
        r->reduced_strides[j - 1] = b; r->reduced_strides[j] = a;
        long t = r->reduced_shape[j]; r->reduced_shape[j] = r->reduced_shape[j - 1]; r->reduced_shape[j - 1] = t;
      }
    }
  }
  join(&r->kept, r->kept_shape, r->kept_strides);
  join(&r->reduced, r->reduced_shape, r->reduced_strides);
}
