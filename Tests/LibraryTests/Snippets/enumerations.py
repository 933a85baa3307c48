from enum import *
class Color(Enum):
    RED=1; GREEN=2
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def a(): Color.RED=5
def b(): del Color.RED
t(a);t(b);t(lambda: Color.X); t(lambda: Color['X']); t(lambda: Color(9))
def c(): Color.NEW=3; return Color.NEW
t(c)
class S(str, Enum):
    A='a'; B='b'
t(lambda: ({'a':1}[S.A], S.A=='a', hash(S.A)==hash('a'), S.A, str(S.A), f'{S.A}', repr(S.A), S('a'), S.A.upper(), S.A+'x', {S.A: 2}['a']))
class P(Flag):
    R=auto(); W=auto(); RW=R|W
t(lambda: (list(P), P.RW, P.R|P.W, P(0), ~P.R, P.__members__))
def d():
    class Q(Flag):
        A=auto(); B=auto(); C=auto()|auto()
    return list(Q), Q.C
t(d)
class IF(IntFlag):
    A=1;B=2
t(lambda: (IF(7), IF.A|8, IF(8), list(IF(7)), ~IF.A, IF.A|IF.B, str(IF.A|IF.B), IF.A & 3, IF.A + 1, IF(-1)))
t(lambda: P(8))
t(lambda: Color.__members__); t(lambda: type(Color.__members__))
def f(): Color.RED.value=3
t(f)
def g(): Color.RED.foo=3; return Color.RED.foo
t(g)
def h():
    class E2(Color): pass
t(h)
t(lambda: Color())
t(lambda: Color.RED < Color.GREEN)
t(lambda: 1 in Color)
t(lambda: Color('RED'))
t(lambda: Color.RED + 1)
t(lambda: Color.RED.nope)
t(lambda: len(Color)); t(lambda: Color)
t(lambda: Color.__doc__)
class Sh(Enum):
    def _generate_next_value_(name, s, c, l): return name.lower()
    A=auto(); B=auto()
t(lambda: list(Sh))
class Pl(Enum):
    E=(1,2)
    def __init__(self, m, r): self.m=m; self.r=r
    @property
    def x(self): return self.m*self.r
t(lambda: (Pl.E, Pl.E.x, Pl.E.value, Pl((1,2))))
class N(IntEnum):
    A=1;B=2
t(lambda: (N.A<N.B, N.A+1, N(1), f'{N.A}', str(N.A), repr(N.A), [1,2,3][N.A], sorted(N), N.A==1, '%d'%N.A, {1: 'x'}[N.A]))
t(lambda: Enum('An','CAT DOG'))
t(lambda: list(Enum('An','CAT DOG')))
def u():
    @unique
    class U(Enum): A=1;B=1
t(u)
t(lambda: P.R in P.RW); t(lambda: P.RW.name); t(lambda: (P.R|P.W).value); t(lambda: P.R|1); t(lambda: bool(P(0))); t(lambda: P.R ^ P.RW); t(lambda:len(P.RW)); t(lambda: repr(P(0))); t(lambda: str(P(0)))
class FF(Flag):
    A=1;B=2;C=4
t(lambda: (FF.A|FF.C, str(FF.A|FF.C), ~FF.A, FF(5), FF(0), len(FF), list(FF.A|FF.B)))
t(lambda: FF.A|FF.B|FF.C)
class Al(Enum):
    A=auto(); B=A; C=auto()
t(lambda: (list(Al), Al.B, Al.__members__))
class Perm(IntFlag):
    R=4; W=2; X=1; RWX=7
t(lambda: (list(Perm), Perm.RWX, Perm.R|Perm.W, Perm(7), Perm.R in Perm.RWX, Perm.RWX & ~Perm.W, Perm(0)))
t(lambda: P.R.value | 4); t(lambda: 2 in P.R)
def twice():
    class D(Enum):
        A = 1
        A = 2
t(twice)
def method_and_member():
    class D(Enum):
        A = 1
        def A(self): pass
t(method_and_member)
class Prop(Enum):
    A = 1
    @property
    def p(self): return self._value_
    @p.setter
    def p(self, v): pass
t(lambda: (list(Prop), Prop.A.p))
t(lambda: dir(Color)); t(lambda: [m.name for m in reversed(Color)])
