w = torch.ones(2, 3)
x = torch.ones(5, 3)
x @ w
