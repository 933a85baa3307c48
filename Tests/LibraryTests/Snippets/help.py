def add(a: int, b=2):
    """Add two.

    More text.
    """
    return a + b
help(add)
def plain(x): return x
help(plain)
class A:
    """A thing."""
    z = 1
    def __init__(self, x): self.x = x
    def go(self, n=1):
        """Goes."""
    @property
    def p(self):
        """The p."""
    @staticmethod
    def s(a): pass
    @classmethod
    def c(cls): "cc"
    def __repr__(self): return 'A'
help(A)
class B(A):
    def go(self): pass
help(B)
help(A(1).go)
help(A.go)
help(lambda x: x)
class E: pass
help(E)
class F:
    __slots__ = ('q',)
    long = 'x' * 80
    _hidden = 3
    def __eq__(self, other): return True
    @property
    def w(self): return 1
    @w.setter
    def w(self, value): pass
help(F)
