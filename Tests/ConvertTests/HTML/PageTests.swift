import Foundation
import FoundationXML
import XCTest

@testable import Convert
@testable import Notebook

final class PageTests: XCTestCase {
  private func page(_ text: String, files: [String: [UInt8]] = [:]) throws -> String {
    String(
      decoding: try HTMLPage.write(try Notebook(Array(text.utf8)), name: "a", path: "a.tnb") { files[$0] },
      as: UTF8.self)
  }

  private func body(_ text: String, files: [String: [UInt8]] = [:]) throws -> String {
    let page = try page(text, files: files)
    return page.components(separatedBy: "<main>\n")[1].components(separatedBy: "</main>")[0]
  }

  private func prose(_ markdown: String, files: [String: [UInt8]] = [:]) throws -> String {
    try MarkdownHTML { files[$0] }.render(markdown)
  }

  func testCells() throws {
    let text = "# %% [markdown]\n# # Head\n# *a*\n\n# %% name\nx = 'a<b'  # c\nx @ 3\n#> 1 < 2\n#! TypeError: \"no\"\n"
    XCTAssertEqual(
      try body(text),
      """
      <h1 id="head">Head</h1>
      <p><em>a</em></p>
      <div class="cell">
      <div class="name">name</div>
      <pre class="code"><code>x = <span class="s">'a&lt;b'</span>  <span class="c"># c</span>
      x @ <span class="n">3</span></code></pre>
      <pre class="output">1 &lt; 2</pre>
      <pre class="output error">TypeError: &quot;no&quot;</pre>
      </div>

      """)
    XCTAssert(try page(text).contains("<title>Head</title>"))
    XCTAssert(try body("# ---\n# title: T & t\n# ---\n# %%\n1\n").hasPrefix("<h1>T &amp; t</h1>\n"))
  }

  /// Nothing of a notebook runs, loads anything, or breaks out of its place.
  func testPagesAreSafe() throws {
    let hostile = [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
      "[x](javascript:alert(1))",
      "[x](JavaScript:alert(1))", "<iframe src=\"https://example.com\"></iframe>",
      "<b onclick=\"alert(1)\" style=\"position:fixed\">x</b>",
      "<meta http-equiv=refresh content=\"0;url=https://example.com\">", "</main></body>",
      "<style>*{display:none}</style>",
      "<a href='data:text/html,x'>x</a>", "![x](https://example.com/x.png)", "![x](data:text/html,x)",
      "<svg onload=alert(1)>",
      "<!-- --><script>", "<b\n<script>alert(1)</script>", "<a href=\"x\"onmouseover=\"alert(1)\">", "&lt;script&gt;",
      "<form action=x>",
      "<p align='\"><script>alert(1)</script>'>", "`<script>`", "[a]: javascript:alert(1)\n[a]",
      "<a href=\" javascript:alert(1)\">",
      "$<script>alert(1)</script>$", "$\\text{<script>}$", "# <script>x</script>",
      "<a href=java&#115;cript:alert(1)>x</a>",
    ]
    for text in hostile {
      let html = try prose(text)
      for part in [
        "<script", "<iframe", "<svg", "<meta", "<style", "<form", "</main", "<img src=\"http", "<img src=\"x",
      ] {
        XCTAssertFalse(html.contains(part), "\(text): \(html)")
      }
      let tags = html.components(separatedBy: "<").dropFirst().map { $0.components(separatedBy: ">")[0].lowercased() }
      for tag in tags {
        for part in ["javascript:", " on", "style=", "data:text"] {
          XCTAssertFalse(tag.contains(part), "\(text): \(html)")
        }
      }
    }
    let page = try page("# %%\nprint('</pre><script>')\n#> </pre><script>\u{1B}[31mred\u{1B}[0m\u{7}\n")
    XCTAssertFalse(page.contains("<script"))
    XCTAssert(page.contains("&lt;/pre&gt;&lt;script&gt;red\u{2407}"), page)
    XCTAssert(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
  }

  func testLayoutByHTMLIsKept() throws {
    XCTAssertEqual(
      try prose("a<br>b <kbd>x</kbd> &nbsp; &amp; <sub>i</sub>"),
      "<p>a<br>b <kbd>x</kbd> &nbsp; &amp; <sub>i</sub></p>\n")
    XCTAssertEqual(
      try prose("<details open>\n<summary>s</summary>\n\ntext"),
      "<details open=\"\">\n<summary>s</summary>\n<p>text</p>\n</details>", "left open, it ends with its prose")
    XCTAssertEqual(try prose("</b></details>x"), "<p>x</p>\n")
    XCTAssertEqual(
      try prose("<a href=\"https://a.b/?x=1&y\">l</a>"), "<p><a href=\"https://a.b/?x=1&amp;y\">l</a></p>\n")
  }

  func testMarkdown() throws {
    XCTAssertEqual(
      try prose("| a | b |\n|:--|--:|\n| `x` | 2 |"),
      "<div class=\"table\"><table>\n<thead>\n<tr><th align=\"left\">a</th><th align=\"right\">b</th></tr>\n</thead>\n<tbody>\n<tr><td align=\"left\"><code>x</code></td><td align=\"right\">2</td></tr>\n</tbody>\n</table></div>\n"
    )
    XCTAssertEqual(
      try prose("3. a\n4. b\n\n- [x] c"),
      "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked> c</li>\n</ul>\n"
    )
    XCTAssertEqual(
      try prose("```python\nif x: pass\n```"),
      "<pre class=\"code\"><code><span class=\"k\">if</span> x: <span class=\"k\">pass</span>\n</code></pre>\n")
    XCTAssertEqual(try prose("```\n<x>\n```"), "<pre class=\"code\"><code>&lt;x&gt;\n</code></pre>\n")
    XCTAssertEqual(try prose("> a  \n> b\n\n---"), "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>\n<hr>\n")
    XCTAssertEqual(try prose("from $5 to $6"), "<p>from $5 to $6</p>\n")
    XCTAssertEqual(
      try prose("# A b!\n# A b\n## `c` $x$"),
      "<h1 id=\"a-b\">A b!</h1>\n<h1 id=\"a-b-1\">A b</h1>\n<h2 id=\"c-x\"><code>c</code> <math alttext=\"x\"><mi>x</mi></math></h2>\n"
    )
    XCTAssertNoThrow(try prose(String(repeating: "> ", count: 10_000) + "x"))
    XCTAssertNoThrow(try prose(String(repeating: "[", count: 50_000)))
  }

  func testImagesArePartOfThePage() throws {
    let files: [String: [UInt8]] = ["a b.png": [1, 2, 3], "x.svg": Array("<svg/>".utf8)]
    XCTAssertEqual(
      try prose("![t](a%20b.png)", files: files), "<p><img src=\"data:image/png;base64,AQID\" alt=\"t\"></p>\n")
    XCTAssertEqual(
      try prose("![](./x.svg)", files: files), "<p><img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"\"></p>\n")
    XCTAssertEqual(try prose("![t *u*](https://a.b/c.png)"), "<p><a href=\"https://a.b/c.png\">t u</a></p>\n")
    XCTAssert(
      try body("# %% output=\"a b.png\" output=x.svg\nx\n", files: files).contains(
        "<div class=\"output\"><img src=\"data:image/png;base64,AQID\" alt=\"output\"></div>\n<div class=\"output\"><img src=\"data:image/svg"
      ))
  }

  func testContents() throws {
    let heads = (1...4).map { "# ## H\($0) [l](x)\n" }.joined()
    XCTAssert(
      try body("# %% [markdown]\n# # T\n\(heads)").contains(
        "<h1 id=\"t\">T</h1>\n<details class=\"contents\"><summary>Contents</summary>\n<ul>\n<li class=\"h2\"><a href=\"#h1-l\">H1 l</a></li>\n"
      ))
    XCTAssertFalse(try body("# %% [markdown]\n# # T\n# ## a\n").contains("Contents"))
  }

  /// Every page is well-formed, but for HTML's elements without an end.
  func testPagesAreWellFormed() throws {
    for file in try RoundTripTests.notebooks() {
      let html = try page(String(decoding: try Data(contentsOf: file), as: UTF8.self))
      var xml = html.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
      for name in ["meta", "br", "hr", "img", "input", "wbr"] {
        xml = xml.replacingOccurrences(of: "<\(name)( [^>]*)?>", with: "<\(name)$1/>", options: .regularExpression)
      }
      xml = xml.replacingOccurrences(of: " disabled checked/>", with: "/>").replacingOccurrences(
        of: " disabled/>", with: "/>")
      xml = xml.replacingOccurrences(of: "&[A-Za-z]+;", with: "", options: .regularExpression)
      let parser = XMLParser(data: Data(xml.utf8))
      XCTAssert(parser.parse(), "\(file.lastPathComponent): \(String(describing: parser.parserError))")
    }
  }

  func testOnlyPagesOfTnbAreRead() {
    for text in ["", "<html></html>", "<a id=\"notebook\" href=\"data:x;base64,*\">", "<a id=\"notebook\" href=\"x\">"]
    {
      XCTAssertThrowsError(try HTMLPage.read(Array(text.utf8), path: "a.html"), text)
    }
  }
}
