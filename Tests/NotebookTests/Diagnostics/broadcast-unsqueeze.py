total = torch.ones(2, 3)
row = torch.ones(2)
total / row
