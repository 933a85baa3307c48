def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for b in (b'', b'hello World', b'ABC', b'abc def', b' \t', b'a1', b'123', b'Hello World Foo', b'x\xe9Y', b"they're bill's"):
    print(b, b.title(), b.capitalize(), b.swapcase(), b.upper(), b.lower(), b.isalpha(), b.isalnum(), b.isdigit(),
          b.islower(), b.isupper(), b.isspace(), b.istitle(), b.isascii())
for width in (-1, 0, 4, 5, 6, 7, 12):
    print(b'abc'.center(width), b'abcd'.center(width, b'*'), b'ab'.ljust(width, b'.'), b'ab'.rjust(width), b'-5'.zfill(width))
show(lambda: b'a'.center(5, b'ab'))
show(lambda: b'a'.center(5, 'a'))
show(lambda: (b'a\tbc\td\n\te'.expandtabs(), b'a\tb'.expandtabs(3), b'a\tb'.expandtabs(0), b'a\tb'.expandtabs(tabsize=-1)))
show(lambda: (b'a,b,,c'.rsplit(b','), b'a,b,,c'.rsplit(b',', 1), b' a  b c '.rsplit(), b' a  b c '.rsplit(None, 1),
              b' a  b c '.rsplit(maxsplit=0), b''.rsplit(), b''.rsplit(b',')))
show(lambda: (b'a.b.c'.rpartition(b'.'), b'abc'.rpartition(b'.'), b'a.b.c'.partition(b'.')))
show(lambda: b'abc'.rpartition(b''))
show(lambda: b'abc'.rsplit(b''))
show(lambda: (b'abcabc'.find(b'c'), b'abcabc'.rfind(b'c'), b'abcabc'.find(b'c', 3), b'abcabc'.rfind(b'c', 0, 4),
              b'abcabc'.index(98), b'abcabc'.rindex(98), b'abc'.find(b'', 9), b'abc'.rfind(b''), b'abc'.find(b'z'),
              b'abc'.count(b''), b'aaaa'.count(b'aa'), b'abcabc'.count(97, 1), b'abc'.count(b'a', 9)))
show(lambda: b'abc'.index(b'z'))
show(lambda: b'abc'.rindex(b'z'))
show(lambda: b'abc'.find('a'))
show(lambda: b'abc'.find(300))
show(lambda: (b'abc'.startswith((b'x', b'a')), b'abc'.startswith(b'b', 1), b'abc'.endswith(b'c'), b'abc'.endswith((b'b', b'q'), 0, 2),
              b'abc'.startswith(b'', 4), b'abc'.endswith(b'')))
show(lambda: b'abc'.startswith('a'))
show(lambda: b'abc'.endswith(('a',)))
show(lambda: (b'prefix-x'.removeprefix(b'prefix-'), b'x.py'.removesuffix(b'.py'), b'abc'.removesuffix(b''), b'abc'.removeprefix(b'z')))
show(lambda: (b'abc'.translate(bytes.maketrans(b'ab', b'xy')), b'hello'.translate(None, b'l'), b'abc'.translate(None, delete=b'b')))
show(lambda: bytes.maketrans(b'a', b'xy'))
show(lambda: b'abc'.translate(b'x'))
show(lambda: (b'\x01\xff\x10'.hex(' '), b'\x01\xff\x10'.hex(':', 2), b'\x01\xff\x10'.hex('_', -2), b'ab'.hex(), b'abcd'.hex(b'-')))
show(lambda: b'ab'.hex('--'))
show(lambda: b'ab'.hex(3))
show(lambda: (b'%d' % 3, b'%5.2f|%-4d|%04x' % (1.5, 7, 255), b'%s %b' % (b'x', b'y'), b'%r %a' % ('\xe9', 'z'), b'%c%c' % (65, b'B'), b'%%' % ()))
show(lambda: b'%(a)s' % {b'a': b'v'})
show(lambda: b'%s' % 'x')
show(lambda: b'%d' % 'x')
show(lambda: b'%c' % 300)
show(lambda: b'abc' % b'x')
show(lambda: b'%d %d' % (1,))
show(lambda: b'\xff%d' % 1)
