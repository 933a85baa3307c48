# Forward and backward through a chain of a thousand scalar operations.
import torch


def chain(count):
    x = torch.tensor(1.0, requires_grad=True)
    for _ in range(count):
        x.grad = None
        y = x
        for i in range(500):
            y = y * 1.001 + 0.001
        y.backward()
    return x.grad.item()


measure("chain of 1000", chain, 20)
