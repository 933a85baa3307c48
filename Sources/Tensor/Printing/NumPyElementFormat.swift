/// How the elements of one array are written, so that columns line up: NumPy's `FloatingFormat`, `IntegerFormat` and
/// `BoolFormat`.
struct NumPyElementFormat {
  private enum Style { case integer(width: Int), bool(isPadded: Bool), positional, scientific }

  private let dtype: DType
  private let options: NumPyPrintOptions
  private var style = Style.positional
  private var padLeft = 0
  private var padRight = 0
  private var precision: Int
  private var exponentDigits = 2
  private var isFixed = false

  init(_ array: Tensor, showing indices: [Int], _ options: NumPyPrintOptions) {
    dtype = array.dtype
    self.options = options
    precision = options.floatMode == "unique" ? 100 : options.precision
    if dtype == .bool {
      style = .bool(isPadded: array.ndim > 0)
      return
    }
    guard dtype.isFloating else {
      style = .integer(width: indices.map { signed(String(array.int(at: $0))).count }.max() ?? 0)
      return
    }
    let values = indices.map { array.double(at: $0) }
    let finite = values.filter(\.isFinite)
    let nonZero = finite.filter { $0 != 0 }.map(\.magnitude)
    isFixed = options.floatMode == "fixed"
    var isScientific = false
    if let largest = nonZero.max(), let smallest = nonZero.min() {
      let cutoff = dtype == .float64 ? 1e8 : dtype == .float16 ? 1e3 : 1e6
      isScientific =
        largest >= cutoff || (!options.suppress && (smallest < 0.0001 || largest / smallest > 1000))
    }
    if finite.isEmpty {
      precision = 0
    } else if isScientific {
      style = .scientific
      measureScientific(finite)
    } else {
      measurePositional(finite)
    }
    if options.sign == " " && !finite.contains(where: { $0.sign == .minus }) { padLeft += 1 }
    if finite.count < values.count {
      let hasSign = options.sign != "-" || values.contains(-.infinity)
      padLeft = Swift.max(
        padLeft, options.nanText.count - padRight - 1, options.infinityText.count + (hasSign ? 1 : 0) - padRight - 1)
    }
  }

  private mutating func measureScientific(_ finite: [Double]) {
    var fraction = 0
    for value in finite {
      let shortest = ShortestDigits(value, dtype)
      var count = Swift.min(shortest.scientificFraction, precision)
      var exponent = shortest.exponent
      if shortest.scientificFraction > precision {
        // Cut digits are rounded; zeros at the end do not count.
        let text = NumberText.fixed(value, precision: precision, scientific: true)
        let parts = text.split(separator: "e")
        var digits = parts[0].split(separator: ".").dropFirst().first.map(Array.init) ?? []
        while digits.last == "0" { digits.removeLast() }
        count = digits.count
        exponent = Int(parts[1]) ?? exponent
      }
      if isFixed { count = precision }
      fraction = Swift.max(fraction, count)
      exponentDigits = Swift.max(exponentDigits, String(exponent.magnitude).count)
      padLeft = Swift.max(padLeft, signed(value < 0 || value.sign == .minus ? "-0" : "0").count)
    }
    precision = fraction
    padRight = exponentDigits + 2 + precision
  }

  private mutating func measurePositional(_ finite: [Double]) {
    for value in finite {
      let (whole, fraction) = parts(value, precision)
      padLeft = Swift.max(padLeft, whole.count)
      padRight = Swift.max(padRight, fraction.count)
    }
    if isFixed || options.floatMode == "maxprec_equal" {
      precision = padRight
      isFixed = true
    }
  }

  /// Digits before and after the point, the shortest that identify the number but no more than `limit` after the point.
  private func parts(_ value: Double, _ limit: Int) -> (whole: String, fraction: String) {
    if !isFixed {
      let (whole, fraction) = ShortestDigits(value, dtype).positional
      if fraction.count <= limit { return (signed(whole), fraction) }
    }
    let text = NumberText.fixed(value, precision: limit)
    let halves = text.split(separator: ".", omittingEmptySubsequences: false)
    var fraction = halves.count > 1 ? String(halves[1]) : ""
    if !isFixed { while fraction.last == "0" { fraction.removeLast() } }
    return (signed(String(halves[0])), fraction)
  }

  private func signed(_ text: String) -> String { options.sign == "+" && text.first != "-" ? "+" + text : text }

  private static func spaces(_ n: Int) -> String { n > 0 ? String(repeating: " ", count: n) : "" }

  /// The element at a storage index, padded.
  func text(_ array: Tensor, _ index: Int) -> String {
    switch style {
    case .integer(let width):
      let text = signed(String(array.int(at: index)))
      return NumPyElementFormat.spaces(width - text.count) + text
    case .bool(let isPadded): return array.int(at: index) != 0 ? (isPadded ? " True" : "True") : "False"
    case .positional, .scientific: return float(array.double(at: index))
    }
  }

  private func float(_ value: Double) -> String {
    guard value.isFinite else {
      let plus = options.sign == "+" ? "+" : ""
      let text = value.isNaN ? plus + options.nanText : (value < 0 ? "-" : plus) + options.infinityText
      return NumPyElementFormat.spaces(padLeft + padRight + 1 - text.count) + text
    }
    if case .scientific = style {
      let text = NumberText.fixed(value, precision: precision, scientific: true)
      let halves = text.split(separator: "e")
      var exponent = String(halves[1].dropFirst())
      while exponent.count < exponentDigits { exponent = "0" + exponent }
      let mantissa = signed(precision == 0 ? halves[0] + "." : String(halves[0]))
      let whole = mantissa.split(separator: ".", omittingEmptySubsequences: false)[0].count
      return NumPyElementFormat.spaces(padLeft - whole) + mantissa + "e" + halves[1].prefix(1) + exponent
    }
    let (whole, fraction) = parts(value, precision)
    let tail = isFixed ? "" : NumPyElementFormat.spaces(padRight - fraction.count)
    return NumPyElementFormat.spaces(padLeft - whole.count) + whole + "." + fraction + tail
  }
}
