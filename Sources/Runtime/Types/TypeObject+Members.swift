extension TypeObject {
  /// Gives a built-in type its methods, made when a name is first looked up on it: a start that does not use them pays
  /// nothing.
  func setMembers(_ make: @escaping () -> [NativeFunction], properties: @escaping () -> [NativeProperty] = { [] }) {
    let table = MemberTable(self, make, properties)
    let (otherLoader, otherNames) = (loader, loadableNames)
    loader = { table.find($0) ?? otherLoader?($0) }
    loadableNames = { table.names + (otherNames?() ?? []) }
  }
}

/// The members of one built-in type.
private final class MemberTable {
  unowned let type: TypeObject
  private let make: () -> [NativeFunction]
  private let properties: () -> [NativeProperty]
  private lazy var members: [Symbol: Value] = build()
  private var order: [String] = []

  init(_ type: TypeObject, _ make: @escaping () -> [NativeFunction], _ properties: @escaping () -> [NativeProperty]) {
    self.type = type
    self.make = make
    self.properties = properties
  }

  private func build() -> [Symbol: Value] {
    var result: [Symbol: Value] = [:]
    for function in make() {
      let name = String(function.text.prefix { $0 != "(" })
      function.qualifiedName = "\(type.name).\(name)"
      result[Symbol(name)] = .object(function)
      order.append(name)
    }
    for property in properties() {
      result[property.name] = .object(property)
      order.append(property.name.text)
    }
    return result
  }

  func find(_ name: Symbol) -> Value? { members[name] }

  var names: [String] {
    _ = members
    return order
  }
}

/// Receivers of methods, which may be called on the wrong type through the class (`list.append(1, 2)`).
enum Receiver {
  static func wrong(_ value: Value, _ type: String, _ method: String, _ vm: VM) -> ExceptionObject {
    .type("descriptor '\(method)' for '\(type)' objects doesn't apply to a '\(vm.typeName(value))' object")
  }

  @inline(__always)
  static func list(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> List {
    if case .list(let list) = args[0] { return list }
    guard let list = args[0].asList else { throw wrong(args[0], "list", method, vm) }
    return list
  }

  @inline(__always)
  static func tuple(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> Tuple {
    guard let tuple = args[0].asTuple else { throw wrong(args[0], "tuple", method, vm) }
    return tuple
  }

  @inline(__always)
  static func dict(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> Dict {
    if case .dict(let dict) = args[0] { return dict }
    guard let dict = args[0].asDict else { throw wrong(args[0], "dict", method, vm) }
    return dict
  }

  @inline(__always)
  static func str(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> Str {
    if case .str(let s) = args[0] { return s }
    guard let s = args[0].asStr else { throw wrong(args[0], "str", method, vm) }
    return s
  }

  static func set(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> SetObject {
    guard let set = args[0].asSet else { throw wrong(args[0], "set", method, vm) }
    return set
  }

  static func bytes(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> BytesObject {
    guard let bytes = args[0].asBytes else { throw wrong(args[0], "bytes", method, vm) }
    return bytes
  }

  static func integer(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> Integer {
    guard let integer = args[0].asInteger else { throw wrong(args[0], "int", method, vm) }
    return integer
  }

  static func float(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> Double {
    guard let float = args[0].asFloat else { throw wrong(args[0], "float", method, vm) }
    return float
  }

  static func range(_ args: Arguments, _ method: String, _ vm: VM) throws(ExceptionObject) -> RangeObject {
    guard case .object(let o) = args[0], let range = o as? RangeObject else {
      throw wrong(args[0], "range", method, vm)
    }
    return range
  }
}

extension Value {
  /// A set or frozenset, also one of a subclass.
  package var asSet: SetObject? {
    switch self {
    case .object(let o): o.family == .set ? unsafeDowncast(o, to: SetObject.self) : nil
    case .instance(let i): i.payload?.asSet
    default: nil
    }
  }
  package var asBytes: BytesObject? {
    switch self {
    case .object(let o): o as? BytesObject
    case .instance(let i): i.payload?.asBytes
    default: nil
    }
  }
  package var asRange: RangeObject? {
    if case .object(let o) = self { o as? RangeObject } else { nil }
  }
}
