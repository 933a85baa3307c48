import CKernels
import Tensor

/// A dictionary in insertion order, keyed by any hashable value.
///
/// Compact open addressing as in CPython: entries stand in insertion order, a table of 32-bit indices finds them by hash.
/// Both live in one block of memory. A removed entry keeps its place with an unbound key until the next growth.
public final class Dict: Object {
  struct Entry {
    var key: Value
    var value: Value
    var hash: Int
  }

  private static let empty: Int32 = -1
  private static let dummy: Int32 = -2

  private(set) var entries: UnsafeMutablePointer<Entry>
  private var index: UnsafeMutablePointer<Int32>
  /// Slots in the index, minus one; -1 while nothing is allocated.
  private var mask = -1
  /// Places for entries.
  private var capacity = 0
  /// Insertions left before the next growth. Places freed at the end are not given back: their index slots stay dummies, and
  /// a table without empty slots would never end a search.
  private var usable = 0
  /// Places taken, removed entries included.
  private(set) var filled = 0
  package private(set) final var count = 0
  /// Changes with every insertion and removal (not when a value is replaced).
  package private(set) final var version = 0

  package override init() {
    entries = Dict.noEntries
    index = Dict.noIndex
    super.init()
    family = .container
  }

  override func traverse() {
    for i in 0..<filled {
      Collector.visit(&entries[i].key)
      Collector.visit(&entries[i].value)
    }
  }
  override func clearReferences() { removeAll() }
  public override var builtinType: TypeObject { Types.dict }

  nonisolated(unsafe) private static let noEntries = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
  nonisolated(unsafe) private static let noIndex = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

  deinit {
    entries.deinitialize(count: filled)
    if capacity > 0 { UnsafeMutableRawPointer(entries).deallocate() }
  }

  // MARK: Memory

  /// Makes room for `wanted` entries without growing again.
  package final func reserve(_ wanted: Int) {
    guard wanted - count > usable else { return }
    resize(slots: wanted + wanted / 2 + 1)
  }

  /// A new block whose index has at least `slots` places (a power of two); removed entries are squeezed out.
  private func resize(slots: Int) {
    var size = 8
    while size < slots { size <<= 1 }
    let room = size * 2 / 3
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: room * MemoryLayout<Entry>.stride + size * 4, alignment: 16)
    let newEntries = block.bindMemory(to: Entry.self, capacity: room)
    let newIndex = (block + room * MemoryLayout<Entry>.stride).bindMemory(to: Int32.self, capacity: size)
    newIndex.initialize(repeating: Dict.empty, count: size)
    let newMask = size - 1
    var n = 0
    for i in 0..<filled {
      if (entries + i).pointee.key.isUnbound {
        (entries + i).deinitialize(count: 1)
        continue
      }
      (newEntries + n).moveInitialize(from: entries + i, count: 1)
      var slot = (newEntries + n).pointee.hash & newMask
      var perturb = UInt(bitPattern: (newEntries + n).pointee.hash)
      while newIndex[slot] >= 0 {
        perturb >>= 5
        slot = (slot &* 5 &+ Int(bitPattern: perturb) &+ 1) & newMask
      }
      newIndex[slot] = Int32(truncatingIfNeeded: n)
      n += 1
    }
    if capacity > 0 { UnsafeMutableRawPointer(entries).deallocate() }
    entries = newEntries
    index = newIndex
    mask = newMask
    capacity = room
    filled = n
    usable = room - n
  }

  // MARK: Undo

  /// A namespace notes its changes itself.
  override func changeRecord() -> ChangeRecord? { family == .variables ? nil : DictRecord(self) }

  /// The block and the numbers that belong to it.
  fileprivate struct State {
    var entries: UnsafeMutablePointer<Entry>
    var index: UnsafeMutablePointer<Int32>
    var mask: Int
    var capacity: Int
    var usable: Int
    var filled: Int
    var count: Int
  }

  private var state: State {
    get {
      State(
        entries: entries, index: index, mask: mask, capacity: capacity, usable: usable, filled: filled, count: count)
    }
    set {
      (entries, index) = (newValue.entries, newValue.index)
      (mask, capacity, usable, filled, count) =
        (newValue.mask, newValue.capacity, newValue.usable, newValue.filled, newValue.count)
    }
  }

  fileprivate func copyState() -> State {
    var copy = state
    guard capacity > 0 else { return copy }
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Entry>.stride + (mask + 1) * 4, alignment: 16)
    copy.entries = block.bindMemory(to: Entry.self, capacity: capacity)
    copy.index = (block + capacity * MemoryLayout<Entry>.stride).bindMemory(to: Int32.self, capacity: mask + 1)
    copy.entries.initialize(from: entries, count: filled)
    copy.index.initialize(from: index, count: mask + 1)
    return copy
  }

  fileprivate func exchange(_ other: inout State) {
    let own = state
    state = other
    other = own
    version &+= 1
  }

  fileprivate static func free(_ state: State) {
    state.entries.deinitialize(count: state.filled)
    if state.capacity > 0 { UnsafeMutableRawPointer(state.entries).deallocate() }
  }

  // MARK: Finding

  /// The entry of a string key, or -1.
  @inline(__always) private func find(_ key: Str, _ hash: Int) -> Int {
    if count == 0 { return -1 }
    let address = UInt(bitPattern: Unmanaged.passUnretained(key).toOpaque())
    var slot = hash & mask
    var perturb = UInt(bitPattern: hash)
    while true {
      let i = Int(index[slot])
      if i >= 0 {
        let entry = entries + i
        if entry.pointee.hash == hash {
          // The payload's bits tell the same object without touching reference counts.
          if UInt(bitPattern: entry.keyAddress.intPayload) == address { return i }
          if entry.keyAddress.tag == ValueLayout.str,
            entry.keyAddress.reference(as: Str.self)._withUnsafeGuaranteedRef({ $0.hasSameBytes(as: key) })
          {
            return i
          }
          // A key of a class derived from str (a `class Color(str, Enum)`).
          if case .instance(let other) = entry.pointee.key,
            other.payload?.asStr?.hasSameBytes(as: key) ?? false
          {
            return i
          }
        }
      } else if i == Int(Dict.empty) {
        return -1
      }
      perturb >>= 5
      slot = (slot &* 5 &+ Int(bitPattern: perturb) &+ 1) & mask
    }
  }

  /// The entry of an int key, or -1; -2 when a key that is no number needs asking.
  @inline(__always) private func find(_ key: Int, _ hash: Int) -> Int {
    if count == 0 { return -1 }
    var slot = hash & mask
    var perturb = UInt(bitPattern: hash)
    while true {
      let i = Int(index[slot])
      if i >= 0 {
        let entry = entries + i
        if entry.pointee.hash == hash {
          switch entry.pointee.key {
          case .int(let other): if other == key { return i }
          case .bool(let other): if (other ? 1 : 0) == key { return i }
          case .float(let other): if Int(exactly: other) == key { return i }
          case .str, .none, .ellipsis, .notImplemented, .unbound, .tuple, .list, .dict, .function: break
          case .tensor, .instance, .object: return -2
          }
        }
      } else if i == Int(Dict.empty) {
        return -1
      }
      perturb >>= 5
      slot = (slot &* 5 &+ Int(bitPattern: perturb) &+ 1) & mask
    }
  }

  /// Of any key. Equality may run the program's code, which may change this dict: then the search starts again.
  private func find(_ key: Value, _ hash: Int, _ vm: VM) throws(ExceptionObject) -> Int {
    switch key {
    case .str(let s): return find(s, hash)
    case .int(let n):
      let i = find(n, hash)
      if i != -2 { return i }
    default: break
    }
    search: while true {
      if count == 0 { return -1 }
      let began = version
      var slot = hash & mask
      var perturb = UInt(bitPattern: hash)
      while true {
        let i = Int(index[slot])
        if i >= 0 {
          if entries[i].hash == hash {
            let candidate = entries[i].key
            if vm.isIdentical(candidate, key) { return i }
            let same = try vm.equal(candidate, key)
            if version != began { continue search }
            if same { return i }
          }
        } else if i == Int(Dict.empty) {
          return -1
        }
        perturb >>= 5
        slot = (slot &* 5 &+ Int(bitPattern: perturb) &+ 1) & mask
      }
    }
  }

  @inline(__always) private func hash(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    switch key {
    case .str(let s): return Hashing.str(s)
    case .int(let i): return Hashing.int(i)
    default: return try vm.hash(key)
    }
  }

  // MARK: Changing

  /// Before the value of a key changes; nil: before the key goes.
  @inline(__always) private func willStore(_ key: Value, _ value: Value?) {
    if epoch != tnb_change_epoch { noteStore(key, value) }
  }

  /// The dict of a namespace, which always comes here, passes the change on.
  @inline(never) private func noteStore(_ key: Value, _ value: Value?) {
    if family == .variables { NamespaceDicts.store(self, key, value) } else { noteChange() }
  }

  private func insert(_ key: Value, _ hash: Int, _ value: Value) {
    willStore(key, value)
    if usable == 0 { resize(slots: max(8, count * 3)) }
    var slot = hash & mask
    var perturb = UInt(bitPattern: hash)
    while index[slot] >= 0 {
      perturb >>= 5
      slot = (slot &* 5 &+ Int(bitPattern: perturb) &+ 1) & mask
    }
    index[slot] = Int32(truncatingIfNeeded: filled)
    (entries + filled).initialize(to: Entry(key: key, value: value, hash: hash))
    filled += 1
    usable -= 1
    count += 1
    version &+= 1
  }

  /// Takes out an entry that is there.
  private func take(_ i: Int) -> (key: Value, value: Value) {
    willStore(entries[i].key, nil)
    let hash = entries[i].hash
    var slot = hash & mask
    var perturb = UInt(bitPattern: hash)
    while index[slot] != Int32(truncatingIfNeeded: i) {
      perturb >>= 5
      slot = (slot &* 5 &+ Int(bitPattern: perturb) &+ 1) & mask
    }
    index[slot] = Dict.dummy
    let result = (entries[i].key, entries[i].value)
    entries[i].key = .unbound
    entries[i].value = .unbound
    count -= 1
    version &+= 1
    while filled > 0, entries[filled - 1].key.isUnbound {
      filled -= 1
      (entries + filled).deinitialize(count: 1)
    }
    return result
  }

  // MARK: By register, without copies of keys and values

  /// Where the value of a key stands, until the next change; nil when it is absent.
  final func place(_ key: UnsafeMutablePointer<Value>, _ vm: VM) throws(ExceptionObject) -> UnsafeMutablePointer<Value>?
  {
    let i: Int
    if key.tag == ValueLayout.str {
      i = key.reference(as: Str.self)._withUnsafeGuaranteedRef { find($0, Hashing.str($0)) }
    } else {
      i = try find(key.pointee, hash(key.pointee, vm), vm)
    }
    return i < 0 ? nil : (entries + i).valueAddress
  }

  /// Stores under a key that is text.
  final func storeText(_ key: UnsafeMutablePointer<Value>, _ value: UnsafeMutablePointer<Value>) {
    let (i, hash) = key.reference(as: Str.self)._withUnsafeGuaranteedRef { (text) in
      let hash = Hashing.str(text)
      return (find(text, hash), hash)
    }
    if i >= 0 {
      willStore(entries[i].key, value.pointee)
      (entries + i).valueAddress.copy(from: value)
    } else {
      insert(key.pointee, hash, value.pointee)
    }
  }

  /// Where the value of a key that is text stands, until the next change; nil when it is absent.
  final func placeText(_ key: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Value>? {
    let i = key.reference(as: Str.self)._withUnsafeGuaranteedRef { find($0, Hashing.str($0)) }
    return i < 0 ? nil : (entries + i).valueAddress
  }

  // MARK: Keys of any type; these raise for unhashable keys

  /// The value of a key, nil when absent.
  package final func get(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    let i = try find(key, hash(key, vm), vm)
    return i < 0 ? nil : entries[i].value
  }

  package final func contains(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    try find(key, hash(key, vm), vm) >= 0
  }

  package final func set(_ key: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) {
    let hash = try hash(key, vm)
    let i = try find(key, hash, vm)
    if i >= 0 {
      replace(i, value)
    } else {
      insert(key, hash, value)
    }
  }

  /// The value of a key; `fallback` is stored and given when there is none.
  package final func setDefault(_ key: Value, _ fallback: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    let hash = try hash(key, vm)
    let i = try find(key, hash, vm)
    if i >= 0 { return entries[i].value }
    insert(key, hash, fallback)
    return fallback
  }

  /// The removed value, nil when absent.
  package final func remove(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    let i = try find(key, hash(key, vm), vm)
    return i < 0 ? nil : take(i).value
  }

  /// The value goes in before the old one is released: its release may run into this dict again.
  @inline(__always) private func replace(_ i: Int, _ value: Value) {
    willStore(entries[i].key, value)
    let old = entries[i].value
    entries[i].value = value
    _ = old
  }

  // MARK: String keys need no calls into the language, so these cannot raise

  package final func get(_ key: Str) -> Value? {
    let i = find(key, Hashing.str(key))
    return i < 0 ? nil : entries[i].value
  }

  package final func set(_ key: Str, _ value: Value) {
    let hash = Hashing.str(key)
    let i = find(key, hash)
    if i >= 0 {
      replace(i, value)
    } else {
      insert(.str(key), hash, value)
    }
  }

  package final func remove(_ key: Str) -> Value? {
    let i = find(key, Hashing.str(key))
    return i < 0 ? nil : take(i).value
  }

  // MARK: In order

  /// Where the next insertion goes; an iteration that finds it moved while `count` did not saw keys replaced.
  package final var position: Int { filled }

  /// The next entry at or after `position`, which advances past it; nil at the end. Starts from 0.
  package final func next(_ position: inout Int) -> (key: Value, value: Value)? {
    while position < filled {
      let entry = entries + position
      position += 1
      if !entry.pointee.key.isUnbound { return (entry.pointee.key, entry.pointee.value) }
    }
    return nil
  }

  /// The entry at or before `position`, which moves before it; nil at the start. Starts from `filled - 1`.
  package final func previous(_ position: inout Int) -> (key: Value, value: Value)? {
    if position >= filled { position = filled - 1 }
    while position >= 0 {
      let entry = entries + position
      position -= 1
      if !entry.pointee.key.isUnbound { return (entry.pointee.key, entry.pointee.value) }
    }
    return nil
  }

  /// Removes the newest entry.
  package final func removeLast() -> (key: Value, value: Value)? {
    guard count > 0 else { return nil }
    var i = filled - 1
    while entries[i].key.isUnbound { i -= 1 }
    return take(i)
  }

  /// Removes the oldest entry.
  package final func removeFirst() -> (key: Value, value: Value)? {
    guard count > 0 else { return nil }
    var i = 0
    while entries[i].key.isUnbound { i += 1 }
    return take(i)
  }

  package final var keys: [Value] {
    var result: [Value] = []
    result.reserveCapacity(count)
    for i in 0..<filled where !entries[i].key.isUnbound { result.append(entries[i].key) }
    return result
  }

  package final var values: [Value] {
    var result: [Value] = []
    result.reserveCapacity(count)
    for i in 0..<filled where !entries[i].key.isUnbound { result.append(entries[i].value) }
    return result
  }

  package final func removeAll() {
    if family == .variables {
      for key in keys { NamespaceDicts.store(self, key, nil) }
    } else {
      willChange()
    }
    let (oldEntries, oldFilled, oldCapacity) = (entries, filled, capacity)
    entries = Dict.noEntries
    index = Dict.noIndex
    (mask, capacity, usable, filled, count) = (-1, 0, 0, 0, 0)
    version &+= 1
    // Released last: what the values' release runs finds an empty dict.
    oldEntries.deinitialize(count: oldFilled)
    if oldCapacity > 0 { UnsafeMutableRawPointer(oldEntries).deallocate() }
  }

  /// A plain dict with the same entries.
  package final func copy() -> Dict {
    let result = Dict()
    result.reserve(count)
    for i in 0..<filled where !entries[i].key.isUnbound {
      result.insert(entries[i].key, entries[i].hash, entries[i].value)
    }
    return result
  }

  /// Adds another dict's entries, replacing values of keys that are there. Uses the hashes it keeps.
  package final func merge(_ other: Dict, _ vm: VM) throws(ExceptionObject) {
    if other === self { return }
    if count == 0 { reserve(other.count) }
    var i = 0
    while i < other.filled {
      let entry = other.entries[i]
      i += 1
      if entry.key.isUnbound { continue }
      let found = try find(entry.key, entry.hash, vm)
      if found >= 0 {
        replace(found, entry.value)
      } else {
        insert(entry.key, entry.hash, entry.value)
      }
    }
  }

  /// The same keys with equal values, in any order.
  package final func isEqual(_ other: Dict, _ vm: VM) throws(ExceptionObject) -> Bool {
    if other === self { return true }
    guard count == other.count else { return false }
    var i = 0
    while i < filled {
      let entry = entries[i]
      i += 1
      if entry.key.isUnbound { continue }
      let found = try other.find(entry.key, entry.hash, vm)
      if found < 0 { return false }
      let value = other.entries[found].value
      if vm.isIdentical(entry.value, value) { continue }
      if try !vm.equal(entry.value, value) { return false }
    }
    return true
  }
}

extension UnsafeMutablePointer where Pointee == Dict.Entry {
  @inline(__always) var keyAddress: UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) var valueAddress: UnsafeMutablePointer<Value> { keyAddress + 1 }
}

private final class DictRecord: ChangeRecord {
  private let dict: Dict
  private var state: Dict.State

  init(_ dict: Dict) {
    self.dict = dict
    state = dict.copyState()
    super.init(dict, byteCount: 100 + dict.filled * 48)
  }

  deinit { Dict.free(state) }

  override func swap() { dict.exchange(&state) }
}
