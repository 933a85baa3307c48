"""Names of built-in types that have none of their own."""

class SimpleNamespace:
    """An object with the attributes it is given."""
    def __init__(self, /, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __getattr__(self, name):
        kind = 'types.SimpleNamespace' if type(self) is SimpleNamespace else type(self).__name__
        raise AttributeError(f'{kind!r} object has no attribute {name!r}')

    def __repr__(self):
        return f"namespace({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

    def _repr_pretty_(self, p, cycle):
        with p.group(), p.group(10, 'namespace(', ')'):
            if cycle:
                p.text('...')
                return
            for i, (name, value) in enumerate(self.__dict__.items()):
                if i:
                    p.text(',')
                    p.breakable()
                with p.group(len(name) + 1, name + '='):
                    p.pretty(value)

    def __eq__(self, other):
        if isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

def _generator():
    yield

class _Class:
    def method(self):
        pass

FunctionType = LambdaType = type(lambda: None)
GeneratorType = type(_generator())
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)
GenericAlias = type(list[int])
UnionType = type(int | str)

import math as _math
ModuleType = type(_math)

MappingProxyType = type(SimpleNamespace.__dict__)
CodeType = type(_generator.__code__)
