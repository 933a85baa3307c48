import Notebook

/// The tour: what the shell can do, on one screen of 24 lines.
enum Tour {
  /// What is typed, and what it does.
  private static let stops: [(code: String, says: String)] = [
    ("2 * 21", "Enter runs it and shows the last line's value"),
    ("x = randn(2, 3, grad)", "random numbers that want gradients"),
    ("(x ** 2).sum().backward()", "computes the gradients into x.grad"),
    ("x?   randn?   help(x)", "what is this?   f?? shows a function's source"),
    ("x.", "and Tab: what can it do?   Tab completes anywhere"),
    ("%whos", "which variables are there?"),
    ("%why x.grad", "where does this gradient come from?"),
    ("%graph y   %shapes x @ x.T", "how was y made?   shapes step by step"),
    ("%timeit x @ x.T", "how long does it take?"),
    ("?", "all the commands   !ls runs one of the system's"),
  ]

  private static let keys: [(keys: String, says: String)] = [
    ("Up, Ctrl-R", "recall cells, search them"),
    ("Alt-Enter", "a new line; an empty line ends a block"),
    ("Ctrl-C, Ctrl-D", "give up or stop; leave"),
    ("%undo, %edit 2", "take back the last cell; change an earlier one"),
    ("%save FILE", "keep the session as a notebook that runs again"),
  ]

  static func text(width: Int, _ palette: Palette) -> String {
    var text = ""
    for (i, list) in [stops, keys.map { (code: $0.keys, says: $0.says) }].enumerated() {
      text += palette.paint(i == 0 ? "Things to type" : "Keys, and what to do at the end", .heading) + "\n"
      for stop in list { text += entry(stop.code, stop.says, width, palette) }
      text += "\n"
    }
    let learn = "New to tensors? `%learn` lists lessons that begin at the beginning."
    return text + MarkdownText.render(learn, width: width, palette)
  }

  /// Side by side where there is room, else below each other.
  private static func entry(_ code: String, _ says: String, _ width: Int, _ palette: Palette) -> String {
    let column = 30
    let painted =
      code.hasPrefix("%") || code.hasPrefix("!") ? palette.paint(code, .command) : CodePainter.paint(code, palette)
    if width >= 80 { return "  " + painted + String(repeating: " ", count: column - 2 - code.count) + says + "\n" }
    var words = StyledWords()
    words.add(says, [])
    return "  " + painted + "\n" + words.lines(width: width - 6, palette).map { "      \($0)\n" }.joined()
  }
}
