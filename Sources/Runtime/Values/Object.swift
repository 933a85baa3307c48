import CKernels
import Language
import Tensor

/// A heap object.
open class Object {
  /// The class, where it is not the Swift class's own built-in one: a subclass written in a cell.
  package final var customType: TypeObject?
  /// The place in the cycle collector's table; -1 for what it does not watch.
  final var trackIndex: Int32 = -1
  /// What the VM's loop asks about objects, without asking the Swift class.
  final var family = ObjectFamily.other
  /// The cell in which it was made or noted last (see `Changes`).
  final var epoch = tnb_change_epoch

  package init() {}

  /// The type of exact instances of this Swift class.
  open var builtinType: TypeObject { Types.object }

  package final var type: TypeObject { customType ?? builtinType }

  /// To be called before its contents change.
  @inline(__always) package final func willChange() {
    if epoch != tnb_change_epoch { noteChange() }
  }

  /// As `willChange`, before a change that replaces everything whatever it was.
  package final func willReset() {
    guard epoch != Changes.epoch else { return }
    noteChange()
    Changes.markReset()
  }

  @inline(never) final func noteChange() {
    epoch = Changes.epoch
    if let record = changeRecord() { Changes.add(record) }
  }

  /// The contents as they are, for the journal; by default `contents`, and nothing for objects without any.
  func changeRecord() -> ChangeRecord? {
    if let contents { return ObjectRecord(self, contents) }
    return isUndoable ? nil : LostRecord(self)
  }

  /// Values inside of it, for finding what depends on it; by default those in its stored properties.
  open var innerValues: [Value] {
    var values: [Value] = []
    var mirror: Mirror? = Mirror(reflecting: self)
    while let part = mirror, part.subjectType != Object.self {
      for child in part.children { values += Object.values(in: child.value) }
      mirror = part.superclassMirror
    }
    return values
  }
  /// What inside of it changes by itself without being a value: a random stream.
  open var innerSubjects: [AnyObject] { [] }

  private static func values(in part: Any) -> [Value] {
    switch part {
    case let value as Value: return [value]
    case let values as [Value]: return values
    case let tensor as Tensor: return [.tensor(tensor)]
    case let object as Object: return [Object.wrapped(object)]
    default:
      let mirror = Mirror(reflecting: part)
      // What else is an object holds no values, or is nobody's own: the VM.
      return mirror.displayStyle == .class ? [] : mirror.children.flatMap { values(in: $0.value) }
    }
  }

  /// The value that an object is.
  private static func wrapped(_ object: Object) -> Value {
    switch object {
    case let list as List: .list(list)
    case let tuple as Tuple: .tuple(tuple)
    case let dict as Dict: .dict(dict)
    case let function as Function: .function(function)
    case let instance as Instance: .instance(instance)
    default: .object(object)
    }
  }

  /// False for what changes and has no `contents`: an undo says that it does not come back.
  open var isUndoable: Bool { true }

  /// All that can change in an object of a simple kind (an iterator's position, a generator's state); nil where nothing can.
  open var contents: Any? {
    get { nil }
    set {}
  }

  /// Whether kept `contents` are known to equal those it has.
  open func isSame(as contents: Any) -> Bool { false }

  /// Calls `Collector.visit` for every value this object holds, exactly once each; one left out only keeps a ring alive.
  func traverse() {}
  /// Lets go of what it holds: it is garbage, and nothing runs in it any more.
  func clearReferences() {}

  // What a built-in type answers itself, asked after methods that classes written in the language define. The answer nil
  // means that the type does not support it; the caller words the error.

  /// `len(self)`.
  open func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { nil }
  /// `bool(self)`; by default from the length, else true.
  open func nativeTruth(_ vm: VM) throws(ExceptionObject) -> Bool? { nil }
  /// `item in self`; by default by iterating.
  open func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? { nil }
  /// `iter(self)`: an `IteratorObject` as a rule.
  open func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? { nil }
  /// `self[index]`.
  open func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? { nil }
  /// `self[index] = value`; false when not supported.
  open func nativeSetItem(_ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) -> Bool { false }
  /// `del self[index]`; false when not supported.
  open func nativeDeleteItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Bool { false }
  /// `self == other`; nil: not comparable, so identity decides.
  open func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? { nil }
  /// `self op other` for <, <=, >, >= (and == and != where the answer is no bool, as for arrays).
  open func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    nil
  }
  /// `hash(self)`; throws "unhashable type" where equality is by value and may change; nil: by identity.
  open func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? { nil }
  /// `self op other`, or `other op self` when reflected.
  open func nativeBinary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value? { nil }
  /// `self op= other` in place; nil: falls back to `op`.
  open func nativeInplace(_ op: BinaryOperator, _ other: Value, _ vm: VM) throws(ExceptionObject) -> Value? { nil }
  open func nativeUnary(_ op: UnaryOperator, _ vm: VM) throws(ExceptionObject) -> Value? { nil }
  open func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { nil }
  /// `str(self)` where it differs from `repr(self)`.
  open func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { nil }
  /// `format(self, spec)` for a spec that is not empty.
  open func nativeFormat(_ spec: String, _ vm: VM) throws(ExceptionObject) -> String? { nil }
  /// Lays the value out as IPython does; false: its repr is shown.
  open func nativePretty(_ printer: PrettyPrinter, _ vm: VM) throws(ExceptionObject) -> Bool { false }
  /// `self.name` for attributes that no class attribute gives; asked last.
  open func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? { nil }
}

/// Families of objects that the VM's loop treats apart.
enum ObjectFamily: UInt8 {
  case other, native, type
  case iterator
  case rangeIterator
  case listIterator
  case tupleIterator
  /// Holds values that the cycle collector follows.
  case container
  /// The dict of a namespace.
  case variables
  case set
  case cell
  case boundMethod
  case contextManager

  @inline(__always) var isContainer: Bool { rawValue >= ObjectFamily.container.rawValue }
  @inline(__always) var isIterator: Bool {
    rawValue &- ObjectFamily.iterator.rawValue <= ObjectFamily.tupleIterator.rawValue &- ObjectFamily.iterator.rawValue
  }
}

/// A function or built-in bound to its first argument.
package final class BoundMethod: Object {
  package final private(set) var receiver: Value
  package final private(set) var function: Value
  package init(_ receiver: Value, _ function: Value) {
    self.receiver = receiver
    self.function = function
    super.init()
    family = .boundMethod
  }
  public override var builtinType: TypeObject { Types.method }

  override func traverse() {
    Collector.visit(&receiver)
    Collector.visit(&function)
  }
}

/// Which attribute stands in which slot of an instance. Shapes form a tree from each class's root.
package final class Shape {
  /// Of instances whose attributes live in a dict: it has no slots, and inline caches must not keep it.
  nonisolated(unsafe) package static let dictionary = Shape()

  package let names: [Symbol]
  /// Only for shapes of many names: few are found faster by going through them.
  private let index: [Symbol: Int]?
  private var next: [Symbol: Shape] = [:]

  package init(_ names: [Symbol] = []) {
    self.names = names
    if names.count > 12 {
      var index: [Symbol: Int] = [:]
      for (i, name) in names.enumerated() { index[name] = i }
      self.index = index
    } else {
      index = nil
    }
  }

  /// The slot of a name, nil when instances of this shape have no such attribute.
  package func slot(of name: Symbol) -> Int? {
    if let index { return index[name] }
    for i in 0..<names.count where names[i].id == name.id { return i }
    return nil
  }

  /// The shape after adding an attribute that is not there.
  package func adding(_ name: Symbol) -> Shape {
    if let known = next[name] { return known }
    let shape = Shape(names + [name])
    next[name] = shape
    return shape
  }
}

/// Attributes in insertion order: of functions, classes, modules, exceptions and instances of built-in subclasses.
package final class Attributes {
  package private(set) var names: [Symbol] = []
  private var values = SymbolMap()
  /// Changes with every change; inline caches compare it.
  private(set) var version: UInt32 = 0
  /// The cell in which it was made or noted last (see `Changes`).
  private var epoch = Changes.epoch
  /// The first values of names that got another one, where somebody asks: of a class body's.
  var replaced: [(name: Symbol, value: Value)]?
  /// Called when an undo has put other attributes in place.
  var restored: (() -> Void)?

  package init() {}

  package subscript(name: Symbol) -> Value? { values[name] }

  /// An attribute that `loader` gives when it is not there yet. What it gives has been there all along: no cell made it.
  func value(_ name: Symbol, from loader: ((Symbol) -> Value?)?) -> Value? {
    if let known = values[name] { return known }
    guard let loader else { return nil }
    return Changes.apart { () -> Value? in
      guard let loaded = loader(name) else { return nil }
      set(name, loaded)
      return loaded
    }
  }

  package func set(_ name: Symbol, _ value: Value) {
    if epoch != Changes.epoch { noteChange() }
    version &+= 1
    if replaced != nil { noteReplaced(name) }
    if values.set(name, value) { names.append(name) }
  }

  private func noteReplaced(_ name: Symbol) {
    guard let old = values[name], replaced?.contains(where: { $0.name == name }) == false else { return }
    replaced?.append((name, old))
  }

  /// False when there was no such attribute.
  package func remove(_ name: Symbol) -> Bool {
    guard values[name] != nil else { return false }
    if epoch != Changes.epoch { noteChange() }
    _ = values.remove(name)
    version &+= 1
    names.removeAll { $0 == name }
    return true
  }

  @inline(never) private func noteChange() {
    epoch = Changes.epoch
    var kept = (names, values)
    let exchange = { [unowned self] in
      swap(&kept.0, &names)
      swap(&kept.1, &values)
      version &+= 1
      restored?()
    }
    Changes.add(ActionRecord(self, undo: exchange, redo: exchange))
  }
}

/// Global variables of a cell's session or a module, by slot.
///
/// The compiler resolves each global name to a slot once; `.unbound` marks a slot without a value (then built-ins answer).
package final class Namespace: Object {
  /// `__main__`, `torch.nn.modules.linear` …
  package let name: String
  package private(set) var names: [Symbol] = []
  package private(set) var slotOf: [Symbol: Int] = [:]
  package final var values: UnsafeMutablePointer<Value>
  /// What the values were when a cell of a session began (see `NamespaceRecord`).
  final var shadow: [Value] = []
  private var capacity: Int
  /// Where a name without a value is looked up next, before built-ins: the bare torch names of cells.
  package final var fallback: ((Symbol) -> Value?)?
  /// Slots of deleted variables: their names are no longer looked up in `fallback`.
  private var deleted: Set<Int> = []
  /// The names that `fallback` knows, for suggestions and completion.
  package final var fallbackNames: () -> [String] = { [] }

  package init(name: String) {
    self.name = name
    capacity = 64
    values = .allocate(capacity: capacity)
    values.initialize(repeating: .unbound, count: capacity)
  }

  deinit {
    values.deinitialize(count: capacity)
    values.deallocate()
  }

  /// The slot of a name, made when it is new.
  package func slot(_ name: Symbol) -> Int {
    if let s = slotOf[name] { return s }
    let s = names.count
    names.append(name)
    slotOf[name] = s
    if s == capacity {
      let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: values, count: capacity)
      (larger + capacity).initialize(repeating: .unbound, count: capacity)
      values.deallocate()
      values = larger
      capacity *= 2
    }
    return s
  }

  package subscript(name: Symbol) -> Value? {
    get {
      guard let s = slotOf[name], !values[s].isUnbound else { return nil }
      return values[s]
    }
    set {
      let slot = slot(name)
      willChange()
      values[slot] = newValue ?? .unbound
    }
  }

  /// The variables as a dict (see `NamespaceDicts`).
  package var dictionary: Dict { NamespaceDicts.dictionary(of: self) }
  /// The one that code holds on to.
  final weak var heldDictionary: Dict?

  /// What a name without a value is before built-ins are asked: nothing once a variable of that name was deleted.
  package func preset(_ name: Symbol) -> Value? {
    if !deleted.isEmpty, let slot = slotOf[name], deleted.contains(slot) { return nil }
    return fallback?(name)
  }

  /// `del name`; false when it has no value.
  func delete(_ slot: Int) -> Bool {
    if values[slot].isUnbound { return false }
    willChange()
    values[slot] = .unbound
    if fallback != nil, deleted.insert(slot).inserted {
      Changes.add(
        ActionRecord(
          self, undo: { [unowned self] in deleted.remove(slot) }, redo: { [unowned self] in deleted.insert(slot) }))
    }
    return true
  }

  override func changeRecord() -> ChangeRecord? { NamespaceRecord(self) }
}

/// A module object: attributes, made on first access where `loader` knows the name.
package final class Module: Object {
  package let name: String
  package let attributes = Attributes()
  /// Finds an attribute that is not there yet; the answer is kept.
  package final var loader: ((Symbol) -> Value?)?
  /// All names the loader knows, for `dir` and completion.
  package final var loadableNames: (() -> [String])?
  package final var doc: String?

  package init(_ name: String) { self.name = name }
  public override var builtinType: TypeObject { Types.module }

  /// An attribute, loaded when it is not there yet.
  package func attribute(_ name: Symbol) -> Value? { attributes.value(name, from: loader) }
}
