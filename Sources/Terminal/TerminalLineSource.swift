import CEditline
import Glibc
import Shell

/// Reads cells from a terminal through libedit.
package final class TerminalLineSource: LineSource {
  package let isInteractive = true
  package let keys: [KeyDescription] = []
  private let editor: OpaquePointer
  private var request = CellRequest(prompt: .cell(1))
  private var delegate: EditingDelegate?

  /// nil when standard input and output are no terminal that can be edited on.
  package init?() {
    guard isatty(0) == 1, isatty(1) == 1 else { return nil }
    setlocale(LC_CTYPE, "")
    guard let editor = el_init("tnb", stdin, stdout, stderr) else { return nil }
    self.editor = editor
  }

  package func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    self.request = request
    fputs(request.prompt.first, stdout)
    fflush(stdout)
    var text = ""
    while true {
      var count: Int32 = 0
      guard let line = el_wgets(editor, &count), count > 0 else { return text.isEmpty ? .end : .cancelled }
      for i in 0..<Int(count) {
        if let scalar = Unicode.Scalar(UInt32(bitPattern: Int32(line[i]))), scalar != "\n" {
          text.unicodeScalars.append(scalar)
        }
      }
      guard case .newLine(let indent) = editing.enter(text, cursor: text.utf8.count) else { return .text(text) }
      _ = indent
      text += "\n"
      fputs(request.prompt.continuation, stdout)
      fflush(stdout)
    }
  }
}
