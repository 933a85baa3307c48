import Files
import Glibc
import Runtime

/// The lines that `loadtxt` and `genfromtxt` read: of a file, an open file, or any iterable of strings.
struct TextLines {
  private let next: () throws(ExceptionObject) -> Str?

  init(_ source: Value, encoding: String?, function: String, _ vm: VM) throws(ExceptionObject) {
    if let path = try FileArgument.path(source, vm) {
      if let ending = [".gz", ".bz2", ".xz", ".lzma"].first(where: { path.hasSuffix($0) }) {
        throw .notImplemented("np.\(function) of a compressed file (\(ending)) is not available in tnb")
      }
      let file: OpenFile
      do throws(FileError) {
        file = try vm.files.open(path, .read)
      } catch {
        throw function == "read_csv" ? ExceptionAttributes.make(error) : TextLines.failure(error, path)
      }
      let stream = TextStream(
        try FileStream(file, .read, isBuffered: true, vm), try TextCodec(named: encoding ?? "utf-8"),
        errors: "strict", newline: .universal)
      next = { () throws(ExceptionObject) in
        let line = try stream.readLine(vm)
        return line.count == 0 ? nil : line
      }
      return
    }
    guard let iterator = try vm.iteratorIfAny(source) else {
      throw .value(
        "fname must be a string, filehandle, list of strings,\nor generator. Got \(try vm.repr(.object(vm.type(of: source)))) instead."
      )
    }
    next = { () throws(ExceptionObject) in
      guard let line = try vm.next(iterator) else { return nil }
      if let text = line.asStr { return text }
      if let bytes = line.asBytes { return try TextCodec.decode(bytes.bytes, encoding ?? "latin-1", errors: "strict") }
      throw .type("the lines must be strings, not \(vm.typeName(line))")
    }
  }

  /// A file that is not there is worded as NumPy does.
  private static func failure(_ error: FileError, _ path: String) -> ExceptionObject {
    guard error.number == ENOENT else { return ExceptionAttributes.make(error) }
    return .make(Types.fileNotFoundError, "\(path) not found.")
  }

  /// The next line without its ending; nil at the end.
  func read() throws(ExceptionObject) -> [UInt8]? {
    guard let line = try next() else { return nil }
    var bytes = Array(line.bytes)
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    return bytes
  }
}

/// How a line is cut into fields.
struct TextFields {
  enum Separator {
    /// Any run of white space.
    case space
    case character(UInt8)
    case text([UInt8])
    /// Widths of columns in characters; the last one repeats when `repeats`.
    case widths([Int], repeats: Bool)
  }

  var separator = Separator.space
  var comments: [[UInt8]] = [Array("#".utf8)]
  var quote: UInt8?

  /// The fields of a line; none when it has nothing but a comment.
  func split(_ line: [UInt8]) -> [ArraySlice<UInt8>] {
    let line = quote == nil ? uncommented(line[...]) : line[...]
    switch separator {
    case .space:
      guard quote == nil else { return quoted(line, isDelimiter: isSpace, joins: true) }
      return line.split(whereSeparator: isSpace)
    case .character(let delimiter):
      if line.allSatisfy(isSpace) { return [] }
      guard quote == nil else { return quoted(line, isDelimiter: { $0 == delimiter }, joins: false) }
      return line.split(separator: delimiter, omittingEmptySubsequences: false)
    case .text(let delimiter): return line.allSatisfy(isSpace) ? [] : cut(line, at: delimiter)
    case .widths(let widths, let repeats): return line.isEmpty ? [] : cut(line, widths, repeats: repeats)
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func uncommented(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    for comment in comments where !comment.isEmpty {
      if let start = TextFields.find(comment, in: line) { line = line[..<start] }
    }
    return line
  }

  private static func find(_ part: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    var from = line.startIndex
    while let at = line[from...].firstIndex(of: part[0]) {
      if line[at...].starts(with: part) { return at }
      from = at + 1
    }
    return nil
  }

  private func cut(_ line: ArraySlice<UInt8>, at delimiter: [UInt8]) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var rest = line
    while let at = TextFields.find(delimiter, in: rest) {
      fields.append(rest[..<at])
      rest = rest[(at + delimiter.count)...]
    }
    return fields + [rest]
  }

  private func cut(_ line: ArraySlice<UInt8>, _ widths: [Int], repeats: Bool) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var rest = line
    var column = 0
    while repeats ? !rest.isEmpty : column < widths.count {
      let width = widths[min(column, widths.count - 1)]
      var end = rest.startIndex
      for _ in 0..<width where end < rest.endIndex {
        end = min(rest.endIndex, end + Str.sequenceLength(rest[end]))
      }
      fields.append(rest[..<end])
      rest = rest[end...]
      column += 1
    }
    return fields
  }

  /// With quotes, in which delimiters and comments mean nothing; two quotes stand for one.
  private func quoted(
    _ line: ArraySlice<UInt8>, isDelimiter: (UInt8) -> Bool, joins: Bool
  ) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var field: [UInt8] = []
    var isOpen = false
    var hasField = false
    var i = line.startIndex
    while i < line.endIndex {
      let byte = line[i]
      if isOpen {
        if byte == quote {
          if i + 1 < line.endIndex, line[i + 1] == quote {
            field.append(byte)
            i += 1
          } else {
            isOpen = false
          }
        } else {
          field.append(byte)
        }
      } else if byte == quote, field.isEmpty {
        isOpen = true
        hasField = true
      } else if comments.contains(where: { !$0.isEmpty && line[i...].starts(with: $0) }) {
        break
      } else if isDelimiter(byte) {
        if !joins || hasField { fields.append(field[...]) }
        field = []
        hasField = !joins
      } else {
        field.append(byte)
        hasField = true
      }
      i += 1
    }
    if hasField || !fields.isEmpty && !joins { fields.append(field[...]) }
    return fields
  }

  /// Without white space at either end.
  static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var field = field
    while let first = field.first, first == 0x20 || (0x09...0x0D).contains(first) { field = field.dropFirst() }
    while let last = field.last, last == 0x20 || (0x09...0x0D).contains(last) { field = field.dropLast() }
    return field
  }
}
