#pragma once
#include <stdint.h>

/// Sorts each of `rows` consecutive rows of `n` elements, stably; NaN counts as the largest. Writes the sorted elements and
/// the positions they came from; `scratch` has room for `tnb_sort_scratch_bytes(n)`. Returns 0 or
/// `tnb_interrupted`.
int tnb_sort_rows(
  const void *data, long rows, long n, int dtype, int descending, void *values, int64_t *positions, void *scratch);
long tnb_sort_scratch_bytes(long n);
/// For each value the first place in the sorted `sequence` where it could be put (after equal ones when `right`).
void tnb_search_sorted(
  const double *sequence, long n, const int64_t *order, const double *values, long count, int right, int64_t *out);
