import Tensor

/// A set or frozenset. The table, its probing and its growth are CPython's, so sets of numbers iterate in CPython's order.
package final class SetObject: Object {
  struct Entry {
    /// Unbound in empty and removed places.
    var key: Value
    /// 0 in empty places, -1 in removed ones.
    var hash: Int
  }

  package let isFrozen: Bool
  private(set) var table: UnsafeMutablePointer<Entry>
  private(set) var mask = 7
  /// Places taken, removed ones included.
  private var fill = 0
  package private(set) final var count = 0
  /// Changes with every insertion and removal.
  package private(set) final var version = 0
  /// Where `pop` looks next.
  private var finger = 0
  /// A frozenset's hash once it was asked for.
  package final var cachedHash: Int?

  private static let linearProbes = 9

  package init(frozen: Bool = false) {
    isFrozen = frozen
    table = SetObject.makeTable(8)
    super.init()
    family = .set
  }

  /// A frozenset of some values.
  convenience init(frozen members: [Value], _ vm: VM) throws(ExceptionObject) {
    self.init(frozen: true)
    for member in members { try add(member, vm) }
  }

  override func traverse() {
    for i in 0...mask { Collector.visit(&table[i].key) }
  }
  override func clearReferences() { removeAll() }

  public override var builtinType: TypeObject { isFrozen ? Types.frozenset : Types.set }

  deinit {
    table.deinitialize(count: mask + 1)
    table.deallocate()
  }

  private static func makeTable(_ size: Int) -> UnsafeMutablePointer<Entry> {
    let table = UnsafeMutablePointer<Entry>.allocate(capacity: size)
    table.initialize(repeating: Entry(key: .unbound, hash: 0), count: size)
    return table
  }

  // MARK: Undo

  override func changeRecord() -> ChangeRecord? { SetRecord(self) }

  fileprivate struct State {
    var table: UnsafeMutablePointer<Entry>
    var mask: Int
    var fill: Int
    var count: Int
    var finger: Int
  }

  fileprivate func copyState() -> State {
    let copy = UnsafeMutablePointer<Entry>.allocate(capacity: mask + 1)
    copy.initialize(from: table, count: mask + 1)
    return State(table: copy, mask: mask, fill: fill, count: count, finger: finger)
  }

  fileprivate func exchange(_ other: inout State) {
    let own = State(table: table, mask: mask, fill: fill, count: count, finger: finger)
    (table, mask, fill, count, finger) = (other.table, other.mask, other.fill, other.count, other.finger)
    other = own
    version &+= 1
    cachedHash = nil
  }

  fileprivate static func free(_ state: State) {
    state.table.deinitialize(count: state.mask + 1)
    state.table.deallocate()
  }

  // MARK: The table

  private func resize(_ minimum: Int) {
    var size = 8
    while size <= minimum { size <<= 1 }
    let (old, oldSize) = (table, mask + 1)
    table = SetObject.makeTable(size)
    mask = size - 1
    for i in 0..<oldSize where !old[i].key.isUnbound { insertClean(old[i].key, old[i].hash) }
    fill = count
    old.deinitialize(count: oldSize)
    old.deallocate()
  }

  /// Into a table that has neither the key nor removed places. Counts are the caller's.
  private func insertClean(_ key: Value, _ hash: Int) {
    var perturb = UInt(bitPattern: hash)
    var i = hash & mask
    while true {
      let last = i + SetObject.linearProbes <= mask ? i + SetObject.linearProbes : i
      for j in i...last where table[j].key.isUnbound {
        table[j] = Entry(key: key, hash: hash)
        return
      }
      perturb >>= 5
      i = (i &* 5 &+ 1 &+ Int(bitPattern: perturb)) & mask
    }
  }

  @inline(__always) static func same(_ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x == y
    case (.str(let x), .str(let y)): return x === y || x.hasSameBytes(as: y)
    default:
      if vm.isIdentical(a, b) { return true }
      return try vm.equal(a, b)
    }
  }

  /// The place of a key, or the one where it belongs: the last removed place on the way, else an empty one. Equality may run the program's code, which may change this
  /// set: then the search starts again.
  private func find(_ key: Value, _ hash: Int, _ vm: VM) throws(ExceptionObject) -> (place: Int, found: Bool) {
    restart: while true {
      let began = version
      var perturb = UInt(bitPattern: hash)
      var i = hash & mask
      var removed = -1
      while true {
        let last = i + SetObject.linearProbes <= mask ? i + SetObject.linearProbes : i
        var j = i
        while j <= last {
          let candidate = table + j
          if candidate.pointee.key.isUnbound {
            if candidate.pointee.hash == 0 { return (removed >= 0 ? removed : j, false) }
            removed = j
          }
          if candidate.pointee.hash == hash && !candidate.pointee.key.isUnbound {
            if SetObject.isSameReference(candidate, key) { return (j, true) }
            let same = try SetObject.same(candidate.pointee.key, key, vm)
            if version != began { continue restart }
            if same { return (j, true) }
          }
          j += 1
        }
        perturb >>= 5
        i = (i &* 5 &+ 1 &+ Int(bitPattern: perturb)) & mask
      }
    }
  }

  /// Whether a member is the very object that is looked for.
  @inline(__always) private static func isSameReference(_ entry: UnsafeMutablePointer<Entry>, _ key: Value) -> Bool {
    let place = UnsafeMutableRawPointer(entry).assumingMemoryBound(to: Value.self)
    guard place.isReference else { return false }
    switch key {
    case .instance(let i): return UnsafeMutableRawPointer(Unmanaged.passUnretained(i).toOpaque()) == place.address
    case .str(let s): return UnsafeMutableRawPointer(Unmanaged.passUnretained(s).toOpaque()) == place.address
    default: return false
    }
  }

  @inline(__always) static func hash(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    switch key {
    case .str(let s): return Hashing.str(s)
    case .int(let i): return Hashing.int(i)
    default: return try vm.hash(key)
    }
  }

  // MARK: By register, for keys whose equality needs no asking

  /// The hash of text, of an int and of an instance that is equal to itself alone; nil for other keys.
  @inline(__always) private static func plainHash(_ key: UnsafeMutablePointer<Value>) -> Int? {
    switch key.tag {
    case ValueLayout.str: return key.reference(as: Str.self)._withUnsafeGuaranteedRef { Hashing.str($0) }
    case ValueLayout.int: return Hashing.int(key.intPayload)
    case ValueLayout.instance:
      return key.reference(as: Instance.self)._withUnsafeGuaranteedRef {
        $0.isEqualToItselfAlone ? Hashing.identity($0) : nil
      }
    default: return nil
    }
  }

  private enum Search { case found, absent, ask }

  /// As `find` for a key with a `plainHash`; `.ask` when a member of the same hash has to be asked.
  @inline(__always) private func findPlain(
    _ key: UnsafeMutablePointer<Value>, _ hash: Int
  ) -> (place: Int, search: Search) {
    var perturb = UInt(bitPattern: hash)
    var i = hash & mask
    var removed = -1
    while true {
      let last = i + SetObject.linearProbes <= mask ? i + SetObject.linearProbes : i
      var j = i
      while j <= last {
        let candidate = UnsafeMutableRawPointer(table + j).assumingMemoryBound(to: Value.self)
        if candidate.holdsUnbound {
          if table[j].hash == 0 { return (removed >= 0 ? removed : j, .absent) }
          removed = j
        } else if table[j].hash == hash {
          if candidate.tag == key.tag && candidate.intPayload == key.intPayload { return (j, .found) }
          guard candidate.tag == ValueLayout.str && key.tag == ValueLayout.str else { return (j, .ask) }
          let isSame = candidate.reference(as: Str.self)._withUnsafeGuaranteedRef { text in
            key.reference(as: Str.self)._withUnsafeGuaranteedRef { text.hasSameBytes(as: $0) }
          }
          if isSame { return (j, .found) }
        }
        j &+= 1
      }
      perturb >>= 5
      i = (i &* 5 &+ 1 &+ Int(bitPattern: perturb)) & mask
    }
  }

  /// Whether the key is a member; nil when that needs asking.
  final func containsPlain(_ key: UnsafeMutablePointer<Value>) -> Bool? {
    guard let hash = SetObject.plainHash(key) else { return nil }
    return switch findPlain(key, hash).search {
    case .found: true
    case .absent: false
    case .ask: nil
    }
  }

  /// Adds the key in a register.
  final func add(_ key: UnsafeMutablePointer<Value>, _ vm: VM) throws(ExceptionObject) {
    if let hash = SetObject.plainHash(key) {
      let (place, search) = findPlain(key, hash)
      switch search {
      case .found: return
      case .absent: return put(key, hash, place)
      case .ask: break
      }
    }
    try add(key.pointee, vm)
  }

  // MARK: Members

  package final func contains(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    try find(key, SetObject.hash(key, vm), vm).found
  }

  /// False when it was there.
  @discardableResult
  package final func add(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    try add(key, hash: SetObject.hash(key, vm), vm)
  }

  @discardableResult
  final func add(_ key: Value, hash: Int, _ vm: VM) throws(ExceptionObject) -> Bool {
    let (place, found) = try find(key, hash, vm)
    if found { return false }
    var key = key
    put(&key, hash, place)
    return true
  }

  /// Puts a key that is not there where `find` says.
  private func put(_ key: UnsafeMutablePointer<Value>, _ hash: Int, _ place: Int) {
    willChange()
    let reused = table[place].hash == -1
    UnsafeMutableRawPointer(table + place).assumingMemoryBound(to: Value.self).copy(from: key)
    table[place].hash = hash
    count += 1
    version &+= 1
    if reused { return }
    fill += 1
    if fill * 5 >= mask * 3 { resize(count > 50000 ? count * 2 : count * 4) }
  }

  /// False when it was not there.
  @discardableResult
  package final func remove(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    try remove(key, hash: SetObject.hash(key, vm), vm)
  }

  @discardableResult
  final func remove(_ key: Value, hash: Int, _ vm: VM) throws(ExceptionObject) -> Bool {
    let (place, found) = try find(key, hash, vm)
    if found { _ = take(place) }
    return found
  }

  private func take(_ place: Int) -> Value {
    willChange()
    let key = table[place].key
    table[place] = Entry(key: .unbound, hash: -1)
    count -= 1
    version &+= 1
    return key
  }

  /// Removes some member; nil when there is none.
  package final func pop() -> Value? {
    guard count > 0 else { return nil }
    var i = finger & mask
    while table[i].key.isUnbound {
      i += 1
      if i > mask { i = 0 }
    }
    finger = i + 1
    return take(i)
  }

  package final func removeAll() {
    willChange()
    let (old, size) = (table, mask + 1)
    table = SetObject.makeTable(8)
    (mask, fill, count, finger) = (7, 0, 0, 0)
    version &+= 1
    old.deinitialize(count: size)
    old.deallocate()
  }

  /// Takes over the table of a set nobody else uses, which gets this one's.
  package final func become(_ other: SetObject) {
    willChange()
    swap(&table, &other.table)
    swap(&mask, &other.mask)
    swap(&fill, &other.fill)
    swap(&count, &other.count)
    version &+= 1
  }

  /// The next member at or after `position`, which advances past it; nil at the end. Starts from 0.
  package final func next(_ position: inout Int) -> Value? {
    nextEntry(&position)?.key
  }

  final func nextEntry(_ position: inout Int) -> Entry? {
    while position <= mask {
      let i = position
      position += 1
      if !table[i].key.isUnbound { return table[i] }
    }
    return nil
  }

  package final var members: [Value] {
    var result: [Value] = []
    result.reserveCapacity(count)
    for i in 0...mask where !table[i].key.isUnbound { result.append(table[i].key) }
    return result
  }

  // MARK: Whole sets

  /// Adds another set's members.
  package final func merge(_ other: SetObject, _ vm: VM) throws(ExceptionObject) {
    if other === self || other.count == 0 { return }
    willChange()
    if (fill + other.count) * 5 >= mask * 3 { resize((count + other.count) * 2) }
    if fill == 0 && mask == other.mask && other.fill == other.count {
      for i in 0...mask { table[i] = other.table[i] }
      fill = other.count
      count = other.count
      version &+= 1
      return
    }
    if fill == 0 {
      for i in 0...other.mask where !other.table[i].key.isUnbound {
        insertClean(other.table[i].key, other.table[i].hash)
      }
      fill = other.count
      count = other.count
      version &+= 1
      return
    }
    var position = 0
    while let entry = other.nextEntry(&position) { try add(entry.key, hash: entry.hash, vm) }
  }

  /// Room for as many more keys as a dict has, as CPython makes it before adding them.
  final func reserveFor(_ more: Int) {
    if (fill + more) * 5 >= mask * 3 { resize((count + more) * 2) }
  }

  package final func copy(frozen: Bool? = nil, _ vm: VM) throws(ExceptionObject) -> SetObject {
    let result = SetObject(frozen: frozen ?? isFrozen)
    try result.merge(self, vm)
    return result
  }

  package final func isSubset(of other: SetObject, _ vm: VM) throws(ExceptionObject) -> Bool {
    if count > other.count { return false }
    var position = 0
    while let entry = nextEntry(&position) {
      if try !other.find(entry.key, entry.hash, vm).found { return false }
    }
    return true
  }

  package final func isEqual(_ other: SetObject, _ vm: VM) throws(ExceptionObject) -> Bool {
    if other === self { return true }
    if count != other.count { return false }
    return try isSubset(of: other, vm)
  }

  final func contains(_ entry: Entry, _ vm: VM) throws(ExceptionObject) -> Bool {
    try find(entry.key, entry.hash, vm).found
  }

  /// The members' hashes mixed without regard to order (Objects/setobject.c's frozenset_hash).
  package final var membersHash: Int {
    if let cachedHash { return cachedHash }
    var hash: UInt = 0
    for i in 0...mask where !table[i].key.isUnbound {
      let h = UInt(bitPattern: table[i].hash)
      hash ^= ((h ^ 89_869_747) ^ (h << 16)) &* 3_644_798_167
    }
    hash ^= UInt(bitPattern: count &+ 1) &* 1_927_868_237
    hash ^= (hash >> 11) ^ (hash >> 25)
    hash = hash &* 69069 &+ 907_133_923
    let result = hash == UInt.max ? 590_923_713 : Int(bitPattern: hash)
    cachedHash = result
    return result
  }
}

private final class SetRecord: ChangeRecord {
  private let set: SetObject
  private var state: SetObject.State

  init(_ set: SetObject) {
    self.set = set
    state = set.copyState()
    super.init(set, byteCount: 100 + (state.mask + 1) * 24)
  }

  deinit { SetObject.free(state) }

  override func swap() { set.exchange(&state) }
}
