import CEditline
import Glibc

// The cell's text: libedit's buffer, one character a Unicode scalar.
extension LineEditor {
  var text: [UInt32] {
    guard let line = el_wline(editor) else { return [] }
    let count = line.pointee.lastchar - line.pointee.buffer
    return line.pointee.buffer.withMemoryRebound(to: UInt32.self, capacity: count) {
      Array(UnsafeBufferPointer(start: $0, count: count))
    }
  }

  var cursor: Int {
    get {
      guard let line = el_wline(editor) else { return 0 }
      return line.pointee.cursor - line.pointee.buffer
    }
    set { el_cursor(editor, Int32(newValue - cursor)) }
  }

  var string: String { String(self.text) }

  /// The cursor as a count of UTF-8 bytes.
  var byteCursor: Int { text[..<cursor].reduce(0) { $0 + utf8Length($1) } }

  /// Inserts before the cursor. Control characters other than tab and newline have no place in a cell.
  func insert(_ new: [UInt32]) {
    var characters = new.filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A }.map { wchar_t(bitPattern: $0) }
    guard !characters.isEmpty else { return }
    characters.append(0)
    el_winsertstr(editor, characters)
  }

  func insert(_ new: String) { insert(new.unicodeScalars.map(\.value)) }

  /// Deletes a range and leaves the cursor where it was.
  func delete(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    cursor = range.upperBound
    el_deletestr(editor, Int32(range.count))
  }

  /// Puts a text in place of all, with the cursor behind it.
  func replaceAll(with new: String) {
    delete(0..<text.count)
    insert(new)
  }

  /// The offset of a byte in the text.
  func index(ofByte offset: Int) -> Int {
    var bytes = 0
    for (i, value) in text.enumerated() {
      if bytes >= offset { return i }
      bytes += utf8Length(value)
    }
    return text.count
  }

  /// The line that holds an offset, without its newline.
  func line(around offset: Int, in text: [UInt32]) -> Range<Int> {
    let start = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = text[offset...].firstIndex(of: 0x0A) ?? text.count
    return start..<end
  }
}

/// The UTF-8 of a text, and at which byte each character begins.
func utf8Form(_ text: [UInt32]) -> (bytes: [UInt8], starts: [Int]) {
  var bytes: [UInt8] = []
  var starts: [Int] = []
  bytes.reserveCapacity(text.count)
  starts.reserveCapacity(text.count)
  for value in text {
    starts.append(bytes.count)
    if value < 0x80 {
      bytes.append(UInt8(value))
    } else {
      bytes += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    }
  }
  return (bytes, starts)
}

func utf8Length(_ value: UInt32) -> Int { value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4 }

extension String {
  init(_ characters: some Sequence<UInt32>) {
    self = String(decoding: utf8Form(Array(characters)).bytes, as: UTF8.self)
  }
}
