import XCTest

@testable import Convert

final class MathTests: XCTestCase {
  private func formula(_ tex: String) -> String? {
    var parser = TeXParser(tex)
    return parser.formula()
  }

  func testFormulas() {
    for (tex, math) in [
      ("x", "<mi>x</mi>"), ("12.5x", "<mn>12.5</mn><mi>x</mi>"), ("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
      ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
      ("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
      ("x^{10}", "<msup><mi>x</mi><mrow><mn>10</mn></mrow></msup>"),
      ("x^10", "<msup><mi>x</mi><mn>1</mn></msup><mn>0</mn>"),
      ("\\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>"),
      ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"), ("\\alpha", "<mi>α</mi>"),
      ("\\nabla L", "<mi>∇</mi><mi>L</mi>"),
      ("\\sum_i", "<munder><mo movablelimits=\"true\">∑</mo><mi>i</mi></munder>"),
      ("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>"),
      (
        "f'(x)",
        "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>"
      ),
      ("\\mathbf{w}", "<mi>𝐰</mi>"), ("\\mathbb R", "<mi>ℝ</mi>"), ("\\mathcal{L}", "<mi>ℒ</mi>"),
      ("\\boldsymbol\\theta", "<mi>𝛉</mi>"),
      ("\\text{if }x", "<mtext>if\u{A0}</mtext><mi>x</mi>"), ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
      ("\\left(x\\right.", "<mrow><mo fence=\"true\" stretchy=\"true\" form=\"prefix\">(</mo><mi>x</mi></mrow>"),
      (
        "\\begin{matrix}a&b\\\\c&d\\end{matrix}",
        "<mrow><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable></mrow>"
      ),
      ("\\hat y", "<mover accent=\"true\"><mi>y</mi><mo>^</mo></mover>"), ("", ""), ("{}", "<mrow></mrow>"),
    ] { XCTAssertEqual(formula(tex), math, tex) }
  }

  /// What is not known is shown as it is written, never as something else.
  func testUnknownTeXIsShownAsWritten() {
    for tex in [
      "\\unknown", "\\frac{1}", "{x", "x}", "x_1_2", "\\left(x", "\\begin{matrix}x", "\\begin{foo}x\\end{foo}",
      "\\sqrt[3", "a & b",
      "\\text{a $b$}", "\\", "x^", "\\left x \\right)", "\\begin{matrix}x\\end{pmatrix}", "\\mathbf{\\sum}",
      String(repeating: "{", count: 10_000),
      String(repeating: "x^", count: 10_000) + "x", String(repeating: "\\sqrt", count: 10_000) + "x",
    ] {
      XCTAssertNil(formula(tex), String(tex.prefix(30)))
    }
    XCTAssertEqual(MathHTML.render("\\foo<", isDisplay: true), "<code class=\"math\">\\foo&lt;</code>")
    XCTAssertEqual(
      MathHTML.render("x\"", isDisplay: true).prefix(44), "<math display=\"block\" alttext=\"x&quot;\"><mi>")
  }

  func testRandomTeXIsNoTrap() {
    var generator = SplitMix(state: 5)
    let pieces = [
      "x", "1", "\\", "{", "}", "^", "_", "&", "\\\\", "\\frac", "\\left", "\\right", "(", "\\begin{cases}",
      "\\end{cases}", "'", " ", "\\sum", "[", "]", "\\sqrt", "é", "\\text{a}",
    ]
    for _ in 0..<5000 {
      let tex = (0..<Int.random(in: 0..<20, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
      guard let html = formula(tex) else { continue }
      XCTAssertEqual(html.components(separatedBy: "<mrow>").count, html.components(separatedBy: "</mrow>").count, tex)
    }
  }
}
