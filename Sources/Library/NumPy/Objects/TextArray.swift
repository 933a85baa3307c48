import Language
import Runtime
import Tensor

/// An array of strings: printed, indexed, compared; nothing is computed with it.
package final class TextArray: Object {
  let texts: [String]

  init(_ texts: [String]) {
    self.texts = texts
    super.init()
    customType = NumPyTypes.ndarray
  }

  /// An array of strings when the data is a list of them (or of strings among numbers); nil otherwise.
  static func make(_ data: Value, _ dtype: DType?, _ vm: VM) throws(ExceptionObject) -> TextArray? {
    guard dtype == nil else { return nil }
    if case .object(let o) = data, let own = o as? TextArray { return own }
    guard let items = ArgumentConversion.sequence(data), items.contains(where: { isText($0) }) else { return nil }
    var texts: [String] = []
    for item in items {
      guard isText(item) || ((try? ArgumentConversion.scalar(item)) ?? nil) != nil else {
        throw .notImplemented("arrays of dtype object are not available in tnb (an element is \(vm.typeName(item)))")
      }
      texts.append(try vm.str(item))
    }
    return TextArray(texts)
  }

  private static func isText(_ value: Value) -> Bool {
    if value.asStr != nil { return true }
    if case .object(let o) = value { return o is NumPyString }
    return false
  }

  private var width: Int { max(1, texts.map { $0.unicodeScalars.count }.max() ?? 1) }

  private func joined(_ separator: String, _ vm: VM) throws(ExceptionObject) -> String {
    var parts: [String] = []
    for t in texts { parts.append(try vm.repr(.text(t))) }
    return "[" + parts.joined(separator: separator) + "]"
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    "array(\(try joined(", ", vm)), dtype='<U\(width)')"
  }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { try joined(" ", vm) }
  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { texts.count }
  package override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? {
    try vm.iterator(.makeList(texts.map { .object(NumPyString($0)) }))
  }
  package override func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    texts.contains { $0 == item.string }
  }
  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    let places = NDArray(NumPyCore.make(Array(0..<texts.count), [texts.count]))
    let picked = try NumPyIndexing.get(places, index, vm)
    if case .object(let o) = picked {
      if let s = o as? NumPyScalar, case .int(let i) = s.scalar { return .object(NumPyString(texts[i])) }
      if let a = o as? NDArray { return .object(TextArray(NumPyCore.ints(a.tensor).map { texts[$0] })) }
    }
    return nil
  }
  package override func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    var right: [String]
    if let text = other.string {
      right = [String](repeating: text, count: texts.count)
    } else if let array = try TextArray.make(other, nil, vm), array.texts.count == texts.count {
      right = array.texts
    } else {
      return nil
    }
    switch op {
    case .equal: return .object(NDArray(NumPyCore.make(zip(texts, right).map { $0 == $1 }, [texts.count])))
    case .notEqual: return .object(NDArray(NumPyCore.make(zip(texts, right).map { $0 != $1 }, [texts.count])))
    default: return nil
    }
  }
  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "shape": return .makeTuple([.int(texts.count)])
    case "ndim": return .int(1)
    case "size": return .int(texts.count)
    case "dtype": return .text("<U\(width)")
    case "tolist":
      let all = Value.makeList(texts.map { .text($0) })
      return .object(NativeFunction("tolist()") { (vm, args) throws(ExceptionObject) in all })
    default: return nil
    }
  }
}
