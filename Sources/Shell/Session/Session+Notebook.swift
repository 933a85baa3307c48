import Glibc
import Notebook
import Tensor

extension Session {
  /// Starts anew: no variables, no cells, another seed or the one that is given.
  package func reset(seed: UInt64? = nil) {
    recovery?.close(keeping: isModified)
    sheet = Sheet()
    sheetText = SheetText()
    isModified = false
    path = nil
    savedBytes = nil
    start(seed: seed ?? Entropy.systemSeed())
  }

  /// Begins with an empty state and a seed that was recorded; the notebook has no cells yet.
  package func start(seed: UInt64) {
    self.seed = seed
    startInterpreter(seed: seed)
    if let folder = recovery?.folder { recovery = RecoveryFile(folder: folder, seed: seed) }
  }

  /// Runs the cells of a notebook as cells of this session; false when one failed that was not recorded to.
  package func run(_ notebook: Notebook, path: String) -> Bool {
    if let seed = notebook.header.seed {
      // As a cell, so that the session replays; the number is PyTorch's, which takes it as signed too.
      if run("torch.manual_seed(\(seed));") != nil { return false }
    }
    var number = 0
    for cell in notebook.cells where cell.isRunnable {
      number += 1
      let source = CellSource(cell, number: number, path: path)
      for note in source.notes { printError(note) }
      let error = run(source)
      if exitStatus != nil { return true }
      if let error, error.isInterrupt || !cell.expectsError { return false }
    }
    return true
  }

  /// Runs the cells of a lost session again, shown as they were typed.
  func restore(_ lost: RecoveryFile.Lost) {
    if let seed = lost.notebook.header.seed { start(seed: seed) }
    for cell in lost.finished {
      let code = String(decoding: cell.source, as: UTF8.self)
      print("\n" + echo(code))
      if let error = run(code), error.isInterrupt { return }
    }
    unlink(lost.path)
    if let code = lost.unfinished {
      nextText = code
      print("\nThe last cell was running: it is below, not run again.\n")
    }
    failed = false
  }

  /// Code behind its prompts, as the editor shows it.
  package func echo(_ code: String) -> String { echo(code, number: nextNumber) }

  func echo(_ code: String, number: Int) -> String {
    let prompt = Prompt.cell(number)
    func painted(_ pieces: [Prompt.Piece]) -> String { pieces.map { palette.paint($0.text, $0.role) }.joined() }
    let lines = CodePainter.paint(code, palette).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { painted($0 == 0 ? prompt.first : prompt.continuation) + $1 + "\n" }.joined()
  }
}
