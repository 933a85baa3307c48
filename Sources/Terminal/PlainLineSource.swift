import CKernels
import Glibc
import Shell

/// Reads cells from a terminal that can only print lines, or that shows nothing of what it prints: the terminal's own line
/// editing, no colour, no completion.
package final class PlainLineSource: LineSource {
  package let isInteractive = true
  package let keys = [
    KeyDescription("Enter", EditorAction.enter.description), KeyDescription("Ctrl-C", EditorAction.cancel.description),
    KeyDescription("Ctrl-D", "leave"),
  ]
  private let reader = KeyReader(descriptor: 0)

  package init() { _ = tnb_terminal_guard(0) }

  package var width: Int { Self.size.columns }
  package var height: Int { Self.size.rows }

  /// Columns of the terminal.
  package static var screenWidth: Int { size.columns }

  private static var size: (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    return tnb_terminal_size(&columns, &rows) ? (Int(columns), Int(rows)) : (80, 24)
  }

  package func othersWrote() {}

  package func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    reader.dropEvents()
    var lines =
      request.initialText.isEmpty
      ? [] : request.initialText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (i, line) in lines.enumerated() { write(prompt(request, i) + line + "\n") }
    while true {
      write(prompt(request, lines.count))
      switch reader.line() {
      case .text(let bytes): lines.append(String(decoding: bytes, as: UTF8.self))
      case .interrupted:
        write("\n")
        return .cancelled
      case .end:
        write("\n")
        return lines.isEmpty ? .end : .text(lines.joined(separator: "\n"))
      }
      let text = lines.joined(separator: "\n")
      if editing.enter(text, cursor: text.utf8.count) == .run { return .text(text) }
    }
  }

  private func prompt(_ request: CellRequest, _ line: Int) -> String {
    Prompt.plain(line == 0 ? request.prompt.first : request.prompt.continuation)
  }

  private func write(_ text: String) {
    fputs(text, stdout)
    fflush(stdout)
  }
}
