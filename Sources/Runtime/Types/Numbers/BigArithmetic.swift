import BigInt
import CKernels

/// Products, quotients and what is made of them for large ints. The library's own take seconds for some hundred thousand digits,
/// and nothing can stop them; these look at the interrupt flag. Small ints are left to the library.
package enum BigArithmetic {
  /// Words from which on the library's way is left.
  private static let large = 32

  package static func multiply(_ x: BigInt, _ y: BigInt) throws(ExceptionObject) -> BigInt {
    BigInt(sign: x.sign == y.sign ? .plus : .minus, magnitude: try multiply(x.magnitude, y.magnitude))
  }

  package static func multiply(_ x: BigUInt, _ y: BigUInt) throws(ExceptionObject) -> BigUInt {
    let (n, m) = (x.words.count, y.words.count)
    if n * m < large * large { return x * y }
    let (a, b) = (Array(x.words), Array(y.words))
    var error: Int32 = 0
    let words = [UInt](unsafeUninitializedCapacity: n + m) { buffer, count in
      error = tnb_natural_multiply(buffer.baseAddress!, a, n, b, m)
      count = n + m
    }
    try check(error)
    return BigUInt(words: words)
  }

  /// Quotient and remainder, rounded to zero. `y` is not 0.
  package static func divide(
    _ x: BigInt, _ y: BigInt
  ) throws(ExceptionObject) -> (quotient: BigInt, remainder: BigInt) {
    let (q, r) = try divide(x.magnitude, y.magnitude)
    return (BigInt(sign: x.sign == y.sign ? .plus : .minus, magnitude: q), BigInt(sign: x.sign, magnitude: r))
  }

  package static func divide(
    _ x: BigUInt, _ y: BigUInt
  ) throws(ExceptionObject) -> (quotient: BigUInt, remainder: BigUInt) {
    let m = y.words.count
    if x.words.count < large || m < 2 { return x.quotientAndRemainder(dividingBy: y) }
    if x < y { return (0, x) }
    let shift = y.leadingZeroBitCount
    let v = Array((y << shift).words)
    var u = Array((x << shift).words)
    u.append(0)
    let n = u.count
    var error: Int32 = 0
    let q = [UInt](unsafeUninitializedCapacity: n - m) { buffer, count in
      error = tnb_natural_divide(buffer.baseAddress!, &u, n, v, m)
      count = n - m
    }
    try check(error)
    return (BigUInt(words: q), BigUInt(words: Array(u[..<m])) >> shift)
  }

  private static func check(_ error: Int32) throws(ExceptionObject) {
    if Int(error) == tnb_interrupted { throw Interrupts.take() }
    if error != 0 { throw .memory() }
  }

  // MARK: Powers

  package static func power(_ x: BigInt, _ exponent: Int) throws(ExceptionObject) -> BigInt {
    if exponent <= 0 { return x.power(0) }
    var result = x
    // The bits below the highest one.
    for bit in stride(from: Int.bitWidth - 2 - exponent.leadingZeroBitCount, through: 0, by: -1) {
      result = try multiply(result, result)
      if exponent >> bit & 1 == 1 { result = try multiply(result, x) }
    }
    return result
  }

  /// `x ** exponent % modulus` for x in 0..<modulus.
  package static func power(
    _ x: BigUInt, _ exponent: BigUInt, modulo modulus: BigUInt
  ) throws(ExceptionObject) -> BigUInt {
    if modulus == 1 { return 0 }
    var result = BigUInt(1)
    for bit in stride(from: exponent.bitWidth - 1, through: 0, by: -1) {
      try Interrupts.check()
      result = try divide(multiply(result, result), modulus).remainder
      if exponent[bitAt: bit] { result = try divide(multiply(result, x), modulus).remainder }
    }
    return result
  }

  /// The y with `x * y % modulus == 1`; nil where there is none. x is in 0..<modulus.
  package static func inverse(_ x: BigUInt, modulo modulus: BigUInt) throws(ExceptionObject) -> BigUInt? {
    if modulus == 1 { return 0 }
    var (a, b) = (BigInt(x), BigInt(modulus))
    // a ≡ s · x and b ≡ t · x, always.
    var (s, t) = (BigInt(1), BigInt(0))
    while !b.isZero {
      try Interrupts.check()
      let (q, r) = try divide(a, b)
      (a, b) = (b, r)
      (s, t) = (t, try s - multiply(q, t))
    }
    if a != 1 { return nil }
    return s.sign == .minus ? (s + BigInt(modulus)).magnitude : s.magnitude
  }

  // MARK: Divisors and roots

  package static func greatestCommonDivisor(_ x: BigUInt, _ y: BigUInt) throws(ExceptionObject) -> BigUInt {
    var (a, b) = x < y ? (y, x) : (x, y)
    while !b.isZero {
      if a.words.count < large { return a.greatestCommonDivisor(with: b) }
      try Interrupts.check()
      (a, b) = (b, try divide(a, b).remainder)
    }
    return a
  }

  /// The integer part of the root, by Newton's way from above.
  package static func squareRoot(_ x: BigUInt) throws(ExceptionObject) -> BigUInt {
    if x.words.count < large { return x.squareRoot() }
    // Half of the digits first: the start is then good in as many bits, and one or two steps do.
    let shift = x.bitWidth / 4 & ~1
    var root = try (squareRoot(x >> (2 * shift)) + 1) << shift
    while true {
      let next = try (root + divide(x, root).quotient) >> 1
      if next >= root { return root }
      root = next
    }
  }

  // MARK: Text

  /// The largest power of ten in a word.
  private static let wordDigits = 19
  private static let wordPower: UInt = 10_000_000_000_000_000_000

  package static func decimal(_ value: BigInt) throws(ExceptionObject) -> String {
    var words = Array(value.magnitude.words)
    if words.count < large { return value.description }
    var parts: [UInt] = []
    var count = words.count
    while count > 0 {
      try Interrupts.check()
      parts.append(tnb_natural_divide_word(&words, count, wordPower))
      while count > 0 && words[count - 1] == 0 { count -= 1 }
    }
    var text = value.sign == .minus ? "-" : ""
    text += String(parts[parts.count - 1])
    for part in parts.dropLast().reversed() {
      let digits = String(part)
      text += String(repeating: "0", count: wordDigits - digits.utf8.count) + digits
    }
    return text
  }

  /// The number that ASCII digits stand for.
  package static func parse(decimal digits: ArraySlice<UInt8>) throws(ExceptionObject) -> BigUInt {
    if digits.count <= wordDigits {
      return BigUInt(digits.reduce(UInt(0)) { $0 * 10 + UInt($1 - UInt8(ascii: "0")) })
    }
    try Interrupts.check()
    // Halves, the lower one of 19 · 2ⁿ digits, so that the powers of ten are few.
    var low = wordDigits
    while low * 2 < digits.count { low *= 2 }
    let middle = digits.endIndex - low
    let high = try parse(decimal: digits[..<middle])
    let power = try self.power(BigInt(10), low).magnitude
    return try multiply(high, power) + parse(decimal: digits[middle...])
  }
}
