import CKernels
import Language

/// Stable sorting by `<`.
package enum Sorting {
  /// A sorted copy. `key` is called once for each item; with `reverse` equal items keep their order.
  package static func sort(
    _ items: [Value], key: Value? = nil, reverse: Bool = false, _ vm: VM
  ) throws(ExceptionObject) -> [Value] {
    var keys = items
    if let key {
      keys = []
      keys.reserveCapacity(items.count)
      for item in items { keys.append(try vm.call(key, with: item)) }
    }
    if items.count < 2 { return items }
    if let order = try uniformOrder(keys, reverse: reverse) { return order.map { items[$0] } }
    // Reversing before and after a stable sort keeps equal items in order.
    var order = Array(0..<items.count)
    if reverse { order.reverse() }
    order = try mergeSort(order) { (a, b) throws(ExceptionObject) in try less(keys[a], keys[b], vm) }
    if reverse { order.reverse() }
    return order.map { items[$0] }
  }

  @inline(__always) package static func less(_ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y
    case (.float(let x), .float(let y)): return x < y
    case (.str(let x), .str(let y)): return x.order(y) < 0
    default: return try vm.isTrue(vm.compare(.less, a, b))
    }
  }

  /// Sorts a list of nothing but ints, or of floats, in place; false, and nothing was done, where there are other values. Equal
  /// ones cannot be told apart, but for zeros of both signs and NaN, which are left to the general way.
  package static func sortNumbers(_ list: List, reverse: Bool) throws(ExceptionObject) -> Bool {
    let n = list.count
    if n < 2 { return true }
    let tag = list.base.tag
    guard tag == ValueLayout.int || tag == ValueLayout.float else { return false }
    for i in 1..<n where (list.base + i).tag != tag { return false }
    let sorted: Bool?
    if tag == ValueLayout.int {
      sorted = withUnsafeTemporaryAllocation(of: Int.self, capacity: n) { keys in
        for i in 0..<n { keys[i] = (list.base + i).intPayload }
        if !order(keys, reverse: reverse) { return nil }
        list.willChangeItems()
        for i in 0..<n { (list.base + i).store(keys[i], ValueLayout.int) }
        return true
      }
    } else {
      sorted = withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { keys in
        for i in 0..<n {
          let key = (list.base + i).floatPayload
          if key.isNaN || (key == 0 && key.sign == .minus) { return false }
          keys[i] = key
        }
        if !order(keys, reverse: reverse) { return nil }
        list.willChangeItems()
        for i in 0..<n { (list.base + i).setFloat(keys[i]) }
        return true
      }
    }
    guard let sorted else { throw Interrupts.take() }
    return sorted
  }

  /// False where it was interrupted.
  private static func order<K: Comparable & BitwiseCopyable>(
    _ keys: UnsafeMutableBufferPointer<K>, reverse: Bool
  ) -> Bool {
    var (isRising, isFalling) = (true, true)
    var i = 1
    while i < keys.count && (isRising || isFalling) {
      if keys[i] < keys[i - 1] { isRising = false }
      if keys[i - 1] < keys[i] { isFalling = false }
      i += 1
    }
    if reverse ? isFalling : isRising { return true }
    var keys = keys
    if reverse ? isRising : isFalling {
      keys.reverse()
    } else {
      // Rising runs are what programs have, also where they ask for the falling order.
      if !sort(keys, by: <) { return false }
      if reverse { keys.reverse() }
    }
    return true
  }

  /// The standard library's sort, by pieces that are merged, so that it can be interrupted: false then. What is equal keeps its
  /// order as far as the library's sort does that.
  @inline(__always)
  private static func sort<K: BitwiseCopyable>(
    _ keys: UnsafeMutableBufferPointer<K>, by less: (K, K) -> Bool
  ) -> Bool {
    let n = keys.count
    let piece = 1 << 17
    if n <= piece {
      var keys = keys
      keys.sort(by: less)
      return true
    }
    for start in stride(from: 0, to: n, by: piece) {
      if tnb_interrupt_pending() != 0 { return false }
      var part = UnsafeMutableBufferPointer(rebasing: keys[start..<min(start + piece, n)])
      part.sort(by: less)
    }
    let other = UnsafeMutableBufferPointer<K>.allocate(capacity: n)
    defer { other.deallocate() }
    var (source, target) = (keys, other)
    var width = piece
    while width < n {
      for low in stride(from: 0, to: n, by: 2 * width) {
        let (mid, high) = (min(low + width, n), min(low + 2 * width, n))
        var (a, b) = (low, mid)
        for k in low..<high {
          if k & 0xFFFF == 0, tnb_interrupt_pending() != 0 { return false }
          if b >= high || (a < mid && !less(source[b], source[a])) {
            target.initializeElement(at: k, to: source[a])
            a += 1
          } else {
            target.initializeElement(at: k, to: source[b])
            b += 1
          }
        }
      }
      swap(&source, &target)
      width *= 2
    }
    if source.baseAddress != keys.baseAddress { _ = keys.update(fromContentsOf: source) }
    return true
  }

  /// The order of keys that are all ints, all floats or all strings; nil for others, and where there is a NaN.
  private static func uniformOrder(_ keys: [Value], reverse: Bool) throws(ExceptionObject) -> [Int]? {
    switch keys[0] {
    case .int:
      var plain: [Int] = []
      plain.reserveCapacity(keys.count)
      for key in keys {
        guard case .int(let i) = key else { return nil }
        plain.append(i)
      }
      return try stable(plain, reverse: reverse) { $0 < $1 }
    case .float:
      var plain: [Double] = []
      plain.reserveCapacity(keys.count)
      for key in keys {
        guard case .float(let d) = key, !d.isNaN else { return nil }
        plain.append(d)
      }
      return try stable(plain, reverse: reverse) { $0 < $1 }
    case .str:
      var plain: [Str] = []
      plain.reserveCapacity(keys.count)
      for key in keys {
        guard case .str(let s) = key else { return nil }
        plain.append(s)
      }
      return try stable(plain, reverse: reverse) { $0.order($1) < 0 }
    default: return nil
    }
  }

  @inline(__always)
  private static func stable<K>(
    _ keys: [K], reverse: Bool, _ less: (K, K) -> Bool
  ) throws(ExceptionObject) -> [Int] {
    var order = Array(0..<keys.count)
    let isDone = keys.withUnsafeBufferPointer { keys in
      order.withUnsafeMutableBufferPointer { order in
        // The standard library's sort is stable in fact, but not by promise: positions decide between equals.
        if reverse {
          sort(order) { less(keys[$1], keys[$0]) || (!less(keys[$0], keys[$1]) && $0 < $1) }
        } else {
          sort(order) { less(keys[$0], keys[$1]) || (!less(keys[$1], keys[$0]) && $0 < $1) }
        }
      }
    }
    if !isDone { throw Interrupts.take() }
    return order
  }

  /// Merge sort with binary insertion in short runs; a run that is in order already is found in one pass.
  private static func mergeSort(
    _ items: [Int], _ less: (Int, Int) throws(ExceptionObject) -> Bool
  ) throws(ExceptionObject) -> [Int] {
    var source = items
    let n = items.count
    let run = 16
    var start = 0
    while start < n {
      let end = min(start + run, n)
      var i = start + 1
      try Interrupts.check()
      while i < end {
        let item = source[i]
        // Already in order: one comparison.
        if try less(item, source[i - 1]) {
          var low = start
          var high = i - 1
          while low < high {
            let mid = (low + high) / 2
            if try less(item, source[mid]) { high = mid } else { low = mid + 1 }
          }
          var j = i
          while j > low {
            source[j] = source[j - 1]
            j -= 1
          }
          source[low] = item
        }
        i += 1
      }
      start = end
    }
    var width = run
    var target = source
    while width < n {
      var low = 0
      while low < n {
        let mid = min(low + width, n)
        let high = min(low + 2 * width, n)
        try merge(source, low, mid, high, into: &target, less)
        low = high
      }
      swap(&source, &target)
      width *= 2
    }
    return source
  }

  private static func merge(
    _ source: [Int], _ low: Int, _ mid: Int, _ high: Int, into target: inout [Int],
    _ less: (Int, Int) throws(ExceptionObject) -> Bool
  ) throws(ExceptionObject) {
    if mid >= high {
      for i in low..<high { target[i] = source[i] }
      return
    }
    if try !less(source[mid], source[mid - 1]) {
      for i in low..<high { target[i] = source[i] }
      return
    }
    var a = low
    var b = mid
    for k in low..<high {
      try Interrupts.check(every: k)
      if a < mid {
        if b >= high {
          target[k] = source[a]
          a += 1
          continue
        }
        if try !less(source[b], source[a]) {
          target[k] = source[a]
          a += 1
          continue
        }
      }
      target[k] = source[b]
      b += 1
    }
  }
}
