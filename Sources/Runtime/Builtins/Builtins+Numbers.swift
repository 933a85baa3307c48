import BigInt
import Language

extension Builtins {
  static func numbers(_ m: inout Members) {
    m.add("abs(x, /)", "The absolute value.") { (vm, args) throws(ExceptionObject) in
      switch args[0] {
      case .int(let i) where i != .min: return .int(Swift.abs(i))
      case .float(let d): return .float(d.magnitude)
      default: break
      }
      if vm.type(of: args[0]).ownMethod(Names.abs) != nil { return try vm.callMethod(args[0], Names.abs) }
      if let integer = args[0].asInteger { return BigIntObject.make(BigInt(integer.bigInt.magnitude)) }
      if let d = args[0].asFloat { return .float(d.magnitude) }
      throw .type("bad operand type for abs(): '\(vm.typeName(args[0]))'")
    }
    m.add("round(number, ndigits=None)", "Rounded to ndigits decimals, ties to even; to an int without ndigits.") {
      (vm, args) throws(ExceptionObject) in
      try round(args[0], args.given(1), vm)
    }
    m.add("divmod(x, y, /)", "The quotient x // y and the remainder x % y.") { (vm, args) throws(ExceptionObject) in
      for (value, name, other) in [(args[0], Names.divmod, args[1]), (args[1], Names.rdivmod, args[0])] {
        guard vm.type(of: value).ownMethod(name) != nil else { continue }
        let result = try vm.callMethod(value, name, [other])
        if case .notImplemented = result { continue }
        return result
      }
      guard Number(args[0]) != nil || args[0].object is Instance || isObject(args[0]),
        Number(args[1]) != nil || args[1].object is Instance || isObject(args[1])
      else {
        throw .type(
          "unsupported operand type(s) for divmod(): '\(vm.typeName(args[0]))' and '\(vm.typeName(args[1]))'")
      }
      if Number(args[0]).map({ $0.isFloat }) == true || Number(args[1]).map({ $0.isFloat }) == true,
        let y = Number(args[1]), try y.double() == 0
      {
        throw .zeroDivision("float divmod()")
      }
      return .makeTuple([
        try vm.binary(.floorDivide, args[0], args[1]), try vm.binary(.modulo, args[0], args[1]),
      ])
    }
    m.add("pow(base, exp, mod=None)", "base ** exp, or with mod (base ** exp) % mod for ints.") {
      (vm, args) throws(ExceptionObject) in
      guard let modulus = args.given(2) else { return try vm.binary(.power, args[0], args[1]) }
      guard let x = args[0].asInteger, let y = args[1].asInteger, let z = modulus.asInteger else {
        if args[0].asFloat != nil || args[1].asFloat != nil || modulus.asFloat != nil {
          throw .type("pow() 3rd argument not allowed unless all arguments are integers")
        }
        throw .type(
          "unsupported operand type(s) for ** or pow(): '\(vm.typeName(args[0]))', '\(vm.typeName(args[1]))', "
            + "'\(vm.typeName(modulus))'")
      }
      return try NumberArithmetic.power(x.bigInt, y.bigInt, modulo: z.bigInt)
    }
    m.add("bin(number, /)", "Binary digits with 0b.") { (vm, args) throws(ExceptionObject) in
      .text(try IntText.prefixed(vm.integer(args[0]), radix: 2, prefix: "0b"))
    }
    m.add("oct(number, /)", "Octal digits with 0o.") { (vm, args) throws(ExceptionObject) in
      .text(try IntText.prefixed(vm.integer(args[0]), radix: 8, prefix: "0o"))
    }
    m.add("hex(number, /)", "Hexadecimal digits with 0x.") { (vm, args) throws(ExceptionObject) in
      .text(try IntText.prefixed(vm.integer(args[0]), radix: 16, prefix: "0x"))
    }
  }

  private static func isObject(_ value: Value) -> Bool {
    if case .object(let o) = value { !(o is SetObject) && !(o is BytesObject) } else { false }
  }

  static func round(_ value: Value, _ digits: Value?, _ vm: VM) throws(ExceptionObject) -> Value {
    if vm.type(of: value).ownMethod(Names.round) != nil {
      return try vm.callMethod(value, Names.round, digits.map { [$0] } ?? [])
    }
    if let integer = value.asInteger {
      guard let digits else { return integer.value }
      return try Rounding.int(integer, digits: vm.integer(digits).clamped)
    }
    if let d = value.asFloat {
      guard let digits else { return try Rounding.toInt(d) }
      return .float(try Rounding.float(d, digits: vm.integer(digits).clamped))
    }
    throw .type("type \(vm.typeName(value)) doesn't define __round__ method")
  }
}
