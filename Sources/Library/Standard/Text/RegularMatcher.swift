import CKernels
import Runtime

/// Runs a program over code points with a stack of its own: what matches may be of any length.
struct RegularMatcher {
  let program: RegularProgram
  let text: [UInt32]
  let end: Int
  private var slots: [Int]
  private var marks: [Int]
  private var stack: [Entry] = []
  private var ticks = 0

  /// What to go back to: a place in program and text, or a register's earlier value.
  private enum Entry {
    case resume(step: Int, position: Int)
    case slot(Int, Int)
    case mark(Int, Int)
  }

  init(_ program: RegularProgram, _ text: [UInt32], end: Int) {
    self.program = program
    self.text = text
    self.end = end
    slots = [Int](repeating: -1, count: 2 * program.groupCount + 2)
    marks = [Int](repeating: -1, count: program.markCount)
  }

  /// The spans of all groups of a match that begins at `start`; nil when there is none.
  mutating func match(
    at start: Int, whole: Bool, mustAdvance: Bool, _ vm: VM
  ) throws(ExceptionObject) -> [Int]? {
    for i in slots.indices { slots[i] = -1 }
    stack.removeAll(keepingCapacity: true)
    guard let stop = try run(0, start, whole: whole, refused: mustAdvance ? start : -1, vm) else { return nil }
    var result = slots
    result[0] = start
    result[1] = stop
    return result
  }

  /// Runs from a step on until its `match`; the position there, or nil. Leaves the stack as it was, except that registers set
  /// by a success stay set. `refused`: where it may not end.
  private mutating func run(
    _ first: Int, _ start: Int, whole: Bool = false, refused: Int = -1, _ vm: VM
  ) throws(ExceptionObject) -> Int? {
    let base = stack.count
    var (step, at) = (first, start)
    while true {
      ticks &+= 1
      if ticks & 0xFFFF == 0, tnb_interrupt_pending() != 0 { throw vm.interrupt() }
      var isFailed = false
      switch program.steps[step] {
      case .character(let c):
        if at < end && matches(text[at], c) { (step, at) = (step + 1, at + 1) } else { isFailed = true }
      case .set(let i):
        if at < end && isIn(text[at], program.sets[i]) { (step, at) = (step + 1, at + 1) } else { isFailed = true }
      case .anyButNewline:
        if at < end && text[at] != 10 { (step, at) = (step + 1, at + 1) } else { isFailed = true }
      case .any: if at < end { (step, at) = (step + 1, at + 1) } else { isFailed = true }
      case .split(let a, let b):
        if stack.count > 20_000_000 { throw .make(Types.memoryError, "") }
        stack.append(.resume(step: b, position: at))
        step = a
      case .jump(let a): step = a
      case .save(let i):
        stack.append(.slot(i, slots[i]))
        slots[i] = at
        step += 1
      case .mark(let i):
        stack.append(.mark(i, marks[i]))
        marks[i] = at
        step += 1
      case .moved(let i): if marks[i] == at { isFailed = true } else { step += 1 }
      case .textStart: if at == 0 { step += 1 } else { isFailed = true }
      case .textEnd: if at == end { step += 1 } else { isFailed = true }
      case .lineStart: if at == 0 || text[at - 1] == 10 { step += 1 } else { isFailed = true }
      case .lineEnd: if at == end || text[at] == 10 { step += 1 } else { isFailed = true }
      case .nearEnd: if at == end || (at == end - 1 && text[at] == 10) { step += 1 } else { isFailed = true }
      case .wordBoundary(let wanted):
        let before = at > 0 && RegularClass.isWord(text[at - 1], isASCII: program.isASCII)
        let after = at < end && RegularClass.isWord(text[at], isASCII: program.isASCII)
        if (before != after) == wanted { step += 1 } else { isFailed = true }
      case .group(let g):
        let (from, to) = (slots[2 * g], slots[2 * g + 1])
        let length = to - from
        if from < 0 || to < 0 || at + length > end {
          isFailed = true
        } else {
          for k in 0..<length where !matches(text[at + k], text[from + k]) { isFailed = true }
          if !isFailed { (step, at) = (step + 1, at + length) }
        }
      case .look(let after, let isNegative, let width):
        let from = width.map { at - $0 } ?? at
        let found = from < 0 ? nil : try run(step + 1, from, vm)
        if (found != nil) != isNegative { step = after } else { isFailed = true }
      case .atomic(let after):
        if let stop = try run(step + 1, at, vm) { (step, at) = (after, stop) } else { isFailed = true }
      case .match:
        if whole && at != end || at == refused {
          isFailed = true
        } else {
          forgetChoices(above: base)
          return at
        }
      }
      if isFailed {
        guard let (s, p) = retreat(to: base) else { return nil }
        (step, at) = (s, p)
      }
    }
  }

  /// Drops the places to go back to, and keeps what registers were before: an outer failure restores them.
  private mutating func forgetChoices(above base: Int) {
    if base == 0 { return }
    let kept = stack[base...].filter { if case .resume = $0 { false } else { true } }
    stack.removeSubrange(base...)
    stack.append(contentsOf: kept)
  }

  private mutating func retreat(to base: Int) -> (Int, Int)? {
    while stack.count > base {
      switch stack.removeLast() {
      case .resume(let step, let position): return (step, position)
      case .slot(let i, let old): slots[i] = old
      case .mark(let i, let old): marks[i] = old
      }
    }
    return nil
  }

  private func matches(_ a: UInt32, _ b: UInt32) -> Bool {
    a == b || program.ignoresCase && RegularMatcher.folded(a) == RegularMatcher.folded(b)
  }

  private func isIn(_ c: UInt32, _ set: RegularProgram.CharacterSet) -> Bool {
    var found = contains(set, c)
    if !found && program.ignoresCase {
      let low = RegularMatcher.folded(c)
      found = contains(set, low) || contains(set, RegularMatcher.raised(c))
    }
    return found != set.isNegative
  }

  private func contains(_ set: RegularProgram.CharacterSet, _ c: UInt32) -> Bool {
    for range in set.ranges where range.contains(c) { return true }
    for kind in set.classes where kind.contains(c, isASCII: program.isASCII) { return true }
    return false
  }

  static func folded(_ c: UInt32) -> UInt32 {
    if c < 128 { return (0x41...0x5A).contains(c) ? c + 32 : c }
    guard let s = Unicode.Scalar(c) else { return c }
    let lower = s.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first!.value : c
  }

  private static func raised(_ c: UInt32) -> UInt32 {
    if c < 128 { return (0x61...0x7A).contains(c) ? c - 32 : c }
    guard let s = Unicode.Scalar(c) else { return c }
    let upper = s.properties.uppercaseMapping.unicodeScalars
    return upper.count == 1 ? upper.first!.value : c
  }
}
