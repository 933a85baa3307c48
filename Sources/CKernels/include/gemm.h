#pragma once
#include "loop.h"

/// A matrix of a product: element (i, j) lies at `data + i * rows + j * columns`, steps in elements.
typedef struct { const void *data; long rows, columns; } tnb_matrix;

/// C = alpha · A B + beta · C for an m×k and a k×n matrix; C is row-major with `ldc` elements a row and must not overlap
/// the others. With beta 0, C may hold anything. float32, float64 and int64 (which wraps around).
/// Returns 0, `tnb_interrupted`, or -3 where memory is short.
int tnb_gemm(
  int dtype, long m, long n, long k, double alpha, tnb_matrix a, tnb_matrix b, double beta, void *c, long ldc);

/// Σ x[i] · y[i], in order for short vectors. The result has the type of the inputs.
/// Returns 0 or `tnb_interrupted`.
int tnb_dot(int dtype, long n, const void *x, long x_step, const void *y, long y_step, void *result);

/// `count` products of matrices that lie `a_step`, `b_step` and `c_step` elements apart, several at a time when small.
int tnb_gemm_batch(
  int dtype, long count, long m, long n, long k, double alpha, tnb_matrix a, long a_step, tnb_matrix b, long b_step,
  double beta, void *c, long ldc, long c_step);
