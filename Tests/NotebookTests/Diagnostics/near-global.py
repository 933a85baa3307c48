length = 3
lenght + 1
