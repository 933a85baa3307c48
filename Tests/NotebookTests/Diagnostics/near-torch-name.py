rnadn(2, 3)
