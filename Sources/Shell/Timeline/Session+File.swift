import Glibc
import Notebook
import Runtime
import Tensor

/// The notebook as a file.
extension Session {
  /// The text of some of its cells; with prose and header when it is all.
  func notebook(of chosen: [SessionCell]? = nil, path: String) throws(CommandError) -> [UInt8] {
    let all = sheet.done + sheet.pending
    let cells = (chosen ?? all).filter { !$0.wasInterrupted }
    let needsSeed = SheetText.needsSeed(cells)
    do throws(NotebookError) {
      if chosen != nil {
        return try SheetText().text(cells: cells, notes: [], seed: needsSeed ? seed : nil, path: path)
      }
      return try sheetText.text(
        cells: cells, notes: sheet.notes + sheet.endNotes, seed: needsSeed && !sheetText.hasSeed ? seed : nil,
        path: path)
    } catch {
      throw CommandError(error.description)
    }
  }

  /// A file's name as it was typed, with `.tnb` when it has no ending.
  func notebookPath(_ name: String) throws(CommandError) -> String {
    var target = UserFiles.expanded(name)
    let file = target.split(separator: "/").last.map(String.init) ?? target
    if !file.dropFirst().contains(".") { target += ".tnb" }
    guard target.hasSuffix(".tnb") else {
      throw CommandError("%save writes .tnb notebooks, not \(file)", hint: "%history -f \(file) writes the code alone")
    }
    return target
  }

  func write(_ bytes: [UInt8], to path: String, overwriting: Overwriting) throws(CommandError) {
    do throws(NotebookError) {
      try replaceFile(path, with: bytes, overwriting: overwriting)
    } catch {
      throw CommandError(error.description)
    }
  }

  /// `%save`.
  func save(to name: String?, ranges: [CellRange], overwrites: Bool) throws(CommandError) {
    guard let name = name ?? path else {
      throw CommandError("%save needs the name of a file", hint: "%save lesson.tnb")
    }
    let target = try notebookPath(name)
    guard !sheet.cells.isEmpty else { throw CommandError("there is nothing to save yet") }
    let chosen = try self.chosen(ranges)
    let bytes = try notebook(of: chosen, path: target)
    try checkOverwriting(target, name, overwrites)
    try write(bytes, to: target, overwriting: .always)
    print(saved(chosen ?? sheet.done + sheet.pending, target))
    guard chosen == nil else { return }
    path = target
    savedBytes = bytes
    isModified = false
  }

  /// Throws when a file would be lost: another notebook, or this one changed by somebody else.
  private func checkOverwriting(_ target: String, _ name: String, _ overwrites: Bool) throws(CommandError) {
    guard !overwrites, access(target, F_OK) == 0 else { return }
    let hint = "%save -f \(name) overwrites it"
    guard target == path, let savedBytes else { throw CommandError("\(target) exists", hint: hint) }
    guard let now = try? readFile(target), now == savedBytes else {
      throw CommandError("\(target) changed on disk since it was read or saved here; nothing was written", hint: hint)
    }
  }

  private func saved(_ cells: [SessionCell], _ target: String) -> String {
    let interrupted = cells.filter(\.wasInterrupted)
    let count = cells.count - interrupted.count
    var text = "\(target): \(count) \(count == 1 ? "cell" : "cells") saved\n"
    func add(_ cells: [SessionCell], _ singular: String, _ plural: String) {
      guard !cells.isEmpty else { return }
      text += "  \(cells.count == 1 ? "cell \(cells[0].number) \(singular)" : "\(cells.listed) \(plural)")\n"
    }
    add(interrupted, "was interrupted and is left out", "were interrupted and are left out")
    add(sheet.undone, "is undone and left out", "are undone and left out")
    add(
      cells.filter { $0.run == nil }, "has not run: what it records is from before",
      "have not run: what they record is from before")
    add(
      cells.filter { $0.edit != nil }, "was edited and has not run: its old text is saved",
      "were edited and have not run: their old text is saved")
    return text
  }

  /// The cells of this session that ranges mean; nil for no range, which means all.
  private func chosen(_ ranges: [CellRange]) throws(CommandError) -> [SessionCell]? {
    guard !ranges.isEmpty else { return nil }
    guard ranges.allSatisfy({ $0.sessionsBack == 0 }) else {
      throw CommandError("only cells of this session can be saved: what others gave is not known")
    }
    let chosen = ranges.flatMap { range in cells.filter { range.numbers?.contains($0.number) ?? true } }
    guard !chosen.isEmpty else { throw CommandError("no such cell: this session has \(cells.count)") }
    return chosen
  }

  // MARK: Opening

  /// Begins a session with a notebook, or with the name of one that is to be written.
  package func begin(with name: String) throws(CommandError) {
    let target = try notebookPath(name)
    if access(target, F_OK) == 0 { return try open(target, discards: true) }
    path = target
    print(palette.paint("\(target): a new notebook; %save writes it", .heading) + "\n")
  }

  /// Puts a notebook in the session's place and runs it, unseen.
  package func open(_ name: String, discards: Bool) throws(CommandError) {
    var target = UserFiles.expanded(name)
    if access(target, F_OK) != 0, access(target + ".tnb", F_OK) == 0 { target += ".tnb" }
    guard discards || !isModified || sheet.cells.isEmpty else {
      throw CommandError("this session is not saved", hint: "%save keeps it; %open -f \(name) forgets it")
    }
    let (bytes, notebook): ([UInt8], Notebook)
    do throws(NotebookError) {
      bytes = try readFile(target)
      notebook = try Notebook(bytes, path: target)
    } catch {
      throw CommandError(error.description)
    }
    reset(seed: notebook.header.seed)
    path = target
    savedBytes = bytes
    sheetText = SheetText(notebook)
    sheet = Sheet(notebook)
    let recorded = sheet.pending.map(\.records)
    let total = recorded.count
    let wasQuiet = isQuiet
    isQuiet = true
    // What is in the file need not be kept cell by cell.
    let kept = recovery
    recovery = nil
    var ended = true
    inFolder(of: target) { ended = runPending(to: total) }
    recovery = kept
    recovery?.rewrite(cells.map { ($0.text, $0.records) })
    isQuiet = wasQuiet
    let stopped = ended ? nil : cells.last
    isModified = false
    report(recorded, stopped, target)
  }

  private func report(_ recorded: [[Record]], _ stopped: SessionCell?, _ path: String) {
    let total = recorded.count
    print(palette.paint("\(path): \(cells.count) of \(total) \(total == 1 ? "cell" : "cells") ran", .heading) + "\n")
    if let stopped, let error = stopped.error {
      printError(render(error))
      failed = true
      note("The cells from \(SessionCell.path(cells.count + 1)) on have not run; %goto \(total) goes on.")
    } else if sheet.pending.first.map({ _ in true }) == true, failed {
      note("\(sheet.pending[0].title) is no program; %edit \(sheet.pending[0].number) mends it.")
    }
    let differing = zip(recorded, cells).filter { !Comparison.matches(expected: $0, actual: $1.records) }.map {
      $1
    }
    guard !differing.isEmpty else { return }
    isModified = true
    note(
      "\(differing.listed) \(differing.count == 1 ? "gives" : "give") something else than recorded (%show \(differing[0].number))."
    )
  }
}

extension SheetText {
  /// As a notebook's file has it.
  init(_ notebook: Notebook) {
    head = notebook.head
    ending = notebook.ending
    hasSeed = notebook.header.seed != nil
  }
}

extension Sheet {
  /// A notebook whose cells have not run.
  init(_ notebook: Notebook) {
    var before: [NotebookCell] = []
    var cells: [SessionCell] = []
    for cell in notebook.cells {
      guard cell.isRunnable else {
        before.append(cell)
        continue
      }
      let number = cells.count + 1
      let code = cell.source
      let opened = SessionCell(
        number: number, source: CellSource(cell: code, path: SessionCell.path(number)),
        text: String(decoding: code, as: UTF8.self), origin: cell)
      opened.before = before
      before = []
      cells.append(opened)
    }
    replacePending(cells)
    endNotes = before
  }
}
