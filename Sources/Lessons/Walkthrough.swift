import Notebook
import Shell

/// Goes through a lesson: shows a step's prose, puts its cell at the prompt, runs what is typed, and goes on when the cell ran.
package final class Walkthrough {
  package let lesson: Lesson
  let session: Session
  let lines: LineSource
  private var progress: LessonProgress
  /// The step that is being shown, as an index; as many as there are steps when the lesson is over.
  private(set) var current = 0
  /// Its prose is on the screen.
  private var isShown = false
  /// The next prompt begins with the step's cell.
  private var offersCell = true
  /// The learner knows how to get the cell back.
  private var toldWayBack = false
  /// A blank line stands before the next prompt.
  private var partsLines = true
  /// What ran last and may have to be read before more is shown, in lines.
  private var unreadLines = 0

  package init(_ lesson: Lesson, session: Session, lines: LineSource, progress: LessonProgress) {
    self.lesson = lesson
    self.session = session
    self.lines = lines
    self.progress = progress
    session.lines = lines
    if let seed = lesson.seed { session.start(seed: seed) }
    session.ownCommands = CommandTable.Family("Lesson", commands)
  }

  var step: LessonStep? { lesson.steps.indices.contains(current) ? lesson.steps[current] : nil }

  /// From where the learner left it, if they want that, until they leave.
  package func run() -> ExitStatus {
    welcome()
    let editing = LessonEditing(
      CellEditing(session), isCell: { [unowned self] in isCell($0) },
      hasCommand: { [unowned self] in talk(behindCell: $0) != nil })
    while session.exitStatus == nil {
      while !isShown, session.exitStatus == nil { show() }
      guard session.exitStatus == nil else { break }
      session.startLine()
      if partsLines { session.print("\n") }
      session.console.flush()
      let code = offersCell ? step?.code ?? "" : session.nextText
      session.nextText = ""
      let request = CellRequest(prompt: .cell(session.nextNumber), initialText: code, isOffer: offersCell)
      partsLines = true
      switch lines.readUnwatched(request, editing: editing) {
      case .text(let text): submit(text)
      case .cancelled:
        partsLines = false
        offersCell = false
        tellWayBack()
      case .end: session.quit()
      }
    }
    leave()
    return session.exitStatus ?? .success
  }

  // MARK: Beginning and end

  private func welcome() {
    let palette = session.palette
    session.print(palette.paint(lesson.title, .heading) + "\n")
    let place = progress[lesson.key]
    if let place, place.done > 0, !place.isFinished, place.done < lesson.steps.count {
      let next = lesson.steps[place.done]
      session.print("Last time you came to step \(next.number) of \(lesson.steps.count): \(next.title)\n")
      let answer = session.ask("Go on there? ([y]/n)")?.lowercased() ?? "n"
      if !answer.hasPrefix("n"), resume(at: place.done) { return session.print("\n") }
    }
    session.print("\n")
    unreadLines =
      2
      + prose(
        """
        Read, then press **Enter** to run the code below the text. Change it first if you like. Ctrl-C empties the line for code \
        of your own, Ctrl-P gets earlier code back. `%back`, `%next` and `%list` go through the steps. Ctrl-D leaves and keeps \
        your place.
        """)
  }

  private func leave() {
    session.startLine()
    if current < lesson.steps.count, current > 0, !session.isQuiet {
      session.print(session.palette.paint("Your place is kept: tnb learn \(lesson.name) goes on there.", .quiet) + "\n")
    }
    session.close()
    session.console.flush()
  }

  /// Runs the cells before a step again, unseen, so that what they made is there; false when one failed that should not.
  @discardableResult
  func resume(at index: Int) -> Bool {
    session.isQuiet = true
    defer { session.isQuiet = false }
    for step in lesson.steps.prefix(index) {
      guard let cell = step.cell, let code = step.code else { continue }
      if let error = session.run(code), error.isInterrupt || !cell.expectsError { return false }
    }
    move(to: index)
    return true
  }

  // MARK: Steps

  /// Goes to a step, whose prose comes next.
  func move(to index: Int) {
    current = min(max(index, 0), lesson.steps.count)
    isShown = false
    offersCell = true
    let before = progress[lesson.key]?.done ?? 0
    // Looking back is no step back for somebody who is through.
    if before < lesson.steps.count || current == 0 {
      progress.set(lesson.key, .init(done: current, total: lesson.steps.count))
    }
  }

  private func show() {
    isShown = true
    guard let step else { return finish() }
    session.startLine()
    let head = "\(step.number) of \(lesson.steps.count)"
    let code = step.code ?? ""
    let text = MarkdownText.lines(step.prose, width: proseWidth, session.palette)
    let page = Page(rule: rule(head), lines: text, codeLines: code.isEmpty ? 1 : code.split(separator: "\n").count)
    for part in page.parts(height: lines.height, unread: unreadLines) {
      if part.waitsBefore, !pause() { return }
      session.print(part.text)
    }
    unreadLines = 0
    guard step.code == nil else { return }
    // Prose without a cell ends a lesson.
    move(to: current + 1)
    isShown = true
    finish()
  }

  private func finish() {
    offersCell = false
    let next = nextLesson.map { " `tnb learn \($0)` is the next one." } ?? ""
    session.print("\n")
    _ = prose(
      "**This is the end of the lesson.** What you made is still here: go on as you like. Ctrl-D leaves." + next)
  }

  /// A lesson that ships and was not gone through yet.
  private var nextLesson: String? {
    LessonLibrary.entries.map(\.name).first { $0 != lesson.name && progress[$0]?.isFinished != true }
  }

  private func rule(_ text: String) -> String {
    let dash = session.palette.isColored ? "─" : "-"
    let room = max(proseWidth - text.count - 5, 0)
    let line = String(repeating: dash, count: 3) + " \(text) " + String(repeating: dash, count: room)
    return session.palette.paint(line, .quiet)
  }

  private var proseWidth: Int { min(max(lines.width - 1, 20), 76) }

  /// Shows a text; gives how many lines it takes.
  private func prose(_ markdown: String) -> Int {
    let text = MarkdownText.lines(markdown, width: proseWidth, session.palette)
    for line in text { session.print(line + "\n") }
    return text.count
  }

  /// Waits until the learner has read; false when they want to leave. Commands and code can be typed here, too.
  private func pause() -> Bool {
    let prompt = Prompt(text: "··· Enter goes on ", role: .quiet)
    while session.exitStatus == nil {
      session.startLine()
      session.console.flush()
      switch lines.readUnwatched(CellRequest(prompt: prompt), editing: AnswerEditing(session.palette)) {
      case .text(let text):
        if text.allSatisfy(\.isWhitespace) { return true }
        let place = current
        session.submit(text)
        // `%back` and its like begin elsewhere.
        if current != place || !isShown { return false }
      case .cancelled: return true
      case .end: session.quit()
      }
    }
    return false
  }

  // MARK: What is typed

  private func submit(_ text: String) {
    if text.allSatisfy(\.isWhitespace) {
      offersCell = true
      partsLines = false
      return
    }
    if let talk = talk(behindCell: text) {
      session.submit(talk)
      return
    }
    guard offersCell, isCell(text), let step, let cell = step.cell, let code = step.code else {
      offersCell = false
      unreadLines = 0
      let place = current
      session.submit(text)
      if current == place, isShown { tellWayBack() }
      return
    }
    let count = session.cells.count
    session.submit(text)
    guard session.exitStatus == nil else { return }
    let ran = session.cells.count > count ? session.cells.last : nil
    guard let ran, isExpected(ran, cell) else { return explainFailure() }
    if text.droppingBlankEnd() == code { compare(ran, cell) }
    unreadLines = ran.records.count + code.split(separator: "\n").count + (ran.error == nil ? 2 : 8)
    move(to: current + 1)
  }

  /// Whether a text is the step's cell, perhaps changed; not one of an earlier step that was recalled.
  private func isCell(_ text: String) -> Bool {
    guard offersCell, let code = step?.code else { return false }
    let text = text.droppingBlankEnd()
    if text == code { return true }
    let likeness = Likeness.of(text, code)
    guard likeness >= 0.6 else { return false }
    return !lesson.steps.prefix(current).contains { $0.code.map { Likeness.of(text, $0) > likeness } ?? false }
  }

  /// The command that a learner typed behind the cell that stands there, without taking the cell away first.
  private func talk(behindCell text: String) -> String? {
    guard offersCell, let code = step?.code, text.hasPrefix(code) else { return nil }
    let rest = String(text.dropFirst(code.count)).trimmingSpace()
    if rest.hasPrefix("!") { return rest }
    if rest.hasPrefix("%") {
      let name = rest.dropFirst().prefix { $0.isLetter }
      return session.command(String(name)) == nil ? nil : rest
    }
    return rest.hasSuffix("?") && !rest.contains("\n") ? rest : nil
  }

  /// Whether a cell of the lesson ended as it is meant to.
  func isExpected(_ ran: SessionCell, _ cell: NotebookCell) -> Bool {
    guard let error = ran.error else { return true }
    return !error.isInterrupt && cell.recordedError?.hasPrefix(error.type) == true
  }

  private func explainFailure() {
    note("The lesson's cell comes back as it was; Ctrl-P brings back yours.")
  }

  /// Says so when the unchanged cell gave something else than the lesson recorded.
  private func compare(_ ran: SessionCell, _ cell: NotebookCell) {
    guard !Comparison.matches(expected: cell.records, actual: ran.records) else { return }
    session.startLine()
    if cell.records.isEmpty {
      return note("In the lesson this cell shows nothing. What ran before it may have changed that.")
    }
    note("In the lesson this cell shows something else:")
    for record in cell.records.prefix(12) { session.print(session.palette.paint("    " + record.text, .quiet) + "\n") }
    note("What you changed or ran before may be why; %restart begins anew.")
  }

  private func tellWayBack() {
    guard !toldWayBack, step?.code != nil else { return }
    toldWayBack = true
    note("(Type what you like. Enter on an empty line brings the lesson's cell back.)")
  }

  func note(_ text: String) {
    session.startLine()
    for line in MarkdownText.lines(text, width: proseWidth, .plain) {
      session.print(session.palette.paint(line, .hint) + "\n")
    }
  }

  /// Forgets all and begins anew at a step.
  func restart(at index: Int) {
    session.reset()
    if let seed = lesson.seed { session.start(seed: seed) }
    if !resume(at: index) { move(to: 0) }
  }
}
