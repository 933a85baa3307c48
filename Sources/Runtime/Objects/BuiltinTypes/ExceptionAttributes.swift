import Files

/// What exception objects hold and show beyond their arguments.
package enum ExceptionAttributes {
  /// A built-in exception from a call of its class, or the built-in part of `called`. Where that has an `__init__` of its own, keywords
  /// are for it: `BaseException.__new__` takes any.
  static func make(
    _ type: TypeObject, for called: TypeObject, _ arguments: [Value], _ keywords: [(Symbol, Value)], _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var type = type
    let isOSError = type.isSubtype(of: Types.osError)
    if type === Types.osError, arguments.count >= 2, case .int(let number) = arguments[0] {
      type = osErrorTypes.first { $0.0 == number }?.1 ?? type
    }
    var attributes: Attributes?
    if !keywords.isEmpty, called.ownMethod(Names.initialize) == nil {
      let allowed: [String]
      if type.isSubtype(of: Types.importError) {
        allowed = ["name", "path"]
      } else if type.isSubtype(of: Types.attributeError) {
        allowed = ["name", "obj"]
      } else if type.isSubtype(of: Types.nameError) {
        allowed = ["name"]
      } else {
        allowed = []
      }
      if allowed.isEmpty { throw .type("\(called.name)() takes no keyword arguments") }
      let store = Attributes()
      for (name, value) in keywords {
        guard allowed.contains(name.text) else {
          throw .type("'\(name.text)' is an invalid keyword argument for \(type.name)()")
        }
        store.set(name, value)
      }
      attributes = store
    }
    let error = ExceptionObject(type, arguments)
    error.attributes = attributes
    if isOSError && (2...5).contains(arguments.count) {
      let store = attributes ?? Attributes()
      store.set(Symbol("errno"), arguments[0])
      store.set(Symbol("strerror"), arguments[1])
      if arguments.count > 2 {
        store.set(Symbol("filename"), arguments[2])
        if arguments.count > 4 { store.set(Symbol("filename2"), arguments[4]) }
        error.args = Array(arguments[..<2])
      }
      error.attributes = store
    }
    return .object(error)
  }

  /// The exception of a failed operation on a file; `target` is the second path of a renaming.
  package static func make(_ error: FileError, target: String? = nil) -> ExceptionObject {
    if error.reason == .memory {
      let exception = ExceptionObject.memory()
      exception.hints = ["hint: what a replay writes is held in memory; --allow-write writes it to the disk"]
      return exception
    }
    let type = osErrorTypes.first { $0.0 == Int(error.number) }?.1 ?? Types.osError
    let exception = ExceptionObject(type, [.int(Int(error.number)), .text(error.text)])
    let store = Attributes()
    store.set(Symbol("errno"), exception.args[0])
    store.set(Symbol("strerror"), exception.args[1])
    if let path = error.path { store.set(Symbol("filename"), .text(path)) }
    if let target { store.set(Symbol("filename2"), .text(target)) }
    exception.attributes = store
    if let hint = error.hint { exception.hints = [hint] }
    return exception
  }

  private static var osErrorTypes: [(Int, TypeObject)] {
    [
      (1, Types.permissionError), (2, Types.fileNotFoundError), (13, Types.permissionError),
      (17, Types.fileExistsError), (20, Types.notADirectoryError), (21, Types.isADirectoryError),
      (110, Types.timeoutError),
    ]
  }

  /// `str(error)`.
  static func text(_ error: ExceptionObject, _ vm: VM) throws(ExceptionObject) -> String {
    let type = error.type
    if type.isSubtype(of: Types.osError), let number = error.attributes?[Symbol("errno")],
      let reason = error.attributes?[Symbol("strerror")]
    {
      let head = "[Errno \(try vm.str(number))] \(try vm.str(reason))"
      guard let file = error.attributes?[Symbol("filename")], !file.isNone else { return head }
      let other = error.attributes?[Symbol("filename2")]
      return head + ": " + (try vm.repr(file))
        + (try other.map { (o) throws(ExceptionObject) in " -> " + (try vm.repr(o)) } ?? "")
    }
    if error.args.isEmpty { return "" }
    if error.args.count > 1 { return try vm.repr(.makeTuple(error.args)) }
    if type.isSubtype(of: Types.keyError) { return try vm.repr(error.args[0]) }
    return try vm.str(error.args[0])
  }

  /// `repr(error)`: `ValueError('bad')`.
  static func repr(_ error: ExceptionObject, _ vm: VM) throws(ExceptionObject) -> String {
    var parts: [String] = []
    for argument in error.args { parts.append(try vm.repr(argument)) }
    return "\(error.type.name)(\(parts.joined(separator: ", ")))"
  }

  /// The attributes and methods of BaseException and of the types that have their own.
  static func install() {
    ObjectModel.whenUsed(Types.baseException, base)
    ObjectModel.whenUsed(Types.stopIteration) {
      property(
        Types.stopIteration, "value",
        { (_, e) throws(ExceptionObject) in
          e.attributes?[Names.value] ?? e.args.first ?? .none
        }
      ) { (_, e, value) throws(ExceptionObject) in keep(e, Names.value, value) }
    }
    ObjectModel.whenUsed(Types.systemExit) {
      property(
        Types.systemExit, "code",
        { (_, e) throws(ExceptionObject) in
          e.attributes?[Symbol("code")] ?? (e.args.count > 1 ? .makeTuple(e.args) : e.args.first ?? .none)
        }
      ) { (_, e, value) throws(ExceptionObject) in keep(e, Symbol("code"), value) }
    }
    plain(Types.osError, ["errno", "strerror", "filename", "filename2"])
    plain(Types.importError, ["name", "path"])
    plain(Types.attributeError, ["name", "obj"])
    plain(Types.nameError, ["name"])
    for type in [Types.importError, Types.syntaxError] {
      ObjectModel.whenUsed(type) {
        property(type, "msg", { (_, e) throws(ExceptionObject) in e.args.first ?? .none }) {
          (_, e, value) throws(ExceptionObject) in keep(e, Symbol("msg"), value)
        }
      }
    }
  }

  private static func plain(_ type: TypeObject, _ names: [String]) {
    ObjectModel.whenUsed(type) {
      for name in names { plainAttribute(type, name) }
    }
  }

  private static func base() {
    let base = Types.baseException
    property(base, "args", { (_, e) throws(ExceptionObject) in .makeTuple(e.args) }) {
      (vm, e, value) throws(ExceptionObject) in e.args = try vm.items(value)
    }
    property(base, "__cause__", { (_, e) throws(ExceptionObject) in e.cause }) {
      (_, e, value) throws(ExceptionObject) in
      if !value.isNone, (value.object as? ExceptionObject) == nil {
        throw .type("exception cause must be None or derive from BaseException")
      }
      e.cause = value
      e.suppressContext = true
    }
    property(base, "__context__", { (_, e) throws(ExceptionObject) in e.context }) {
      (_, e, value) throws(ExceptionObject) in e.context = value
    }
    property(base, "__suppress_context__", { (_, e) throws(ExceptionObject) in .bool(e.suppressContext) }) {
      (vm, e, value) throws(ExceptionObject) in e.suppressContext = try vm.isTrue(value)
    }
    property(base, "__traceback__", { (vm, e) throws(ExceptionObject) in TracebackObject.of(e, vm) }) {
      (_, _, _) throws(ExceptionObject) in
    }
    let withTraceback = NativeFunction(
      "with_traceback(self, tb, /)", "The exception itself; tnb keeps tracebacks on its own."
    ) { (_, args) throws(ExceptionObject) in args[0] }
    base.attributes.set(Names.withTraceback, .object(withTraceback))
    let addNote = NativeFunction("add_note(self, note, /)", "Adds a line that is shown after the message.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let e = o as? ExceptionObject else { return .none }
      guard args[1].asStr != nil else { throw .type("note must be a str, not '\(vm.typeName(args[1]))'") }
      let notes = e.attributes?[Names.notes]?.asList ?? List([])
      notes.append(args[1])
      let store = e.attributes ?? Attributes()
      store.set(Names.notes, .list(notes))
      e.attributes = store
      return .none
    }
    base.attributes.set(Names.addNote, .object(addNote))
  }

  private static func keep(_ e: ExceptionObject, _ name: Symbol, _ value: Value) {
    let store = e.attributes ?? Attributes()
    store.set(name, value)
    e.attributes = store
  }

  /// An attribute that is None until it is set.
  private static func plainAttribute(_ type: TypeObject, _ name: String) {
    let symbol = Symbol(name)
    property(type, name, { (_, e) throws(ExceptionObject) in e.attributes?[symbol] ?? .none }) {
      (_, e, value) throws(ExceptionObject) in keep(e, symbol, value)
    }
  }

  private static func property(
    _ type: TypeObject, _ name: String, _ get: @escaping (VM, ExceptionObject) throws(ExceptionObject) -> Value,
    _ set: @escaping (VM, ExceptionObject, Value) throws(ExceptionObject) -> Void
  ) {
    let native = NativeProperty(
      name, "",
      { (vm, value) throws(ExceptionObject) in
        guard let e = value.object as? ExceptionObject else { return .none }
        return try get(vm, e)
      },
      set: { (vm, value, new) throws(ExceptionObject) in
        guard let e = value.object as? ExceptionObject else { return }
        try set(vm, e, new)
      })
    type.attributes.set(native.name, .object(native))
  }
}
