// Tiles of a product: a few rows times a few vectors of columns whose sums stay in registers while k terms are added. B is read
// from a panel: for each of the k terms `NV` vectors of columns, padded with anything where the matrix ends, `bs` elements apart.
// A is read where it is.
//
// Included once per tile, by gemm_body.h, with T and
//   TILE             the function's name
//   BYTES            of a vector
//   NV, MR           vectors of columns, rows at most (up to 8)
//   TARGET           the attribute for the processor
//   MULTIPLY_ADD     of x, y and a sum: rounded once or twice

#define LANES_(bytes) ((int)(bytes / sizeof(T)))
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define VECTOR PASTE(TILE, _vector)
#define ROWS PASTE(TILE, _rows)

typedef T VECTOR __attribute__((vector_size(BYTES), aligned(sizeof(T))));

static inline __attribute__((always_inline)) void ROWS(
  int rows, long k, const T *a, long ar, long ac, const T *b, long bs, T *c, long ldc, long columns, T alpha, T beta) {
  enum { width = NV * BYTES / sizeof(T) };
  VECTOR sums[MR][NV];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < NV; v++) sums[r][v] = (VECTOR){0};
  for (long p = 0; p < k; p++, a += ac, b += bs) {
    VECTOR y[NV];
    memcpy(y, b, sizeof y);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      VECTOR x = a[r * ar] - (VECTOR){0};
#pragma clang loop unroll(full)
      for (int v = 0; v < NV; v++) sums[r][v] = MULTIPLY_ADD(x, y[v], sums[r][v]);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    T *row = c + r * ldc;
    if (alpha != 1) for (int v = 0; v < NV; v++) sums[r][v] *= alpha;
    if (columns == width) {
      if (beta != 0) {
        VECTOR old[NV];
        memcpy(old, row, sizeof old);
        for (int v = 0; v < NV; v++) sums[r][v] += beta == 1 ? old[v] : beta * old[v];
      }
      memcpy(row, sums[r], sizeof sums[r]);
    } else {
      T line[width];
      memcpy(line, sums[r], sizeof line);
#pragma clang loop vectorize(disable) unroll(disable)
      for (long j = 0; j < columns; j++) row[j] = beta == 0 ? line[j] : beta == 1 ? line[j] + row[j] : line[j] + beta * row[j];
    }
  }
}

TARGET static void TILE(
  long rows, long k, const T *a, long ar, long ac, const T *b, long bs, T *c, long ldc, long columns, T alpha, T beta) {
  // Rows as pack_rows lays them out are read without a chain of additions; the result is fetched meanwhile.
  if (ar == slab && ac == 1 && rows == MR) {
#pragma clang loop unroll(full)
    for (int r = 0; r < MR; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < NV; v++) __builtin_prefetch((char *)(c + r * ldc) + v * BYTES, 1);
    ROWS(MR, k, a, slab, 1, b, bs, c, ldc, columns, alpha, beta);
    return;
  }
#define CASE(n) case n: if (n <= MR) ROWS(n <= MR ? n : MR, k, a, ar, ac, b, bs, c, ldc, columns, alpha, beta); return
  switch (rows) {
    CASE(1);
    CASE(2);
    CASE(3);
    CASE(4);
    CASE(5);
    CASE(6);
    CASE(7);
    CASE(8);
  }
#undef CASE
}

#undef LANES_
#undef PASTE_
#undef PASTE
#undef VECTOR
#undef ROWS
#undef TILE
#undef BYTES
#undef NV
#undef MR
#undef TARGET
#undef MULTIPLY_ADD
