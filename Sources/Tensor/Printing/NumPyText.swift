/// What `np.set_printoptions` sets.
package struct NumPyPrintOptions: Equatable {
  package var precision = 8
  /// Arrays of more elements are summarised.
  package var threshold: Double = 1000
  package var edgeItems = 3
  package var lineWidth = 75
  /// Whether small numbers print as zero rather than forcing scientific notation.
  package var suppress = false
  package var nanText = "nan"
  package var infinityText = "inf"
  /// `maxprec`, `fixed`, `unique` or `maxprec_equal`.
  package var floatMode = "maxprec"
  /// `-`, `+` or a space: what stands before positive numbers.
  package var sign = "-"

  /// Writes single elements in the place of the formats above.
  package var writer: NumPyElementWriter?

  package init() {}

  nonisolated(unsafe) package static var current = NumPyPrintOptions()
}

/// A function that writes an element, with what it was made of.
package struct NumPyElementWriter: Equatable {
  package let source: AnyObject
  package let write: (Scalar, DType) -> String?

  package init(_ source: AnyObject, _ write: @escaping (Scalar, DType) -> String?) {
    self.source = source
    self.write = write
  }

  package static func == (a: NumPyElementWriter, b: NumPyElementWriter) -> Bool { a.source === b.source }
}

/// A tensor as NumPy prints the array of the same values.
package struct NumPyText {
  private let array: Tensor
  private let options: NumPyPrintOptions
  private let separator: String
  private let isSummary: Bool
  private let format: NumPyElementFormat
  private let write: ((Scalar) -> String)?

  private init(
    _ array: Tensor, _ options: NumPyPrintOptions, _ separator: String, _ write: ((Scalar) -> String)?
  ) {
    self.array = array
    self.write = write
    self.options = options
    self.separator = separator
    isSummary = Double(array.count) > options.threshold
    format = NumPyElementFormat(array, showing: NumPyText.shown(array, isSummary, options), options)
  }

  /// `array([1., 2.], dtype=float32)`.
  /// With `write`, elements are written by it, and their type is called `dtype`.
  package static func repr(
    _ array: Tensor, className: String = "array", dtype: String? = nil, write: ((Scalar) -> String)? = nil
  ) -> String {
    let options = NumPyPrintOptions.current
    let prefix = className + "("
    let body = string(array, separator: ", ", prefix: prefix, suffix: ")", write: write)
    var extras: [String] = []
    if (array.count == 0 && array.shape != [0]) || Double(array.count) > options.threshold {
      extras.append("shape=" + NumPyText.shapeText(array.shape))
    }
    let isImplied = array.dtype == .int64 || array.dtype == .float64 || array.dtype == .bool
    if let dtype {
      extras.append("dtype=" + dtype)
    } else if !isImplied || array.count == 0 {
      extras.append("dtype=" + array.dtype.name)
    }
    if extras.isEmpty { return prefix + body + ")" }
    let start = prefix + body + ","
    let tail = extras.joined(separator: ", ") + ")"
    let lastLine = start.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0
    let fits = lastLine + tail.count + 1 <= options.lineWidth
    return start + (fits ? " " : "\n" + String(repeating: " ", count: prefix.count)) + tail
  }

  /// `[1. 2.]`: what `str` and `print` show; a scalar's text for 0 dimensions.
  package static func str(_ array: Tensor) -> String {
    if array.ndim == 0 { return scalarText(array.onlyScalar, array.dtype) }
    return string(array, separator: " ")
  }

  /// `np.array2string` with the current options.
  package static func string(
    _ array: Tensor, separator: String, prefix: String = "", suffix: String = "", write: ((Scalar) -> String)? = nil
  ) -> String {
    if array.count == 0 { return "[]" }
    let text = NumPyText(array, NumPyPrintOptions.current, separator, write)
    let indent = String(repeating: " ", count: prefix.count + 1)
    return text.nested(0, array.offset, indent, text.options.lineWidth - suffix.count)
  }

  /// A NumPy scalar's `str`: `1.5`, `1e-05`, `True`.
  package static func scalarText(_ value: Scalar, _ dtype: DType) -> String {
    switch value {
    case .bool(let b): return b ? "True" : "False"
    case .int(let i): return String(i)
    case .float(let d):
      if d.isNaN { return "nan" }
      if d.isInfinite { return d < 0 ? "-inf" : "inf" }
      let limit = dtype == .float16 ? 1e3 : dtype == .float64 ? 1e16 : 1e6
      let shortest = ShortestDigits(d, dtype)
      if d == 0 || (d.magnitude >= 1e-4 && d.magnitude < limit) {
        let (whole, fraction) = shortest.positional
        return whole + "." + (fraction.isEmpty ? "0" : fraction)
      }
      return shortest.scientific
    }
  }

  /// A NumPy scalar's `repr`: `np.float64(1.5)`, `np.True_`.
  package static func scalarRepr(_ value: Scalar, _ dtype: DType) -> String {
    if case .bool(let b) = value { return b ? "np.True_" : "np.False_" }
    return "np.\(dtype.name)(\(scalarText(value, dtype)))"
  }

  private static func shapeText(_ shape: Dims) -> String { NumberText.tuple(shape) }

  // MARK: Layout

  private static func isCut(_ size: Int, _ isSummary: Bool, _ options: NumPyPrintOptions) -> Bool {
    isSummary && size > 2 * options.edgeItems
  }

  private static func shown(_ array: Tensor, _ isSummary: Bool, _ options: NumPyPrintOptions) -> [Int] {
    var result: [Int] = []
    func visit(_ dim: Int, _ index: Int) {
      if dim == array.ndim {
        result.append(index)
        return
      }
      let size = array.shape[dim]
      let stride = array.strides[dim]
      if isCut(size, isSummary, options) {
        for i in 0..<options.edgeItems { visit(dim + 1, index + i * stride) }
        for i in size - options.edgeItems..<size { visit(dim + 1, index + i * stride) }
      } else {
        for i in 0..<size { visit(dim + 1, index + i * stride) }
      }
    }
    visit(0, array.offset)
    return result
  }

  private func element(_ index: Int) -> String {
    if let write { return write(array.scalar(at: index)) }
    if let text = options.writer?.write(array.scalar(at: index), array.dtype) { return text }
    return format.text(array, index)
  }

  /// The elements below `index`, for lines indented by `indent` and at most `width` long.
  private func nested(_ dim: Int, _ index: Int, _ indent: String, _ width: Int) -> String {
    if dim == array.ndim { return element(index) }
    let size = array.shape[dim]
    let stride = array.strides[dim]
    let isCut = NumPyText.isCut(size, isSummary, options)
    let leading = isCut ? options.edgeItems : 0
    let trailing = isCut ? options.edgeItems : size
    var text = ""
    if dim == array.ndim - 1 {
      let bare = separator.last == " " ? separator.count - 1 : separator.count
      let room = width - Swift.max(bare, 1)
      var line = indent
      func extend(_ word: String) {
        if line.count + word.count > room && line.count > indent.count {
          while line.last == " " { line.removeLast() }
          text += line + "\n"
          line = indent
        }
        line += word
      }
      for i in 0..<leading {
        extend(element(index + i * stride))
        line += separator
      }
      if isCut {
        extend("...")
        line += separator
      }
      for i in Swift.max(size - trailing, 0)..<size {
        extend(element(index + i * stride))
        if i < size - 1 { line += separator }
      }
      text += line
    } else {
      var bare = separator
      while bare.last == " " { bare.removeLast() }
      let lineEnd = bare + String(repeating: "\n", count: array.ndim - dim - 1)
      for i in 0..<leading { text += indent + nested(dim + 1, index + i * stride, indent + " ", width - 1) + lineEnd }
      if isCut { text += indent + "..." + lineEnd }
      for i in Swift.max(size - trailing, 0)..<size {
        text += indent + nested(dim + 1, index + i * stride, indent + " ", width - 1)
        if i < size - 1 { text += lineEnd }
      }
    }
    return "[" + text.dropFirst(indent.count) + "]"
  }
}
