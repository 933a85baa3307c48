import Notebook

/// Reads cells and runs them until somebody leaves.
package struct ShellLoop {
  private let session: Session
  private let lines: LineSource

  package init(_ session: Session, lines: LineSource) {
    self.session = session
    self.lines = lines
    session.lines = lines
  }

  package func run() -> ExitStatus {
    let editing = CellEditing(session)
    var wasAsked = false
    var ran = true
    while session.exitStatus == nil {
      session.startLine()
      if ran { session.print("\n") }
      session.console.flush()
      let request = CellRequest(prompt: .cell(session.nextNumber), initialText: session.nextText)
      session.nextText = ""
      switch lines.readUnwatched(request, editing: editing) {
      case .text(let text):
        ran = !text.allSatisfy(\.isWhitespace)
        wasAsked = false
        session.submit(text)
      case .cancelled:
        ran = false
        wasAsked = false
      case .end:
        ran = false
        if wasAsked || !session.asksBeforeLeaving {
          session.quit()
        } else {
          wasAsked = true
          session.print(session.unsavedNotice)
        }
      }
    }
    session.close()
    session.console.flush()
    return session.exitStatus ?? .success
  }
}

extension Session {
  /// Whether Ctrl-D is answered with a question first.
  var asksBeforeLeaving: Bool {
    isModified && !cells.isEmpty && settings.confirmsExit && isInteractive
  }

  var unsavedNotice: String {
    let count = cells.count == 1 ? "1 cell is" : "\(cells.count) cells are"
    return """
      \(count) not saved: %save FILE keeps what you did. Ctrl-D again leaves.
      (%config confirm_exit = False: leave without a question)

      """
  }

  /// The session ends on purpose: what was not saved is kept once more, quietly.
  package func close() {
    startLine()
    recovery?.close(keeping: isModified)
    recovery = nil
  }
}
