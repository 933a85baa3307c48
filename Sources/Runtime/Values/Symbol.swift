/// An interned name: attribute, keyword and global names compare and hash as small integers.
public struct Symbol: Hashable {
  package let id: Int32

  @inline(__always) public func hash(into hasher: inout Hasher) { hasher.combine(id) }

  package init(_ text: String) {
    if let known = SymbolTable.ids[text] {
      id = known
    } else {
      id = Int32(SymbolTable.texts.count)
      SymbolTable.ids[text] = id
      let value = Str(text)
      value.symbol = id
      SymbolTable.texts.append(value)
    }
  }

  /// The symbol of a string object, cached in it.
  package init(_ text: Str) {
    self = text.symbol >= 0 ? Symbol(id: text.symbol) : Symbol(text.string)
    text.symbol = id
  }

  init(id: Int32) { self.id = id }

  package var str: Str { SymbolTable.texts[Int(id)] }
  package var text: String { str.string }
}

enum SymbolTable {
  nonisolated(unsafe) static var ids: [String: Int32] = [:]
  nonisolated(unsafe) static var texts: [Str] = []
}
