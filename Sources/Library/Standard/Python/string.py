"""Constants of characters."""
whitespace = ' \t\n\r\x0b\x0c'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

def capwords(s, sep=None):
    """Words with their first letter in upper case."""
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))

class Template:
    """Text with $names to fill in."""
    def __init__(self, template):
        self.template = template

    def _fill(self, mapping, safe):
        text = self.template
        out = []
        i = 0
        while i < len(text):
            c = text[i]
            if c != '$':
                out.append(c)
                i += 1
                continue
            if text[i + 1:i + 2] == '$':
                out.append('$')
                i += 2
                continue
            braced = text[i + 1:i + 2] == '{'
            j = start = i + (2 if braced else 1)
            while j < len(text) and (text[j].isalnum() or text[j] == '_') and text[j].isascii():
                j += 1
            name = text[start:j]
            end = j + 1 if braced else j
            if not name or not name.isidentifier() or (braced and text[j:j + 1] != '}'):
                if not safe:
                    line = text.count('\n', 0, i) + 1
                    column = i - text.rfind('\n', 0, i)
                    raise ValueError(f'Invalid placeholder in string: line {line}, col {column}')
                out.append(c)
                i += 1
                continue
            if name in mapping:
                out.append(str(mapping[name]))
            elif safe:
                out.append(text[i:end])
            else:
                raise KeyError(name)
            i = end
        return ''.join(out)

    def substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, True)

from _string_formatter import Formatter
