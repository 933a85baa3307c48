#pragma once
#include "reduce.h"

int tnb_sum(int dtype, const tnb_reduction *r, void *out, const void *in);
