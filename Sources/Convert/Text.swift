import Notebook

extension String {
  /// Without white space at either end.
  var trimmed: String { String(decoding: trimmingSpace(Array(utf8)[...]), as: UTF8.self) }

  /// Without blank lines and white space at its end.
  var droppingBlankEnd: String { String(decoding: trimmingTrailingSpace(Array(utf8)[...]), as: UTF8.self) }

  /// With every occurrence of a text replaced, byte by byte.
  func replacing(_ part: String, with other: String) -> String {
    let bytes = Array(utf8)
    let wanted = Array(part.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return self }
    var result: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == first, bytes[i...].starts(with: wanted) {
        result += other.utf8
        i += wanted.count
      } else {
        result.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
