globals()['zz'] = 5
print(zz)
for k, v in [('aa', 1), ('bb', 2)]: globals()[k] = v
print(aa, bb)
print(locals() is globals(), type(globals()), isinstance(globals(), dict))
g = globals()
g['cc'] = 7
print(cc)
g.update(dd=4, ee=5)
print(dd + ee)
del g['dd']
try: dd
except NameError as e: print(e)
print('aa' in globals(), globals().get('nope', 3), globals().pop('aa'), 'aa' in globals())
def setit(n, v): globals()[n] = v
setit('ff', 8); print(ff)
globals().setdefault('hh', 9); print(hh)
x = 1
print(globals()['x']); x = 2; print(globals()['x'], g is globals(), g['x'])
print(setit.__globals__ is globals())
vars()['vv'] = 3; print(vv)
try: 1/0
except ZeroDivisionError as e: pass
try: e
except NameError as err: print(err)
y = 3; del y
try: y
except NameError as err: print(err)
