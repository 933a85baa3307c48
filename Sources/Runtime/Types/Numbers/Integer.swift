import BigInt

/// An int of either form, taken out of a value.
package enum Integer {
  case small(Int)
  case big(BigInt)

  /// The nearest 64-bit value.
  package var clamped: Int {
    switch self {
    case .small(let i): i
    case .big(let b): b.sign == .minus ? Int.min : Int.max
    }
  }
  /// Nil when it does not fit.
  package var int: Int? {
    if case .small(let i) = self { i } else { nil }
  }
  package var bigInt: BigInt {
    switch self {
    case .small(let i): BigInt(i)
    case .big(let b): b
    }
  }
  package var value: Value {
    switch self {
    case .small(let i): .int(i)
    case .big(let b): BigIntObject.make(b)
    }
  }
}

extension Value {
  /// An int or bool, also an instance of a subclass; nil for everything else (`__index__` is `vm.index`).
  package var asInteger: Integer? {
    switch self {
    case .int(let i): .small(i)
    case .bool(let b): .small(b ? 1 : 0)
    case .object(let o): (o as? BigIntObject).map { .big($0.value) }
    case .instance(let i): i.payload?.asInteger
    default: nil
    }
  }

  /// A float, also an instance of a subclass; nil for everything else.
  package var asFloat: Double? {
    switch self {
    case .float(let d): d
    case .instance(let i): i.payload?.asFloat
    default: nil
    }
  }
}

extension VM {
  /// The int a value stands for as an index: ints, bools and what has `__index__`; nil for other types.
  package func index(_ value: Value) throws(ExceptionObject) -> Integer? {
    if let integer = value.asInteger { return integer }
    switch value {
    case .unbound, .none, .notImplemented, .ellipsis, .float, .str, .list, .tuple, .dict, .function: return nil
    case .bool, .int, .tensor, .instance, .object: break
    }
    guard type(of: value).lookup(Names.index) != nil else { return nil }
    let result = try callMethod(value, Names.index)
    guard let integer = result.asInteger else {
      throw .type("__index__ returned non-int (type \(typeName(result)))")
    }
    return integer
  }

  /// The int of an argument that must be one: TypeError "'str' object cannot be interpreted as an integer".
  package func integer(_ value: Value) throws(ExceptionObject) -> Integer {
    if case .int(let i) = value { return .small(i) }
    if let integer = try index(value) { return integer }
    throw .type("'\(typeName(value))' object cannot be interpreted as an integer")
  }

  /// As `integer`, within 64 bits: else OverflowError.
  package func int(_ value: Value) throws(ExceptionObject) -> Int {
    if case .int(let i) = value { return i }
    guard let small = try integer(value).int else {
      throw .overflow("Python int too large to convert to C ssize_t")
    }
    return small
  }

  /// A number as a Double: floats, ints, and what has `__float__` or `__index__`. TypeError "must be real number, not str".
  package func double(_ value: Value) throws(ExceptionObject) -> Double {
    switch value {
    case .float(let d): return d
    case .int(let i): return Double(i)
    default: break
    }
    if let d = value.asFloat { return d }
    if let integer = value.asInteger { return try NumberParsing.double(integer) }
    if value.object != nil || value.asTensor != nil {
      if type(of: value).lookup(Names.float) != nil {
        let result = try callMethod(value, Names.float)
        if let d = result.asFloat { return d }
        throw .type("\(typeName(value)).__float__ returned non-float (type \(typeName(result)))")
      }
      if let integer = try index(value) { return try NumberParsing.double(integer) }
    }
    throw .type("must be real number, not \(typeName(value))")
  }

}
