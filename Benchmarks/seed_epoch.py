# One epoch of linear regression by hand, the loop of the seed notebook.
import torch

inputs = torch.tensor([[73.0, 67, 43], [91, 88, 64], [87, 134, 58], [102, 43, 37], [69, 96, 70]])
targets = torch.tensor([[56.0, 70], [81, 101], [119, 133], [22, 37], [103, 119]])
w = torch.tensor([[0.5176, 0.4022, -1.4352], [1.3922, -1.7749, 0.5079]], requires_grad=True)
b = torch.tensor([-0.3327, 0.5732], requires_grad=True)


def model(x):
    return x @ w.t() + b


def mse(t1, t2):
    diff = t1 - t2
    return torch.sum(diff * diff) / diff.numel()


def train(count):
    for i in range(count):
        preds = model(inputs)
        loss = mse(preds, targets)
        loss.backward()
        with torch.no_grad():
            w.sub_(w.grad * 1e-5)
            b.sub_(b.grad * 1e-5)
            w.grad.zero_()
            b.grad.zero_()
    return loss.item()


measure("seed epoch", train, 1000)
