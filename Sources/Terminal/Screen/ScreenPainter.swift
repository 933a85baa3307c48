import CKernels
import Glibc

/// Brings rows onto the screen below where the prompt began, writing only what changed.
///
/// A cell that is taller than the screen shows the part around the cursor.
final class ScreenPainter {
  private(set) var columns = 80
  private(set) var height = 24
  /// The rows that are on the screen now, from the region's top.
  private var shown: [[UInt8]] = []
  private var shownWidths: [Int] = []
  /// Where the terminal's cursor is in the region.
  private var row = 0
  private var column = 0
  /// The first row of the cell that is shown.
  private var top = 0
  private var output: [UInt8] = []

  init() { measure() }

  /// Asks the terminal for its size.
  func measure() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard tnb_terminal_size(&columns, &rows) else { return }
    self.columns = Int(columns)
    height = Int(rows)
  }

  /// Starts a region at the terminal's cursor, which is in column 0.
  func begin() {
    shown = []
    shownWidths = []
    row = 0
    column = 0
    top = 0
  }

  /// Shows a layout with its cursor. `extra` counts the rows at its end that are no part of the cell: they stay in sight.
  func paint(_ layout: CellLayout, extra: Int = 0) {
    let visible = window(of: layout, extra: extra)
    let rows = visible.map { layout.rows[$0] }
    let changed = rows.indices.contains { $0 >= shown.count || shown[$0] != rows[$0] } || rows.count < shown.count
    if changed {
      output += Array("\u{1B}[?25l".utf8)
      for i in rows.indices where i >= shown.count || shown[i] != rows[i] { write(rows[i], at: i, known: shown.count) }
      if rows.count < shown.count {
        move(to: rows.count, 0)
        output += Array("\u{1B}[J".utf8)
      }
    }
    shown = rows
    shownWidths = visible.map { layout.widths[$0] }
    move(to: visible.firstIndex(of: layout.cursorRow) ?? 0, layout.cursorColumn)
    if changed { output += Array("\u{1B}[?25h".utf8) }
    flush()
  }

  /// Shows all of a layout and leaves the region: what is written next goes below it.
  func finish(_ layout: CellLayout) {
    if layout.rows.count > height {
      // What scrolled by is written again as a whole, so that nothing of the cell is missing above.
      clear()
      for (i, row) in layout.rows.enumerated() { output += row + (i + 1 < layout.rows.count ? Array("\r\n".utf8) : []) }
    } else {
      paint(layout)
      move(to: layout.rows.count - 1, layout.widths.last ?? 0)
    }
    output += Array("\r\n".utf8)
    flush()
    begin()
  }

  /// Removes the region from the screen.
  func clear() {
    move(to: 0, 0)
    output += Array("\u{1B}[J".utf8)
    begin()
    flush()
  }

  /// Clears the whole screen; the region begins at its top.
  func clearScreen() {
    output += Array("\u{1B}[H\u{1B}[2J".utf8)
    begin()
    flush()
  }

  /// Goes to the beginning of a line that is empty, wherever something else left the cursor.
  func startLine() {
    measure()
    // A row's width of spaces stays in the row from column 0, and from any other column runs over into the next.
    output += Array("\u{1B}[0m".utf8) + Array(repeating: 0x20, count: columns) + Array("\r\u{1B}[K".utf8)
    flush()
  }

  /// Sends a control sequence that leaves the region as it is.
  func send(_ text: String) {
    output += Array(text.utf8)
    flush()
  }

  func beep() {
    output.append(7)
    flush()
  }

  /// After the terminal changed its width: terminals wrap rows that no longer fit, which moves the region's top.
  func resized() {
    let old = columns
    measure()
    if columns < old {
      func rows(_ width: Int) -> Int { max(1, (width + columns - 1) / columns) }
      row = shownWidths.prefix(row).reduce(0) { $0 + rows($1) } + column / columns
      column = min(column, columns - 1)
    }
    row = min(row, max(height - 1, 0))
    clear()
  }

  /// The rows of the cell that fit: all, or a window around the cursor, which moves as little as it can.
  private func window(of layout: CellLayout, extra: Int) -> [Int] {
    let total = layout.rows.count
    if total <= height {
      top = 0
      return Array(0..<total)
    }
    let kept = min(extra, max(height - 3, 0))
    let room = max(height - kept, 1)
    let count = total - extra
    if layout.cursorRow < top { top = layout.cursorRow }
    if layout.cursorRow >= top + room { top = layout.cursorRow - room + 1 }
    top = max(0, min(top, count - room))
    return Array(top..<min(top + room, count)) + Array(count..<(count + kept))
  }

  private func write(_ bytes: [UInt8], at target: Int, known: Int) {
    move(to: target, 0)
    // Cleared first: behind a full row a terminal would clear its last column.
    if target < known { output += Array("\u{1B}[K".utf8) }
    output += bytes
    // Wherever the row ended, also behind the last column, a return leads back to its beginning.
    output.append(0x0D)
  }

  /// Moves the terminal's cursor within the region; rows below its end are made by scrolling.
  private func move(to targetRow: Int, _ targetColumn: Int) {
    if targetRow < row { output += Array("\u{1B}[\(row - targetRow)A".utf8) }
    if targetRow > row {
      // A line feed at the screen's bottom scrolls, which a movement would not.
      output += Array(repeating: 0x0A, count: targetRow - row)
      output.append(0x0D)
      column = 0
    }
    row = targetRow
    if targetColumn != column {
      output.append(0x0D)
      if targetColumn > 0 { output += Array("\u{1B}[\(targetColumn)C".utf8) }
    }
    column = targetColumn
  }

  private func flush() {
    var offset = 0
    output.withUnsafeBytes { bytes in
      while offset < bytes.count {
        let count = Glibc.write(1, bytes.baseAddress! + offset, bytes.count - offset)
        if count > 0 {
          offset += count
        } else if errno != EINTR && errno != EAGAIN {
          break
        }
      }
    }
    output.removeAll(keepingCapacity: true)
  }
}
