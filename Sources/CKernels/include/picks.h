#pragma once
#include "loop.h"
#include <stdint.h>

// Reading and writing elements at computed places: the loops under advanced indexing, gather, scatter and their kin.

/// Places in three nested levels: every combination of an outer, a middle and an inner offset, in elements. A NULL list
/// of inner offsets means consecutive elements.
typedef struct {
  long outer, middle, inner;
  const long *outer_offsets, *middle_offsets, *inner_offsets;
} tnb_places;

enum { tnb_pick_set, tnb_pick_add, tnb_pick_multiply, tnb_pick_minimum, tnb_pick_maximum };

/// `target[k] = source[place k]`, with elements of `element_bytes`.
void tnb_pick(const tnb_places *places, void *target, const void *source, long element_bytes);
/// `target[place k] = source[k * step]`, or combined with what is there; later writes win.
void tnb_place(const tnb_places *places, void *target, const void *source, long step, int dtype, int mode);
/// Adds `stride` times each index, wrapped once when negative, to `offsets`. Gives the position of the first index out
/// of range, or -1.
long tnb_add_index_offsets(long *offsets, const int64_t *indices, long n, long size, long stride);
/// The row-major multi-indices of the true elements, dimension by dimension (`out[d * count + k]`); `out` NULL only counts.
long tnb_nonzero(const uint8_t *mask, long n, const long *shape, int dims, int64_t *out, long count);
/// Zeroes what lies outside the lower (or upper) triangle of `batches` contiguous matrices.
void tnb_clear_triangle(void *data, long batches, long rows, long columns, long element_bytes, long diagonal, int upper);
/// Operand 0 += operand 1, element by element in order: the target may hold elements several times.
tnb_kernel tnb_accumulate_kernel(int dtype);
/// Operand 0 gets the element at `context` where the bool operand 1 is true.
tnb_kernel tnb_masked_fill_kernel(long element_bytes);
