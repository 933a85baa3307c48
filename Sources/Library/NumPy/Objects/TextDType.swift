import Runtime
import Tensor

/// `dtype('<U5')`: strings of at most so many characters.
package final class TextDType: Object {
  /// nil: as many as the data needs.
  let width: Int?

  init(_ width: Int?) {
    self.width = width
    super.init()
    customType = NumPyTypes.dtype
  }

  /// The dtype that `str`, `'U'` or `'<U5'` stands for; nil for anything else.
  static func parse(_ value: Value?) -> TextDType? {
    guard let value else { return nil }
    if case .object(let o) = value {
      if let own = o as? TextDType { return own }
      return o === Types.str || o === NumPyTypes.str ? TextDType(nil) : nil
    }
    guard let text = value.string else { return nil }
    if text == "str" { return TextDType(nil) }
    let bare = text.drop { "<=|".contains($0) }
    guard bare.first == "U" else { return nil }
    if bare.count == 1 { return TextDType(nil) }
    return Int(bare.dropFirst()).flatMap { $0 >= 0 && $0 <= 1 << 20 ? TextDType($0 == 0 ? nil : $0) : nil }
  }

  private var text: String { "<U\(width ?? 0)" }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "dtype('\(text)')" }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { text }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? { (width ?? 0) + 104_729 }
  package override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    guard let d = TextDType.parse(other) else { return false }
    return (d.width ?? 0) == (width ?? 0)
  }
  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "name": return .text(width.map { "str\($0 * 32)" } ?? "str")
    case "itemsize": return .int(4 * (width ?? 0))
    case "kind", "char": return .text("U")
    case "type": return .object(NumPyTypes.str)
    case "str": return .text(text)
    default: return nil
    }
  }
}
