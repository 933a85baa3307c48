# One operation on a small tensor, with and without a graph node.
import torch


def add(a, b, count):
    for _ in range(count):
        c = a + b
    return c


def mul(a, b, count):
    for _ in range(count):
        c = a * b
    return c


def matmul(a, b, count):
    b = b.t()
    for _ in range(count):
        c = a @ b
    return c


def total(a, b, count):
    for _ in range(count):
        c = a.sum()
    return c


def exp(a, b, count):
    for _ in range(count):
        c = a.exp()
    return c


def index(a, b, count):
    for _ in range(count):
        c = a[1]
    return c


def bench(name, op, a, b, count):
    measure(name, lambda count: op(a, b, count).detach().sum().item(), count)


for rows, columns in [(2, 3), (4, 4), (8, 8), (16, 16)]:
    for grad in [False, True]:
        a = (torch.arange(rows * columns) / 100.0).reshape(rows, columns).requires_grad_(grad)
        b = (torch.arange(rows * columns) / 50.0 + 1.0).reshape(rows, columns).requires_grad_(grad)
        kind = f"{rows}x{columns}" + (" grad" if grad else "")
        bench("add " + kind, add, a, b, 20000)
        bench("mul " + kind, mul, a, b, 20000)
        bench("matmul " + kind, matmul, a, b, 20000)
        bench("sum " + kind, total, a, b, 20000)
        bench("exp " + kind, exp, a, b, 20000)
        bench("index " + kind, index, a, b, 20000)
