"""What the parameters and values of distributions have to satisfy."""
import torch


class Constraint:
    """A region; `check` says which values lie in it."""
    is_discrete = False
    event_dim = 0

    def __repr__(self):
        return self.__class__.__name__[1:] + '()'


def _check(name, check, discrete=False, event_dim=0):
    cls = type('_' + name, (Constraint,), {'check': lambda self, value: check(value)})
    cls.is_discrete, cls.event_dim = discrete, event_dim
    return cls()


class _Bounded(Constraint):
    def __init__(self, **bounds):
        self.__dict__.update(bounds)

    def __repr__(self):
        shown = ', '.join(f'{name}={value}' for name, value in self.__dict__.items())
        return f'{self.__class__.__name__[1:]}({shown})'


class _IntegerInterval(_Bounded):
    is_discrete = True

    def check(self, value):
        return (value % 1 == 0) & (self.lower_bound <= value) & (value <= self.upper_bound)


class _IntegerGreaterThan(_Bounded):
    is_discrete = True

    def check(self, value):
        return (value % 1 == 0) & (value >= self.lower_bound)


class _GreaterThan(_Bounded):
    def check(self, value):
        return self.lower_bound < value


class _GreaterThanEq(_Bounded):
    def check(self, value):
        return self.lower_bound <= value


class _LessThan(_Bounded):
    def check(self, value):
        return value < self.upper_bound


class _Interval(_Bounded):
    def check(self, value):
        return (self.lower_bound <= value) & (value <= self.upper_bound)


class _Multinomial(_Bounded):
    is_discrete = True
    event_dim = 1

    def check(self, x):
        return (x >= 0).all(dim=-1) & (x.sum(dim=-1) <= self.upper_bound)


class _IndependentConstraint(Constraint):
    def __init__(self, base_constraint, reinterpreted_batch_ndims):
        self.base_constraint = base_constraint
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims

    def check(self, value):
        result = self.base_constraint.check(value)
        return result.reshape(result.shape[:result.dim() - self.reinterpreted_batch_ndims] + (-1,)).all(-1)

    def __repr__(self):
        return f'IndependentConstraint({self.base_constraint!r}, {self.reinterpreted_batch_ndims})'


def integer_interval(lower_bound, upper_bound):
    return _IntegerInterval(lower_bound=lower_bound, upper_bound=upper_bound)


def interval(lower_bound, upper_bound):
    return _Interval(lower_bound=lower_bound, upper_bound=upper_bound)


def greater_than(lower_bound):
    return _GreaterThan(lower_bound=lower_bound)


def greater_than_eq(lower_bound):
    return _GreaterThanEq(lower_bound=lower_bound)


def less_than(upper_bound):
    return _LessThan(upper_bound=upper_bound)


def multinomial(upper_bound):
    return _Multinomial(upper_bound=upper_bound)


def independent(base_constraint, reinterpreted_batch_ndims):
    return _IndependentConstraint(base_constraint, reinterpreted_batch_ndims)


def _positive_definite(value):
    symmetric = torch.isclose(value, value.mT, atol=1e-6).all(-2).all(-1)
    return symmetric & torch.linalg.cholesky_ex(value).info.eq(0)


def _lower_cholesky(value):
    return (value.tril() == value).view(value.shape[:-2] + (-1,)).min(-1)[0] & (value.diagonal(dim1=-2, dim2=-1) > 0).min(-1)[0]


boolean = _check('Boolean', lambda v: (v == 0) | (v == 1), discrete=True)
real = _check('Real', lambda v: v == v)
simplex = _check('Simplex', lambda v: torch.all(v >= 0, dim=-1) & ((v.sum(-1) - 1).abs() < 1e-6), event_dim=1)
one_hot = _check('OneHot', lambda v: ((v == 0) | (v == 1)).all(-1) & v.sum(-1).eq(1), discrete=True, event_dim=1)
positive_definite = _check('PositiveDefinite', _positive_definite, event_dim=2)
lower_cholesky = _check('LowerCholesky', _lower_cholesky, event_dim=2)
real_vector = independent(real, 1)
unit_interval = interval(0.0, 1.0)
positive = greater_than(0.0)
nonnegative = greater_than_eq(0.0)
nonnegative_integer = _IntegerGreaterThan(lower_bound=0)
positive_integer = _IntegerGreaterThan(lower_bound=1)
