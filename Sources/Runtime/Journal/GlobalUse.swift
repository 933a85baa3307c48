extension Code {
  /// Slots of global variables that the code may read before it gave them a value itself, and those that it sets or deletes.
  /// For functions every read counts: what runs between their calls is not known.
  package var globalUse: (reads: Set<Int>, writes: Set<Int>) {
    var reads = Set<Int>()
    var writes = Set<Int>()
    for instruction in instructions {
      switch instruction.op {
      case .storeGlobal, .deleteGlobal: writes.insert(instruction.bc)
      default: break
      }
    }
    guard kind == .module else {
      for instruction in instructions where instruction.op == .loadGlobal { reads.insert(instruction.bc) }
      return (reads, writes)
    }
    // Which slots certainly have a value at each instruction, by going round until nothing changes.
    var assigned = [Set<Int>?](repeating: nil, count: instructions.count)
    var pending: [(Int, Set<Int>)] = [(0, [])]
    while let (index, incoming) = pending.popLast() {
      guard index < instructions.count else { continue }
      let state = assigned[index].map { $0.intersection(incoming) } ?? incoming
      if assigned[index] == state { continue }
      assigned[index] = state
      let instruction = instructions[index]
      var after = state
      switch instruction.op {
      case .storeGlobal: after.insert(instruction.bc)
      case .deleteGlobal: after.remove(instruction.bc)
      default: break
      }
      for next in successors(of: index) { pending.append((next, after)) }
      for handler in handlers where handler.start <= index && index < handler.end {
        pending.append((handler.target, state))
      }
    }
    for (index, instruction) in instructions.enumerated() {
      guard let state = assigned[index] else { continue }
      switch instruction.op {
      case .loadGlobal, .deleteGlobal:
        if !state.contains(instruction.bc) { reads.insert(instruction.bc) }
      default: break
      }
    }
    return (reads, writes)
  }

  /// The instructions that may run after one.
  private func successors(of index: Int) -> [Int] {
    let instruction = instructions[index]
    switch instruction.op {
    case .returnValue, .returnNone, .raise, .reraise, .rethrow, .assertFail: return []
    case .jump, .jumpBack: return [instruction.bc]
    // The body, whose instruction before it names the end.
    case .forNext: return [instruction.bc, instructions[instruction.bc - 1].bc]
    default: break
    }
    switch instruction.op.wideOperand {
    case .jump: return [index + 1, instruction.bc]
    case .relative: return [index + 1, index + 1 + Int(Int16(bitPattern: instruction.c))]
    case .none, .number, .index: return [index + 1]
    }
  }
}
