import Glibc
import Notebook

/// The log of every cell that was typed: a file that is only ever appended to, so that several shells share it.
///
///     #1732538790 18f2a-5e1 3
///     +def f(x):
///     +    return x + 1
///
/// An entry's first line has the time in seconds since 1970, the session, and the cell's number in it. Each line of the cell
/// follows behind a `+`. An entry is one `write`, which the system does not mix with another's; lines of any other form, such
/// as half an entry after a full disk, are passed over.
package struct HistoryFile {
  package let path: String

  package init(path: String) { self.path = path }

  package struct Entry: Equatable {
    package var seconds: Int
    package var session: String
    package var number: Int
    package var text: String
  }

  /// Adds an entry; gives the error number when that fails.
  package func append(_ entry: Entry) -> Int32? {
    var text = "#\(entry.seconds) \(entry.session) \(entry.number)\n"
    for line in entry.text.split(separator: "\n", omittingEmptySubsequences: false) { text += "+\(line)\n" }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    return writeAll(Array(text.utf8), to: descriptor)
  }

  /// What the file holds now; nothing when it is not there.
  package func read() -> HistoryLog { HistoryLog((try? readFile(path)) ?? []) }
}

/// The entries of a history file, found by their first lines and read when they are asked for.
package struct HistoryLog {
  private let bytes: [UInt8]
  /// Where each entry begins.
  private let starts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts: [Int] = []
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var position = 0
      while position < buffer.count {
        if base[position] == UInt8(ascii: "#") { starts.append(position) }
        guard let newline = memchr(base + position, 0x0A, buffer.count - position) else { break }
        position = UnsafeRawPointer(newline) - UnsafeRawPointer(base) + 1
      }
    }
    self.starts = starts
  }

  package var count: Int { starts.count }

  /// The code of entry `i`, counted from the oldest.
  package func text(_ i: Int) -> String {
    var text: [UInt8] = []
    var isFirst = true
    for line in body(i).split(separator: 0x0A, omittingEmptySubsequences: true).dropFirst() where line.first == 0x2B {
      if !isFirst { text.append(0x0A) }
      isFirst = false
      text += line.dropFirst()
    }
    return String(decoding: text, as: UTF8.self)
  }

  package func entry(_ i: Int) -> HistoryFile.Entry {
    let head = body(i).prefix { $0 != 0x0A }.dropFirst()
    let words = String(decoding: head, as: UTF8.self).split(separator: " ")
    return HistoryFile.Entry(
      seconds: words.first.flatMap { Int($0) } ?? 0, session: words.count > 1 ? String(words[1]) : "",
      number: words.count > 2 ? Int(words[2]) ?? 0 : 0, text: text(i))
  }

  /// Whether entry `i` can hold `wanted`, which is ASCII and, when `ignoringCase`, lower case: a look at the bytes alone.
  package func mayContain(_ i: Int, _ wanted: [UInt8], ignoringCase: Bool) -> Bool {
    ByteSearch.contains(body(i), wanted, ignoringCase: ignoringCase)
  }

  private func body(_ i: Int) -> ArraySlice<UInt8> {
    bytes[starts[i]..<(i + 1 < starts.count ? starts[i + 1] : bytes.count)]
  }
}

enum ByteSearch {
  static func contains(_ text: ArraySlice<UInt8>, _ wanted: [UInt8], ignoringCase: Bool) -> Bool {
    guard let first = wanted.first else { return true }
    return text.withUnsafeBufferPointer { text in
      guard text.count >= wanted.count else { return false }
      let upper = ignoringCase && (0x61...0x7A).contains(first) ? first & ~0x20 : first
      search: for i in 0...(text.count - wanted.count) where text[i] == first || text[i] == upper {
        for k in 1..<max(wanted.count, 1) {
          let byte = text[i + k]
          let folded = ignoringCase && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
          if folded != wanted[k] { continue search }
        }
        return true
      }
      return false
    }
  }
}
