"""Lists as heaps: the smallest item stands first."""

def _down(heap, start, pos):
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) >> 1
        if not item < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = item

def _up(heap, pos):
    end = len(heap)
    start = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _down(heap, start, pos)

def _check(heap, function):
    if not isinstance(heap, list):
        raise TypeError(f'{function}() argument must be list, not {type(heap).__name__}')
    if not heap and function != 'heapify':
        raise IndexError('index out of range')

def heappush(heap, item):
    """Adds an item."""
    if not isinstance(heap, list):
        raise TypeError(f'heappush() argument 1 must be list, not {type(heap).__name__}')
    heap.append(item)
    _down(heap, 0, len(heap) - 1)

def heappop(heap):
    """Removes the smallest item and gives it."""
    if not heap or not isinstance(heap, list):
        _check(heap, 'heappop')
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _up(heap, 0)
    return first

def heapreplace(heap, item):
    """Removes the smallest item, then adds one."""
    if not heap:
        _check(heap, 'heapreplace')
    first = heap[0]
    heap[0] = item
    _up(heap, 0)
    return first

def heappushpop(heap, item):
    """Adds an item, then removes the smallest."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _up(heap, 0)
    return item

def heapify(x):
    """Makes a list a heap."""
    _check(x, 'heapify')
    for i in reversed(range(len(x) // 2)):
        _up(x, i)

def nsmallest(n, iterable, key=None):
    """The n smallest items, sorted."""
    return sorted(iterable, key=key)[:max(n, 0)]

def nlargest(n, iterable, key=None):
    """The n largest items, from the largest on."""
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]

def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables in order."""
    items = [item for iterable in iterables for item in iterable]
    yield from sorted(items, key=key, reverse=reverse)
