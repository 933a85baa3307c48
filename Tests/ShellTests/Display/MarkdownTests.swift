import Notebook
import XCTest

@testable import Shell

/// Prose drawn for a terminal.
final class MarkdownTests: XCTestCase {
  private func plain(_ markdown: String, width: Int = 40) -> String {
    MarkdownText.lines(markdown, width: width, .plain).joined(separator: "\n")
  }

  private let coloured = Palette(isColored: true)

  func testHeadingsAndParagraphs() {
    XCTAssertEqual(
      plain(
        "# A title\n\nSome words that go over more than one line of forty.\nThe same paragraph.\n\n## Part ##\nText"),
      """
      A title
      =======

      Some words that go over more than one
      line of forty. The same paragraph.

      Part
      ----

      Text
      """)
    XCTAssertEqual(plain("Under\n===\nlined\n---"), "Under\n=====\n\nlined\n-----")
    XCTAssertEqual(plain("#no heading"), "#no heading")
  }

  func testInlineMarks() {
    XCTAssertEqual(plain("*a* **b** `c * d` _e_ x_y_z 2 * 3 * 4"), "*a* **b** `c * d` *e* x_y_z 2 * 3 * 4")
    XCTAssertEqual(plain("***both*** **a *b* c**"), "***both*** **a *b* c**")
    XCTAssertEqual(plain(#"\*no\* &lt;x&gt; a\\b"#), #"*no* <x> a\b"#)
    XCTAssertEqual(
      plain("[the page](docs/x.md) <https://a.b> [here](#part) ![a plot](p.png)"),
      "the page (docs/x.md) https://a.b here a\nplot (p.png)")
    XCTAssertEqual(plain("``a ` b`` and `open"), "`a ` b` and `open")
    XCTAssertEqual(plain("one  \ntwo\\\nthree"), "one\ntwo\nthree")
  }

  func testColourTakesThePlaceOfMarks() {
    let lines = MarkdownText.lines("# T\n\n*a* **b** `c`", width: 40, coloured)
    XCTAssertEqual(lines, ["\u{1B}[1mT\u{1B}[0m", "", "\u{1B}[3ma\u{1B}[0m \u{1B}[1mb\u{1B}[0m \u{1B}[36mc\u{1B}[0m"])
  }

  func testLists() {
    XCTAssertEqual(
      plain("- one\n- two, which is longer than what fits into the line\n  - inner\n* other list\n\n9. nine\n10. ten"),
      """
      - one
      - two, which is longer than what fits
        into the line
        - inner

      - other list

       9. nine
      10. ten
      """)
    XCTAssertEqual(plain("1. a\n\n   more\n2. b"), "1. a\n\n   more\n\n2. b")
    XCTAssertEqual(plain("text\n- item"), "text\n\n- item")
    XCTAssertEqual(plain("in the year\n1999. It was"), "in the year 1999. It was")
  }

  func testCodeKeepsItsLines() {
    XCTAssertEqual(
      plain(
        "Before\n```python\nfor i in x:\n    print(i)  # a line that is longer than forty columns\n\n    y\n```\nAfter"),
      """
      Before

          for i in x:
              print(i)  # a line that is longer than forty columns

              y

      After
      """)
    XCTAssertEqual(plain("    indented *code*\n\n~~~\nopen"), "    indented *code*\n\n    open")
  }

  func testQuotesRulesAndTables() {
    XCTAssertEqual(
      plain("> quoted\nlazily\n>\n> - item\n\n---"),
      "> quoted lazily\n>\n> - item\n\n" + String(repeating: "-", count: 40))
    XCTAssertEqual(plain("| a | bb |\n|---|:--:|\n| 1 | `x` |\n| long one |"), "a         bb\n1         `x`\nlong one")
    XCTAssertEqual(plain("| a | b |\n|-|-|\n| 1 | wide wide wide |", width: 12), "a: 1\nb: wide wide\nwide")
  }

  func testWideCharacters() {
    XCTAssertEqual(plain("日本語のテキスト", width: 9), "日本語の\nテキスト", "between wide characters a line may end")
    XCTAssertEqual(plain("ab 日本語", width: 8), "ab 日本\n語")
    XCTAssertEqual(plain("e\u{301}e\u{301}e\u{301}e\u{301} x", width: 8), "e\u{301}e\u{301}e\u{301}e\u{301} x")
    XCTAssertEqual(plain("👩‍👩‍👧 ok", width: 8), "👩‍👩‍👧 ok")
  }

  func testNoLineIsWiderThanTheScreen() {
    let text =
      "A *long* paragraph with `some code in it` and averyveryveryveryverylongwordthatfitsnowhere, 日本語, **and so on**."
    for width in 8...60 {
      for palette in [Palette.plain, coloured] {
        for line in MarkdownText.lines(text + "\n\n- " + text + "\n\n> " + text, width: width, palette) {
          XCTAssertLessThanOrEqual(TextWidth.of(line.withoutEscapes), width, line)
        }
      }
    }
  }

  func testAnythingCanBeDrawn() {
    var generator = SeededGenerator(state: 7)
    let pieces = [
      "*", "**", "_", "`", "```", "\n", "\n\n", "- ", "1. ", "> ", "#", "[", "](", ")", "|", "---", "a", " ", "    ",
      "\\", "<", "&lt;", "é", "語",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
        .joined()
      _ = MarkdownText.lines(text, width: Int.random(in: 1...30, using: &generator), .plain)
    }
  }
}

/// Repeats its numbers.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension String {
  /// The text that a terminal shows.
  var withoutEscapes: String {
    var text = ""
    var isEscape = false
    for scalar in unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { text.unicodeScalars.append(scalar) }
      if isEscape, scalar == "m" { isEscape = false }
    }
    return text
  }
}
