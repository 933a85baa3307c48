a = torch.ones(2, 3)
a -= torch.ones(2, 4)
