import CKernels
import Glibc
import Shell

/// Reads cells from a terminal, with a line editor.
package final class TerminalLineSource: LineSource {
  package let isInteractive = true
  private let editor: LineEditor

  /// nil when standard input and output are no terminal that can be edited on.
  package init?() {
    guard isatty(0) == 1, isatty(1) == 1, TerminalKind.current == .full, tnb_terminal_guard(0) else { return nil }
    TerminalKind.useUTF8()
    guard let editor = LineEditor() else { return nil }
    self.editor = editor
  }

  package var keys: [KeyDescription] { Self.keyDescriptions }

  /// What each key does, in the order of the documentation.
  package static var keyDescriptions: [KeyDescription] { KeyTable.descriptions }

  package var width: Int {
    editor.painter.measure()
    return editor.painter.columns
  }

  package var height: Int {
    editor.painter.measure()
    return editor.painter.height
  }

  package func othersWrote() { editor.painter.startLine() }

  package func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    editor.read(request, delegate: editing)
  }
}
