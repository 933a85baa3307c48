import BigInt
import Glibc
import Runtime

/// `math`.
enum MathModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("math", "Mathematical functions of numbers.")
    m.set("pi", .float(.pi))
    m.set("e", .float(M_E))
    m.set("tau", .float(2 * .pi))
    m.set("inf", .float(.infinity))
    m.set("nan", .float(.nan))
    addFunctions(m)
    addRounding(m)
    addParts(m)
    addIntegers(m)
    addSeveral(m)
    return m.module
  }

  static var domain: ExceptionObject { .value("math domain error") }
  static var range: ExceptionObject { .overflow("math range error") }

  /// NaN from a number, or infinity from a finite one, is an error as CPython has it.
  private static func check(_ result: Double, _ x: Double, canOverflow: Bool) throws(ExceptionObject) -> Value {
    if result.isNaN && !x.isNaN { throw domain }
    if result.isInfinite && x.isFinite { throw canOverflow ? range : domain }
    return .float(result)
  }

  private static func unary(
    _ m: ModuleBuilder, _ name: String, _ doc: String, canOverflow: Bool = false, _ f: @escaping (Double) -> Double
  ) {
    m.add("\(name)(x, /)", doc) { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      return try check(f(x), x, canOverflow: canOverflow)
    }
  }

  private static func addFunctions(_ m: ModuleBuilder) {
    unary(m, "sqrt", "The square root.") { $0.squareRoot() }
    unary(m, "cbrt", "The cube root.", cbrt)
    unary(m, "exp", "e to the power x.", canOverflow: true, exp)
    unary(m, "exp2", "2 to the power x.", canOverflow: true, exp2)
    unary(m, "expm1", "exp(x) - 1, exact for small x.", canOverflow: true, expm1)
    unary(m, "log1p", "The natural logarithm of 1 + x, exact for small x.", log1p)
    unary(m, "sin", "The sine of x in radians.", sin)
    unary(m, "cos", "The cosine of x in radians.", cos)
    unary(m, "tan", "The tangent of x in radians.", tan)
    unary(m, "asin", "The arc sine in radians.", asin)
    unary(m, "acos", "The arc cosine in radians.", acos)
    unary(m, "atan", "The arc tangent in radians.", atan)
    unary(m, "sinh", "The hyperbolic sine.", canOverflow: true, sinh)
    unary(m, "cosh", "The hyperbolic cosine.", canOverflow: true, cosh)
    unary(m, "tanh", "The hyperbolic tangent.", tanh)
    unary(m, "asinh", "The inverse hyperbolic sine.", asinh)
    unary(m, "acosh", "The inverse hyperbolic cosine.", acosh)
    unary(m, "atanh", "The inverse hyperbolic tangent.", atanh)
    unary(m, "erf", "The error function.", erf)
    unary(m, "erfc", "The complementary error function.", erfc)
    unary(m, "fabs", "The absolute value as a float.") { $0.magnitude }
    unary(m, "degrees", "Radians to degrees.") { $0 * (180 / .pi) }
    unary(m, "radians", "Degrees to radians.") { $0 * (.pi / 180) }
    m.add("gamma(x, /)", "The gamma function.") { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      if x == 0 || (x < 0 && x == x.rounded()) || x == -.infinity { throw domain }
      let result = Gamma.gamma(x)
      if result.isInfinite && x.isFinite { throw range }
      return .float(result)
    }
    m.add("lgamma(x, /)", "The natural logarithm of the gamma function's absolute value.") {
      (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      if x.isFinite && x <= 0 && x == x.rounded() { throw domain }
      let result = Gamma.logGamma(x)
      if result.isInfinite && x.isFinite { throw range }
      return .float(result)
    }
    m.add("log(x, base=e, /)", "The logarithm of x to a base, natural without one.") {
      (vm, args) throws(ExceptionObject) in
      let numerator = try logarithm(args[0], vm, Glibc.log)
      guard args.has(1) else { return .float(numerator) }
      let denominator = try logarithm(args[1], vm, Glibc.log)
      if denominator == 0 { throw .zeroDivision("float division by zero") }
      return .float(numerator / denominator)
    }
    m.add("log2(x, /)", "The logarithm to base 2.") { (vm, args) throws(ExceptionObject) in
      .float(try logarithm(args[0], vm, Glibc.log2))
    }
    m.add("log10(x, /)", "The logarithm to base 10.") { (vm, args) throws(ExceptionObject) in
      .float(try logarithm(args[0], vm, Glibc.log10))
    }
  }

  /// Also of ints past a double's range: x = m × 2^e.
  private static func logarithm(
    _ value: Value, _ vm: VM, _ f: (Double) -> Double
  ) throws(ExceptionObject) -> Double {
    if case .big(let b)? = value.asInteger {
      if b.sign == .minus { throw domain }
      let shift = b.magnitude.bitWidth - 64
      let top = Numbers.double(b >> shift)
      return f(top) + f(2) * Double(shift)
    }
    let x = try vm.double(value)
    if x.isNaN { return x }
    if x <= 0 { throw domain }
    return f(x)
  }

  /// `floor`, `ceil` and `trunc`: an int, of ints themselves, of others by their method.
  private static func rounding(
    _ m: ModuleBuilder, _ name: String, _ method: Symbol, _ doc: String, _ rule: FloatingPointRoundingRule
  ) {
    m.add("\(name)(x, /)", doc) { (vm, args) throws(ExceptionObject) in
      if case .float(let d) = args[0] { return try NumberParsing.truncate(d.rounded(rule)).value }
      if vm.type(of: args[0]).ownMethod(method) != nil { return try vm.callMethod(args[0], method) }
      if let integer = args[0].asInteger { return integer.value }
      if name == "trunc", args[0].asFloat == nil {
        throw .type("type \(vm.typeName(args[0])) doesn't define __trunc__ method")
      }
      return try NumberParsing.truncate(vm.double(args[0]).rounded(rule)).value
    }
  }

  private static func addRounding(_ m: ModuleBuilder) {
    rounding(m, "floor", Names.floor, "The greatest int not above x.", .down)
    rounding(m, "ceil", Names.ceil, "The least int not below x.", .up)
    rounding(m, "trunc", Names.trunc, "The int nearest to 0 from x.", .towardZero)
    m.add("isnan(x, /)", "Whether x is not a number.") { (vm, args) throws(ExceptionObject) in
      .bool(try vm.double(args[0]).isNaN)
    }
    m.add("isinf(x, /)", "Whether x is infinite.") { (vm, args) throws(ExceptionObject) in
      .bool(try vm.double(args[0]).isInfinite)
    }
    m.add("isfinite(x, /)", "Whether x is neither infinite nor NaN.") { (vm, args) throws(ExceptionObject) in
      .bool(try vm.double(args[0]).isFinite)
    }
    m.add("isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", "Whether a and b are close to each other.") {
      (vm, args) throws(ExceptionObject) in
      let a = try vm.double(args[0])
      let b = try vm.double(args[1])
      let relative = args.has(2) ? try vm.double(args[2]) : 1e-9
      let absolute = args.has(3) ? try vm.double(args[3]) : 0
      if relative < 0 || absolute < 0 { throw .value("tolerances must be non-negative") }
      if a == b { return .bool(true) }
      if a.isInfinite || b.isInfinite { return .bool(false) }
      let difference = (b - a).magnitude
      return .bool(
        difference <= (relative * b).magnitude || difference <= (relative * a).magnitude || difference <= absolute)
    }
  }

  private static func addParts(_ m: ModuleBuilder) {
    m.add("frexp(x, /)", "x = m * 2**e as (m, e) with 0.5 <= abs(m) < 1.") { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      if x == 0 || !x.isFinite { return .makeTuple([.float(x), .int(0)]) }
      var e: Int32 = 0
      let mantissa = Glibc.frexp(x, &e)
      return .makeTuple([.float(mantissa), .int(Int(e))])
    }
    m.add("ldexp(x, i, /)", "x * 2**i.") { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      guard let i = try vm.index(args[1])?.clamped else { throw .type("Expected an int as second argument to ldexp.") }
      let result = Glibc.ldexp(x, Int32(clamping: i))
      if result.isInfinite && x.isFinite { throw range }
      return .float(result)
    }
    m.add("modf(x, /)", "The fractional and the whole part, both with the sign of x.") {
      (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      if x.isInfinite { return .makeTuple([.float(x < 0 ? -0.0 : 0.0), .float(x)]) }
      let whole = x.rounded(.towardZero)
      return .makeTuple([.float(Glibc.copysign(x - whole, x)), .float(whole)])
    }
    m.add("fmod(x, y, /)", "The remainder of x / y with the sign of x.") { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      let y = try vm.double(args[1])
      let result = Glibc.fmod(x, y)
      if result.isNaN && !x.isNaN && !y.isNaN { throw domain }
      return .float(result)
    }
    m.add("remainder(x, y, /)", "The difference between x and the nearest multiple of y.") {
      (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      let y = try vm.double(args[1])
      let result = Glibc.remainder(x, y)
      if result.isNaN && !x.isNaN && !y.isNaN { throw domain }
      return .float(result)
    }
    m.add("copysign(x, y, /)", "The magnitude of x with the sign of y.") { (vm, args) throws(ExceptionObject) in
      .float(Glibc.copysign(try vm.double(args[0]), try vm.double(args[1])))
    }
    m.add("nextafter(x, y, /)", "The float next to x in the direction of y.") { (vm, args) throws(ExceptionObject) in
      .float(Glibc.nextafter(try vm.double(args[0]), try vm.double(args[1])))
    }
    m.add("ulp(x, /)", "The value of the lowest bit of x.") { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0]).magnitude
      return .float(x.isFinite ? x.ulp : x)
    }
    m.add("atan2(y, x, /)", "The arc tangent of y / x in the right quadrant.") { (vm, args) throws(ExceptionObject) in
      .float(Glibc.atan2(try vm.double(args[0]), try vm.double(args[1])))
    }
    m.add("pow(x, y, /)", "x to the power y as a float.") { (vm, args) throws(ExceptionObject) in
      let x = try vm.double(args[0])
      let y = try vm.double(args[1])
      let result = Glibc.pow(x, y)
      if x.isFinite && y.isFinite {
        if result.isNaN { throw domain }
        if result.isInfinite { throw x == 0 ? domain : range }
      }
      return .float(result)
    }
  }
}
