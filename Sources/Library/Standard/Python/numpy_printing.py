"""Arrays and numbers as text, made of numpy's other functions."""
import numpy as np


def _options(**given):
    return {name: value for name, value in given.items() if value is not None}


def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, formatter=None,
                 threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', legacy=None):
    """An array as text."""
    with np.printoptions(**_options(linewidth=max_line_width, precision=precision, suppress=suppress_small,
                                    formatter=formatter, threshold=threshold, edgeitems=edgeitems, sign=sign,
                                    floatmode=floatmode, legacy=legacy)):
        return np._array_text(np.asarray(a), separator, prefix, suffix)


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    """What `repr` shows."""
    with np.printoptions(**_options(linewidth=max_line_width, precision=precision, suppress=suppress_small)):
        return repr(arr)


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """What `str` shows."""
    with np.printoptions(**_options(linewidth=max_line_width, precision=precision, suppress=suppress_small)):
        return str(np.asarray(a))


def _shortest(x):
    """The digits that identify a number, and how many stand before the point."""
    text = str(abs(x))
    mantissa, _, exponent = text.partition('e')
    whole, _, fraction = mantissa.partition('.')
    digits, point = whole + fraction, len(whole) + int(exponent or 0)
    stripped = digits.lstrip('0')
    point -= len(digits) - len(stripped)
    digits = stripped.rstrip('0')
    return (digits, point) if digits else ('0', 1)


def _trimmed(whole, fraction, trim):
    if trim != 'k':
        fraction = fraction.rstrip('0')
    if trim == '0' and not fraction:
        fraction = '0'
    if trim == '-' and not fraction:
        return whole
    return whole + '.' + fraction


def format_float_positional(x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None,
                            pad_right=None, min_digits=None):
    """A number without an exponent."""
    if min_digits is not None:
        raise NotImplementedError('numpy.format_float_positional: min_digits= is not available in tnb')
    x = x if isinstance(x, np.floating) else np.float64(x)
    if not np.isfinite(x):
        text = str(abs(x))
    else:
        digits, point = _shortest(x)
        whole = digits[:point].ljust(point, '0') if point > 0 else '0'
        fraction = digits[max(point, 0):] if point > 0 else '0' * -point + digits
        fraction = '' if digits == '0' else fraction
        if precision is not None:
            places = precision if fractional else max(precision - point, 0)
            if len(fraction) > places or not unique:
                whole, _, fraction = f'{abs(float(x)):.{places}f}'.partition('.')
        text = _trimmed(whole, fraction, trim)
    text = ('-' if np.signbit(x) and not np.isnan(x) else '+' if sign else '') + text
    if pad_left is not None:
        text = ' ' * (pad_left - len(text.partition('.')[0])) + text
    if pad_right is not None:
        text = text + ' ' * (pad_right - len(text.partition('.')[2]))
    return text


def format_float_scientific(x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None,
                            min_digits=None):
    """A number with an exponent."""
    if min_digits is not None:
        raise NotImplementedError('numpy.format_float_scientific: min_digits= is not available in tnb')
    x = x if isinstance(x, np.floating) else np.float64(x)
    if not np.isfinite(x):
        text = str(abs(x))
    else:
        digits, point = _shortest(x)
        exponent, fraction = point - 1, digits[1:]
        whole = digits[0]
        if digits == '0':
            exponent = 0
        if precision is not None and (len(fraction) > precision or not unique):
            mantissa, _, power = f'{abs(float(x)):.{precision}e}'.partition('e')
            whole, _, fraction = mantissa.partition('.')
            exponent = int(power)
        text = _trimmed(whole, fraction, trim)
        text += f'e{"-" if exponent < 0 else "+"}{str(abs(exponent)).rjust(exp_digits or 2, "0")}'
    text = ('-' if np.signbit(x) and not np.isnan(x) else '+' if sign else '') + text
    return ' ' * (pad_left - len(text.partition('.')[0])) + text if pad_left is not None else text
