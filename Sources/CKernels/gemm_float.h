#pragma once
#include "gemm.h"

/// One product with its operands, as `tnb_gemm` takes it; steps in elements.
#define TNB_PRODUCT(S, T)                                                                            \
  typedef struct {                                                                                   \
    long m, n, k;                                                                                    \
    T alpha, beta;                                                                                   \
    const T *a, *b;                                                                                  \
    T *c;                                                                                            \
    long ar, ac, br, bc, ldc;                                                                        \
  } tnb_product_##S;                                                                                 \
  /* Returns 0, `tnb_interrupted`, or -3 where memory is short. */                                   \
  int tnb_multiply_##S(const tnb_product_##S *g);
TNB_PRODUCT(float32, float)
TNB_PRODUCT(float64, double)
