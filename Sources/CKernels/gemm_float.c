#include "gemm_float.h"
#include "interrupt.h"
#include "loop.h"
#include "memory.h"
#include "simd.h"
#include <string.h>

// Products of floats. One panel of B at a time is laid out and multiplied with all rows of A, which are read where they are; large
// products go block by block (gemm_block.h). Small ones are summed in order and unfused, which is what PyTorch's small products give.

enum {
  /// Terms of a slab: a panel of B then stays in the first cache.
  slab = 256,
  /// Rows of a tile at most.
  tile_rows = 8,
  /// Bytes of the panels that stay in the second cache while all rows of A pass, a few at a time, through the first.
  block_bytes = 1 << 19,
  /// Multiplications of a product that is summed unfused, and of one worth a second thread.
  unfused_work = 2048, shared_work = 1 << 21,
};

#include "gemm_pack.h"

#define FUSED(x, y, sum) __builtin_elementwise_fma(x, y, sum)
#define UNFUSED(x, y, sum) ((sum) + (x) * (y))
// Every function that takes or returns vectors is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

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
