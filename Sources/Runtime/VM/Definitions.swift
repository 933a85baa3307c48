import CKernels
import Language

// Functions, classes, exceptions and contexts as their instructions make them.
extension VM {
  @inline(never) func makeFunction(
    _ frame: UnsafeMutablePointer<Frame>, _ constant: Value, _ extras: UnsafeMutablePointer<Value>?
  ) -> Value {
    guard case .object(let object) = constant, let code = object as? Code else { return .none }
    let outer = frame.pointee.function
    let window = frame.pointee.window
    let globals = outer._withUnsafeGuaranteedRef { $0.globals }
    let function = Function(code: code, globals: globals) { capture in
      switch capture {
      case .register(let r):
        if (window + r).tag == ValueLayout.object,
          (window + r).reference(as: Object.self)._withUnsafeGuaranteedRef({ $0.family == .cell })
        {
          tnb_retain((window + r).address)
          return (window + r).reference(as: Cell.self)
        }
        // A local that was deleted before its cell was made again.
        return Unmanaged.passRetained(Cell(.unbound))
      case .closure(let k):
        let cell = outer._withUnsafeGuaranteedRef { $0.cells[k] }
        tnb_retain(cell.toOpaque())
        return cell
      }
    }
    guard let extras else { return .function(function) }
    if case .tuple(let tuple) = extras[0] { function.defaults = tuple.items }
    if case .dict(let dict) = extras[1] {
      function.keywordDefaults = (0..<code.keywordOnlyCount).map {
        dict.get(code.localNames[code.positionalCount + $0].str) ?? .unbound
      }
    }
    if case .dict = extras[2] {
      let attributes = Attributes()
      attributes.set(Names.annotations, extras[2])
      function.attributes = attributes
    }
    return .function(function)
  }

  /// R[a] = class whose body is the function in R[a]; bases and keywords stand above it.
  @inline(never) func buildClass(_ a: UnsafeMutablePointer<Value>, _ name: Symbol) throws(ExceptionObject) {
    guard case .function(let body) = a.pointee, case .tuple(let bases) = a[1] else { return }
    var keywords: [(Symbol, Value)] = []
    if case .dict(let dict) = a[2] {
      var position = 0
      while let (key, value) = dict.next(&position) {
        if let text = key.asStr { keywords.append((Symbol(text), value)) }
      }
    }
    let namespace = Attributes()
    namespace.set(Names.module, .text(body.globals.name))
    namespace.set(Names.qualname, .text(body.code.qualifiedName))
    if let doc = body.code.doc { namespace.set(Names.doc, .text(doc)) }
    namespace.replaced = []
    let window = stackTop
    if tnb_stack_is_low() != 0 { throw recursionError() }
    body.code.note()
    try push(Unmanaged.passUnretained(body), Unmanaged.passUnretained(body.code), window, 0, .entry, target: window)
    top.pointee.namespace = Unmanaged.passUnretained(namespace)
    defer { stackTop = window }
    let result = try withExtendedLifetime(namespace) { () throws(ExceptionObject) in try run() }
    a.pointee = try makeClass(
      name.text, bases: bases.items, namespace: namespace, keywords: keywords,
      qualifiedName: namespace[Names.qualname]?.string ?? name.text, module: body.globals.name)
    if case .object(let object) = result, let cell = object as? Cell { cell.value = a.pointee }
  }

  /// The dict `__annotations__` of the class body that runs, otherwise of the globals; made when absent.
  @inline(never) func annotations(_ frame: UnsafeMutablePointer<Frame>) -> Value {
    if let namespace = frame.pointee.namespace?.takeUnretainedValue() {
      if let known = namespace[Names.annotations] { return known }
      let made = Value.dict(Dict())
      namespace.set(Names.annotations, made)
      return made
    }
    let globals = frame.pointee.function.takeUnretainedValue().globals
    if let known = globals[Names.annotations] { return known }
    let made = Value.dict(Dict())
    globals[Names.annotations] = made
    return made
  }

  // MARK: Exceptions

  /// What `raise value from cause` throws.
  @inline(never) func raised(_ value: Value, cause: Value?) throws(ExceptionObject) -> ExceptionObject {
    let error = try exception(value)
    if let cause {
      if cause.isNone {
        error.cause = .none
      } else {
        do throws(ExceptionObject) {
          error.cause = .object(try exception(cause))
        } catch {
          throw .type("exception causes must derive from BaseException")
        }
      }
      error.suppressContext = true
    }
    return error
  }

  private func exception(_ value: Value) throws(ExceptionObject) -> ExceptionObject {
    if case .object(let object) = value {
      if let error = object as? ExceptionObject { return error }
      if let type = object as? TypeObject, type.isSubtype(of: Types.baseException) {
        let made = try call(value)
        if case .object(let instance) = made, let error = instance as? ExceptionObject { return error }
        throw .type(
          "calling \(typeText(type)) should have returned an instance of BaseException, not \(typeText(self.type(of: made)))"
        )
      }
    }
    throw .type("exceptions must derive from BaseException")
  }

  private func typeText(_ type: TypeObject) -> String {
    "<class '\(type.module == "builtins" ? "" : type.module + ".")\(type.qualifiedName)'>"
  }

  /// Whether `except pattern` takes the exception.
  @inline(never) func matches(_ exception: Value, _ pattern: Value) throws(ExceptionObject) -> Bool {
    let thrown = type(of: exception)
    func one(_ value: Value) throws(ExceptionObject) -> Bool {
      guard case .object(let object) = value, let type = object as? TypeObject, type.isSubtype(of: Types.baseException)
      else { throw .type("catching classes that do not inherit from BaseException is not allowed") }
      return thrown.isSubtype(of: type)
    }
    if let tuple = pattern.asTuple {
      for item in tuple.items where try one(item) { return true }
      return false
    }
    return try one(pattern)
  }

  // MARK: Contexts

  /// R[a] = manager.__enter__(), R[a + 1] = its bound `__exit__`.
  @inline(never) func enterContext(_ a: UnsafeMutablePointer<Value>, _ manager: Value) throws(ExceptionObject) {
    if let context = ContextManager.of(manager) {
      a.pointee = try context.enter(self)
      a[1] = manager
      return
    }
    guard type(of: manager).lookup(Names.enter) != nil, type(of: manager).lookup(Names.exit) != nil else {
      let missing = type(of: manager).lookup(Names.enter) == nil ? "" : " (missed __exit__ method)"
      throw .type("'\(type(of: manager).messageName)' object does not support the context manager protocol\(missing)")
    }
    let exit = try getAttribute(manager, Names.exit)
    let entered = try callMethod(manager, Names.enter)
    a.pointee = entered
    a[1] = exit
  }

  /// What `sys.exc_info()` gives of an exception or None.
  private func exceptionTriple(_ exception: Value) -> (type: Value, value: Value, traceback: Value) {
    guard case .object(let object) = exception, let error = object as? ExceptionObject else {
      return (.none, .none, .none)
    }
    return (.object(error.type), exception, TracebackObject.of(error, self))
  }

  /// The exception being handled: its type, itself and its traceback; None three times outside of an `except`.
  package var handledException: (type: Value, value: Value, traceback: Value) { exceptionTriple(handled) }

  @inline(never) func exitContext(_ exit: Value, _ exception: Value) throws(ExceptionObject) -> Bool {
    if let context = ContextManager.of(exit) {
      return try context.exit(self, exception)
    }
    if exception.isNone {
      _ = try call(exit, [.none, .none, .none])
      return false
    }
    let (type, value, traceback) = exceptionTriple(exception)
    return try isTrue(call(exit, [type, value, traceback]))
  }
}
