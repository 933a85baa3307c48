/// How the elements of one tensor are written, so that columns line up: decided from the elements that will be shown.
///
/// The rules of `_Formatter` in torch/_tensor_str.py; non-finite values do not take part in the width.
struct ElementFormat {
  enum Style { case integer, bool, wholeFloat, fixed, scientific }

  let style: Style
  let precision: Int
  private(set) var width = 1

  init(_ tensor: Tensor, showing indices: [Int], _ options: PrintOptions) {
    precision = options.precision
    guard tensor.dtype.isFloating else {
      style = tensor.dtype == .bool ? .bool : .integer
      for i in indices { width = Swift.max(width, text(tensor, i).utf8.count) }
      return
    }
    var smallest = Double.infinity
    var largest = 0.0
    var areWhole = true
    for i in indices {
      let value = tensor.double(at: i)
      guard value.isFinite, value != 0 else { continue }
      smallest = Swift.min(smallest, value.magnitude)
      largest = Swift.max(largest, value.magnitude)
      if value != value.rounded(.up) { areWhole = false }
    }
    guard largest > 0 else {
      style = .wholeFloat
      return
    }
    let isScientific = options.scientific ?? (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4)
    style = isScientific ? .scientific : areWhole ? .wholeFloat : .fixed
    for i in indices {
      let value = tensor.double(at: i)
      if value.isFinite && value != 0 { width = Swift.max(width, text(tensor, i).utf8.count) }
    }
  }

  /// The element at a storage index, not padded.
  private func text(_ tensor: Tensor, _ index: Int) -> String {
    switch style {
    case .integer: return String(tensor.int(at: index))
    case .bool: return tensor.int(at: index) != 0 ? "True" : "False"
    case .wholeFloat:
      let value = tensor.double(at: index)
      return NumberText.fixed(value, precision: 0) + (value.isFinite ? "." : "")
    case .fixed: return NumberText.fixed(tensor.double(at: index), precision: precision)
    case .scientific: return NumberText.fixed(tensor.double(at: index), precision: precision, scientific: true)
    }
  }

  /// The element at a storage index, padded on the left to the common width.
  func padded(_ tensor: Tensor, _ index: Int) -> String {
    let s = text(tensor, index)
    let missing = width - s.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + s : s
  }
}
