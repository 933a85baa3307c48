a = torch.ones(2, 3)
b = torch.ones(2, 3)
torch.mm(a, b)
