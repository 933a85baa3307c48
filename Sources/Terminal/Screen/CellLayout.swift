import Notebook
import Shell

/// A cell as rows of the terminal.
struct CellLayout {
  /// Each row as it is written, looks included, without a line ending.
  private(set) var rows: [[UInt8]] = []
  /// Columns each row takes.
  private(set) var widths: [Int] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0

  private let columns: Int
  private let reset: [UInt8]
  private var row: [UInt8] = []
  private var column = 0
  private var look: [UInt8] = []

  /// Lays out `text` behind the prompt. A long line goes on below its own beginning. `looks` gives each character's look as
  /// an index into `sequences`, where 0 is plain.
  init(
    text: [UInt32], cursor: Int, looks: [UInt8], sequences: [[UInt8]], prompt: Prompt, palette: Palette, columns: Int
  ) {
    self.columns = max(columns, 2)
    reset = Array(palette.end.utf8)
    var first = Self.painted(prompt.first, palette)
    var further = Self.painted(prompt.continuation, palette)
    if max(first.width, further.width) >= self.columns { (first, further) = (([], 0), ([], 0)) }
    // In a very narrow window the text matters more than its alignment.
    let margin = first.width * 2 > self.columns ? 0 : first.width
    begin(first.bytes, first.width)
    for (i, value) in text.enumerated() {
      if value == 0x0A {
        if i == cursor { mark(margin) }
        endRow()
        begin(further.bytes, further.width)
        continue
      }
      let (bytes, width) = Self.shown(value, at: column - margin)
      if column + width > self.columns { wrap(margin) }
      if i == cursor { mark(margin) }
      set(sequences[Int(looks[i])])
      row += bytes
      column += width
    }
    if cursor >= text.count { mark(margin) }
    endRow()
  }

  /// Adds a row below the cell: of a list, a search. What does not fit is cut off.
  mutating func append(_ text: String, _ role: Role, _ palette: Palette) {
    let shown = ColumnList.cut(text, to: columns - 1)
    rows.append(Array(palette.paint(shown, role).utf8))
    widths.append(TextWidth.of(shown))
  }

  private static func painted(_ pieces: [Prompt.Piece], _ palette: Palette) -> (bytes: [UInt8], width: Int) {
    (Array(pieces.map { palette.paint($0.text, $0.role) }.joined().utf8), TextWidth.of(Prompt.plain(pieces)))
  }

  private mutating func begin(_ prefix: [UInt8], _ width: Int) {
    row = prefix
    column = width
  }

  private mutating func endRow() {
    if !look.isEmpty { row += reset }
    look = []
    rows.append(row)
    widths.append(column)
  }

  private mutating func wrap(_ margin: Int) {
    endRow()
    begin(Array(repeating: 0x20, count: margin), margin)
  }

  /// The cursor stands here. Behind the last column there is no place for it: it goes to a row of its own.
  private mutating func mark(_ margin: Int) {
    if column >= columns { wrap(margin) }
    cursorRow = rows.count
    cursorColumn = column
  }

  private mutating func set(_ wanted: [UInt8]) {
    guard wanted != look else { return }
    if !look.isEmpty { row += reset }
    row += wanted
    look = wanted
  }

  /// A character's bytes and columns. A tab reaches to the next fourth column; other controls are shown as `^A`.
  private static func shown(_ value: UInt32, at column: Int) -> (bytes: [UInt8], width: Int) {
    if value >= 0x20, value < 0x7F { return ([UInt8(value)], 1) }
    if value == 0x09 {
      let width = 4 - max(column, 0) % 4
      return (Array(repeating: 0x20, count: width), width)
    }
    if value < 0x20 || value == 0x7F { return ([0x5E, UInt8(value ^ 0x40)], 2) }
    guard let scalar = Unicode.Scalar(value), value >= 0xA0 else { return ([0xEF, 0xBF, 0xBD], 1) }
    return (Array(String(Character(scalar)).utf8), TextWidth.of(scalar))
  }
}
