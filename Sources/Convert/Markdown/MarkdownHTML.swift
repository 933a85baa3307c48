import CMarkdown
import Notebook

/// Markdown as HTML: GitHub's dialect, with TeX between dollar signs. md4c parses; what it finds is written here, so that images
/// become part of the page and nothing of it can run or load anything.
final class MarkdownHTML {
  struct Heading {
    var level: Int
    var identifier: String
    /// HTML.
    var text: String
  }

  /// The headings so far, over all calls of `render`.
  private(set) var headings: [Heading] = []
  private var identifiers: [String: Int] = [:]
  private let file: (String) -> [UInt8]?

  private var html = ""
  /// Depth of images: what stands in one is its alternative text.
  private var imageDepth = 0
  private var alternative = ""
  private var code: String?
  private var rawBlock: String?
  private var rawHTML = RawHTML()
  private var codeLanguage = ""
  private var math: String?
  /// Inside a heading, the text of its identifier.
  private var headingText: String?
  private var headingStart = 0

  /// `file` gives the bytes of an image beside the notebook.
  init(file: @escaping (String) -> [UInt8]?) { self.file = file }

  func render(_ markdown: String, path: String = "") throws(NotebookError) -> String {
    html = ""
    rawHTML = RawHTML()
    var parser = MD_PARSER()
    parser.flags = UInt32(tnb_markdown_dialect)
    parser.enter_block = { type, detail, context in
      MarkdownHTML.of(context).enter(type, detail)
      return 0
    }
    parser.leave_block = { type, detail, context in
      MarkdownHTML.of(context).leave(type, detail)
      return 0
    }
    parser.enter_span = { type, detail, context in
      MarkdownHTML.of(context).enter(type, detail)
      return 0
    }
    parser.leave_span = { type, detail, context in
      MarkdownHTML.of(context).leave(type, detail)
      return 0
    }
    parser.text = { type, text, size, context in
      MarkdownHTML.of(context).add(type, MarkdownHTML.string(text, size))
      return 0
    }
    let bytes = Array(markdown.utf8)
    let status = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        tnb_markdown_parse(
          $0.baseAddress, UInt32(truncatingIfNeeded: $0.count), &parser, Unmanaged.passUnretained(self).toOpaque())
      }
    }
    if status == Int32(tnb_markdown_missing) {
      throw NotebookError(
        path: path, "prose needs the library libmd4c, which is not installed (Debian's package libmd4c0)")
    }
    if status != 0 { throw NotebookError(path: path, "its Markdown cannot be read") }
    html += rawHTML.closingTags()
    return html
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> MarkdownHTML {
    Unmanaged<MarkdownHTML>.fromOpaque(context!).takeUnretainedValue()
  }

  private static func string(_ text: UnsafePointer<CChar>?, _ size: MD_SIZE) -> String {
    String(decoding: UnsafeRawBufferPointer(start: text, count: Int(size)), as: UTF8.self)
  }

  private static func string(_ attribute: MD_ATTRIBUTE) -> String { string(attribute.text, attribute.size) }

  // MARK: Blocks

  private func enter(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch type {
    case MD_BLOCK_QUOTE: html += "<blockquote>\n"
    case MD_BLOCK_UL: html += "<ul>\n"
    case MD_BLOCK_OL:
      let start = detail!.load(as: MD_BLOCK_OL_DETAIL.self).start
      html += start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n"
    case MD_BLOCK_LI:
      let item = detail!.load(as: MD_BLOCK_LI_DETAIL.self)
      guard item.is_task != 0 else {
        html += "<li>"
        break
      }
      let isDone = UInt8(bitPattern: item.task_mark) | 0x20 == UInt8(ascii: "x")
      html += "<li class=\"task\"><input type=\"checkbox\" disabled\(isDone ? " checked" : "")> "
    case MD_BLOCK_HR: html += "<hr>\n"
    case MD_BLOCK_H:
      headingStart = html.utf8.count
      headingText = ""
    case MD_BLOCK_CODE:
      code = ""
      codeLanguage = Self.string(detail!.load(as: MD_BLOCK_CODE_DETAIL.self).lang).lowercased()
    case MD_BLOCK_HTML: rawBlock = ""
    case MD_BLOCK_P: html += "<p>"
    case MD_BLOCK_TABLE: html += "<div class=\"table\"><table>\n"
    case MD_BLOCK_THEAD: html += "<thead>\n"
    case MD_BLOCK_TBODY: html += "<tbody>\n"
    case MD_BLOCK_TR: html += "<tr>"
    case MD_BLOCK_TH: html += "<th\(Self.alignment(detail))>"
    case MD_BLOCK_TD: html += "<td\(Self.alignment(detail))>"
    default: break
    }
  }

  private static func alignment(_ detail: UnsafeMutableRawPointer?) -> String {
    switch detail!.load(as: MD_BLOCK_TD_DETAIL.self).align {
    case MD_ALIGN_LEFT: " align=\"left\""
    case MD_ALIGN_CENTER: " align=\"center\""
    case MD_ALIGN_RIGHT: " align=\"right\""
    default: ""
    }
  }

  private func leave(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    switch type {
    case MD_BLOCK_QUOTE: html += "</blockquote>\n"
    case MD_BLOCK_UL: html += "</ul>\n"
    case MD_BLOCK_OL: html += "</ol>\n"
    case MD_BLOCK_LI: html += "</li>\n"
    case MD_BLOCK_H: endHeading(Int(detail!.load(as: MD_BLOCK_H_DETAIL.self).level))
    case MD_BLOCK_CODE:
      let text = code ?? ""
      let isPython = ["python", "py", "python3", "tnb", "ipython"].contains(codeLanguage)
      html += "<pre class=\"code\"><code>\(isPython ? CodeHTML.render(text) : Markup.escape(text))</code></pre>\n"
      code = nil
    case MD_BLOCK_HTML:
      html += rawHTML.filtered(rawBlock ?? "")
      rawBlock = nil
    case MD_BLOCK_P: html += "</p>\n"
    case MD_BLOCK_TABLE: html += "</table></div>\n"
    case MD_BLOCK_THEAD: html += "</thead>\n"
    case MD_BLOCK_TBODY: html += "</tbody>\n"
    case MD_BLOCK_TR: html += "</tr>\n"
    case MD_BLOCK_TH: html += "</th>"
    case MD_BLOCK_TD: html += "</td>"
    default: break
    }
  }

  private func endHeading(_ level: Int) {
    let bytes = Array(html.utf8)
    let text = String(decoding: bytes[headingStart...], as: UTF8.self)
    html = String(decoding: bytes[..<headingStart], as: UTF8.self)
    let identifier = self.identifier(of: headingText ?? "")
    headingText = nil
    headings.append(Heading(level: level, identifier: identifier, text: text))
    html += "<h\(level) id=\"\(Markup.escape(identifier))\">\(text)</h\(level)>\n"
  }

  /// As GitHub makes them: small letters, hyphens for spaces, numbered where there are several.
  private func identifier(of text: String) -> String {
    var identifier = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber || character == "_" || character == "-" {
        identifier.append(character)
      } else if character.isWhitespace {
        identifier.append("-")
      }
    }
    if identifier.isEmpty { identifier = "section" }
    let count = identifiers[identifier, default: 0]
    identifiers[identifier] = count + 1
    return count == 0 ? identifier : "\(identifier)-\(count)"
  }

  // MARK: Spans

  private func enter(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    if type == MD_SPAN_IMG {
      imageDepth += 1
      if imageDepth == 1 { alternative = "" }
      return
    }
    guard imageDepth == 0 else { return }
    switch type {
    case MD_SPAN_EM: html += "<em>"
    case MD_SPAN_STRONG: html += "<strong>"
    case MD_SPAN_DEL: html += "<del>"
    case MD_SPAN_CODE: html += "<code>"
    case MD_SPAN_A:
      let link = detail!.load(as: MD_SPAN_A_DETAIL.self)
      let title = Self.string(link.title)
      let address =
        WebAddress.safe(Self.string(link.href)).map { " href=\"\(Markup.escape(keepingEntities: $0))\"" } ?? ""
      html += "<a\(address)\(title.isEmpty ? "" : " title=\"\(Markup.escape(keepingEntities: title))\"")>"
    case MD_SPAN_LATEXMATH, MD_SPAN_LATEXMATH_DISPLAY: math = ""
    default: break
    }
  }

  private func leave(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    if type == MD_SPAN_IMG {
      imageDepth -= 1
      if imageDepth == 0 { addImage(detail!.load(as: MD_SPAN_IMG_DETAIL.self)) }
      return
    }
    guard imageDepth == 0 else { return }
    switch type {
    case MD_SPAN_EM: html += "</em>"
    case MD_SPAN_STRONG: html += "</strong>"
    case MD_SPAN_DEL: html += "</del>"
    case MD_SPAN_CODE: html += "</code>"
    case MD_SPAN_A: html += "</a>"
    case MD_SPAN_LATEXMATH, MD_SPAN_LATEXMATH_DISPLAY:
      let tex = math ?? ""
      // `from $5 to $6`: sums of money, as pandoc tells them from formulas.
      if type == MD_SPAN_LATEXMATH, tex.first?.isWhitespace == true || tex.last?.isWhitespace == true {
        html += "$\(Markup.escape(tex))$"
      } else {
        html += MathHTML.render(tex, isDisplay: type == MD_SPAN_LATEXMATH_DISPLAY)
      }
      math = nil
    default: break
    }
  }

  /// Images beside the notebook become part of the page. Those of the web do not: looking at a page tells nobody.
  private func addImage(_ image: MD_SPAN_IMG_DETAIL) {
    let source = Self.string(image.src)
    let text = Markup.escape(alternative)
    if let data = PageImage.dataAddress(of: source, file: file) {
      html += "<img src=\"\(data)\" alt=\"\(text)\">"
    } else if let address = WebAddress.safe(source) {
      html += "<a href=\"\(Markup.escape(address))\">\(alternative.isEmpty ? Markup.escape(source) : text)</a>"
    } else {
      html += text
    }
  }

  // MARK: Text

  private func add(_ type: MD_TEXTTYPE, _ text: String) {
    if imageDepth > 0 {
      alternative += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? " " : text
      return
    }
    if math != nil {
      math! += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? " " : text
      headingText? += text
      return
    }
    if code != nil {
      code! += text
      return
    }
    if rawBlock != nil {
      rawBlock! += text
      return
    }
    switch type {
    case MD_TEXT_NULLCHAR: html += "\u{FFFD}"
    case MD_TEXT_BR: html += "<br>\n"
    case MD_TEXT_SOFTBR: html += "\n"
    case MD_TEXT_ENTITY: html += text
    case MD_TEXT_HTML: html += rawHTML.filtered(text)
    default:
      headingText? += text
      html += Markup.escape(text)
    }
  }
}
