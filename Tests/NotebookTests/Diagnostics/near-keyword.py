def train(epochs, learning_rate=0.1):
    pass

train(3, learning_rat=0.2)
