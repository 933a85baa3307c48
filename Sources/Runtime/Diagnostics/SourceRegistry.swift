import Language

/// The texts that code was compiled from: cells, and library files written in the language.
///
/// A span's `source` is the number this registry gave the text; 0 is no text.
package final class SourceRegistry {
  package struct Entry {
    /// The file, `<stdin>`, `<command>`, or a library file's module name.
    package let name: String
    package let text: [UInt8]
    /// A file of tnb's own library: errors point at the user's code above it.
    package let isLibrary: Bool
  }

  private var entries: [Entry] = []

  package init() {}

  /// Adds a text; gives the number to parse it with.
  package func add(name: String, text: [UInt8], isLibrary: Bool = false) -> UInt32 {
    entries.append(Entry(name: name, text: text, isLibrary: isLibrary))
    return UInt32(entries.count)
  }

  /// Numbers go from 1 to this.
  package var count: Int { entries.count }

  /// The newest text of which something holds.
  package func last(where isWanted: (Entry) -> Bool) -> Entry? { entries.last(where: isWanted) }

  package subscript(source: UInt32) -> Entry? {
    let index = Int(source) - 1
    return entries.indices.contains(index) ? entries[index] : nil
  }

  /// The line a span begins in, counted from 1; 0 when its source is unknown.
  package func line(of span: SourceSpan) -> Int {
    guard let entry = self[span.source] else { return 0 }
    return 1 + entry.text.prefix(Int(span.lo)).count { $0 == UInt8(ascii: "\n") }
  }

  /// The text a span covers; nil when its source is unknown.
  package func text(of span: SourceSpan) -> [UInt8]? {
    guard let entry = self[span.source], span.lo <= span.hi, Int(span.hi) <= entry.text.count else { return nil }
    return Array(entry.text[Int(span.lo)..<Int(span.hi)])
  }
}
