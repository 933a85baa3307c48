#pragma once
#include "loop.h"

/// One reduction: the kept dimensions (row-major for the dense output) and the reduced ones, with the input's strides in
/// bytes. Build it with `tnb_reduction_make`.
typedef struct {
  int kept, reduced;
  long kept_shape[8], kept_strides[8];
  long reduced_shape[8], reduced_strides[8];
  long kept_count, reduced_count;
} tnb_reduction;

/// Splits the dimensions of an input by `mask` (bit d set: dimension d is reduced) and joins neighbours. With
/// `keeps_order` the reduced dimensions stay in row-major order (for indices); otherwise the densest comes last.
void tnb_reduction_make(
  tnb_reduction *r, const tnb_dims *shape, const tnb_dims *strides, long element_bytes, unsigned mask,
  int keeps_order);

enum { tnb_reduce_sum, tnb_reduce_prod, tnb_reduce_max, tnb_reduce_min, tnb_reduce_nansum, tnb_reduce_count };

/// Reduces into the dense `out`, of the input's type. Sum, prod: int64, float32, float64; nansum: floats; max, min: every
/// integer type and bool as uint8 too, with at least one element to reduce. Sums are in PyTorch's order.
/// Returns 0, `tnb_interrupted`, or -2 where there is no loop.
int tnb_reduce(int operation, int dtype, const tnb_reduction *r, void *out, const void *in);

/// The sum of `n` dense elements, in the order tnb_reduce takes: for few of them, without a reduction's set-up. float32, float64.
int tnb_sum_dense(int dtype, void *out, const void *in, long n);

/// The sums of the columns of a dense matrix, in the order tnb_reduce takes: for few elements and at least two columns.
int tnb_sum_columns(int dtype, void *out, const void *in, long rows, long columns);

/// The largest (or smallest) element of each row and its place in the row. NaN wins; of equal elements the first.
/// Either output may be NULL.
int tnb_arg_reduce(int is_min, int dtype, const tnb_reduction *r, void *values, int64_t *indices, const void *in);

/// Mean and sum of squared distances from it, in double, per row. float32 and float64.
int tnb_moments(int dtype, const tnb_reduction *r, double *means, double *squares, const void *in);

/// What `tnb_norm` accumulates: sum |x|, sum x², max |x|, min |x|, count of x ≠ 0, sum |x|^p.
enum { tnb_norm_1, tnb_norm_2, tnb_norm_max, tnb_norm_min, tnb_norm_0, tnb_norm_p };
/// A vector norm per row, accumulated in double and rounded to the input's type. float32 and float64.
int tnb_norm(int kind, double p, int dtype, const tnb_reduction *r, void *out, const void *in);

/// Running sum, product and log-sum-exp over `n` elements, steps in bytes. int64, float32, float64.
enum { tnb_scan_sum, tnb_scan_prod, tnb_scan_logsumexp };
int tnb_scan(int operation, int dtype, void *out, long out_step, const void *in, long in_step, long n);
/// Running maximum or minimum with its place; of equal elements the last.
int tnb_scan_extreme(
  int is_min, int dtype, void *out, long out_step, int64_t *indices, long index_step, const void *in, long in_step,
  long n);
