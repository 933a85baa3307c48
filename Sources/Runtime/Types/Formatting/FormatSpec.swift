/// A format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
struct FormatSpec {
  var fill: Unicode.Scalar = " "
  /// `<`, `>`, `=` or `^`.
  var align: UInt8?
  var sign: UInt8?
  /// `z`: a negative zero after rounding loses its sign.
  var coercesZero = false
  var alternate = false
  var width = 0
  /// `,` or `_`.
  var grouping: UInt8?
  var precision: Int?
  var type: Unicode.Scalar?

  /// Reads a specification. ValueErrors as CPython's, which name the type of the value.
  init(_ text: String, typeName: String) throws(ExceptionObject) {
    let all = Array(text.unicodeScalars)
    var i = 0
    func ascii(_ at: Int) -> UInt8? { at < all.count && all[at].isASCII ? UInt8(all[at].value) : nil }
    func isAlign(_ b: UInt8?) -> Bool {
      b == UInt8(ascii: "<") || b == UInt8(ascii: ">") || b == UInt8(ascii: "=") || b == UInt8(ascii: "^")
    }
    var fillGiven = false
    if all.count >= 2, isAlign(ascii(1)) {
      fill = all[0]
      align = ascii(1)
      fillGiven = true
      i = 2
    } else if isAlign(ascii(0)) {
      align = ascii(0)
      i = 1
    }
    if let b = ascii(i), b == UInt8(ascii: "+") || b == UInt8(ascii: "-") || b == UInt8(ascii: " ") {
      sign = b
      i += 1
    }
    if ascii(i) == UInt8(ascii: "z") {
      coercesZero = true
      i += 1
    }
    if ascii(i) == UInt8(ascii: "#") {
      alternate = true
      i += 1
    }
    if !fillGiven, ascii(i) == UInt8(ascii: "0") {
      fill = "0"
      if align == nil { align = typeName == "str" ? UInt8(ascii: "<") : UInt8(ascii: "=") }
      i += 1
    }
    if let n = try FormatSpec.number(all, &i) { width = n }
    if let b = ascii(i), b == UInt8(ascii: ",") || b == UInt8(ascii: "_") {
      grouping = b
      i += 1
      if let next = ascii(i), next == UInt8(ascii: ",") || next == UInt8(ascii: "_") {
        // A second mark, in the words CPython has for each pair.
        if b != next { throw .value("Cannot specify both ',' and '_'.") }
        throw .value("Cannot specify '\(Character(Unicode.Scalar(b)))' with '\(Character(Unicode.Scalar(next)))'.")
      }
    }
    if ascii(i) == UInt8(ascii: ".") {
      i += 1
      guard let n = try FormatSpec.number(all, &i) else { throw .value("Format specifier missing precision") }
      precision = n
    }
    if all.count - i > 1 {
      throw .value("Invalid format specifier '\(text)' for object of type '\(typeName)'")
    }
    if i < all.count { type = all[i] }
    if let grouping, let type {
      let allowed: [Unicode.Scalar] = ["d", "e", "f", "g", "E", "G", "F", "%"]
      let allowedUnderscore: [Unicode.Scalar] = ["b", "o", "x", "X"]
      if !allowed.contains(type) && !(grouping == UInt8(ascii: "_") && allowedUnderscore.contains(type)) {
        throw .value("Cannot specify '\(Character(Unicode.Scalar(grouping)))' with '\(type)'.")
      }
    }
  }

  /// Decimal digits from `i` on; nil when there are none. ValueError past 63 bits.
  private static func number(_ all: [Unicode.Scalar], _ i: inout Int) throws(ExceptionObject) -> Int? {
    let start = i
    var n = 0
    while i < all.count, all[i].isASCII, let digit = Int(String(all[i])) {
      let (m, o1) = n.multipliedReportingOverflow(by: 10)
      let (s, o2) = m.addingReportingOverflow(digit)
      if o1 || o2 { throw .value("Too many decimal digits in format string") }
      n = s
      i += 1
    }
    return i == start ? nil : n
  }
}
