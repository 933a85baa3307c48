/// A terminal's screen: what a person would see of the bytes that a program writes.
///
/// It knows the sequences of a VT100 that the shell uses; any other fails the test that meets it.
struct EmulatedScreen {
  private(set) var rows: Int
  private(set) var columns: Int
  /// Lines that scrolled off the top.
  private(set) var scrollback: [String] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0
  private(set) var isCursorVisible = true
  private(set) var isPasteBracketed = false
  private(set) var bells = 0
  /// Whether any colour was used.
  private(set) var hasColor = false
  /// Sequences that are not known.
  private(set) var unknown: [String] = []

  private struct Cell {
    /// nil: the second column of a wide character.
    var text: String? = " "
    var look = ""
  }
  private var cells: [[Cell]]
  /// The row goes on in the next one: its text was too long.
  private var isContinued: [Bool]
  /// The last column was written: the next character goes to the next row.
  private var wrapPending = false
  private var look = ""
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    isContinued = Array(repeating: false, count: rows)
  }

  /// The rows without the spaces at their ends.
  var lines: [String] { cells.map(Self.text) }

  /// The screen as one text, without the empty rows at its end.
  var text: String {
    var lines = self.lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Everything that was ever shown.
  var transcript: String { (scrollback + [text]).joined(separator: "\n") }

  /// The look (SGR parameters) of the first place where a text stands.
  func look(of wanted: String) -> String? {
    for row in cells {
      let texts = row.map { $0.text ?? "" }
      for start in texts.indices where texts[start...].joined().hasPrefix(wanted) { return row[start].look }
    }
    return nil
  }

  private static func text(_ row: [Cell]) -> String {
    var text = row.compactMap(\.text).joined()
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  // MARK: Writing

  mutating func write(_ bytes: [UInt8]) {
    pending += bytes
    var i = 0
    while i < pending.count {
      guard let length = step(pending[i...]) else { break }
      i += length
    }
    pending.removeFirst(i)
  }

  /// Handles what stands first and gives its length; nil when more bytes are needed.
  private mutating func step(_ bytes: ArraySlice<UInt8>) -> Int? {
    let first = bytes.first!
    switch first {
    case 0x1B: return escape(bytes)
    case 0x0D:
      cursorColumn = 0
      wrapPending = false
    case 0x0A: lineFeed()
    case 0x08: cursorColumn = max(cursorColumn - 1, 0)
    case 0x07: bells += 1
    case 0x09: cursorColumn = min((cursorColumn / 8 + 1) * 8, columns - 1)
    case 0x20...0x7E: put(String(UnicodeScalar(first)), width: 1)
    case 0x80...:
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      guard bytes.count >= length else { return nil }
      let text = String(decoding: bytes.prefix(length), as: UTF8.self)
      put(text, width: Self.width(text.unicodeScalars.first!))
      return length
    default: unknown.append("\(first)")
    }
    return 1
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xFF00...0xFF60, 0x1F300...0x1FAFF: 2
    default: 1
    }
  }

  private mutating func put(_ text: String, width: Int) {
    if width == 0 {
      let column = max(cursorColumn - (wrapPending ? 0 : 1), 0)
      cells[cursorRow][column].text = (cells[cursorRow][column].text ?? "") + text
      return
    }
    if wrapPending || cursorColumn + width > columns {
      isContinued[cursorRow] = true
      cursorColumn = 0
      wrapPending = false
      lineFeed()
    }
    cells[cursorRow][cursorColumn] = Cell(text: text, look: look)
    if width == 2 { cells[cursorRow][cursorColumn + 1] = Cell(text: nil, look: look) }
    cursorColumn += width
    if cursorColumn >= columns {
      cursorColumn = columns - 1
      wrapPending = true
    }
  }

  private mutating func lineFeed() {
    wrapPending = false
    guard cursorRow == rows - 1 else {
      cursorRow += 1
      return
    }
    scrollback.append(Self.text(cells.removeFirst()))
    cells.append(Array(repeating: Cell(), count: columns))
    isContinued.removeFirst()
    isContinued.append(false)
  }

  private mutating func escape(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 2 else { return nil }
    guard bytes[bytes.startIndex + 1] == UInt8(ascii: "[") else {
      unknown.append(String(decoding: bytes.prefix(2), as: UTF8.self))
      return 2
    }
    guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
    let parameters = String(decoding: bytes[(bytes.startIndex + 2)..<end], as: UTF8.self)
    control(Character(UnicodeScalar(bytes[end])), parameters)
    return end - bytes.startIndex + 1
  }

  private mutating func control(_ final: Character, _ parameters: String) {
    let number = Int(parameters) ?? 1
    switch final {
    case "m":
      look = parameters == "0" || parameters.isEmpty ? "" : parameters
      if !look.isEmpty { hasColor = true }
      return
    case "A": cursorRow = max(cursorRow - number, 0)
    case "B": cursorRow = min(cursorRow + number, rows - 1)
    case "C": cursorColumn = min(cursorColumn + number, columns - 1)
    case "D": cursorColumn = max(cursorColumn - number, 0)
    case "H": (cursorRow, cursorColumn) = (0, 0)
    case "K":
      for i in cursorColumn..<columns { cells[cursorRow][i] = Cell() }
      isContinued[cursorRow] = false
    case "J" where parameters == "2":
      for row in 0..<rows { clear(row, from: 0) }
    case "J":
      clear(cursorRow, from: cursorColumn)
      for row in (cursorRow + 1)..<max(rows, cursorRow + 1) { clear(row, from: 0) }
    case "h" where parameters == "?25": isCursorVisible = true
    case "l" where parameters == "?25": isCursorVisible = false
    case "h" where parameters == "?2004": isPasteBracketed = true
    case "l" where parameters == "?2004": isPasteBracketed = false
    default: unknown.append("\(parameters)\(final)")
    }
    wrapPending = false
  }

  private mutating func clear(_ row: Int, from column: Int) {
    for i in column..<columns { cells[row][i] = Cell() }
    isContinued[row] = false
  }

  // MARK: Resizing

  /// As most terminals: rows that no longer fit are wrapped, and those that were wrapped are joined again.
  mutating func resize(columns newColumns: Int, rows newRows: Int) {
    var logical: [[Cell]] = []
    var cursor = (line: 0, column: 0)
    var joins = false
    for row in 0..<rows {
      if joins { logical[logical.count - 1] += cells[row] } else { logical.append(cells[row]) }
      if row == cursorRow { cursor = (logical.count - 1, logical.last!.count - columns + cursorColumn) }
      joins = isContinued[row]
    }
    var newCells: [[Cell]] = []
    var newContinued: [Bool] = []
    var newCursor = (row: 0, column: 0)
    for (i, line) in logical.enumerated() {
      var line = line
      while let last = line.last, last.text == " ", last.look.isEmpty, i != cursor.line || line.count > cursor.column {
        line.removeLast()
      }
      let start = newCells.count
      repeat {
        let part = Array(line.prefix(newColumns))
        line.removeFirst(part.count)
        newCells.append(part + Array(repeating: Cell(), count: newColumns - part.count))
        newContinued.append(!line.isEmpty)
      } while !line.isEmpty
      if i == cursor.line {
        newCursor = (min(start + cursor.column / newColumns, newCells.count - 1), cursor.column % newColumns)
      }
    }
    while newCells.count > newRows, newCursor.row < newCells.count - 1 {
      newCells.removeLast()
      newContinued.removeLast()
    }
    while newCells.count > newRows {
      scrollback.append(Self.text(newCells.removeFirst()))
      newContinued.removeFirst()
      newCursor.row -= 1
    }
    while newCells.count < newRows {
      newCells.append(Array(repeating: Cell(), count: newColumns))
      newContinued.append(false)
    }
    (columns, rows, cells, isContinued) = (newColumns, newRows, newCells, newContinued)
    (cursorRow, cursorColumn) = newCursor
    wrapPending = false
  }
}
