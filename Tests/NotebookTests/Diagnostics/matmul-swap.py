w = torch.ones(3, 2)
x = torch.ones(5, 3)
(w * 2) @ x
