import BigInt
import Glibc

/// Methods of `float`.
enum FloatMethods {
  static func members() -> [NativeFunction] {
    Members.list { m in
      m.add("is_integer(self, /)", "Whether the float has no fractional part.") { (vm, args) throws(ExceptionObject) in
        let d = try Receiver.float(args, "is_integer", vm)
        return .bool(d.isFinite && d == d.rounded(.towardZero))
      }
      m.add("as_integer_ratio(self, /)", "Numerator and positive denominator that give the float exactly.") {
        (vm, args) throws(ExceptionObject) in
        try ratio(Receiver.float(args, "as_integer_ratio", vm))
      }
      m.add("conjugate(self, /)", "The float itself.") { (vm, args) throws(ExceptionObject) in
        .float(try Receiver.float(args, "conjugate", vm))
      }
      m.add("hex(self, /)", "The float in hexadecimal.") { (vm, args) throws(ExceptionObject) in
        .text(hex(try Receiver.float(args, "hex", vm)))
      }
      m.add("fromhex(string, /)", "The float that a hexadecimal text stands for.") {
        (vm, args) throws(ExceptionObject) in
        guard let text = args[0].string else { throw .type("fromhex() argument must be str") }
        return .float(try fromHex(text))
      }
    }
  }

  static func properties() -> [NativeProperty] {
    [
      NativeProperty("real", "The float itself.") { (vm, value) throws(ExceptionObject) in .float(value.asFloat ?? 0) },
      NativeProperty("imag", "0.0.") { (vm, value) throws(ExceptionObject) in .float(0) },
    ]
  }

  static func ratio(_ d: Double) throws(ExceptionObject) -> Value {
    if d.isNaN { throw .value("cannot convert NaN to integer ratio") }
    if d.isInfinite { throw .overflow("cannot convert Infinity to integer ratio") }
    if d == 0 { return .makeTuple([.int(0), .int(1)]) }
    var exponent = Int(d.exponent) - 52
    var significand = BigInt(Int(scalbn(d.magnitude, Int32(-exponent))))
    while significand.magnitude[bitAt: 0] == false {
      significand >>= 1
      exponent += 1
    }
    let numerator = exponent > 0 ? significand << exponent : significand
    let denominator = exponent < 0 ? BigInt(1) << -exponent : BigInt(1)
    return .makeTuple([BigIntObject.make(d < 0 ? -numerator : numerator), BigIntObject.make(denominator)])
  }

  private static func hex(_ d: Double) -> String {
    if let text = FloatText.special(d) { return text }
    let sign = d.sign == .minus ? "-" : ""
    if d == 0 { return sign + "0x0.0p+0" }
    var digits = String(d.significandBitPattern, radix: 16)
    digits = String(repeating: "0", count: 13 - digits.utf8.count) + digits
    let exponent = d.isSubnormal ? -1022 : Int(d.exponent)
    return "\(sign)0x\(d.isSubnormal ? 0 : 1).\(digits)p\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
  }

  private static func fromHex(_ text: String) throws(ExceptionObject) -> Double {
    let invalid = ExceptionObject.value("invalid hexadecimal floating-point string")
    var body = text.lowercased()
    while let c = body.first, c.isWhitespace { body.removeFirst() }
    while let c = body.last, c.isWhitespace { body.removeLast() }
    var negative = false
    if body.hasPrefix("-") || body.hasPrefix("+") {
      negative = body.hasPrefix("-")
      body.removeFirst()
    }
    switch body {
    case "inf", "infinity": return negative ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    if body.hasPrefix("0x") { body.removeFirst(2) }
    let halves = body.split(separator: "p", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = halves[0].utf8.filter { $0 != UInt8(ascii: ".") }
    let points = halves[0].utf8.count - digits.count
    guard !digits.isEmpty, points <= 1, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
      throw invalid
    }
    if halves.count > 1, Int(halves[1]) == nil { throw invalid }
    let whole = "0x\(halves[0])p\(halves.count > 1 ? String(halves[1]) : "0")"
    let value = strtod(whole, nil)
    if value.isInfinite { throw .overflow("hexadecimal value too large to represent as a float") }
    return negative ? -value : value
  }

  private nonisolated(unsafe) static var nanCount: UInt64 = 0

  /// A NaN of its own: floats have no identity but their bits, and each `float('nan')` is equal to itself alone. The bits
  /// that tell it apart are those that a conversion to 32 bits drops.
  private static func freshNaN() -> Double {
    nanCount &+= 1
    return Double(bitPattern: Double.nan.bitPattern | (nanCount & Double.nanIdentity))
  }

  static let constructor = NativeFunction("float(x=0, /)", "A floating point number from a number or text.") {
    (vm, args) throws(ExceptionObject) in
    if !args.has(0) { return .float(0) }
    switch args[0] {
    case .float: return args[0]
    case .int(let i): return .float(Double(i))
    default: break
    }
    if vm.type(of: args[0]).ownMethod(Names.float) == nil {
      let text: Str?
      if let bytes = args[0].asBytes {
        text = Str(bytes.bytes.map { Unicode.Scalar($0) })
      } else {
        text = args[0].asStr
      }
      if let text {
        guard let d = NumberParsing.float(text) else {
          throw .value("could not convert string to float: \(try vm.repr(args[0]))")
        }
        return .float(d.isNaN ? freshNaN() : d)
      }
    }
    do throws(ExceptionObject) {
      return .float(try vm.double(args[0]))
    } catch {
      guard error.type === Types.typeError, vm.type(of: args[0]).ownMethod(Names.float) == nil else { throw error }
      throw .type("float() argument must be a string or a real number, not '\(vm.typeName(args[0]))'")
    }
  }
}

extension Double {
  /// The bits of a NaN that say which `float('nan')` it is.
  fileprivate static let nanIdentity: UInt64 = 0xFFF_FFFF

  /// Its bits; of a NaN those that every NaN of its kind has.
  package var plainBits: UInt64 { isNaN ? bitPattern & ~Double.nanIdentity : bitPattern }
}
