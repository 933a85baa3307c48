"""Kullback-Leibler divergences between torch's distributions."""
import math
import torch
import torch.nn.functional as F


def _sum_rightmost(value, dim):
    return value if dim == 0 else value.reshape(value.shape[:-dim] + (-1,)).sum(-1)


# By the names of the distributions' classes, or by classes that were registered.
_formulas = {}
_exponential_families = ('Bernoulli', 'Categorical', 'Exponential', 'MultivariateNormal', 'Normal', 'Poisson')


def register_kl(type_p, type_q):
    """A decorator for the function that gives the divergence between two classes of distributions."""
    def decorator(fun):
        _formulas[type_p, type_q] = fun
        return fun
    return decorator


def _lineage(kind):
    return [key for c in kind.__mro__ for key in (c, c.__name__)]


def kl_divergence(p, q):
    """How far the distribution q is from p."""
    for a in _lineage(type(p)):
        for b in _lineage(type(q)):
            if (a, b) in _formulas:
                return _formulas[a, b](p, q)
    if type(p).__name__ in _exponential_families and type(q).__name__ in _exponential_families:
        raise NotImplementedError('The cross KL-divergence between different exponential families cannot'
                                  '                             be computed using Bregman divergences')
    raise NotImplementedError(f'No KL(p || q) is implemented for p type {type(p).__name__} and q type {type(q).__name__}')


@register_kl('Normal', 'Normal')
def _normal_divergence(p, q):
    ratio = (p.scale / q.scale).pow(2)
    t1 = ((p.loc - q.loc) / q.scale).pow(2)
    return 0.5 * (ratio + t1 - 1 - ratio.log())


@register_kl('Bernoulli', 'Bernoulli')
def _bernoulli_divergence(p, q):
    t1 = p.probs * (F.softplus(-q.logits) - F.softplus(-p.logits))
    t1[q.probs == 0] = math.inf
    t1[p.probs == 0] = 0
    t2 = (1 - p.probs) * (F.softplus(q.logits) - F.softplus(p.logits))
    t2[q.probs == 1] = math.inf
    t2[p.probs == 1] = 0
    return t1 + t2


@register_kl('Categorical', 'Categorical')
def _categorical_divergence(p, q):
    t = p.probs * (p.logits - q.logits)
    t[(q.probs == 0).expand_as(t)] = math.inf
    t[(p.probs == 0).expand_as(t)] = 0
    return t.sum(-1)


@register_kl('OneHotCategorical', 'OneHotCategorical')
def _one_hot_divergence(p, q):
    return _categorical_divergence(p._categorical, q._categorical)


@register_kl('Exponential', 'Exponential')
def _exponential_divergence(p, q):
    ratio = q.rate / p.rate
    return -ratio.log() + ratio - 1


@register_kl('Uniform', 'Uniform')
def _uniform_divergence(p, q):
    result = ((q.high - q.low) / (p.high - p.low)).log()
    result[(q.low > p.low) | (q.high < p.high)] = math.inf
    return result


@register_kl('Poisson', 'Poisson')
def _poisson_divergence(p, q):
    return p.rate * (p.rate.log() - q.rate.log()) - (p.rate - q.rate)


@register_kl('Geometric', 'Geometric')
def _geometric_divergence(p, q):
    return -p.entropy() - torch.log1p(-q.probs) / p.probs - q.logits


@register_kl('Laplace', 'Laplace')
def _laplace_divergence(p, q):
    ratio = p.scale / q.scale
    distance = (p.loc - q.loc).abs()
    return -ratio.log() + distance / q.scale + ratio * torch.exp(-distance / p.scale) - 1


@register_kl('MultivariateNormal', 'MultivariateNormal')
def _multivariate_divergence(p, q):
    if p.event_shape != q.event_shape:
        raise ValueError('KL-divergence between two Multivariate Normals with                          '
                         'different event shapes cannot be computed')
    n = p.event_shape[0]
    half_log_dets = [d._tril.diagonal(dim1=-2, dim2=-1).log().sum(-1) for d in (p, q)]
    batch = torch.broadcast_shapes(q._tril.shape[:-2], p._tril.shape[:-2])
    tril = q._tril.expand(batch + (n, n))
    solved = torch.linalg.solve_triangular(tril, p._tril.expand(batch + (n, n)), upper=False)
    difference = (q.loc - p.loc).unsqueeze(-1)
    shape = torch.broadcast_shapes(tril.shape[:-2], difference.shape[:-2])
    moved = torch.linalg.solve_triangular(tril.expand(shape + (n, n)), difference.expand(shape + (n, 1)), upper=False)
    distance = moved.pow(2).sum((-2, -1))
    return half_log_dets[1] - half_log_dets[0] + 0.5 * (solved.pow(2).sum((-2, -1)) + distance - n)


@register_kl('Exponential', 'Normal')
def _exponential_normal_divergence(p, q):
    variance, rate = q.scale.pow(2), p.rate.pow(2)
    t1 = 0.5 * torch.log(rate * variance * 2 * math.pi)
    return t1 - 1 + (rate.reciprocal() - q.loc / p.rate + q.loc.pow(2) * 0.5) / variance


@register_kl('Laplace', 'Normal')
def _laplace_normal_divergence(p, q):
    variance = q.scale.pow(2)
    ratio = p.scale.pow(2) / variance
    t1 = 0.5 * torch.log(2 * ratio / math.pi)
    return -t1 + ratio + (0.5 * p.loc.pow(2) - p.loc * q.loc + 0.5 * q.loc.pow(2)) / variance - 1


@register_kl('Normal', 'Laplace')
def _normal_laplace_divergence(p, q):
    difference = p.loc - q.loc
    relative = difference / p.scale
    t2 = math.sqrt(2 / math.pi) * p.scale * torch.exp(-0.5 * relative.pow(2))
    t3 = difference * torch.erf(math.sqrt(0.5) * relative)
    return -torch.log(p.scale / q.scale) + (t2 + t3) / q.scale - (0.5 * (1 + math.log(0.5 * math.pi)))


@register_kl('Uniform', 'Exponential')
def _uniform_exponential_divergence(p, q):
    result = q.rate * (p.high + p.low) / 2 - ((p.high - p.low) * q.rate).log()
    result[p.low < 0] = math.inf
    return result


@register_kl('Uniform', 'Normal')
def _uniform_normal_divergence(p, q):
    width = p.high - p.low
    t1 = (math.sqrt(math.pi * 2) * q.scale / width).log()
    middle = ((p.high + p.low - 2 * q.loc) / 2).pow(2)
    return t1 + 0.5 * (width.pow(2) / 12 + middle) / q.scale.pow(2)


@register_kl('Bernoulli', 'Poisson')
def _bernoulli_poisson_divergence(p, q):
    return -p.entropy() - (p.probs * q.rate.log() - q.rate)


def _infinite(name):
    def formula(p, q):
        return torch.full_like(getattr(p, name), math.inf)
    return formula


for _p, _q, _name in [('Exponential', 'Uniform', 'rate'), ('Laplace', 'Exponential', 'loc'), ('Laplace', 'Uniform', 'loc'),
                      ('Normal', 'Exponential', 'loc'), ('Normal', 'Uniform', 'loc'), ('Poisson', 'Bernoulli', 'rate')]:
    register_kl(_p, _q)(_infinite(_name))


@register_kl('Independent', 'Independent')
def _independent_divergence(p, q):
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError
    return _sum_rightmost(kl_divergence(p.base_dist, q.base_dist), p.reinterpreted_batch_ndims)
