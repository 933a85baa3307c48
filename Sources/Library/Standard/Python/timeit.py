"""How long something takes."""
import time

default_timer = time.perf_counter
default_number = 1000000
default_repeat = 5


class Timer:
    """Measures calls of a function."""
    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        for part in (stmt, setup):
            if not callable(part) and part != 'pass':
                raise NotImplementedError('timeit of code in a string is not available in tnb: give a function')
        self._stmt = stmt if callable(stmt) else lambda: None
        self._setup = setup if callable(setup) else lambda: None
        self._timer = timer

    def timeit(self, number=default_number):
        """The seconds that `number` calls take together."""
        self._setup()
        stmt = self._stmt
        start = self._timer()
        for _ in range(number):
            stmt()
        return self._timer() - start

    def repeat(self, repeat=default_repeat, number=default_number):
        """Several measurements."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """A number of calls that takes 0.2 seconds, and what it took."""
        i = 1
        while True:
            for j in 1, 2, 5:
                number = i * j
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            i *= 10


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number, globals=None):
    """The seconds that `number` calls take together."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    """Several measurements."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
