import Library
import Runtime
import Tensor

/// What is worth saying of a value in a line: for `%whos`, `%shapes` and `x?`.
struct ValueSummary {
  /// `Tensor`, `list`, `Linear`.
  let type: String
  /// `float32`; empty where there is none.
  var dtype = ""
  /// `[2, 3]`.
  var shape = ""
  /// `True`, `False`, or empty for what is no tensor.
  var requiresGrad = ""
  /// `24 B`, `3 items`.
  var size = ""
  /// The value in a line, for what is no array.
  var text = ""

  init(_ value: Value, _ vm: VM) {
    type = vm.type(of: value).name
    if let tensor = Self.tensor(value) {
      dtype = tensor.dtype.name
      shape = tensor.shape.description
      size = Self.bytes(tensor.count * tensor.dtype.size)
      if value.asTensor != nil { requiresGrad = tensor.requiresGrad ? "True" : "False" }
      return
    }
    switch value {
    case .list(let list): size = Self.items(list.items.count)
    case .tuple(let tuple): size = Self.items(tuple.items.count)
    case .dict(let dict): size = Self.items(dict.count)
    case .str(let text): size = text.count == 1 ? "1 character" : "\(text.count) characters"
    default: break
    }
    text = Self.line(value, vm)
  }

  /// The tensor of a value, or that behind a NumPy array.
  static func tensor(_ value: Value) -> Tensor? {
    if case .object(let object) = value, let array = object as? ArrayLike { return array.tensor }
    return value.asTensor
  }

  /// `[2, 3] float32`, `(Tensor [2], Tensor [2])`: nil where a shape says nothing.
  static func shapes(_ value: Value, _ vm: VM) -> String? {
    if let tensor = tensor(value) { return "\(tensor.shape.description) \(tensor.dtype.name)" }
    guard let items = value.asTuple?.items ?? value.asList?.items, items.count <= 8,
      items.contains(where: { tensor($0) != nil })
    else { return nil }
    let inner = items.map { item in tensor(item).map { $0.shape.description } ?? vm.type(of: item).name }
    let isTuple = value.asTuple != nil
    return (isTuple ? "(" : "[") + inner.joined(separator: ", ") + (isTuple ? ")" : "]")
  }

  /// `24 B`, `1.5 MB`.
  static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) B" }
    var value = Double(count)
    var unit = ""
    for next in ["kB", "MB", "GB", "TB"] where value >= 999.5 {
      value /= 1000
      unit = next
    }
    let tenths = Int((value * 10).rounded())
    return value < 9.95 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
  }

  private static func items(_ count: Int) -> String { count == 1 ? "1 item" : "\(count) items" }

  /// The value's text as far as its first line goes.
  private static func line(_ value: Value, _ vm: VM) -> String {
    switch value {
    case .function(let function): return "def \(function.name.string)" + SignatureText.of(function, vm)
    case .object(let object):
      if let module = object as? Runtime.Module { return "module \(module.name)" }
      if let native = object as? NativeFunction { return native.qualifiedName ?? native.name.text }
      if object is TypeObject { return "class" }
    default: break
    }
    let text = (try? vm.repr(value)) ?? "<repr() failed>"
    guard let newline = text.firstIndex(of: "\n") else { return text }
    return text[..<newline] + " …"
  }
}
