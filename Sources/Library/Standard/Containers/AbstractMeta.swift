import Runtime

/// `ABCMeta`: the class of classes that count others as their subclasses, by what these can do or because they were registered.
enum AbstractMeta {
  /// Whether a class counts as a subclass of an abstract one that is written in Swift.
  typealias Test = (TypeObject) -> Bool
  nonisolated(unsafe) static var tests: [ObjectIdentifier: Test] = [:]

  private static let subclassHook = Symbol("__subclasshook__")
  private static let registry = Symbol("_abc_impl")

  static let type: TypeObject = {
    let type = TypeObject("ABCMeta", module: "abc", bases: [Types.type], layout: .type)
    type.doc = "The class of abstract base classes."
    for method in methods { type.set(method.name, .object(method)) }
    return type
  }()

  private static var methods: [NativeFunction] {
    [
      NativeFunction("register(self, subclass, /)", "Counts a class as a subclass; gives it back.") {
        (vm, args) throws(ExceptionObject) in
        guard let abstract = args[0].object as? TypeObject else { return .none }
        guard let subclass = args[1].object as? TypeObject else { throw .type("Can only register classes") }
        if try isSubclass(subclass, of: abstract, vm) { return args[1] }
        if try vm.isSubclass(args[0], ofAny: args[1]) { throw .runtime("Refusing to create an inheritance cycle") }
        abstract.set(registry, .makeTuple(registered(abstract) + [args[1]]))
        answers.removeAll()
        return args[1]
      },
      NativeFunction("__instancecheck__(self, instance, /)") { (vm, args) throws(ExceptionObject) in
        guard let abstract = args[0].object as? TypeObject else { return .bool(false) }
        return .bool(try isSubclass(vm.type(of: args[1]), of: abstract, vm))
      },
      NativeFunction("__subclasscheck__(self, subclass, /)") { (vm, args) throws(ExceptionObject) in
        guard let abstract = args[0].object as? TypeObject else { return .bool(false) }
        guard let subclass = args[1].object as? TypeObject else { throw .type("issubclass() arg 1 must be a class") }
        return .bool(try isSubclass(subclass, of: abstract, vm))
      },
    ]
  }

  // MARK: The decision

  /// Answers by the versions of both classes: they change with the classes, and no two classes share one.
  nonisolated(unsafe) private static var answers: [UInt64: Bool] = [:]

  private static func isSubclass(
    _ type: TypeObject, of abstract: TypeObject, _ vm: VM
  ) throws(ExceptionObject) -> Bool {
    let key = UInt64(abstract.version) << 32 | UInt64(type.version)
    if let known = answers[key] { return known }
    let answer = try decide(type, abstract, vm)
    if answers.count > 10_000 { answers.removeAll() }
    answers[key] = answer
    return answer
  }

  private static func decide(
    _ type: TypeObject, _ abstract: TypeObject, _ vm: VM
  ) throws(ExceptionObject) -> Bool {
    if abstract.ownMethod(subclassHook) != nil {
      let hook = try vm.getAttribute(.object(abstract), subclassHook)
      switch try vm.call(hook, [.object(type)]) {
      case .bool(let answer): return answer
      case .notImplemented: break
      default:
        throw .make(
          Types.assertionError, "__subclasshook__ must return either False, True, or NotImplemented")
      }
    }
    if type.isSubtype(of: abstract) { return true }
    if let test = tests[ObjectIdentifier(abstract)], test(type) { return true }
    for other in registered(abstract) + abstract.subclasses.map({ .object($0) }) {
      if try vm.isSubclass(.object(type), ofAny: other) { return true }
    }
    return false
  }

  private static func registered(_ type: TypeObject) -> [Value] { type.attributes[registry]?.asTuple?.items ?? [] }
}
