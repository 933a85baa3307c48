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
      let all = (0..<times).flatMap { _ in pools }
      var indices = [Int](repeating: 0, count: all.count)
      var done = all.contains { $0.isEmpty }
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if done { return nil }
          let row = Value.makeTuple(zip(all, indices).map { $0[$1] })
          var i = all.count - 1
          while i >= 0 {
            indices[i] += 1
            if indices[i] < all[i].count { break }
            indices[i] = 0
            i -= 1
          }
          done = i < 0
          return row
        })
    }
    type(m, "combinations(iterable, r)", "r different items in their order.") {
      (vm, args, type) throws(ExceptionObject) in
      let pool = try vm.items(args[0])
      let r = try size(args[1], vm)
      var indices = Array(0..<min(r, pool.count + 1))
      var done = r > pool.count
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if done { return nil }
          let row = Value.makeTuple(indices.map { pool[$0] })
          var i = r - 1
          while i >= 0 && indices[i] == i + pool.count - r { i -= 1 }
          if i < 0 {
            done = true
          } else {
            indices[i] += 1
            for j in stride(from: i + 1, to: r, by: 1) { indices[j] = indices[j - 1] + 1 }
          }
          return row
        })
    }
    type(m, "combinations_with_replacement(iterable, r)", "r items in their order, each as often as wanted.") {
      (vm, args, type) throws(ExceptionObject) in
      let pool = try vm.items(args[0])
      let r = try size(args[1], vm)
      var indices = [Int](repeating: 0, count: r)
      var done = pool.isEmpty && r > 0
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if done { return nil }
          let row = Value.makeTuple(indices.map { pool[$0] })
          var i = r - 1
          while i >= 0 && indices[i] == pool.count - 1 { i -= 1 }
          if i < 0 {
            done = true
          } else {
            let next = indices[i] + 1
            for j in i..<r { indices[j] = next }
          }
          return row
        })
    }
    type(m, "permutations(iterable, r=None)", "r different items in every order; all of them without r.") {
      (vm, args, type) throws(ExceptionObject) in
      let pool = try vm.items(args[0])
      let n = pool.count
      let r = args.given(1) == nil ? n : try size(args[1], vm)
      var indices = Array(0..<n)
      var cycles = r > n ? [] : (0..<r).map { n - $0 }
      var done = r > n
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if done { return nil }
          let row = Value.makeTuple(indices[..<r].map { pool[$0] })
          var i = r - 1
          while i >= 0 {
            cycles[i] -= 1
            if cycles[i] > 0 {
              indices.swapAt(i, n - cycles[i])
              break
            }
            let moved = indices.remove(at: i)
            indices.append(moved)
            cycles[i] = n - i
            i -= 1
          }
          done = i < 0
          return row
        })
    }
  }

  private static func size(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    let r = try vm.int(value)
    if r < 0 { throw .value("r must be non-negative") }
    if r > 1 << 24 { throw .memory() }
    return r
  }
}
