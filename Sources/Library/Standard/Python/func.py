"""Functions made of functions: their gradients, Jacobians, and themselves over batches."""
import torch
import torch.autograd.functional as _functional


def _picked(args, argnums):
    nums = (argnums,) if isinstance(argnums, int) else tuple(argnums)
    for n in nums:
        if not -len(args) <= n < len(args):
            raise RuntimeError(f'Got argnum={n}, but only {len(args)} positional inputs')
    return [n % len(args) for n in nums]


def _leaves(value):
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from _leaves(v)
    elif isinstance(value, (list, tuple)):
        for v in value:
            yield from _leaves(v)


def _mapped(value, function):
    if isinstance(value, torch.Tensor):
        return function(value)
    if isinstance(value, dict):
        return type(value)((k, _mapped(v, function)) for k, v in value.items())
    if isinstance(value, tuple) and hasattr(value, '_fields'):
        return type(value)(*[_mapped(v, function) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(v, function) for v in value)
    return value


def grad_and_value(func, argnums=0, has_aux=False):
    """A function that gives the gradient of `func` by some of its arguments, and its value."""
    def wrapper(*args, **kwargs):
        nums = _picked(args, argnums)
        nested = any(t.requires_grad for a in args for t in _leaves(a))
        with torch.enable_grad():
            args = list(args)
            for n in nums:
                args[n] = _mapped(args[n], lambda t: t.view_as(t) if t.requires_grad else t.detach().requires_grad_())
            inputs = [t for n in nums for t in _leaves(args[n])]
            output = func(*args, **kwargs)
            aux = None
            if has_aux:
                if not (isinstance(output, tuple) and len(output) == 2):
                    raise RuntimeError('grad_and_value(f)(*args): output of function f should be a tuple: (output, aux) if has_aux is True')
                output, aux = output
            if not isinstance(output, torch.Tensor):
                raise RuntimeError(f'grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {type(output)}')
            if output.dim() != 0:
                raise RuntimeError('grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, '
                                   f'got tensor with {output.dim()} dims. Maybe you wanted to use the vjp or jacrev APIs instead?')
            found = [None] * len(inputs)
            if output.requires_grad:
                found = torch.autograd.grad(output, inputs, create_graph=nested, allow_unused=True)
            grads = iter([torch.zeros_like(t) if g is None else g for t, g in zip(inputs, found)])
        results = [_mapped(args[n], lambda t: next(grads)) for n in nums]
        result = results[0] if isinstance(argnums, int) else tuple(results)
        value = output if nested else output.detach()
        if has_aux:
            return result, (value, aux if nested else _mapped(aux, lambda t: t.detach()))
        return result, value
    return wrapper


def grad(func, argnums=0, has_aux=False):
    """A function that gives the gradient of `func`, whose value is one number, by some of its arguments."""
    both = grad_and_value(func, argnums, has_aux)

    def wrapper(*args, **kwargs):
        result, value = both(*args, **kwargs)
        return (result, value[1]) if has_aux else result
    return wrapper


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    """A function that gives the Jacobian of `func` by one of its arguments."""
    if has_aux:
        raise NotImplementedError('jacrev with has_aux=True is not available in tnb')

    def wrapper(*args):
        nums = _picked(args, argnums)
        nested = any(t.requires_grad for a in args for t in _leaves(a))

        def of(*inputs):
            full = list(args)
            for n, x in zip(nums, inputs):
                full[n] = x
            return func(*full)
        inputs = tuple(args[n] for n in nums)
        with torch.enable_grad():
            result = _functional.jacobian(of, inputs, create_graph=nested)
        if isinstance(argnums, int):
            return tuple(r[0] for r in result) if isinstance(result[0], tuple) else result[0]
        return result
    return wrapper


jacfwd = jacrev


def hessian(func, argnums=0):
    """A function that gives the second derivatives of `func`."""
    return jacrev(jacrev(func, argnums), argnums)


def vjp(func, *primals, has_aux=False):
    """The value of `func`, and a function from vectors to their products with the Jacobian."""
    inputs = [p.detach().requires_grad_() for p in primals]
    with torch.enable_grad():
        output = func(*inputs)
    aux = None
    if has_aux:
        output, aux = output

    def product(*cotangents):
        single = isinstance(output, torch.Tensor)
        found = torch.autograd.grad([output] if single else list(output), inputs, list(cotangents) if single else list(_leaves(cotangents)),
                                    retain_graph=True, allow_unused=True)
        return tuple(torch.zeros_like(t) if g is None else g for t, g in zip(inputs, found))
    value = _mapped(output, lambda t: t.detach())
    return (value, product, aux) if has_aux else (value, product)


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    """The value of `func`, and the product of its Jacobian with a vector."""
    if has_aux:
        raise NotImplementedError('jvp with has_aux=True is not available in tnb')
    if len(primals) != len(tangents):
        raise RuntimeError('jvp(f, primals, tangents): Expected primals and tangents to have the same python structure.')
    value, tangent = _functional.jvp(func, tuple(primals), tuple(tangents))
    return value, tangent


def vmap(func, in_dims=0, out_dims=0, randomness='error', *, chunk_size=None):
    """A function that runs `func` for every entry along a dimension of its arguments and stacks what it gives."""
    def wrapper(*args, **kwargs):
        dims = list(in_dims) if isinstance(in_dims, (tuple, list)) else [in_dims] * len(args)
        if len(dims) != len(args):
            raise ValueError(f'vmap({getattr(func, "__name__", func)}, in_dims={in_dims}, ...)(<inputs>): in_dims is not compatible '
                             f'with the structure of inputs. in_dims has structure {in_dims} but inputs has structure {args}.')
        sizes = [t.shape[d] for a, d in zip(args, dims) if d is not None for t in _leaves(a)]
        if not sizes:
            raise ValueError(f'vmap({getattr(func, "__name__", func)}, in_dims={in_dims}, ...)(<inputs>): at least one tensor must be mapped over')
        if len(set(sizes)) > 1:
            raise ValueError(f'vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped dimension')
        outputs = [func(*[a if d is None else _mapped(a, lambda t: t.select(d, i)) for a, d in zip(args, dims)], **kwargs)
                   for i in range(sizes[0])]

        def stacked(values, dim):
            if isinstance(values[0], torch.Tensor):
                return torch.stack(values, dim)
            if isinstance(values[0], dict):
                return {k: stacked([v[k] for v in values], dim) for k in values[0]}
            if isinstance(values[0], (tuple, list)):
                each = dim if isinstance(dim, (tuple, list)) else [dim] * len(values[0])
                return tuple(stacked([v[k] for v in values], each[k]) for k in range(len(values[0])))
            raise ValueError(f'vmap({getattr(func, "__name__", func)}, ...): `{getattr(func, "__name__", func)}` must only return Tensors, '
                             f'got type {type(values[0])} as a return.')
        return stacked(outputs, out_dims)
    return wrapper
