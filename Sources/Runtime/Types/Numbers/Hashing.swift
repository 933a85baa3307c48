import BigInt

/// Hash values as CPython computes them, so that sets of numbers and tuples iterate in the same order; strings' are our own
/// (CPython's are salted, so no program can rely on them).
package enum Hashing {
  /// 2^61 - 1, the modulus of numbers' hashes.
  static let modulus: UInt = (1 << 61) - 1

  /// The value modulo 2^61 - 1 with the sign kept; -1 is reserved and becomes -2.
  @inline(__always) package static func int(_ value: Int) -> Int {
    let magnitude = value.magnitude
    if magnitude < modulus { return value == -1 ? -2 : value }
    let reduced = Int(bitPattern: magnitude % modulus)
    let signed = value < 0 ? -reduced : reduced
    return signed == -1 ? -2 : signed
  }

  package static func bigInt(_ value: BigInt) -> Int {
    let reduced = Int(value.magnitude % BigUInt(modulus))
    let signed = value.sign == .minus ? -reduced : reduced
    return signed == -1 ? -2 : signed
  }

  /// Equal to the hash of the int with the same value; 314159 for infinity.
  package static func float(_ value: Double) -> Int {
    if let whole = Int(exactly: value) { return int(whole) }
    if value.isInfinite { return value > 0 ? 314159 : -314159 }
    if value.isNaN { return 0 }
    // value = 0.m × 2^e, reduced 28 bits at a time (Objects/longobject.c's _Py_HashDouble).
    var mantissa = value.magnitude.significand / 2
    var exponent = Int(value.magnitude.exponent) + 1
    var x: UInt = 0
    while mantissa != 0 {
      x = ((x << 28) & modulus) | (x >> 33)
      mantissa *= 268_435_456
      exponent -= 28
      let digit = UInt(mantissa)
      mantissa -= Double(digit)
      x += digit
      if x >= modulus { x -= modulus }
    }
    let turn = exponent >= 0 ? exponent % 61 : 60 - ((-1 - exponent) % 61)
    x = ((x << UInt(turn)) & modulus) | (x >> UInt(61 - turn))
    let signed = value < 0 ? -Int(x) : Int(x)
    return signed == -1 ? -2 : signed
  }

  /// The hash of a string, kept in it.
  @inline(__always) package static func str(_ text: Str) -> Int {
    if text.cachedHash != 0 { return text.cachedHash }
    let hash = text.bytes.withUnsafeBytes { bytes($0) }
    text.cachedHash = hash
    return hash
  }

  /// Never 0 or -1.
  package static func bytes(_ data: UnsafeRawBufferPointer) -> Int {
    var state: UInt = 0x9E37_79B9_7F4A_7C15 ^ UInt(data.count)
    var i = 0
    while i + 8 <= data.count {
      state = mix(state ^ data.loadUnaligned(fromByteOffset: i, as: UInt.self))
      i += 8
    }
    var rest: UInt = 0
    while i < data.count {
      rest = rest << 8 | UInt(data[i])
      i += 1
    }
    let hash = Int(bitPattern: mix(state ^ rest))
    return hash == 0 || hash == -1 ? 77 : hash
  }

  @inline(__always) private static func mix(_ x: UInt) -> UInt {
    let product = x.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// Of a tuple, from its items' hashes (xxHash's lanes, as Objects/tupleobject.c).
  package static func tuple(_ hashes: [Int]) -> Int {
    var acc: UInt = 2_870_177_450_012_600_261
    for hash in hashes {
      acc &+= UInt(bitPattern: hash) &* 14_029_467_366_897_019_727
      acc = (acc << 31) | (acc >> 33)
      acc &*= 11_400_714_785_074_694_791
    }
    acc &+= UInt(hashes.count) ^ (2_870_177_450_012_600_261 ^ 3_527_539)
    if acc == UInt.max { return 1_546_275_796 }
    return Int(bitPattern: acc)
  }

  /// Of an object by identity: its address without the alignment bits.
  package static func identity(_ object: AnyObject) -> Int {
    let address = UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())
    return Int(bitPattern: (address >> 4) | (address << 60))
  }

  /// What needs no call into the language; nil for tuples, instances and the like.
  @inline(__always) package static func simple(_ value: Value) -> Int? {
    switch value {
    case .str(let s): str(s)
    case .int(let i): int(i)
    case .bool(let b): b ? 1 : 0
    case .float(let d): d.isNaN ? Int(bitPattern: UInt(d.bitPattern >> 1)) : float(d)
    case .none: 0xFCA8_6420
    default: nil
    }
  }
}
