import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    warnings.warn('careful')
    warnings.warn('dep', DeprecationWarning)
    print(len(w), w[0].message, w[0].category, repr(w[1].message), type(w[0]).__name__)
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: warnings.warn('x')
    except UserWarning as e: print(repr(e))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    warnings.filterwarnings('ignore', message='foo')
    warnings.filterwarnings('error', category=RuntimeWarning)
    warnings.warn('foo bar')
    warnings.warn('bar foo')
    try: warnings.warn('bar foo', RuntimeWarning)
    except RuntimeWarning as e: print('raised', e)
    print(len(w))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('default')
    for i in range(3): warnings.warn('same')
    print(len(w))
    warnings.warn(UserWarning('inst'))
    print(w[-1].message)
    warnings.simplefilter('once')
    warnings.warn('o'); warnings.warn('o')
    print(len(w))
for bad in [lambda: warnings.warn('x', int), lambda: warnings.simplefilter('foo'), lambda: warnings.warn('x', 'cat')]:
    try: bad()
    except Exception as e: print(repr(e))
print(warnings.catch_warnings(record=True))
def old():
    warnings.warn('old is deprecated', DeprecationWarning, stacklevel=2)
    return 1
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    old()
for c in caught: print(c.category.__name__, str(c.message), issubclass(c.category, DeprecationWarning))
