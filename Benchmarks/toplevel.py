# The scalar loop on global names, as a cell has it.
count = 1000000
best = None
for _ in range(5):
    start = time.perf_counter()
    s = 0
    for i in range(count):
        s = (s + i * 3) % 1000003
    elapsed = time.perf_counter() - start
    if best is None or elapsed < best:
        best = elapsed
print("bench", "scalar loop, global names", best / count * 1e9, s, sep="\t")
