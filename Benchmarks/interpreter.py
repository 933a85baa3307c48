# The language without tensors. Per count: a loop's turn, a call of fib, one turn of mixed work, one epoch of a net.
def scalar_loop(count):
    s = 0
    for i in range(count):
        s = (s + i * 3) % 1000003
    return s


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def run_fib(count):
    total = 0
    for _ in range(count):
        total += fib(25)
    return total


def lists(count):
    total = 0
    for i in range(count):
        items = [j * j for j in range(50)]
        items.append(i)
        items.sort(reverse=True)
        total += sum(items[10:20]) + len(items)
    return total


def dicts(count):
    words = ["w" + str(i % 97) for i in range(1000)]
    total = 0
    for _ in range(count):
        seen = {}
        for word in words:
            seen[word] = seen.get(word, 0) + 1
        for key, value in seen.items():
            total += value * len(key)
    return total


def strings(count):
    total = 0
    for i in range(count):
        text = ",".join([f"{i}:{j:03d}" for j in range(20)])
        parts = text.upper().replace(":", "=").split(",")
        total += len(parts) + len(text.strip("0")) + text.count("1")
    return total


class Scalar:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.children = children
        self.backward_step = None

    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data + other.data, (self, other))

        def step():
            self.grad += out.grad
            other.grad += out.grad
        out.backward_step = step
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data * other.data, (self, other))

        def step():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.backward_step = step
        return out

    def relu(self):
        out = Scalar(self.data if self.data > 0 else 0.0, (self,))

        def step():
            self.grad += (1.0 if out.data > 0 else 0.0) * out.grad
        out.backward_step = step
        return out

    def backward(self):
        order = []
        visited = set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for child in node.children:
                    visit(child)
                order.append(node)
        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            if node.backward_step is not None:
                node.backward_step()

    __radd__ = __add__
    __rmul__ = __mul__


class Layer:
    def __init__(self, inputs, outputs, seed):
        self.weights = [[Scalar(((i * 7 + j * 3 + seed) % 11 - 5) / 10) for i in range(inputs)] for j in range(outputs)]
        self.biases = [Scalar(0.0) for _ in range(outputs)]

    def __call__(self, xs, last=False):
        outs = []
        for row, bias in zip(self.weights, self.biases):
            total = bias
            for w, x in zip(row, xs):
                total = total + w * x
            outs.append(total if last else total.relu())
        return outs

    def parameters(self):
        return [w for row in self.weights for w in row] + self.biases


def micrograd(count):
    layers = [Layer(2, 8, 1), Layer(8, 8, 2), Layer(8, 1, 3)]
    points = [(0.0, 0.0, -1.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, -1.0)]
    loss = Scalar(0.0)
    for _ in range(count):
        loss = Scalar(0.0)
        for a, b, wanted in points:
            out = layers[2](layers[1](layers[0]([Scalar(a), Scalar(b)])), last=True)[0]
            diff = out + (-wanted)
            loss = loss + diff * diff
        parameters = [p for layer in layers for p in layer.parameters()]
        for p in parameters:
            p.grad = 0.0
        loss.backward()
        for p in parameters:
            p.data -= 0.02 * p.grad
    return loss.data


measure("scalar loop", scalar_loop, 1000000)
measure("fib(25)", run_fib, 2)
measure("list work", lists, 2000)
measure("dict work", dicts, 100)
measure("str work", strings, 2000)
measure("micrograd epoch", micrograd, 10)
