# Large tensors, where the kernels count.
import torch

a = (torch.arange(1000000) % 1000) / 1000.0
b = (torch.arange(1000000) % 777) / 777.0


def add(count):
    for _ in range(count):
        c = a + b
    return c[123456].item()


def mul(count):
    for _ in range(count):
        c = a * b
    return c[123456].item()


def exp(count):
    for _ in range(count):
        c = a.exp()
    return c[123456].item()


def tanh(count):
    for _ in range(count):
        c = a.tanh()
    return c[123456].item()


def total(count):
    for _ in range(count):
        c = a.sum()
    return c.item()


measure("add 1e6", add, 20)
measure("mul 1e6", mul, 20)
measure("exp 1e6", exp, 20)
measure("tanh 1e6", tanh, 20)
measure("sum 1e6", total, 20)

for n in [64, 128, 256, 512, 1024]:
    m = ((torch.arange(n * n) % 17) / 17.0).reshape(n, n)

    def product(count):
        for _ in range(count):
            c = m @ m
        return c[n // 2, n // 3].item()

    measure(f"matmul {n}", product, 200 if n <= 128 else 20 if n <= 512 else 5)
