/// One recorded line of a cell: what it printed or displayed (`#>`), or the error that ended it (`#!`).
package struct Record: Equatable {
  package enum Kind: String {
    case output = "#>"
    case error = "#!"
  }

  package var kind: Kind
  /// The line after the mark and one space, without trailing white space, which a record does not keep.
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// Reads a line of a file; nil when it is not a record.
  package init?(_ line: NotebookLine) {
    if line.starts(with: "#>") {
      kind = .output
    } else if line.starts(with: "#!") {
      kind = .error
    } else {
      return nil
    }
    var rest = line.text[2...]
    if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
    text = String(decoding: trimmingTrailingSpace(rest), as: UTF8.self)
  }

  /// As it stands in a file, without a line ending.
  package var line: String { text.isEmpty ? kind.rawValue : "\(kind.rawValue) \(text)" }

  /// The records of a cell that wrote `output` and ended with `error` (`Type: message`), if any.
  ///
  /// A NUL byte, which a notebook file cannot hold, is recorded as `\x00`.
  package static func lines(output: [UInt8], error: String?) -> [Record] {
    var records = split(output[...], as: .output)
    if let error {
      // A message that ends in a line break keeps it as an empty record line; output does not, as it always ends in one.
      records += split(Array(error.utf8 + [UInt8(ascii: "\n")])[...], as: .error)
    }
    return records
  }

  private static func split(_ text: ArraySlice<UInt8>, as kind: Kind) -> [Record] {
    guard !text.isEmpty else { return [] }
    var parts = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if text.last == UInt8(ascii: "\n") { parts.removeLast() }
    return parts.map { part in
      var line = trimmingTrailingSpace(part)
      if line.contains(0) { line = line.flatMap { $0 == 0 ? Array(#"\x00"#.utf8) : [$0] }[...] }
      return Record(kind, String(decoding: line, as: UTF8.self))
    }
  }
}
