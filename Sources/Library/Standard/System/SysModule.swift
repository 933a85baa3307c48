import Runtime

/// `sys`: versions, limits and the output stream.
enum SysModule {
  static func make(_ vm: VM) throws(ExceptionObject) -> Module {
    let m = ModuleBuilder("sys", "Facts about the interpreter.")
    m.set("version", .text("3.11.7 (tnb)"))
    m.set("version_info", try versionInfo(vm))
    m.set("maxsize", .int(Int.max))
    m.set("maxunicode", .int(0x10FFFF))
    m.set("byteorder", .text("little"))
    m.set("platform", .text("linux"))
    m.set("argv", .makeList([.text("")]))
    m.set("path", .makeList([]))
    m.set("executable", .text(""))
    addStreams(to: m, vm)
    m.set("float_info", try floatInfo(vm))
    m.set("implementation", .text("tnb"))
    m.set("modules", modules(vm))
    m.add("getdefaultencoding()", "The encoding of text as bytes: utf-8.") { (vm, args) throws(ExceptionObject) in
      .text("utf-8")
    }
    m.add("getfilesystemencoding()", "The encoding of names of files: utf-8.") { (vm, args) throws(ExceptionObject) in
      .text("utf-8")
    }
    m.set("hexversion", .int(0x03_0B_07_F0))
    m.add("getrecursionlimit()", "The greatest number of nested calls.") { (vm, args) throws(ExceptionObject) in
      .int(vm.recursionLimit)
    }
    m.add("setrecursionlimit(limit, /)", "Sets the greatest number of nested calls, at most \(VM.recursionCeiling).") {
      (vm, args) throws(ExceptionObject) in
      let limit = try vm.int(args[0])
      if limit < 1 { throw .value("recursion limit must be greater or equal than 1") }
      vm.recursionLimit = min(max(limit, 100), VM.recursionCeiling)
      return .none
    }
    m.add("getsizeof(object, default=<unset>, /)", "About how many bytes the object takes, without what it refers to.")
    {
      (vm, args) throws(ExceptionObject) in .int(sizeOf(args[0]))
    }
    m.add("getrefcount(object, /)", "Not counted in tnb: always 2.") { (vm, args) throws(ExceptionObject) in .int(2) }
    m.add("get_int_max_str_digits()", "Most digits that conversion between int and text takes on.") {
      (vm, args) throws(ExceptionObject) in .int(IntText.maximumDigits)
    }
    m.add("set_int_max_str_digits(maxdigits)", "Sets the most digits for conversion between int and text; 0: no limit.")
    {
      (vm, args) throws(ExceptionObject) in
      let n = try vm.int(args[0])
      if n != 0 && n < 640 { throw .value("maxdigits must be 0 or larger than 640") }
      IntText.maximumDigits = n
      return .none
    }
    m.add("exc_info()", "Type, value and traceback of the exception being handled; None three times without one.") {
      (vm, args) throws(ExceptionObject) in
      let (type, value, traceback) = vm.handledException
      return .makeTuple([type, value, traceback])
    }
    m.add("exception()", "The exception being handled, or None.") { (vm, args) throws(ExceptionObject) in
      vm.handledException.value
    }
    m.add("intern(string, /)", "The string.") { (vm, args) throws(ExceptionObject) in args[0] }
    m.add("exit(status=None, /)", "Raises SystemExit.") { (vm, args) throws(ExceptionObject) in
      throw ExceptionObject(Types.systemExit, args.given(0).map { [$0] } ?? [])
    }
    return m.module
  }

  private static func addStreams(to m: ModuleBuilder, _ vm: VM) {
    let output = OutputStream()
    for name in ["stdout", "__stdout__"] { m.set(name, .object(output)) }
    let errors = OutputStream()
    for name in ["stderr", "__stderr__"] { m.set(name, .object(errors)) }
    let (attributes, name) = (m.module.attributes, Symbol("stdout"))
    vm.printTarget = {
      guard let target = attributes[name] else { return nil }
      if case .object(let o) = target, o === output { return nil }
      return target
    }
  }

  private static func versionInfo(_ vm: VM) throws(ExceptionObject) -> Value {
    try named(
      "version_info", ["major", "minor", "micro", "releaselevel", "serial"],
      [.int(3), .int(11), .int(7), .text("final"), .int(0)], vm)
  }

  /// An instance of a named tuple.
  private static func named(_ name: String, _ fields: [String], _ values: [Value], _ vm: VM) throws(ExceptionObject)
    -> Value
  {
    guard let loader = vm.moduleLoaders["collections"] else { return .makeTuple(values) }
    let module: Module
    if let known = vm.modules["collections"] {
      module = known
    } else {
      module = try loader(vm)
      vm.modules["collections"] = module
    }
    let type = try vm.call(
      vm.getAttribute(.object(module), Symbol("namedtuple")), [.text(name), .makeList(fields.map { .text($0) })],
      [(Symbol("module"), .text("sys"))])
    let made = try vm.call(type, values)
    // Python's own are named with their module: `sys.version_info(major=3, …)`.
    if case .object(let o) = type, let type = o as? TypeObject {
      let head = "sys.\(name)("
      type.set(
        Names.repr,
        .object(
          NativeFunction("__repr__(self)", "") { (vm, args) throws(ExceptionObject) in
            var parts: [String] = []
            for field in fields {
              parts.append(try "\(field)=\(vm.repr(vm.getAttribute(args[0], Symbol(field))))")
            }
            return .text(head + parts.joined(separator: ", ") + ")")
          }))
    }
    return made
  }

  private static func floatInfo(_ vm: VM) throws(ExceptionObject) -> Value {
    let values: [(String, Value)] = [
      ("max", .float(.greatestFiniteMagnitude)), ("max_exp", .int(1024)), ("max_10_exp", .int(308)),
      ("min", .float(.leastNormalMagnitude)), ("min_exp", .int(-1021)), ("min_10_exp", .int(-307)), ("dig", .int(15)),
      ("mant_dig", .int(53)), ("epsilon", .float(.ulpOfOne)), ("radix", .int(2)), ("rounds", .int(1)),
    ]
    return try named("float_info", values.map(\.0), values.map(\.1), vm)
  }

  /// Names of all modules that tnb has; those that were not imported load when something in them is asked for.
  private static func modules(_ vm: VM) -> Value {
    let result = Dict()
    for name in vm.moduleLoaders.keys.sorted() where !name.hasPrefix("_") {
      if let known = vm.modules[name] {
        result.set(Str(name), .object(known))
        continue
      }
      let module = Module(name)
      module.loader = { [unowned vm] attribute in
        let real: Module?
        if let known = vm.modules[name] {
          real = known
        } else {
          real = try? vm.moduleLoaders[name]?(vm)
        }
        guard let real else { return nil }
        vm.modules[name] = real
        return (try? vm.attribute(.object(real), attribute)) ?? nil
      }
      result.set(Str(name), .object(module))
    }
    return .dict(result)
  }

  private static func sizeOf(_ value: Value) -> Int {
    switch value {
    case .int: return 28
    case .bool: return 28
    case .float: return 24
    case .none, .notImplemented, .ellipsis, .unbound: return 16
    case .str(let s): return (s.isASCII ? 49 : 74) + s.bytes.count
    case .list(let l): return 56 + 8 * l.count
    case .tuple(let t): return 40 + 8 * t.count
    case .dict(let d): return d.count == 0 ? 64 : 232 + 40 * max(0, d.count - 5)
    case .tensor: return 80
    case .function: return 152
    case .instance: return 56
    case .object(let o):
      if let set = o as? SetObject { return 216 + 32 * max(0, set.count - 5) }
      return 48
    }
  }
}

/// `sys.stdout`: what `print` writes to.
final class OutputStream: Object {
  override var builtinType: TypeObject { OutputStream.type }

  private static let type: TypeObject = {
    let type = TypeObject("TextIOWrapper", module: "_io", bases: [Types.object], layout: .other)
    type.set(
      Symbol("write"),
      .object(
        NativeFunction("write(self, text, /)", "Writes text and gives its length.") {
          (vm, args) throws(ExceptionObject) in
          guard let text = args[1].asStr else {
            throw .type("write() argument must be str, not \(vm.typeName(args[1]))")
          }
          vm.write(text.string)
          return .int(text.count)
        }))
    type.set(
      Symbol("flush"), .object(NativeFunction("flush(self, /)", "") { (vm, args) throws(ExceptionObject) in .none }))
    type.set(
      Symbol("writelines"),
      .object(
        NativeFunction("writelines(self, lines, /)", "Writes several pieces, one after the other.") {
          (vm, args) throws(ExceptionObject) in
          for line in try vm.items(args[1]) { _ = try vm.callMethod(args[0], Symbol("write"), [line]) }
          return .none
        }))
    type.set(Symbol("encoding"), .text("UTF-8"))
    type.set(Symbol("name"), .text("<stdout>"))
    type.set(
      Symbol("isatty"),
      .object(NativeFunction("isatty(self, /)", "") { (vm, args) throws(ExceptionObject) in .bool(false) }))
    return type
  }()
}
