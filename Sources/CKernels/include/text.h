#pragma once

/// `%.*f` (or `%.*e` when `scientific`) of `value` into `buffer`, as C's printf rounds it; gives the length written, which is cut at
/// `capacity`. NaN has no sign, as in Python.
long tnb_format_double(char *buffer, long capacity, double value, int precision, int scientific);
