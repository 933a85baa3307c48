import io
import json


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


show(lambda: json.loads('{"a": 1}', object_hook=lambda d: list(d.items())))
show(lambda: json.loads('{"a": {"b": [1, {}]}}', object_hook=lambda d: sorted(d)))
show(lambda: (json.loads('1.5', parse_float=str), json.loads('[1, 2.0]', parse_int=float), json.loads('[-5]', parse_int=lambda s: s + '!')))
show(lambda: json.loads('[NaN, Infinity, -Infinity]', parse_constant=lambda c: c.lower()))
show(lambda: (json.loads('{"a":1, "a": 2}', object_pairs_hook=tuple), json.loads('{"b":1, "a": {}}', object_pairs_hook=lambda p: p)))
show(lambda: json.loads('{}', object_pairs_hook=len))
show(lambda: json.loads('"a\tb"'))
show(lambda: json.loads('"a\tb"', strict=False))
show(lambda: json.load(io.StringIO('[1]'), parse_int=str))


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, complex_like):
            return [o.re, o.im]
        return super().default(o)


class complex_like:
    re, im = 1, 2


show(lambda: json.dumps({'z': complex_like()}, cls=Encoder))
show(lambda: json.dumps({'z': object}, cls=Encoder))
show(lambda: Encoder(indent=1, sort_keys=True).encode({'b': 1, 'a': [complex_like()]}))
show(lambda: json.JSONEncoder().encode([1, 'a', None]))
show(lambda: ''.join(json.JSONEncoder(separators=(',', ':')).iterencode({'a': [1, 2]})))
show(lambda: json.dumps([1, 2], cls=json.JSONEncoder, separators=(',', ':')))
show(lambda: (json.JSONDecoder().decode(' [1] '), json.JSONDecoder().raw_decode('[1, 2] tail'), json.JSONDecoder().raw_decode('é [3]x', 2)))
show(lambda: json.JSONDecoder().raw_decode(' [1]'))
show(lambda: json.JSONDecoder(object_hook=len, parse_float=str).decode('[{"a": 1.5}, 2.5]'))


class Decoder(json.JSONDecoder):
    def decode(self, s):
        return ['decoded', super().decode(s)]


show(lambda: json.loads('1', cls=Decoder))
for text in ('x', '{"a" 1}', '[1,\n 2,\n x]', '', '[1] 2', '"abc', '{a: 1}', 'é"'):
    try:
        json.loads(text)
    except json.JSONDecodeError as e:
        print(e, '|', e.msg, e.pos, e.lineno, e.colno, e.doc == text, e.args)
e = json.JSONDecodeError('message', 'a\nbc', 3)
show(lambda: (str(e), e.msg, e.doc, e.pos, e.lineno, e.colno, isinstance(e, ValueError)))
show(lambda: json.decoder.JSONDecodeError is json.JSONDecodeError)
a = []
a.append(a)
show(lambda: json.dumps(a))
d = {}
d['d'] = [d]
show(lambda: json.dumps(d))
show(lambda: json.dumps(object(), default=lambda o: o))
b = [1]
show(lambda: json.dumps([b, b, {'b': b}]))
show(lambda: (json.dumps('\x7f\x80é'), json.dumps('\x7fé', ensure_ascii=False)))
show(lambda: json.dumps({'a': {1}}, default=list))
show(lambda: json.loads(3))
show(lambda: json.loads(b'[1]'))
show(lambda: json.dumps({1: 2, None: 3, True: 4, 2.5: 5, (1,): 6}, skipkeys=True))
show(lambda: json.dumps({'b': 1, 'a': [1, {'c': []}]}, indent=2, sort_keys=True))
show(lambda: json.dumps([1], check_circular=False))
