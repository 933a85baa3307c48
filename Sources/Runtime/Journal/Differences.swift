import Language
import Tensor

/// What is not as it was when the cells that follow ran: variables, and things that changed in place.
///
/// It begins empty where an earlier cell is edited, grows with what that cell and others do otherwise than before, and shrinks
/// where a cell sets a variable again. A cell that it does not concern would do what it did: it need not run again.
package struct Differences {
  /// Why a cell has to run again.
  package enum Reason: Equatable {
    /// It reads the variable, which has another value.
    case variable(String)
    /// It reads the variable, and something that it leads to has changed.
    case contents(String)
    case randomNumbers
    case settings
    case results
    case files
    /// It looks at all variables: `globals()`, `dir()`.
    case allVariables
    case thing
  }

  /// All variables, as one thing, for `globals()` and its like.
  package static let allVariables = Object()
  /// All files.
  package static let files = Object()
  /// `In`, `Out`, `_` and their like.
  package static let results = Object()

  /// Whether random numbers are drawn from it.
  package static func isRandomStream(_ thing: AnyObject) -> Bool {
    Entropy.shared.feeds(thing) || (thing as? ChangingContents)?.isBookkeeping == false
  }

  private let vm: VM
  /// The variables, with the values that they had then; unbound for those that had none.
  private var names: [Symbol: Value] = [:]
  private var things: [ObjectIdentifier: AnyObject] = [:]

  package init(_ vm: VM) { self.vm = vm }

  package var isEmpty: Bool { names.isEmpty && things.isEmpty }

  package mutating func add(_ thing: AnyObject) { things[ObjectIdentifier(thing)] = thing }
  package func contains(_ thing: AnyObject) -> Bool { things[ObjectIdentifier(thing)] != nil }

  // MARK: What concerns a cell

  /// Why a cell that ran with `changes`, which are undone, has to run again; nil when it need not.
  package func reason(for changes: CellChanges) -> Reason? {
    if isEmpty { return nil }
    if contains(SettingsRecord.subject) { return .settings }
    for thing in changes.reads {
      if thing === Differences.allVariables { return .allVariables }
      if contains(thing) { return reason(thing) }
    }
    let (reads, writes) = changes.variables(vm)
    if let name = reads.filter(differs).map(\.text).min() { return .variable(name) }
    // It set a variable to what it was already, which it is no longer.
    if let name = writes.subtracting(changes.written).filter(differs).map(\.text).min() { return .variable(name) }
    if things.isEmpty { return nil }
    for record in changes.mutations(vm) where !record.isReset && contains(record.subject) {
      if let name = reads.first(where: { leads($0, to: record.subject) }) { return .contents(name.text) }
      return reason(record.subject)
    }
    return reads.map(\.text).sorted().lazy.compactMap { reason(behind: Symbol($0)) }.first
  }

  private func reason(_ thing: AnyObject) -> Reason {
    if Differences.isRandomStream(thing) { return .randomNumbers }
    if thing === Differences.files { return .files }
    if thing === Differences.results { return .results }
    return .thing
  }

  private func reach(_ name: Symbol) -> Reach {
    var reach = Reach()
    if let value = vm.main[name] { reach.add(value) }
    return reach
  }

  private func leads(_ name: Symbol, to thing: AnyObject) -> Bool {
    reach(name).subjects.contains(ObjectIdentifier(thing))
  }

  private func reason(behind name: Symbol) -> Reason? {
    reach(name).subjects.contains { things[$0] != nil } ? .contents(name.text) : nil
  }

  // MARK: What cells do to it

  /// A cell's changes were done again as they were.
  package mutating func keep(_ changes: CellChanges) {
    for name in changes.written { names[name] = nil }
    for record in changes.mutations(vm) where record.isReset { things[ObjectIdentifier(record.subject)] = nil }
  }

  /// A cell that ran before does not run any more: its changes are undone, and what it would have left is compared with what
  /// there is.
  package mutating func drop(_ old: CellChanges) {
    for name in old.written { compare(name, old.kept(name, vm)) }
    for record in old.mutations(vm) { record.isSame ? forget(record.subject) : add(record.subject) }
    noteReads(old)
  }

  /// A cell ran that did not run before.
  package mutating func add(_ new: CellChanges) {
    for name in new.written { compare(name, names[name] ?? new.kept(name, vm)) }
    for record in new.mutations(vm) where !record.isSame { add(record.subject) }
    noteReads(new)
  }

  /// A cell ran again, and did `new` instead of `old`.
  package mutating func replace(_ old: CellChanges, by new: CellChanges) {
    for name in old.written { compare(name, old.kept(name, vm)) }
    for name in new.written.subtracting(old.written) { compare(name, names[name] ?? new.kept(name, vm)) }
    var known = Set<ObjectIdentifier>()
    for record in old.mutations(vm) {
      known.insert(ObjectIdentifier(record.subject))
      record.isSame ? forget(record.subject) : add(record.subject)
    }
    for record in new.mutations(vm) where !known.contains(ObjectIdentifier(record.subject)) {
      if !record.isSame { add(record.subject) }
    }
    noteReads(old)
    noteReads(new)
  }

  private func differs(_ name: Symbol) -> Bool { names[name] != nil }

  private mutating func forget(_ thing: AnyObject) { things[ObjectIdentifier(thing)] = nil }

  /// What a cell does with files is not known: whoever uses files after it may find others.
  private mutating func noteReads(_ changes: CellChanges) {
    if changes.reads.contains(where: { $0 === Differences.files }) { add(Differences.files) }
  }

  /// `value`: what the variable was then.
  private mutating func compare(_ name: Symbol, _ value: Value?) {
    let now = vm.main.slotOf[name].map { vm.main.values[$0] } ?? .unbound
    names[name] = isSame(value ?? .unbound, now) ? nil : value ?? .unbound
  }

  /// The same object, or equal values of a kind that cannot change and whose identity nobody asks for.
  private func isSame(_ a: Value, _ b: Value) -> Bool {
    if vm.isIdentical(a, b) { return true }
    switch (a, b) {
    case (.float(let a), .float(let b)): return a.bitPattern == b.bitPattern
    case (.str(let a), .str(let b)): return a.bytes == b.bytes
    case (.tuple(let a), .tuple(let b)):
      guard a.customType == nil, b.customType == nil else { return false }
      return a.count == b.count && zip(a.items, b.items).allSatisfy { isSame($0, $1) }
    case (.object(let a), .object(let b)):
      guard let a = a as? BigIntObject, let b = b as? BigIntObject else { return false }
      return a.value == b.value
    default: return false
    }
  }
}

extension CellChanges {
  /// The variables of the cells' namespace that what ran may have read before it set them, and those that it may have set.
  package func variables(_ vm: VM) -> (reads: Set<Symbol>, writes: Set<Symbol>) {
    if let known = knownVariables { return known }
    var reads = Set<Symbol>()
    var writes = Set<Symbol>()
    for code in code where vm.sources[code.definitionSpan.source]?.isLibrary == false {
      let use = code.globalUse
      for slot in use.reads { reads.insert(vm.main.names[slot]) }
      for slot in use.writes { writes.insert(vm.main.names[slot]) }
    }
    knownVariables = (reads, writes)
    return (reads, writes)
  }
}
