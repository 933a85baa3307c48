import Language
import Tensor

/// `int.__add__`, `list.__getitem__` …: the special methods of built-in types as attributes, so that they can be named, found
/// by `hasattr` and called through `super()`. Dispatch skips them.
enum SlotWrappers {
  static func install() {
    let arithmetic: [BinaryOperator] = [.add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power]
    let bits: [BinaryOperator] = [.leftShift, .rightShift, .bitAnd, .bitOr, .bitXor]
    let sets: [BinaryOperator] = [.bitAnd, .bitOr, .bitXor, .subtract]
    for op in arithmetic + bits { binary(Types.int, op, reflected: true) }
    for op in arithmetic { binary(Types.float, op, reflected: true) }
    for type in [Types.set, Types.frozenset] {
      for op in sets { binary(type, op, reflected: true) }
    }
    for op in sets { inplace(Types.set, op) }
    for type in [Types.str, Types.list, Types.tuple, Types.bytes] {
      binary(type, .add, reflected: false)
      binary(type, .multiply, reflected: true)
    }
    inplace(Types.list, .add)
    inplace(Types.list, .multiply)
    binary(Types.str, .modulo, reflected: true)
    binary(Types.dict, .bitOr, reflected: true)
    inplace(Types.dict, .bitOr)
    binary(Types.type, .bitOr, reflected: true)
    numbers()
    containers()
  }

  private static func binary(_ type: TypeObject, _ op: BinaryOperator, reflected: Bool) {
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

  private static func numbers() {
    let unary: [(UnaryOperator, Symbol)] = [(.minus, Names.neg), (.plus, Names.pos), (.invert, Names.invert)]
    for type in [Types.int, Types.float] {
      for (op, name) in unary where !(type === Types.float && op == .invert) {
        ObjectModel.wrapper(type, "\(name.text)(self, /)") { (vm, args) throws(ExceptionObject) in
          try vm.unary(op, vm.plain(args[0]))
        }
      }
      ObjectModel.wrapper(type, "__bool__(self, /)") { (vm, args) throws(ExceptionObject) in
        .bool(try vm.isTrue(vm.plain(args[0])))
      }
      ObjectModel.wrapper(type, "__abs__(self, /)") { (vm, args) throws(ExceptionObject) in
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
    }
    ObjectModel.wrapper(Types.int, "__index__(self, /)", "", integer)
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

  private static func containers() {
    let sized: [TypeObject] = [
      Types.str, Types.list, Types.tuple, Types.dict, Types.set, Types.frozenset, Types.bytes, Types.range,
    ]
    for type in sized {
      ObjectModel.wrapper(type, "__len__(self, /)") { (vm, args) throws(ExceptionObject) in
        .int(try vm.length(vm.plain(args[0])))
      }
      ObjectModel.wrapper(type, "__contains__(self, key, /)") { (vm, args) throws(ExceptionObject) in
        .bool(try vm.contains(vm.plain(args[0]), args[1]))
      }
      ObjectModel.wrapper(type, "__iter__(self, /)") { (vm, args) throws(ExceptionObject) in
        try vm.iterator(vm.plain(args[0]))
      }
    }
    for type in sized where type !== Types.set && type !== Types.frozenset {
      ObjectModel.wrapper(type, "__getitem__(self, key, /)") { (vm, args) throws(ExceptionObject) in
        if type === Types.dict { return try vm.dictItem(args[0], args[1]) }
        return try vm.getItem(vm.plain(args[0]), args[1])
      }
    }
    for type in [Types.list, Types.dict] {
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
    Types.set.attributes.set(Names.hash, .none)
  }
}
