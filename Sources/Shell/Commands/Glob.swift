/// A text with `*` for any characters and `?` for one.
struct Glob {
  private let pattern: [Character]

  /// Found anywhere in another text, or as `isWhole` all of it.
  init(_ pattern: String, isWhole: Bool = false) { self.pattern = Array(isWhole ? pattern : "*" + pattern + "*") }

  func matches(_ text: String) -> Bool {
    let text = Array(text)
    var i = 0
    var p = 0
    var star: (pattern: Int, text: Int)?
    while i < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, i)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[i] {
        p += 1
        i += 1
      } else if let last = star {
        // The last star takes one character more.
        star = (last.pattern, last.text + 1)
        p = last.pattern + 1
        i = last.text + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
