#pragma once

/// `value` with printf's `%.*f` (style 0), `%.*e` (1) or `%.*g` (2) in `buffer`; gives the length written, which is cut at
/// `capacity`. NaN has no sign, as in Python.
long tnb_format_double(char *buffer, long capacity, double value, int precision, int style);

/// wcwidth(3): the columns of a character on a terminal; -1 when the locale does not know.
int tnb_character_width(unsigned scalar);
