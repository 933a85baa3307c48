w = torch.ones(3, 2)
x = torch.arange(3)
x @ w
