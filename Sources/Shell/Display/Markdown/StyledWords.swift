import Notebook

/// Words of a paragraph with their looks, to be broken into lines.
struct StyledWords {
  /// What is never broken, as long as it fits into a line.
  private struct Word {
    var pieces: [(text: String, roles: [Role])] = []
    var width = 0
    /// Whether a space stands before it, unless it begins a line; in which look.
    var space: [Role]?
    var endsLine = false
  }

  private var words: [Word] = []
  private var pendingSpace: [Role]?
  private var isOpen = false

  /// Adds text. White space parts words, and wide characters may stand at either side of a line's end.
  /// With `isWhole` it stays in one line.
  mutating func add(_ text: String, _ roles: [Role], isWhole: Bool = false) {
    for character in text {
      if character == " " && !isWhole || character == "\n" {
        isOpen = false
        if pendingSpace == nil { pendingSpace = roles }
        continue
      }
      let width = Self.width(of: character)
      if width == 2 { isOpen = false }
      if !isOpen {
        words.append(Word(space: words.isEmpty || words.last!.endsLine ? nil : pendingSpace))
        pendingSpace = nil
      }
      isOpen = width != 2
      append(character, width, roles)
    }
  }

  mutating func breakLine() {
    if words.isEmpty { words.append(Word()) }
    words[words.count - 1].endsLine = true
    isOpen = false
    pendingSpace = nil
  }

  private mutating func append(_ character: Character, _ width: Int, _ roles: [Role]) {
    let last = words.count - 1
    words[last].width += width
    if let piece = words[last].pieces.last, piece.roles == roles {
      words[last].pieces[words[last].pieces.count - 1].text.append(character)
    } else {
      words[last].pieces.append((String(character), roles))
    }
  }

  /// The columns of a character: of several scalars that join into one, those of the widest form.
  static func width(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    return scalars.count == 1 ? TextWidth.of(scalars.first!) : min(2, TextWidth.of(String(character)))
  }

  /// The lines, none wider than `width`.
  func lines(width: Int, _ palette: Palette) -> [String] {
    let width = max(width, 1)
    var lines: [String] = []
    var line = StyledLine()
    for word in words {
      let isFirst = line.width == 0
      let gap = isFirst || word.space == nil ? 0 : 1
      if !isFirst, line.width + gap + word.width > width {
        lines.append(line.painted(palette))
        line = StyledLine()
      } else if gap == 1 {
        line.add(" ", 1, word.space!)
      }
      for piece in word.pieces { add(piece.text, piece.roles, to: &line, &lines, width, palette) }
      if word.endsLine {
        lines.append(line.painted(palette))
        line = StyledLine()
      }
    }
    if line.width > 0 { lines.append(line.painted(palette)) }
    return lines
  }

  /// A word that is longer than a line is cut where the line ends.
  private func add(
    _ text: String, _ roles: [Role], to line: inout StyledLine, _ lines: inout [String], _ width: Int,
    _ palette: Palette
  ) {
    for character in text {
      let columns = Self.width(of: character)
      if line.width > 0, line.width + columns > width {
        lines.append(line.painted(palette))
        line = StyledLine()
      }
      line.add(String(character), columns, roles)
    }
  }
}

/// A line of text in several looks.
private struct StyledLine {
  private var pieces: [(text: String, roles: [Role])] = []
  private(set) var width = 0

  mutating func add(_ text: String, _ columns: Int, _ roles: [Role]) {
    width += columns
    if let last = pieces.last, last.roles == roles {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append((text, roles))
    }
  }

  func painted(_ palette: Palette) -> String { pieces.map { palette.paint($0.text, $0.roles) }.joined() }
}
