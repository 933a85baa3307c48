/// A class: built in or written in a cell.
public final class TypeObject: Object {
  package final var name: String
  package final var qualifiedName: String
  /// `builtins`, `__main__`, `torch` …
  package final var module: String
  package let bases: [TypeObject]
  /// Method resolution order, itself first.
  package private(set) var mro: [TypeObject] = []
  package let attributes = Attributes()
  package let rootShape = Shape()
  package let layout: Layout
  package final var doc: String?
  /// Changes whenever this class or a base changes; inline caches compare it.
  package final var version: UInt32
  package private(set) var subclasses: [TypeObject] = []
  /// Methods found through the mro, kept until `version` changes.
  private var found = SymbolMap()
  /// Makes an instance: `int(…)`, `list(…)`. Classes written in cells inherit it through `layout`.
  package final var construct: NativeFunction?
  /// Finds an attribute that is not there yet; the answer is kept. Lets a type with hundreds of methods start with none.
  package final var loader: ((Symbol) -> Value?)?
  /// Shows instances in IPython's layout where their own `__repr__` does not; subclasses without a `__repr__` inherit it.
  package final var prettyHook: ((PrettyPrinter, VM, Value) throws(ExceptionObject) -> Void)?
  /// All names the loader knows, for `dir` and completion.
  package final var loadableNames: (() -> [String])?
  /// A class statement made it.
  package final var isUserDefined = false
  /// How messages name it: `numpy.ndarray` where CPython's type carries its module, else the bare name.
  package final var messageName: String
  /// Names of `__slots__` of this class and its bases; nil when instances take any attribute.
  package final var slotNames: [Symbol]?
  /// Names of abstract methods without an implementation; a class that has any cannot be instantiated.
  package final var abstractNames: [String] = []
  /// `ABC` or a class derived from it.
  package final var checksAbstractMethods = false
  /// Runs for each new class that derives from this one, before `__init_subclass__`: how native class families (enums) work.
  package final var classHook: ((VM, TypeObject) throws(ExceptionObject) -> Void)?
  /// Names that the class body gave a value twice, with their first values; of classes with a class of their own (enums).
  package final var replacedAttributes: [(name: Symbol, value: Value)] = []
  /// False for built-in types that no class may derive from (`bool`, `range`, `function` …).
  package final var isBaseAllowed = true
  private var table: DispatchTable?

  /// The operator method in the language, by `BinaryOperator.index`.
  @inline(__always) final func forwardFunction(_ index: Int) -> Unmanaged<Function>? {
    guard let table else { return dispatch.forwardFunctions[index] }
    return table.forwardFunctions[index]
  }

  /// Whether instances have neither an `__eq__` nor a `__hash__` but `object`'s.
  @inline(__always) final var isEqualityIdentity: Bool {
    guard let table else { return dispatch.isEqualityIdentity }
    return table.isEqualityIdentity
  }

  /// The methods that dispatch asks for most, looked up once per version.
  package final var dispatch: DispatchTable {
    if let table { return table }
    let made = DispatchTable(self)
    table = made
    return made
  }

  /// What instances are in memory; a class written in a cell takes it from its built-in base.
  package enum Layout {
    case instance, int, float, str, bytes, list, tuple, dict, set, exception, tensor, type, other
  }

  package init(
    _ name: String, module: String = "builtins", bases: [TypeObject], layout: Layout, qualifiedName: String? = nil
  ) {
    self.name = name
    self.module = module
    self.bases = bases
    self.layout = layout
    messageName = name
    self.qualifiedName = qualifiedName ?? name
    version = TypeObject.nextVersion()
    super.init()
    family = .type
    mro = [self]
    if let only = bases.first, bases.count == 1 { mro += only.mro }
    for base in bases { base.subclasses.append(self) }
    attributes.restored = { [unowned self] in changed() }
  }

  /// For several bases: the C3 order, computed by the caller.
  package func setMRO(_ order: [TypeObject]) {
    mro = order
    found.removeAll()
    table = nil
  }

  nonisolated(unsafe) private static var versions: UInt32 = 0
  private static func nextVersion() -> UInt32 {
    versions &+= 1
    return versions
  }

  /// The attribute as found along the mro, unbound.
  package func lookup(_ name: Symbol) -> Value? {
    // An unbound value says that there is none.
    if let known = found[name] { return known.isUnbound ? nil : known }
    var result: Value?
    for type in mro {
      if let value = type.own(name) {
        result = value
        break
      }
    }
    _ = found.set(name, result ?? .unbound)
    return result
  }

  /// An attribute of this class itself, its loader asked too.
  package func own(_ name: Symbol) -> Value? { attributes.value(name, from: loader) }

  package func set(_ name: Symbol, _ value: Value) {
    // A counter kept in a class must not cost every inline cache of the class at each step: data in place of data changes no
    // dispatch, only what was looked up under the name.
    if value.isData, let old = attributes[name], old.isData {
      attributes.set(name, value)
      forget(name)
      return
    }
    attributes.set(name, value)
    changed()
  }

  private func forget(_ name: Symbol) {
    _ = found.remove(name)
    for type in subclasses { type.forget(name) }
  }

  /// False when there was none.
  package func remove(_ name: Symbol) -> Bool {
    defer { changed() }
    return attributes.remove(name)
  }

  /// Attributes that instances had so far at most: room for as many is made at once.
  private(set) final var slotsExpected = 0

  func expectSlots(_ count: Int) { slotsExpected = min(max(slotsExpected, count), 64) }

  private var initializerVersion: UInt32 = 0
  private var initializer: Function?

  /// The `__init__` in the language that makes an instance by itself: no `__new__`, no abstract methods, no built-in layout.
  /// The class holds it.
  @inline(__always) final var plainInitializer: Unmanaged<Function>? {
    if initializerVersion != version { findInitializer() }
    return initializer.map { Unmanaged.passUnretained($0) }
  }

  @inline(never) private func findInitializer() {
    var found: Function?
    if layout == .instance, customType?.dispatch.call == nil, ownMethod(Names.new) == nil, abstractNames.isEmpty,
      case .function(let function)? = lookup(Names.initialize)
    {
      found = function
    }
    initializer = found
    initializerVersion = version
  }

  private func changed() {
    version = TypeObject.nextVersion()
    found.removeAll()
    table = nil
    for type in subclasses { type.changed() }
  }

  package func isSubtype(of other: TypeObject) -> Bool {
    if self === other { return true }
    for type in mro where type === other { return true }
    return false
  }

  public override var builtinType: TypeObject { Types.type }
}
