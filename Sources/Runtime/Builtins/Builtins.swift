/// The built-in functions.
enum Builtins {
  /// Registers functions, types and exceptions by name.
  static func install(into vm: VM) {
    for function in functions { vm.builtins.set(Symbol(name(of: function)), .object(function)) }
    for type in types { vm.builtins.set(Symbol(type.name), .object(type)) }
    for type in Types.allExceptions { vm.builtins.set(Symbol(type.name), .object(type)) }
    vm.builtins.set(Symbol("IOError"), .object(Types.osError))
    vm.builtins.set(Symbol("EnvironmentError"), .object(Types.osError))
    vm.builtins.set(Symbol("NotImplemented"), .notImplemented)
    vm.builtins.set(Symbol("Ellipsis"), .ellipsis)
    vm.builtins.set(Symbol("__debug__"), .bool(true))
  }

  private static func name(of function: NativeFunction) -> String {
    String(function.text.utf8.prefix { $0 != UInt8(ascii: "(") }) ?? function.text
  }

  private static let functions: [NativeFunction] = Members.list { m in
    output(&m)
    iteration(&m)
    numbers(&m)
    text(&m)
    attributes(&m)
    classes(&m)
    unavailable(&m)
  }

  private static let types: [TypeObject] = [
    Types.object, Types.type, Types.int, Types.bool, Types.float, Types.str, Types.bytes, Types.list, Types.tuple,
    Types.dict, Types.set, Types.frozenset, Types.range, Types.slice, Types.property, Types.staticMethod,
    Types.classMethod, Types.superType, Types.enumerate, Types.zip, Types.map, Types.filter, Types.reversed,
  ]

  /// What Python has and tnb has not: the name is known, so that the message can say so.
  private static func unavailable(_ m: inout Members) {
    for name in [
      "exec", "eval", "compile", "__import__", "complex", "bytearray", "memoryview", "breakpoint",
    ] {
      m.add("\(name)(*args, **kwargs)", "Not available in tnb.") { (vm, args) throws(ExceptionObject) in
        throw .notImplemented("\(name) is not available in tnb")
      }
    }
  }
}
