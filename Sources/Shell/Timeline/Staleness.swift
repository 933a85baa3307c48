import Language
import Notebook
import Runtime
import Tensor

/// Cells whose output is not what a run of the notebook would give, and why.
struct Staleness {
  private(set) var entries: [(cell: SessionCell, reason: String)] = []

  init(_ session: Session) {
    let vm = session.interpreter.vm
    // What cells that are to run otherwise may leave otherwise, by name; the first cell that is to blame.
    var changed: [String: SessionCell] = [:]
    var streams: SessionCell?
    for cell in session.cells {
      guard let changes = cell.run?.changes else { continue }
      let (reads, writes) = changes.variables(vm)
      let draws = changes.records.contains { Differences.isRandomStream($0.subject) }
      var reason: String?
      if cell.edit != nil {
        reason = "it was edited and has not run since"
      } else if let name = reads.map(\.text).filter({ changed[$0] != nil }).min(), let cause = changed[name] {
        reason = "it reads \(name), which \(cause.title) may set otherwise"
      } else if draws, let cause = streams {
        reason = "it draws random numbers after \(cause.title), which may draw others"
      }
      if let reason {
        entries.append((cell, reason))
        for name in writes.union(changes.written) { changed[name.text] = changed[name.text] ?? cell }
        // What it changed in place is known by the names that lead there.
        let things = Set(changes.mutations(vm).map { ObjectIdentifier($0.subject) })
        for name in reads where !things.isEmpty {
          var reach = Reach()
          if let value = vm.main[name] { reach.add(value) }
          if !things.isDisjoint(with: reach.subjects) { changed[name.text] = changed[name.text] ?? cell }
        }
        if draws { streams = streams ?? cell }
        if let edit = cell.edit {
          for name in Self.names(boundIn: edit) { changed[name] = changed[name] ?? cell }
        }
      } else if cell.wasInterrupted {
        entries.append((cell, "Ctrl-C ended it: it is left out of a saved notebook, what it changed is not undone"))
      } else {
        for name in changes.written { changed[name.text] = nil }
      }
    }
    for cell in session.sheet.undone { entries.append((cell, "it is undone")) }
    for cell in session.sheet.pending { entries.append((cell, "it has not run")) }
  }

  private static func names(boundIn text: String) -> Set<String> {
    guard let tree = try? Parser.parse(Array(text.utf8)), let names = try? GlobalNames(tree) else { return [] }
    return names.bound
  }
}
