/// A tensor as PyTorch prints it.
package struct TensorText {
  private let tensor: Tensor
  private let options: PrintOptions
  private let isSummary: Bool
  private var format: ElementFormat

  private init(_ tensor: Tensor, _ options: PrintOptions) {
    self.tensor = tensor
    self.options = options
    isSummary = Double(tensor.count) > options.threshold
    format = ElementFormat(tensor, showing: TensorText.shown(tensor, isSummary, options), options)
  }

  /// `tensor([1., 2.], requires_grad=True)`. A subclass passes its class name in place of `tensor`.
  package static func repr(_ tensor: Tensor, className: String = "tensor") -> String {
    let options = PrintOptions.current
    let prefix = className + "("
    let indent = prefix.unicodeScalars.count
    var suffixes: [String] = []
    var body = "[]"
    if tensor.count == 0 {
      if tensor.ndim != 1 { suffixes.append("size=" + NumberText.tuple(tensor.shape)) }
      if tensor.dtype != DType.defaultFloat { suffixes.append("dtype=torch." + tensor.dtype.name) }
    } else {
      if options.edgeItems == 0 { suffixes.append("size=" + NumberText.tuple(tensor.shape)) }
      if tensor.dtype != DType.defaultFloat && tensor.dtype != .int64 && tensor.dtype != .bool {
        suffixes.append("dtype=torch." + tensor.dtype.name)
      }
      body = TensorText(tensor, options).text(0, tensor.offset, indent)
    }
    if let name = tensor.gradFunctionName {
      suffixes.append("grad_fn=<\(name)>")
    } else if tensor.requiresGrad {
      suffixes.append("requires_grad=True")
    }
    return addSuffixes(prefix + body, suffixes, indent, options.lineWidth)
  }

  /// The values only, as `repr` shows them, for lines that begin at column `indent`.
  package static func values(_ tensor: Tensor, indent: Int) -> String {
    tensor.count == 0 ? "[]" : TensorText(tensor, PrintOptions.current).text(0, tensor.offset, indent)
  }

  private static func addSuffixes(_ text: String, _ suffixes: [String], _ indent: Int, _ lineWidth: Int) -> String {
    var result = text
    // PyTorch counts from the last line break, itself included, plus one.
    var column = (text.split(separator: "\n", omittingEmptySubsequences: false).last?.unicodeScalars.count ?? 0) + 2
    if !text.contains("\n") { column = text.unicodeScalars.count + 2 }
    for suffix in suffixes {
      if column + suffix.utf8.count + 2 > lineWidth {
        result += ",\n" + String(repeating: " ", count: indent) + suffix
        column = indent + suffix.utf8.count
      } else {
        result += ", " + suffix
        column += suffix.utf8.count + 2
      }
    }
    return result + ")"
  }

  // MARK: Elements

  private var shownAtEachEnd: Int { options.edgeItems }

  private static func isCut(_ size: Int, _ isSummary: Bool, _ options: PrintOptions) -> Bool {
    isSummary && size > 2 * options.edgeItems
  }

  /// The storage indices of the elements that take part in choosing the format.
  private static func shown(_ tensor: Tensor, _ isSummary: Bool, _ options: PrintOptions) -> [Int] {
    if isSummary && options.edgeItems == 0 && tensor.ndim > 1 { return [] }
    var result: [Int] = []
    func visit(_ dim: Int, _ index: Int) {
      if dim == tensor.ndim {
        result.append(index)
        return
      }
      let size = tensor.shape[dim]
      if isCut(size, isSummary, options) && options.edgeItems > 0 {
        for i in 0..<options.edgeItems { visit(dim + 1, index + i * tensor.strides[dim]) }
        for i in size - options.edgeItems..<size { visit(dim + 1, index + i * tensor.strides[dim]) }
      } else {
        for i in 0..<size { visit(dim + 1, index + i * tensor.strides[dim]) }
      }
    }
    visit(0, tensor.offset)
    return result
  }

  private func text(_ dim: Int, _ index: Int, _ indent: Int) -> String {
    if dim == tensor.ndim { return format.padded(tensor, index) }
    if dim == tensor.ndim - 1 { return vector(index, indent) }
    let size = tensor.shape[dim]
    let stride = tensor.strides[dim]
    var parts: [String] = []
    if TensorText.isCut(size, isSummary, options) {
      let edge = options.edgeItems
      for i in 0..<edge { parts.append(text(dim + 1, index + i * stride, indent + 1)) }
      parts.append("...")
      for i in size - edge..<size { parts.append(text(dim + 1, index + i * stride, indent + 1)) }
    } else {
      for i in 0..<size { parts.append(text(dim + 1, index + i * stride, indent + 1)) }
    }
    let separator =
      "," + String(repeating: "\n", count: tensor.ndim - dim - 1) + String(repeating: " ", count: indent + 1)
    return "[" + parts.joined(separator: separator) + "]"
  }

  private func vector(_ index: Int, _ indent: Int) -> String {
    let size = tensor.shape[tensor.ndim - 1]
    let stride = tensor.strides[tensor.ndim - 1]
    let edge = options.edgeItems
    let perLine = Swift.max(1, (options.lineWidth - indent) / (format.width + 2))
    var items: [String] = []
    if isSummary && edge == 0 {
      items = ["..."]
    } else if TensorText.isCut(size, isSummary, options) {
      for i in 0..<edge { items.append(format.padded(tensor, index + i * stride)) }
      items.append(" ...")
      for i in size - edge..<size { items.append(format.padded(tensor, index + i * stride)) }
    } else {
      for i in 0..<size { items.append(format.padded(tensor, index + i * stride)) }
    }
    var text = "["
    for (i, item) in items.enumerated() {
      if i > 0 { text += i % perLine == 0 ? ",\n" + String(repeating: " ", count: indent + 1) : ", " }
      text += item
    }
    return text + "]"
  }
}
