// The product of one float type. Included by gemm_float.c with the type T, `LANES`, its elements in 32 bytes, and `NAME(x)`, which
// gives a name the type's suffix.

#define TILE NAME(plain)
#define BYTES 16
#define NV 2
#define MR 4
#define TARGET
#define MULTIPLY_ADD UNFUSED
#include "gemm_tile.h"

#define TILE NAME(exact)
#define BYTES 32
#define NV 1
#define MR 8
#define TARGET TNB_V3
#define MULTIPLY_ADD UNFUSED
#include "gemm_tile.h"

#define TILE NAME(thin3)
#define BYTES 32
#define NV 1
#define MR 8
#define TARGET TNB_V3
#define MULTIPLY_ADD FUSED
#include "gemm_tile.h"

#define TILE NAME(wide3)
#define BYTES 32
#define NV 2
#define MR 6
#define TARGET TNB_V3
#define MULTIPLY_ADD FUSED
#include "gemm_tile.h"

#define TILE NAME(thin4)
#define BYTES 64
#define NV 1
#define MR 8
#define TARGET TNB_V4
#define MULTIPLY_ADD FUSED
#include "gemm_tile.h"

#define TILE NAME(wide4)
#define BYTES 64
#define NV 2
#define MR 8
#define TARGET TNB_V4
#define MULTIPLY_ADD FUSED
#include "gemm_tile.h"

// A tile, the columns and rows it takes, and how a panel for it is laid out.
typedef struct {
  long width, rows;
  void (*multiply)(
    long rows, long k, const T *a, long ar, long ac, const T *b, long bs, T *c, long ldc, long columns, T alpha, T beta);
  void (*pack)(T *out, const T *b, long br, long bc, long k, long columns);
} NAME(tile);

#define PACK(n)                                                                                      \
  static void NAME(pack##n)(T *out, const T *b, long br, long bc, long k, long columns) {            \
    NAME(pack_panel)(out, n * LANES, b, br, bc, k, columns);                                         \
  }
PACK(1)
PACK(2)
PACK(4)
#undef PACK

static inline const NAME(tile) *NAME(choose)(const NAME(tnb_product) *g) {
  static const NAME(tile) plain = {LANES, 4, NAME(plain), NAME(pack1)}, exact = {LANES, 8, NAME(exact), NAME(pack1)},
                          thin3 = {LANES, 8, NAME(thin3), NAME(pack1)}, wide3 = {2 * LANES, 6, NAME(wide3), NAME(pack2)},
                          thin4 = {2 * LANES, 8, NAME(thin4), NAME(pack2)}, wide4 = {4 * LANES, 8, NAME(wide4), NAME(pack4)};
  int has = tnb_level();
  if (has < 3) return &plain;
  if ((double)g->m * (double)g->n * (double)g->k < unfused_work) return &exact;
  if (g->n <= LANES) return &thin3;
  return has == 3 ? &wide3 : g->n <= 2 * LANES ? &thin4 : &wide4;
}

#include "gemm_block.h"

// Adds terms p..<p + k to columns j..<end of the result. `panel` has room for one panel.
static int NAME(multiply_slab)(
  const NAME(tnb_product) *g, const NAME(tile) *t, long j, long end, long p, long k, T *panel) {
  T beta = p == 0 ? g->beta : 1;
  const T *a = g->a + p * g->ac, *b = g->b + p * g->br;
  long width = t->width, height = t->rows;
  // Rows of B that few rows of A need are not worth copying.
  int is_bare = g->bc == 1 && g->m <= 2 * height;
  for (; j < end; j += width) {
    if (tnb_interrupt_pending()) return tnb_interrupted;
    long columns = end - j < width ? end - j : width;
    int reads_b = is_bare && columns == width;
    if (!reads_b) t->pack(panel, b + j * g->bc, g->br, g->bc, k, columns);
    for (long r = 0; r < g->m; r += height)
      t->multiply(
        g->m - r < height ? g->m - r : height, k, a + r * g->ar, g->ar, g->ac, reads_b ? b + j : panel, reads_b ? g->br : width,
        g->c + r * g->ldc + j, g->ldc, columns, g->alpha, beta);
  }
  return 0;
}

typedef struct {
  const NAME(tnb_product) *g;
  const NAME(tile) *tile;
  _Atomic int error;
} NAME(run);

// Columns from..<to of the result.
static int NAME(multiply_columns)(const NAME(run) *run, long from, long to) {
  const NAME(tnb_product) *g = run->g;
  _Alignas(64) T panel[slab * 4 * LANES];
  int error;
  // Also without any terms: the result is then beta times what it was.
  long p = 0;
  do {
    error = NAME(multiply_slab)(g, run->tile, from, to, p, g->k - p < slab ? g->k - p : slab, panel);
    p += slab;
  } while (p < g->k && !error);
  return error;
}

static void NAME(share_columns)(void *context, long begin, long end) {
  NAME(run) *run = context;
  long width = run->tile->width, to = end * width < run->g->n ? end * width : run->g->n;
  int error = NAME(multiply_columns)(run, begin * width, to);
  if (error) run->error = error;
}

static void NAME(share_rows)(void *context, long begin, long end) {
  NAME(run) *run = context;
  NAME(tnb_product) part = *run->g;
  long from = begin * run->tile->rows, to = end * run->tile->rows;
  part.a += from * part.ar;
  part.c += from * part.ldc;
  part.m = (to < part.m ? to : part.m) - from;
  NAME(run) own = {&part, run->tile, 0};
  int error = NAME(multiply_columns)(&own, 0, part.n);
  if (error) run->error = error;
}

int NAME(tnb_multiply)(const NAME(tnb_product) *g) {
  NAME(run) run = {g, NAME(choose)(g), 0};
  long width = run.tile->width, height = run.tile->rows;
  // Laying A out pays where many columns share it, B where many rows do.
  if ((double)g->m * (double)g->k > 1 << 16 && g->m > 2 * height && g->n > 4 * width) return NAME(multiply_blocks)(g, run.tile);
  if ((double)g->m * (double)g->n * (double)g->k < shared_work) return NAME(multiply_columns)(&run, 0, g->n);
  long threads = tnb_thread_count(), across = (g->n + width - 1) / width, down = (g->m + height - 1) / height;
  int by_rows = across < 2 * threads && down > across;
  tnb_parallel(by_rows ? down : across, 1, by_rows ? NAME(share_rows) : NAME(share_columns), &run);
  return run.error;
}
