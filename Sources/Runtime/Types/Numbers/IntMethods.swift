import BigInt
import Tensor

/// Methods of `int`, which bool inherits.
enum IntMethods {
  static func members() -> [NativeFunction] {
    Members.list { m in
      m.add("bit_length(self, /)", "Bits needed for the magnitude.") { (vm, args) throws(ExceptionObject) in
        switch try Receiver.integer(args, "bit_length", vm) {
        case .small(let i): return .int(Int.bitWidth - i.magnitude.leadingZeroBitCount)
        case .big(let b): return .int(b.magnitude.bitWidth)
        }
      }
      m.add("bit_count(self, /)", "Ones in the magnitude's binary digits.") { (vm, args) throws(ExceptionObject) in
        switch try Receiver.integer(args, "bit_count", vm) {
        case .small(let i): return .int(i.magnitude.nonzeroBitCount)
        case .big(let b): return .int(b.magnitude.words.reduce(0) { $0 + $1.nonzeroBitCount })
        }
      }
      m.add("as_integer_ratio(self, /)", "The int and 1.") { (vm, args) throws(ExceptionObject) in
        .makeTuple([try Receiver.integer(args, "as_integer_ratio", vm).value, .int(1)])
      }
      m.add("conjugate(self, /)", "The int itself.") { (vm, args) throws(ExceptionObject) in
        try Receiver.integer(args, "conjugate", vm).value
      }
      m.add("is_integer(self, /)", "True.") { (vm, args) throws(ExceptionObject) in .bool(true) }
      m.add("to_bytes(self, /, length=1, byteorder='big', *, signed=False)", "The int as bytes.") {
        (vm, args) throws(ExceptionObject) in
        let value = try Receiver.integer(args, "to_bytes", vm)
        let length = args.has(1) ? try vm.int(args[1]) : 1
        let signed = args.has(3) ? try vm.isTrue(args[3]) : false
        let little = try isLittle(args[2], vm)
        return .object(BytesObject(try bytes(value, length, little: little, signed: signed)))
      }
      m.add("from_bytes(bytes, byteorder='big', *, signed=False)", "The int that bytes stand for.") {
        (vm, args) throws(ExceptionObject) in
        var bytes: [UInt8]
        if let given = args[0].asBytes { bytes = given.bytes } else { bytes = try BytesMethods.collect(args[0], vm) }
        if try isLittle(args[1], vm) { bytes.reverse() }
        let signed = args.has(2) ? try vm.isTrue(args[2]) : false
        return value(bytes, signed: signed)
      }
    }
  }

  static func properties() -> [NativeProperty] {
    func own(_ value: Value) -> Value { value.asInteger?.value ?? .int(0) }
    return [
      NativeProperty("real", "The int itself.") { (vm, value) throws(ExceptionObject) in own(value) },
      NativeProperty("imag", "0.") { (vm, value) throws(ExceptionObject) in .int(0) },
      NativeProperty("numerator", "The int itself.") { (vm, value) throws(ExceptionObject) in own(value) },
      NativeProperty("denominator", "1.") { (vm, value) throws(ExceptionObject) in .int(1) },
    ]
  }

  private static func isLittle(_ order: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    if order.isUnbound { return false }
    switch order.string {
    case "little": return true
    case "big": return false
    case nil: throw .type("byteorder must be str, not \(vm.typeName(order))")
    default: throw .value("byteorder must be either 'little' or 'big'")
    }
  }

  private static func bytes(
    _ value: Integer, _ length: Int, little: Bool, signed: Bool
  ) throws(ExceptionObject) -> [UInt8] {
    if length < 0 { throw .value("length argument must be non-negative") }
    let big = value.bigInt
    let negative = big.sign == .minus && !big.isZero
    if negative && !signed { throw .overflow("can't convert negative int to unsigned") }
    // In two's complement -n needs as many bits as n - 1.
    let bits = (negative ? big.magnitude - 1 : big.magnitude).bitWidth + (signed ? 1 : 0)
    if bits > length.multipliedReportingOverflow(by: 8).partialValue && !(big.isZero && length == 0) {
      throw .overflow("int too big to convert")
    }
    try Capacity.check(length, stride: 1)
    var out = [UInt8](repeating: 0, count: length)
    var rest = negative ? (BigUInt(1) << (8 * length)) - big.magnitude : big.magnitude
    for i in stride(from: length - 1, through: 0, by: -1) {
      out[i] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
    }
    if little { out.reverse() }
    return out
  }

  private static func value(_ bytes: [UInt8], signed: Bool) -> Value {
    var magnitude = BigUInt(0)
    for b in bytes { magnitude = magnitude << 8 | BigUInt(b) }
    var result = BigInt(magnitude)
    if signed, let first = bytes.first, first & 0x80 != 0 { result -= BigInt(1) << (8 * bytes.count) }
    return BigIntObject.make(result)
  }

  static let constructor = NativeFunction(
    "int(x=0, /, base=10)", "A whole number from a number, cut towards zero, or from digits in a base."
  ) { (vm, args) throws(ExceptionObject) in
    guard args.has(1) else {
      if !args.has(0) { return .int(0) }
      return try convert(args[0], vm)
    }
    guard args.has(0) else { throw .type("int() missing string argument") }
    let base = try vm.integer(args[1]).clamped
    guard base == 0 || (2...36).contains(base) else { throw .value("int() base must be >= 2 and <= 36, or 0") }
    if let text = args[0].asStr { return try NumberParsing.int(text, base: base, shown: StrMethods.repr(text)) }
    if let bytes = args[0].asBytes {
      return try NumberParsing.int(Str(bytes.bytes.map { Unicode.Scalar($0) }), base: base, shown: bytes.text)
    }
    throw .type("int() can't convert non-string with explicit base")
  }

  /// `int(value)`.
  static func convert(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    switch value {
    case .int: return value
    case .float(let d): return try NumberParsing.truncate(d).value
    case .bool(let b): return .int(b ? 1 : 0)
    case .str(let s): return try NumberParsing.int(s, base: 10, shown: StrMethods.repr(s))
    default: break
    }
    if vm.type(of: value).ownMethod(Names.int) != nil {
      let result = try vm.callMethod(value, Names.int)
      if let integer = result.asInteger { return integer.value }
      throw .type("__int__ returned non-int (type \(vm.typeName(result)))")
    }
    if let integer = value.asInteger { return integer.value }
    if let d = value.asFloat { return try NumberParsing.truncate(d).value }
    if let integer = try NumberParsing.viaIntMethods(value, vm) { return integer.value }
    if let text = value.asStr { return try NumberParsing.int(text, base: 10, shown: StrMethods.repr(text)) }
    if let bytes = value.asBytes {
      return try NumberParsing.int(Str(bytes.bytes.map { Unicode.Scalar($0) }), base: 10, shown: bytes.text)
    }
    throw .type(
      "int() argument must be a string, a bytes-like object or a real number, not '\(vm.typeName(value))'")
  }

  static let boolConstructor = NativeFunction("bool(x=False, /)", "Whether x counts as true.") {
    (vm, args) throws(ExceptionObject) in
    .bool(args.has(0) ? try vm.isTrue(args[0]) : false)
  }
}
