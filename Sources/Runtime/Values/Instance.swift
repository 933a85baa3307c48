import CKernels
import Tensor

/// An instance of a class written in a cell.
///
/// Attributes live in slots, in the object itself where they are few; the shape says which name has which slot and is shared by
/// instances that set the same attributes in the same order, so an instruction's inline cache is one comparison.
public final class Instance: Object {
  private var count: UInt16 = 0
  private var capacity: UInt16
  /// One of the class's, which keeps it alive.
  unowned(unsafe) package final var shape: Shape
  package final private(set) var slots: UnsafeMutablePointer<Value>
  private var rare: Rare?
  private var own: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

  private static let ownSlots = 4

  private final class Rare {
    var payload: Value?
    var dictionary: Dict?

    func traverse() {
      // Read in place: a copy would count as a reference from outside.
      withUnsafePointer(to: &dictionary) {
        if let dictionary = UnsafeRawPointer($0).load(as: Unmanaged<Object>?.self) { Collector.visit(dictionary) }
      }
      if payload != nil { Collector.visit(&payload!) }
    }
  }

  /// More attributes than this live in a dict.
  static let mostSlots = 4096

  package init(_ type: TypeObject) {
    shape = type.rootShape
    let expected = type.slotsExpected
    if expected <= Instance.ownSlots {
      capacity = UInt16(Instance.ownSlots)
      slots = ValueMemory.none
      super.init()
      slots = ownSlots
    } else {
      capacity = UInt16(truncatingIfNeeded: expected)
      slots = ValueMemory.allocate(expected)
      super.init()
    }
    customType = type
    Collector.watch(self)
  }

  deinit {
    Collector.forget(self)
    ValueMemory.drop(slots, count: Int(count))
    freeSlots()
  }

  /// The slots in the object itself.
  @inline(__always) private var ownSlots: UnsafeMutablePointer<Value> {
    withUnsafeMutablePointer(to: &own) { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Value.self) }
  }

  /// Gives back the memory of slots, whose values are gone, unless they are the object's own.
  @inline(__always) private func freeSlots() {
    if slots != ownSlots { ValueMemory.free(slots, capacity: Int(capacity)) }
  }

  /// Whether nothing equals it but itself.
  @inline(__always) var isEqualToItselfAlone: Bool { rare == nil && customType.unsafelyUnwrapped.isEqualityIdentity }

  public override var builtinType: TypeObject { Types.object }

  override func traverse() {
    Collector.visit(slots, count: slotCount)
    rare?.traverse()
  }

  override func clearReferences() {
    clearSlots()
    shape = type.rootShape
    rare = nil
  }

  /// The built-in value of an instance of a class derived from int, float, str, bytes ….
  package var payload: Value? {
    get { rare?.payload }
    set { makeRare().payload = newValue }
  }
  /// Set once `__dict__` was asked for: then it holds the attributes, and the shape is `Shape.dictionary`.
  package private(set) var dictionary: Dict? {
    get { rare?.dictionary }
    set { makeRare().dictionary = newValue }
  }

  private func makeRare() -> Rare {
    willChange()
    if let rare { return rare }
    let made = Rare()
    rare = made
    return made
  }

  package var slotCount: Int { Int(count) }

  /// Adds the attribute that leads to `next`, a shape of one name more.
  @inline(__always) func append(_ value: UnsafeMutablePointer<Value>, _ next: Shape) {
    if count == capacity { grow() }
    (slots + Int(count)).initializeCopy(from: value)
    count &+= 1
    shape = next
  }

  @inline(never) private func grow() {
    let larger = max(4, Int(capacity) * 2)
    let memory = ValueMemory.allocate(larger)
    memory.moveInitialize(from: slots, count: Int(count))
    freeSlots()
    slots = memory
    capacity = UInt16(larger)
    type.expectSlots(larger)
  }

  private func clearSlots() {
    let dropped = count
    count = 0
    ValueMemory.drop(slots, count: Int(dropped))
    freeSlots()
    slots = ownSlots
    capacity = UInt16(Instance.ownSlots)
  }

  // MARK: Attributes of the instance itself

  package func own(_ name: Symbol) -> Value? {
    if let dictionary { return dictionary.get(name.str) }
    guard let slot = shape.slot(of: name), !slots[slot].isUnbound else { return nil }
    return slots[slot]
  }

  package func setOwn(_ name: Symbol, _ value: Value) {
    if let dictionary {
      dictionary.set(name.str, value)
    } else if let slot = shape.slot(of: name) {
      willChange()
      slots[slot] = value
    } else if slotCount >= Instance.mostSlots {
      makeDictionary().set(name.str, value)
    } else {
      var value = value
      willChange()
      append(&value, shape.adding(name))
    }
  }

  /// False when there was no such attribute.
  package func removeOwn(_ name: Symbol) -> Bool {
    if let dictionary { return dictionary.remove(name.str) != nil }
    guard let slot = shape.slot(of: name) else { return false }
    willChange()
    // The names that follow move down, so the shape is rebuilt from the root.
    let names = shape.names
    var rebuilt = type.rootShape
    for (i, other) in names.enumerated() where i != slot { rebuilt = rebuilt.adding(other) }
    let removed = (slots + slot).move()
    (slots + slot).moveInitialize(from: slots + slot + 1, count: slotCount - slot - 1)
    count -= 1
    shape = rebuilt
    _ = consume removed
    return true
  }

  package var ownNames: [Symbol] {
    guard let dictionary else { return shape.names }
    var names: [Symbol] = []
    var position = 0
    while let (key, _) = dictionary.next(&position) {
      if let name = key.asStr { names.append(Symbol(name)) }
    }
    return names
  }

  /// The `__dict__`: from now on the attributes live in it, so changes through it and through the object are the same.
  @discardableResult
  package func makeDictionary() -> Dict {
    if let dictionary { return dictionary }
    willChange()
    let made = Dict()
    for (i, name) in shape.names.enumerated() { made.set(name.str, slots[i]) }
    dictionary = made
    shape = Shape.dictionary
    clearSlots()
    return made
  }

  /// Takes over the attributes of another instance of the same class.
  package func copyAttributes(from other: Instance) {
    willChange()
    clearSlots()
    shape = other.shape
    if other.slotCount > Instance.ownSlots {
      slots = ValueMemory.allocate(other.slotCount)
      capacity = other.count
    }
    count = other.count
    for i in 0..<slotCount { (slots + i).initializeCopy(from: other.slots + i) }
    if let dictionary = other.dictionary { self.dictionary = dictionary.copy() }
  }

  // MARK: Undo

  override func changeRecord() -> ChangeRecord? { InstanceRecord(self) }

  /// What an instance is: its class, the shape and the block of its attributes, what is rare.
  fileprivate struct State {
    var type: TypeObject?
    var shape: Shape
    var block: ValueBlock
    var payload: Value?
    var dictionary: Dict?
    var hasRare: Bool
  }

  fileprivate func copyState() -> State {
    State(
      type: customType, shape: shape, block: ValueBlock(copying: slots, count: slotCount), payload: payload,
      dictionary: dictionary, hasRare: rare != nil)
  }

  fileprivate func exchange(_ state: inout State) {
    if slots == ownSlots {
      // A record takes over a block.
      capacity = count
      slots = ValueMemory.allocate(slotCount)
      slots.moveInitialize(from: ownSlots, count: slotCount)
    }
    let own = State(
      type: customType, shape: shape, block: ValueBlock(base: slots, count: slotCount, capacity: Int(capacity)),
      payload: payload, dictionary: dictionary, hasRare: rare != nil)
    customType = state.type
    shape = state.shape
    (slots, count, capacity) = (state.block.base, UInt16(state.block.count), UInt16(state.block.capacity))
    if state.hasRare || rare != nil {
      let made = Rare()
      made.payload = state.payload
      made.dictionary = state.dictionary
      rare = made
    }
    state = own
  }
}

private final class InstanceRecord: ChangeRecord {
  private let instance: Instance
  private var state: Instance.State

  init(_ instance: Instance) {
    self.instance = instance
    state = instance.copyState()
    super.init(instance, byteCount: 100 + instance.slotCount * MemoryLayout<Value>.stride)
  }

  deinit { state.block.free() }

  override func swap() { instance.exchange(&state) }
}
