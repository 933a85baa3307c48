class Layer:
    def __init__(self):
        self.weight = 1

    def forward(self):
        return self.wieght

Layer().forward()
