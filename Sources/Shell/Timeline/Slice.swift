import Notebook
import Runtime
import Tensor

/// The cells that a variable's value comes from: the smallest notebook that makes it.
///
/// Walks back through the history, and asks of each cell whether it made or changed something that is needed after it.
struct Slice {
  private(set) var cells: [SessionCell] = []

  /// nil when the history does not reach back to the first cell. The state is afterwards as it was.
  init?(of name: Symbol, in session: Session) {
    let journal = session.journal
    let vm = session.interpreter.vm
    let end = session.cells.count
    guard journal.reachable.lowerBound == 0,
      session.cells.allSatisfy({ $0.run?.changes.lost.isEmpty ?? false })
    else { return nil }
    defer { _ = journal.go(to: end) }
    var names: Set<Symbol> = [name]
    var things = Set<ObjectIdentifier>()
    var needsEverything = false
    func need(_ name: Symbol) {
      names.insert(name)
      var reach = Reach()
      if let value = vm.main[name] { reach.add(value) }
      things.formUnion(reach.subjects)
    }
    func id(_ thing: AnyObject) -> ObjectIdentifier { ObjectIdentifier(thing) }
    need(name)
    things.insert(id(SettingsRecord.subject))
    for cell in session.cells.reversed() {
      guard let changes = cell.run?.changes else { continue }
      let mutations = changes.mutations(vm)
      let usesFiles = changes.reads.contains { $0 === Differences.files } && things.contains(id(Differences.files))
      let isNeeded =
        needsEverything || usesFiles || !changes.written.isDisjoint(with: names)
        || mutations.contains { things.contains(id($0.subject)) }
      guard journal.go(to: cell.number - 1) else { return nil }
      guard isNeeded else { continue }
      cells.insert(cell, at: 0)
      names.subtract(changes.written)
      for record in mutations {
        if record.isReset { things.remove(id(record.subject)) } else { things.insert(id(record.subject)) }
      }
      for name in changes.variables(vm).reads { need(name) }
      for thing in changes.reads {
        things.insert(id(thing))
        if thing === Differences.results || thing === Differences.allVariables { needsEverything = true }
      }
    }
  }
}
