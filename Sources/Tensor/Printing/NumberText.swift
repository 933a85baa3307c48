import CKernels

/// Numbers as text, rounded as C's printf does.
package enum NumberText {
  /// `%.<precision>f`, or `%.<precision>e` when scientific: Python's `format` of a float with that precision.
  package static func fixed(_ value: Double, precision: Int, scientific: Bool = false) -> String {
    text(value, precision, scientific ? 1 : 0)
  }

  /// Six significant digits, as C++ streams and PyTorch's messages write a double.
  package static func general(_ value: Double) -> String { text(value, 6, 2) }

  private static func text(_ value: Double, _ precision: Int, _ style: Int32) -> String {
    let digits = Int32(clamping: Swift.min(Swift.max(precision, 0), 10_000))
    let capacity = Int(digits) + 340
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      let length = tnb_format_double(buffer.baseAddress!, capacity, value, digits, style)
      return String(decoding: UnsafeRawBufferPointer(start: buffer.baseAddress!, count: length), as: UTF8.self)
    }
  }

  /// Python's spelling of a size as a tuple: `(3,)`, `(2, 0)`.
  package static func tuple(_ shape: Dims) -> String {
    shape.count == 1 ? "(\(shape[0]),)" : "(" + shape.array.map(String.init).joined(separator: ", ") + ")"
  }
}
