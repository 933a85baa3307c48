// Large products, block by block: the panels of B for some terms and columns are laid out and stay in the second cache, while the
// rows of A pass through the first one, a tile's rows at a time. The threads share out the rows; each has panels of its own, since
// fetching them from another thread's cache takes longer than laying them out. Included by gemm_body.h.

typedef struct {
  const NAME(tnb_product) *g;
  const NAME(tile) *tile;
  /// Columns j..<end of the result, terms p..<p + k.
  long j, end, p, k;
  /// Tell this product from all others, and its blocks from each other.
  unsigned long product, number;
  /// Places in `panels` that are taken: each thread takes its own at its first part.
  _Atomic int places;
  T *panels[tnb_most_threads];
  unsigned long laid_out[tnb_most_threads];
} NAME(block);

// The panels of the thread that asks, laid out at its first rows of the block.
static const T *NAME(own_panels)(NAME(block) *block) {
  static _Thread_local unsigned long product;
  static _Thread_local int place;
  if (product != block->product) {
    product = block->product;
    place = block->places++;
  }
  T *panels = block->panels[place];
  if (block->laid_out[place] == block->number) return panels;
  block->laid_out[place] = block->number;
  const NAME(tnb_product) *g = block->g;
  const T *b = g->b + block->p * g->br;
  long width = block->tile->width;
  for (long q = block->j, i = 0; q < block->end; q += width, i++)
    block->tile->pack(
      panels + i * width * block->k, b + q * g->bc, g->br, g->bc, block->k, block->end - q < width ? block->end - q : width);
  return panels;
}

static void NAME(multiply_block_rows)(void *context, long begin, long end) {
  NAME(block) *block = context;
  const NAME(tnb_product) *g = block->g;
  long width = block->tile->width, height = block->tile->rows, k = block->k;
  const T *panels = NAME(own_panels)(block);
  _Alignas(64) T rows[slab * tile_rows];
  for (long i = begin * height; i < end * height && i < g->m; i += height) {
    if (tnb_interrupt_pending()) return;
    long count = g->m - i < height ? g->m - i : height;
    const T *a = g->a + i * g->ar + block->p * g->ac, *panel = panels;
    NAME(pack_rows)(rows, a, g->ar, g->ac, k, count);
    for (long q = block->j; q < block->end; q += width, panel += width * k) {
      // A line of each of the next rows.
      for (long r = height, t = (q - block->j) / width * (64 / (long)sizeof(T)); t < k && r < 2 * height; r++)
        __builtin_prefetch(a + r * g->ar + t * g->ac);
      block->tile->multiply(
        count, k, rows, slab, 1, panel, width, g->c + i * g->ldc + q, g->ldc, block->end - q < width ? block->end - q : width,
        g->alpha, block->p == 0 ? g->beta : 1);
    }
  }
}

static int NAME(multiply_blocks)(const NAME(tnb_product) *g, const NAME(tile) *t) {
  static _Atomic unsigned long products;
  long most = block_bytes / (long)sizeof(T) / slab, columns = g->n < most ? g->n : most;
  long bytes = (long)sizeof(T) * slab * (columns + t->width);
  NAME(block) block = {.g = g, .tile = t, .product = ++products};
  int threads = tnb_threads_at_hand(), error = 0;
  for (int i = 0; i < threads; i++) {
    block.panels[i] = tnb_alloc(bytes);
    if (!block.panels[i]) error = -3;
  }
  for (; block.j < g->n && !error; block.j = block.end) {
    block.end = block.j + columns < g->n ? block.j + columns : g->n;
    for (block.p = 0; block.p < g->k && !error; block.p += slab) {
      block.k = g->k - block.p < slab ? g->k - block.p : slab;
      block.number++;
      tnb_parallel((g->m + t->rows - 1) / t->rows, 1, NAME(multiply_block_rows), &block);
      if (tnb_interrupt_pending()) error = tnb_interrupted;
    }
  }
  for (int i = 0; i < threads; i++) if (block.panels[i]) tnb_free(block.panels[i], bytes);
  return error;
}
