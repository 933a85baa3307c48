/// A step's prose cut to a screen, so that nothing scrolls away unread.
struct Page {
  let rule: String
  let lines: [String]
  /// What the cell below will take.
  let codeLines: Int

  /// A part of the page, and whether the learner is asked to go on before it is shown.
  struct Part: Equatable {
    var text: String
    var waitsBefore: Bool
  }

  /// `unread` lines stand on the screen already and were not read yet. A last part without text stands for the cell, where it
  /// does not fit below the prose.
  func parts(height: Int, unread: Int) -> [Part] {
    let all = lines.isEmpty ? [rule] : [rule, ""] + lines
    // A blank line and the prompt's own rows; of a long cell the editor shows a part.
    let cell = min(codeLines + 1, height / 2)
    guard height > 6 else { return [Part(text: "\n" + text(all[...]), waitsBefore: false)] }
    // The line that asks to go on takes one row, and so does the blank line above the rule.
    let pages = pages(all, room: height - 2)
    var parts = pages.map { Part(text: text($0), waitsBefore: true) }
    let fits = unread + 1 + all.count + cell <= height
    parts[0].waitsBefore = unread > 0 && !fits
    parts[0].text = "\n" + parts[0].text
    if !fits, pages.last!.count + 1 + cell > height { parts.append(Part(text: "", waitsBefore: true)) }
    return parts
  }

  private func pages(_ all: [String], room: Int) -> [ArraySlice<String>] {
    var pages: [ArraySlice<String>] = []
    var rest = all[...]
    while rest.count > room {
      // Preferably up to a blank line in the second half.
      let window = rest.prefix(room)
      let blank = window.lastIndex(of: "").map { $0 - rest.startIndex } ?? 0
      let count = blank >= room / 2 ? blank : room
      pages.append(rest.prefix(count))
      rest = rest.dropFirst(count).drop { $0.isEmpty }
    }
    return rest.isEmpty ? pages : pages + [rest]
  }

  private func text(_ lines: ArraySlice<String>) -> String { lines.map { $0 + "\n" }.joined() }
}
