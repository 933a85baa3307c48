import Language

/// `types.MappingProxyType`, and what a class's `__dict__` is: a dict that can only be read.
final class MappingProxy: Object {
  let dict: Dict

  init(_ dict: Dict) { self.dict = dict }

  override var builtinType: TypeObject { Types.mappingProxy }

  override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { dict.count }
  override func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    try dict.contains(item, vm)
  }
  override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? { .object(DictIterator(dict, .keys)) }
  override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    try vm.getItem(.dict(dict), index)
  }
  override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    if let other = other.object as? MappingProxy { return try dict.isEqual(other.dict, vm) }
    return try other.asDict.map { (other) throws(ExceptionObject) in try dict.isEqual(other, vm) }
  }
  override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? {
    throw .type("unhashable type: 'mappingproxy'")
  }
  override func nativeBinary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value? {
    guard op == .bitOr else { return nil }
    let plain = (other.object as? MappingProxy).map { Value.dict($0.dict) } ?? other
    return reflected ? try vm.binary(op, plain, .dict(dict)) : try vm.binary(op, .dict(dict), plain)
  }
  override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    "mappingproxy(\(try vm.repr(.dict(dict))))"
  }
  override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { try vm.repr(.dict(dict)) }
  override func nativePretty(_ printer: PrettyPrinter, _ vm: VM) throws(ExceptionObject) -> Bool {
    try printer.mapping(dict, false, vm, open: "mappingproxy({", close: "})")
    return true
  }

  static func members() -> [NativeFunction] {
    Members.list { m in
      for name in ["keys", "values", "items", "copy", "__reversed__"] {
        m.add("\(name)(self, /)", "As of the dict.") { (vm, args) throws(ExceptionObject) in
          try vm.callMethod(dict(args, vm), Symbol(name))
        }
      }
      m.add("get(self, key, default=None, /)", "The value of a key; default where there is none.") {
        (vm, args) throws(ExceptionObject) in
        try vm.callMethod(dict(args, vm), Symbol("get"), [args[1], args.given(2) ?? .none])
      }
    }
  }

  private static func dict(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    guard let proxy = args[0].object as? MappingProxy else {
      throw .type("a mappingproxy is needed, not '\(vm.typeName(args[0]))'")
    }
    return .dict(proxy.dict)
  }

  static let constructor = NativeFunction("mappingproxy(mapping, /)", "A view of a dict that can only be read.") {
    (vm, args) throws(ExceptionObject) in
    guard let dict = args[0].asDict else {
      throw .type("mappingproxy() argument must be a mapping, not \(vm.typeName(args[0]))")
    }
    return .object(MappingProxy(dict))
  }
}
