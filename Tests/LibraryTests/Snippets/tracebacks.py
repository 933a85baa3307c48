import sys
print(sys.exc_info())
try: 1/0
except ZeroDivisionError as e:
    print(sys.exc_info()[0], sys.exc_info()[1] is e, type(sys.exc_info()[2]).__name__, type(e.__traceback__), sys.exc_info()[2] is e.__traceback__)
    print(e.__traceback__.tb_lineno, e.__traceback__.tb_next)
print(sys.exc_info())
print(ValueError().__traceback__)
class C:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        print(t, v, type(tb).__name__)
        return True
with C(): raise ValueError('x')
with C(): pass
def f(): raise KeyError('k')
try: f()
except KeyError as e:
    t = e.__traceback__
    n = 0
    while t: n += 1; print(t.tb_lineno); t = t.tb_next
    print(n)
try: raise ValueError('a').with_traceback(None)
except ValueError as e: print(type(e.__traceback__).__name__)
