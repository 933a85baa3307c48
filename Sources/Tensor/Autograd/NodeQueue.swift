import CKernels

/// Nodes by address in memory of its own that grows and is kept: the nodes live as long as the roots of the run.
struct NodeList {
  private var base: UnsafeMutablePointer<Unmanaged<Node>>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 64
    base = .allocate(capacity: capacity)
  }

  func deallocate() { base.deallocate() }

  @inline(__always) subscript(i: Int) -> Unmanaged<Node> {
    get { base[i] }
    nonmutating set { base[i] = newValue }
  }

  @inline(__always) mutating func append(_ node: Unmanaged<Node>) {
    if count == capacity { grow() }
    base[count] = node
    count &+= 1
  }

  @inline(__always) mutating func popLast() -> Unmanaged<Node>? {
    if count == 0 { return nil }
    count &-= 1
    return base[count]
  }

  /// Forgets all nodes; much memory is given back.
  mutating func removeAll() {
    count = 0
    if capacity > 1 << 12 {
      base.deallocate()
      capacity = 64
      base = .allocate(capacity: capacity)
    }
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Unmanaged<Node>>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}

/// A heap of ready nodes, newest first.
struct ReadyQueue {
  private var heap = NodeList()

  func deallocate() { heap.deallocate() }

  mutating func removeAll() { heap.removeAll() }

  @inline(__always) private func sequence(_ i: Int) -> Int { heap[i]._withUnsafeGuaranteedRef { $0.sequence } }

  @inline(__always) mutating func push(_ node: Unmanaged<Node>) {
    heap.append(node)
    if heap.count > 1 { rise() }
  }

  private func rise() {
    var i = heap.count - 1
    let node = heap[i]
    let own = sequence(i)
    while i > 0 {
      let parent = (i - 1) / 2
      if sequence(parent) >= own { break }
      heap[i] = heap[parent]
      i = parent
    }
    heap[i] = node
  }

  @inline(__always) mutating func pop() -> Unmanaged<Node>? {
    guard let last = heap.popLast() else { return nil }
    return heap.count == 0 ? last : sink(last)
  }

  /// Takes the top out and puts `node` where it belongs.
  private func sink(_ node: Unmanaged<Node>) -> Unmanaged<Node> {
    let top = heap[0]
    let own = node._withUnsafeGuaranteedRef { $0.sequence }
    let count = heap.count
    var i = 0
    while true {
      var child = 2 * i + 1
      if child >= count { break }
      if child + 1 < count && sequence(child + 1) > sequence(child) { child += 1 }
      if sequence(child) <= own { break }
      heap[i] = heap[child]
      i = child
    }
    heap[i] = node
    return top
  }
}
