/// Values by name: a table with open addressing over the symbols' numbers.
///
/// Swift's own dictionary hashes a small number in 15 ns; attributes of classes and modules are looked up all the time.
struct SymbolMap {
  private var keys: [Int32] = []
  private var values: [Value] = []
  private(set) var count = 0
  /// Places that are not empty, removed ones included.
  private var used = 0

  private static let empty: Int32 = -1
  private static let removed: Int32 = -2

  @inline(__always) private func place(_ name: Symbol) -> Int? {
    let size = keys.count
    if size == 0 { return nil }
    let mask = size &- 1
    return keys.withUnsafeBufferPointer { keys in
      var i = start(name) & mask
      while true {
        let key = keys[i]
        if key == name.id { return i }
        if key == SymbolMap.empty { return nil }
        i = (i &+ 1) & mask
      }
    }
  }

  @inline(__always) private func start(_ name: Symbol) -> Int {
    Int(truncatingIfNeeded: UInt32(bitPattern: name.id) &* 0x9E37_79B1 >> 8)
  }

  subscript(name: Symbol) -> Value? { place(name).map { values[$0] } }

  /// True when the name is new.
  mutating func set(_ name: Symbol, _ value: Value) -> Bool {
    if let i = place(name) {
      values[i] = value
      return false
    }
    if (used + 1) * 2 > keys.count { grow() }
    insert(name.id, value)
    count += 1
    used += 1
    return true
  }

  /// False when the name was not there.
  mutating func remove(_ name: Symbol) -> Bool {
    guard let i = place(name) else { return false }
    keys[i] = SymbolMap.removed
    values[i] = .unbound
    count -= 1
    return true
  }

  mutating func removeAll() { self = SymbolMap() }

  private mutating func insert(_ id: Int32, _ value: Value) {
    let mask = keys.count - 1
    var i = start(Symbol(id: id)) & mask
    // A removed place is not used again before the next growth, which clears them out.
    while keys[i] != SymbolMap.empty { i = (i + 1) & mask }
    keys[i] = id
    values[i] = value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    // Where most places are removed ones, the same size does.
    let size = count * 4 < oldKeys.count ? oldKeys.count : max(8, oldKeys.count * 2)
    used = count
    keys = Array(repeating: SymbolMap.empty, count: size)
    values = Array(repeating: .unbound, count: size)
    for (i, key) in oldKeys.enumerated() where key >= 0 { insert(key, oldValues[i]) }
  }
}
