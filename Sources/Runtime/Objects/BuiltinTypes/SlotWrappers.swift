import BigInt
import Language
import Tensor

/// `int.__add__`, `list.__getitem__` …: the special methods of built-in types as attributes, so that they can be named, found
/// by `hasattr` and called through `super()`. Dispatch skips them.
package enum SlotWrappers {
  private static let arithmetic: [BinaryOperator] = [
    .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power,
  ]
  private static let bits: [BinaryOperator] = [.leftShift, .rightShift, .bitAnd, .bitOr, .bitXor]
  private static let sets: [BinaryOperator] = [.bitAnd, .bitOr, .bitXor, .subtract]

  static func install() {
    ObjectModel.whenUsed(Types.int) {
      for op in arithmetic + bits { binary(Types.int, op) }
      numbers(Types.int)
      ObjectModel.wrapper(Types.int, "__index__(self, /)", "", integer)
    }
    ObjectModel.whenUsed(Types.float) {
      for op in arithmetic { binary(Types.float, op) }
      numbers(Types.float)
    }
    for type in [Types.set, Types.frozenset] {
      ObjectModel.whenUsed(type) {
        for op in sets { binary(type, op) }
        container(type)
        guard type === Types.set else { return }
        for op in sets { inplace(type, op) }
        type.attributes.set(Names.hash, .none)
      }
    }
    for type in [Types.str, Types.tuple, Types.bytes, Types.list] {
      ObjectModel.whenUsed(type) {
        binary(type, .add, reflected: false)
        binary(type, .multiply)
        container(type)
        items(type)
      }
    }
    for type in [Types.str, Types.bytes] {
      ObjectModel.whenUsed(type) { binary(type, .modulo) }
    }
    ObjectModel.whenUsed(Types.list) {
      inplace(Types.list, .add)
      inplace(Types.list, .multiply)
      changes(Types.list)
    }
    ObjectModel.whenUsed(Types.dict) {
      binary(Types.dict, .bitOr)
      inplace(Types.dict, .bitOr)
      container(Types.dict)
      items(Types.dict)
      changes(Types.dict)
    }
    ObjectModel.whenUsed(Types.range) {
      container(Types.range)
      items(Types.range)
    }
    for type in [Types.dictKeys, Types.dictItems, Types.dictValues] {
      ObjectModel.whenUsed(type) {
        container(type, hasMembership: type !== Types.dictValues)
        guard type !== Types.dictValues else { return }
        for op in sets { binary(type, op) }
      }
    }
    ObjectModel.whenUsed(Types.type) { binary(Types.type, .bitOr) }
  }

  /// What a list has, for a sequence type of the library.
  package static func sequence(_ type: TypeObject) {
    ObjectModel.whenUsed(type) {
      binary(type, .add, reflected: false)
      binary(type, .multiply)
      inplace(type, .add)
      inplace(type, .multiply)
      container(type)
      items(type)
      changes(type)
    }
  }

  private static func binary(_ type: TypeObject, _ op: BinaryOperator, reflected: Bool = true) {
    let names = op.methodNames
    ObjectModel.wrapper(type, "\(names.forward.text)(self, value, /)") { (vm, args) throws(ExceptionObject) in
      guard allows(type, args[1]) else { return .notImplemented }
      return try vm.nativeBinary(op, args[0], args[1]) ?? .notImplemented
    }
    guard reflected else { return }
    ObjectModel.wrapper(type, "\(names.reflected.text)(self, value, /)") { (vm, args) throws(ExceptionObject) in
      guard allows(type, args[1]) else { return .notImplemented }
      return try vm.nativeBinary(op, args[1], args[0]) ?? .notImplemented
    }
  }

  /// An int's operators know ints, a float's know numbers; others look for themselves.
  private static func allows(_ type: TypeObject, _ other: Value) -> Bool {
    if type === Types.int { return other.asInteger != nil }
    if type === Types.float { return Number(other) != nil }
    return true
  }

  private static func inplace(_ type: TypeObject, _ op: BinaryOperator) {
    ObjectModel.wrapper(type, "\(op.methodNames.inplace.text)(self, value, /)") { (vm, args) throws(ExceptionObject) in
      let plain = vm.plain(args[0])
      let result = try vm.inplace(op, plain, args[1])
      return vm.isIdentical(result, plain) ? args[0] : result
    }
  }

  private static func numbers(_ type: TypeObject) {
    let unary: [(UnaryOperator, Symbol)] = [(.minus, Names.neg), (.plus, Names.pos), (.invert, Names.invert)]
    for (op, name) in unary where !(type === Types.float && op == .invert) {
      ObjectModel.wrapper(type, "\(name.text)(self, /)") { (vm, args) throws(ExceptionObject) in
        try vm.unary(op, vm.plain(args[0]))
      }
    }
    ObjectModel.wrapper(type, "__bool__(self, /)") { (vm, args) throws(ExceptionObject) in
      .bool(try vm.isTrue(vm.plain(args[0])))
    }
    ObjectModel.wrapper(type, "__abs__(self, /)") { (_, args) throws(ExceptionObject) in
      switch Number(args[0]) {
      case .int(let i)?: return i < 0 ? NumberArithmetic.negate(.int(i)) : .int(i)
      case .big(let b)?: return BigIntObject.make(b.sign == .minus ? -b : b)
      case .float(let d)?: return .float(d.magnitude)
      case nil: return .notImplemented
      }
    }
    ObjectModel.wrapper(type, "__float__(self, /)") { (_, args) throws(ExceptionObject) in
      guard let number = Number(args[0]) else { return .notImplemented }
      return .float(try number.double())
    }
    ObjectModel.wrapper(type, "__int__(self, /)", "", integer)
    ObjectModel.wrapper(type, "__trunc__(self, /)", "", integer)
    divmod(type, Names.divmod) { ($0, $1) }
    divmod(type, Names.rdivmod) { ($1, $0) }
    ObjectModel.wrapper(type, "__round__(self, ndigits=None, /)") { (vm, args) throws(ExceptionObject) in
      try Builtins.round(vm.plain(args[0]), args.given(1), vm)
    }
    for (name, rule) in [(Names.floor, FloatingPointRoundingRule.down), (Names.ceil, .up)] {
      ObjectModel.wrapper(type, "\(name.text)(self, /)") { (_, args) throws(ExceptionObject) in
        if let d = args[0].asFloat { return try NumberParsing.truncate(d.rounded(rule)).value }
        return args[0].asInteger?.value ?? .notImplemented
      }
    }
  }

  private static func divmod(_ type: TypeObject, _ name: Symbol, _ order: @escaping (Value, Value) -> (Value, Value)) {
    ObjectModel.wrapper(type, "\(name.text)(self, value, /)") { (vm, args) throws(ExceptionObject) in
      guard allows(type, args[1]) else { return .notImplemented }
      let (x, y) = order(args[0], args[1])
      guard let quotient = try vm.nativeBinary(.floorDivide, x, y), let rest = try vm.nativeBinary(.modulo, x, y) else {
        return .notImplemented
      }
      return .makeTuple([quotient, rest])
    }
  }

  private static func integer(_ vm: VM, _ args: Arguments) throws(ExceptionObject) -> Value {
    switch Number(args[0]) {
    case .int(let i)?: return .int(i)
    case .big(let b)?: return BigIntObject.make(b)
    case .float(let d)?:
      if d.isNaN { throw .value("cannot convert float NaN to integer") }
      if d.isInfinite { throw .overflow("cannot convert float infinity to integer") }
      return BigIntObject.make(Numbers.integer(d))
    case nil: return .notImplemented
    }
  }

  static func container(_ type: TypeObject, hasMembership: Bool = true) {
    ObjectModel.wrapper(type, "__len__(self, /)") { (vm, args) throws(ExceptionObject) in
      .int(try vm.length(vm.plain(args[0])))
    }
    ObjectModel.wrapper(type, "__iter__(self, /)") { (vm, args) throws(ExceptionObject) in
      try vm.iterator(vm.plain(args[0]))
    }
    guard hasMembership else { return }
    ObjectModel.wrapper(type, "__contains__(self, key, /)") { (vm, args) throws(ExceptionObject) in
      .bool(try vm.contains(vm.plain(args[0]), args[1]))
    }
  }

  static func items(_ type: TypeObject) {
    ObjectModel.wrapper(type, "__getitem__(self, key, /)") { (vm, args) throws(ExceptionObject) in
      if type === Types.dict { return try vm.dictItem(args[0], args[1]) }
      return try vm.getItem(vm.plain(args[0]), args[1])
    }
  }

  static func changes(_ type: TypeObject) {
    ObjectModel.wrapper(type, "__setitem__(self, key, value, /)") { (vm, args) throws(ExceptionObject) in
      try vm.setItem(vm.plain(args[0]), args[1], args[2])
      return .none
    }
    ObjectModel.wrapper(type, "__delitem__(self, key, /)") { (vm, args) throws(ExceptionObject) in
      try vm.deleteItem(vm.plain(args[0]), args[1])
      return .none
    }
    type.attributes.set(Names.hash, .none)
  }
}
