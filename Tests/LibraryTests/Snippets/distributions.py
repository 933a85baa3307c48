import torch
import torch.distributions as D
from torch.distributions import kl_divergence


def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, error)


t = torch.tensor
normals = [D.MultivariateNormal(torch.zeros(2), torch.eye(2)), D.MultivariateNormal(torch.ones(2), 2 * torch.eye(2))]
show(lambda: kl_divergence(*normals))
show(lambda: kl_divergence(D.Laplace(0., 1.), D.Laplace(1., 2.)))
show(lambda: kl_divergence(D.Geometric(.3), D.Geometric(.4)))
show(lambda: kl_divergence(D.OneHotCategorical(torch.ones(2)), D.OneHotCategorical(t([.2, .8]))))
show(lambda: kl_divergence(D.Uniform(0., 1.), D.Normal(0., 1.)))
show(lambda: kl_divergence(D.Uniform(0., 1.), D.Exponential(2.)))
show(lambda: kl_divergence(D.Normal(0., 1.), D.Laplace(0., 1.)))
show(lambda: kl_divergence(D.Laplace(0., 1.), D.Normal(0., 1.)))
show(lambda: kl_divergence(D.Exponential(1.), D.Normal(0., 1.)))
show(lambda: kl_divergence(D.Normal(0., 1.), D.Uniform(0., 1.)))
show(lambda: kl_divergence(D.Poisson(1.), D.Bernoulli(.5)))
show(lambda: kl_divergence(D.Normal(0., 1.), D.Bernoulli(.5)))
show(lambda: kl_divergence(D.Geometric(.5), D.Normal(0., 1.)))
show(lambda: kl_divergence(D.Independent(D.Normal(torch.zeros(2), 1.), 1), D.Independent(D.Normal(torch.ones(2), 1.), 1)))
show(lambda: D.Laplace(0., 1.).icdf(t(.9)))
show(lambda: D.OneHotCategorical(torch.ones(3)).enumerate_support())
show(lambda: D.Categorical(t([.2, .8])).expand((2,)).log_prob(t([0, 1])))
show(lambda: D.MultivariateNormal(torch.zeros(2), torch.eye(2)).expand((3,)))
show(lambda: D.Multinomial(10, torch.ones(2)).entropy())
show(lambda: D.Normal(0.))
show(lambda: D.Geometric(0.))


class Mine(D.Normal):
    pass


@D.kl.register_kl(Mine, D.Normal)
def _(p, q):
    return t(7.)


show(lambda: (kl_divergence(Mine(0., 1.), D.Normal(0., 1.)), kl_divergence(D.Normal(0., 1.), Mine(0., 1.))))
torch.manual_seed(0)
with torch.random.fork_rng(enabled=False):
    torch.rand(3)
show(lambda: torch.rand(1))
with torch.random.fork_rng():
    torch.rand(3)
show(lambda: torch.rand(1))
