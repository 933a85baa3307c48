# Stands before every workload. The text runs in tnb and in Python alike: what is compared is one source.
import time


def measure(name, body, count):
    """Prints the least time of five that body(count) took, per count in nanoseconds, and what it gave."""
    best = None
    for _ in range(5):
        start = time.perf_counter()
        result = body(count)
        elapsed = time.perf_counter() - start
        if best is None or elapsed < best:
            best = elapsed
    print("bench", name, best / count * 1e9, result, sep="\t")

