import Notebook

/// Reads cells and runs them until somebody leaves.
package struct ShellLoop {
  private let session: Session
  private let lines: LineSource

  package init(_ session: Session, lines: LineSource) {
    self.session = session
    self.lines = lines
  }

  package func run() -> ExitStatus {
    let editing = CellEditing(session)
    while session.exitStatus == nil {
      let request = CellRequest(prompt: .cell(session.nextNumber), initialText: session.nextText)
      session.nextText = ""
      switch lines.readCell(request, editing: editing) {
      case .text(let text):
        session.submit(text)
        session.console.flush()
      case .cancelled: break
      case .end: session.quit()
      }
    }
    return session.exitStatus ?? .success
  }
}
