#pragma once

/// `value` with printf's `%.*f` (style 0), `%.*e` (1) or `%.*g` (2) in `buffer`; gives the length written, which is cut at
/// `capacity`. NaN has no sign, as in Python.
long tnb_format_double(char *buffer, long capacity, double value, int precision, int style);
