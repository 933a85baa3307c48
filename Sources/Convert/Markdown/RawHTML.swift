import Notebook

/// HTML that stands in Markdown. Elements that lay text out are kept; whatever else looks like a tag is shown as text, so that a
/// page from a stranger's notebook can neither run nor load anything, nor break out of its place.
struct RawHTML {
  private static let allowed: Set<String> = [
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "details", "dfn", "dl",
    "dt", "em",
    "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol",
    "p", "pre",
    "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr",
    "tt", "u", "ul", "var", "wbr",
  ]
  private static let void: Set<String> = ["br", "hr", "wbr"]
  /// Elements that are open, the innermost last.
  private var open: [String] = []

  /// Attributes that say how an element looks.
  private static let attributes: Set<String> = [
    "align", "colspan", "rowspan", "title", "lang", "dir", "open", "start", "width",
  ]

  /// The text with every tag that is not allowed written out; attributes are left out but for those that say how an element looks.
  /// Comments vanish.
  mutating func filtered(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var html = ""
    var i = 0
    var plain = i
    func flush(to end: Int) -> String {
      Markup.escape(keepingEntities: String(decoding: bytes[plain..<end], as: UTF8.self))
    }
    while i < bytes.count {
      guard bytes[i] == UInt8(ascii: "<") else {
        i += 1
        continue
      }
      if bytes[i...].starts(with: "<!--".utf8), let end = Self.end(ofCommentAt: i, in: bytes) {
        html += flush(to: i)
        i = end
        plain = i
        continue
      }
      guard let tag = Self.tag(at: i, in: bytes) else {
        i += 1
        continue
      }
      html += flush(to: i) + balanced(tag)
      let end = tag.end
      i = end
      plain = i
    }
    return html + flush(to: bytes.count)
  }

  /// The ends of what was left open, so that it reaches no further than its prose.
  mutating func closingTags() -> String {
    defer { open = [] }
    return open.reversed().map { "</\($0)>" }.joined()
  }

  /// The tag; nothing for the end of an element that is not open.
  private mutating func balanced(_ tag: Tag) -> String {
    if Self.void.contains(tag.name) { return tag.closes ? "" : tag.text }
    guard tag.closes else {
      open.append(tag.name)
      return tag.text
    }
    guard let place = open.lastIndex(of: tag.name) else { return "" }
    let closed = open[place...].reversed().map { "</\($0)>" }.joined()
    open.removeSubrange(place...)
    return closed
  }

  private struct Tag {
    var name: String
    var closes: Bool
    var text: String
    var end: Int
  }

  private static func end(ofCommentAt start: Int, in bytes: [UInt8]) -> Int? {
    var i = start + 4
    while i + 2 < bytes.count {
      if bytes[i...].starts(with: "-->".utf8) { return i + 3 }
      i += 1
    }
    return nil
  }

  /// An allowed tag, written anew; nil for anything else.
  private static func tag(at start: Int, in bytes: [UInt8]) -> Tag? {
    var i = start + 1
    let closes = i < bytes.count && bytes[i] == UInt8(ascii: "/")
    if closes { i += 1 }
    let name = word(from: &i, in: bytes)
    guard allowed.contains(name), i < bytes.count else { return nil }
    var text = closes ? "</\(name)" : "<\(name)"
    while true {
      while i < bytes.count, isPlainSpace(bytes[i]) || bytes[i] == UInt8(ascii: "/") { i += 1 }
      guard i < bytes.count else { return nil }
      if bytes[i] == UInt8(ascii: ">") { return Tag(name: name, closes: closes, text: text + ">", end: i + 1) }
      guard let (key, value) = attribute(from: &i, in: bytes) else { return nil }
      guard !closes else { continue }
      if attributes.contains(key) {
        text += " \(key)=\"\(Markup.escape(value))\""
      } else if name == "a", key == "href", let address = WebAddress.safe(value) {
        text += " href=\"\(Markup.escape(address))\""
      }
    }
  }

  private static func word(from i: inout Int, in bytes: [UInt8]) -> String {
    let start = i
    while i < bytes.count,
      (0x30...0x39).contains(bytes[i]) || (0x61...0x7A).contains(bytes[i] | 0x20)
        || (bytes[i] == UInt8(ascii: "-") && i > start)
    {
      i += 1
    }
    return String(decoding: bytes[start..<i], as: UTF8.self).lowercased()
  }

  private static func attribute(from i: inout Int, in bytes: [UInt8]) -> (String, String)? {
    let key = word(from: &i, in: bytes)
    guard !key.isEmpty else { return nil }
    var k = i
    while k < bytes.count, isPlainSpace(bytes[k]) { k += 1 }
    guard k < bytes.count, bytes[k] == UInt8(ascii: "=") else { return (key, "") }
    i = k + 1
    while i < bytes.count, isPlainSpace(bytes[i]) { i += 1 }
    guard i < bytes.count else { return nil }
    let quote = bytes[i]
    let start: Int
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      start = i + 1
      i = start
      while i < bytes.count, bytes[i] != quote { i += 1 }
      guard i < bytes.count else { return nil }
      defer { i += 1 }
      return (key, String(decoding: bytes[start..<i], as: UTF8.self))
    }
    start = i
    while i < bytes.count, !isPlainSpace(bytes[i]), bytes[i] != UInt8(ascii: ">") { i += 1 }
    return (key, String(decoding: bytes[start..<i], as: UTF8.self))
  }
}

extension Markup {
  /// As `escape`, but for references such as `&nbsp;` and `&#8364;`, which stay.
  static func escape(keepingEntities text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return escape(text) }
    var html = ""
    for (i, part) in text.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
      if i > 0 {
        let name = part.prefix { $0 != ";" }
        let isReference =
          name.count < part.count && !name.isEmpty && name.count < 32
          && name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "#")
          }
        html += isReference ? "&" : "&amp;"
      }
      html += escape(part)
    }
    return html
  }
}

/// Addresses that a page may link to.
enum WebAddress {
  /// The address where it leads to the web, to a place of the page or to a file; nil for one that would run something.
  static func safe(_ address: String) -> String? {
    let text = address.trimmed
    let scheme = text.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
    guard scheme.count < text.count, text[scheme.endIndex] == ":" else { return text }
    return ["http", "https", "mailto", "ftp"].contains(scheme.lowercased()) ? text : nil
  }
}
