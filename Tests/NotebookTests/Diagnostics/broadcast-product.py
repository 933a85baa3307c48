a = torch.ones(2, 3)
b = torch.ones(3, 4)
a * b
