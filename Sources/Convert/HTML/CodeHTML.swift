import Language
import Notebook

/// Code as HTML, in colour: each piece stands in a `<span>` whose class says what it is.
enum CodeHTML {
  static func render(_ code: String) -> String {
    let bytes = Array(code.utf8)
    var html = ""
    var position = 0
    for span in Highlighter.spans(of: bytes) {
      html += text(bytes[position..<span.lo])
      if let name = className(of: span.kind) {
        html += "<span class=\"\(name)\">\(text(bytes[span.lo..<span.hi]))</span>"
      } else {
        html += text(bytes[span.lo..<span.hi])
      }
      position = span.hi
    }
    return html + text(bytes[position...])
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    Markup.escape(String(decoding: bytes, as: UTF8.self))
  }

  private static func className(of kind: Highlighter.Kind) -> StaticString? {
    switch kind {
    case .keyword: "k"
    case .constant: "o"
    case .number: "n"
    case .string: "s"
    case .comment: "c"
    case .definition: "d"
    case .decorator: "a"
    case .name, .symbol: nil
    }
  }
}
