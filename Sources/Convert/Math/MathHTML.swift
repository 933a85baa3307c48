import Notebook

/// TeX between dollar signs as MathML, which browsers lay out by themselves.
enum MathHTML {
  /// TeX that holds something unknown is shown as it is written: that is better than a formula that says something else.
  static func render(_ tex: String, isDisplay: Bool) -> String {
    var parser = TeXParser(tex)
    guard let math = parser.formula() else { return "<code class=\"math\">\(Markup.escape(tex))</code>" }
    let display = isDisplay ? " display=\"block\"" : ""
    return "<math\(display) alttext=\"\(Markup.escape(tex))\">\(math)</math>"
  }
}
