a = torch.ones(3)
b = torch.ones(4)
a + b
