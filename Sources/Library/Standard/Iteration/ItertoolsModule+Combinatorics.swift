import Runtime

extension ItertoolsModule {
  static func addCombinatorics(_ m: ModuleBuilder) {
    type(m, "product(*iterables, repeat=1)", "Tuples of one item from each iterable, the last changing fastest.") {
      (vm, args, type) throws(ExceptionObject) in
      var pools: [[Value]] = []
      for iterable in args[0].asTuple?.items ?? [] { pools.append(try vm.items(iterable)) }
      let times = args.has(1) ? try vm.int(args[1]) : 1
      if times < 0 { throw .value("repeat argument cannot be negative") }
      if times > 0 && pools.count > (1 << 20) / times { throw .memory() }
      let product = Product((0..<times).flatMap { _ in pools })
      return .object(StatefulIterator(type, product) { (it, _) in it.state.next() })
    }
    type(m, "combinations(iterable, r)", "r different items in their order.") {
      (vm, args, type) throws(ExceptionObject) in
      let combinations = Combinations(try vm.items(args[0]), try size(args[1], vm))
      return .object(StatefulIterator(type, combinations) { (it, _) in it.state.next() })
    }
    type(m, "combinations_with_replacement(iterable, r)", "r items in their order, each as often as wanted.") {
      (vm, args, type) throws(ExceptionObject) in
      let combinations = RepeatingCombinations(try vm.items(args[0]), try size(args[1], vm))
      return .object(StatefulIterator(type, combinations) { (it, _) in it.state.next() })
    }
    type(m, "permutations(iterable, r=None)", "r different items in every order; all of them without r.") {
      (vm, args, type) throws(ExceptionObject) in
      let pool = try vm.items(args[0])
      let r = args.given(1) == nil ? pool.count : try size(args[1], vm)
      return .object(StatefulIterator(type, Permutations(pool, r)) { (it, _) in it.state.next() })
    }
  }

  private static func size(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    let r = try vm.int(value)
    if r < 0 { throw .value("r must be non-negative") }
    if r > 1 << 24 { throw .memory() }
    return r
  }

  private struct Product {
    let pools: [[Value]]
    var indices: [Int]
    var isDone: Bool

    init(_ pools: [[Value]]) {
      self.pools = pools
      indices = [Int](repeating: 0, count: pools.count)
      isDone = pools.contains { $0.isEmpty }
    }

    mutating func next() -> Value? {
      if isDone { return nil }
      let row = Value.makeTuple(zip(pools, indices).map { $0[$1] })
      var i = pools.count - 1
      while i >= 0 {
        indices[i] += 1
        if indices[i] < pools[i].count { break }
        indices[i] = 0
        i -= 1
      }
      isDone = i < 0
      return row
    }
  }

  private struct Combinations {
    let pool: [Value]
    let r: Int
    var indices: [Int]
    var isDone: Bool

    init(_ pool: [Value], _ r: Int) {
      self.pool = pool
      self.r = r
      indices = Array(0..<min(r, pool.count + 1))
      isDone = r > pool.count
    }

    mutating func next() -> Value? {
      if isDone { return nil }
      let row = Value.makeTuple(indices.map { pool[$0] })
      var i = r - 1
      while i >= 0 && indices[i] == i + pool.count - r { i -= 1 }
      if i < 0 {
        isDone = true
      } else {
        indices[i] += 1
        for j in stride(from: i + 1, to: r, by: 1) { indices[j] = indices[j - 1] + 1 }
      }
      return row
    }
  }

  private struct RepeatingCombinations {
    let pool: [Value]
    var indices: [Int]
    var isDone: Bool

    init(_ pool: [Value], _ r: Int) {
      self.pool = pool
      indices = [Int](repeating: 0, count: r)
      isDone = pool.isEmpty && r > 0
    }

    mutating func next() -> Value? {
      if isDone { return nil }
      let row = Value.makeTuple(indices.map { pool[$0] })
      var i = indices.count - 1
      while i >= 0 && indices[i] == pool.count - 1 { i -= 1 }
      if i < 0 {
        isDone = true
      } else {
        let next = indices[i] + 1
        for j in i..<indices.count { indices[j] = next }
      }
      return row
    }
  }

  private struct Permutations {
    let pool: [Value]
    let r: Int
    var indices: [Int]
    /// How many items are still to stand at each place before the one to its left changes.
    var cycles: [Int]
    var isDone: Bool

    init(_ pool: [Value], _ r: Int) {
      let n = pool.count
      self.pool = pool
      self.r = r
      indices = Array(0..<n)
      cycles = r > n ? [] : (0..<r).map { n - $0 }
      isDone = r > n
    }

    mutating func next() -> Value? {
      if isDone { return nil }
      let row = Value.makeTuple(indices[..<r].map { pool[$0] })
      var i = r - 1
      while i >= 0 {
        cycles[i] -= 1
        if cycles[i] > 0 {
          indices.swapAt(i, pool.count - cycles[i])
          break
        }
        let moved = indices.remove(at: i)
        indices.append(moved)
        cycles[i] = pool.count - i
        i -= 1
      }
      isDone = i < 0
      return row
    }
  }
}
