#include "gemm_float.h"
#include "gemm_pack.h"
#include "interrupt.h"
#include "memory.h"
#include <string.h>

// Products of floats. One panel of B at a time is laid out and multiplied with all rows of A, which are read where they are unless
// they lie too far apart for the caches. Small products are summed in order and unfused, which is what PyTorch's small products
// give.

#if defined(__x86_64__)
#define V3 __attribute__((target("avx2,fma")))
#define V4 __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma")))
// The generation of the processor, as in x86-64-v4.
static inline int level(void) {
  static int known = 0;
  if (known == 0) {
    known = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 3 : 1;
    if (known == 3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
      known = 4;
  }
  return known;
}
#else
#define V3
#define V4
static inline int level(void) { return 3; }
#endif

#define FUSED(x, y, sum) __builtin_elementwise_fma(x, y, sum)
#define UNFUSED(x, y, sum) ((sum) + (x) * (y))
// Every function that takes or returns vectors is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

enum {
  /// Terms of a slab: a panel of B then stays in the first cache.
  slab = 256,
  /// Rows of A that stay in the second cache, columns of B in the third.
  block_rows = 384, block_columns = 2048,
  /// Multiplications of a product that is summed unfused, and of one worth a second thread.
  unfused_work = 2048, shared_work = 1 << 21,
};

#define T float
#define LANES 8
#define NAME(x) x##_float32
#include "gemm_body.h"
#undef T
#undef LANES
#undef NAME

#define T double
#define LANES 4
#define NAME(x) x##_float64
#include "gemm_body.h"
