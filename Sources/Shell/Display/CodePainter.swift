import Language
import Notebook

/// Code in colour.
package enum CodePainter {
  /// How the bytes of a text are drawn, in order and without overlap.
  package static func spans(_ text: [UInt8]) -> [StyledSpan] {
    Highlighter.spans(of: text).compactMap { span in
      let role: Role
      switch span.kind {
      case .keyword: role = .keyword
      case .constant: role = .constant
      case .number: role = .number
      case .string: role = .string
      case .comment: role = .comment
      case .definition: role = .definition
      case .decorator: role = .decorator
      case .name, .symbol: return nil
      }
      return StyledSpan(lo: span.lo, hi: span.hi, role: role)
    }
  }

  /// The text with the escape sequences of a palette.
  package static func paint(_ code: String, _ palette: Palette) -> String {
    guard palette.isColored else { return code.showingControls() }
    let bytes = Array(code.utf8)
    var text = ""
    var position = 0
    func plain(_ end: Int) {
      text += String(decoding: bytes[position..<end], as: UTF8.self).showingControls()
    }
    for span in spans(bytes) {
      plain(span.lo)
      text += palette.paint(String(decoding: bytes[span.lo..<span.hi], as: UTF8.self), span.role)
      position = span.hi
    }
    plain(bytes.count)
    return text
  }
}
