import Language

/// A place in the code that jumps can name before it is reached.
struct Label {
  let index: Int
}

/// Growing code of one scope: instructions, their spans, constants, names, exception handlers, and jumps to patch.
struct CodeBuilder {
  /// No register, constant or name: an absent operand.
  static let absent = 0xFFFF
  /// Greatest number that fits an operand and is not `absent`.
  static let operandLimit = 0xFFFE
  /// Duplicated `finally` bodies can grow code exponentially; this many instructions are refused.
  static let instructionLimit = 1 << 22

  private(set) var instructions: [Instruction] = []
  private(set) var spans: [SourceSpan] = []
  private(set) var constants: [Value] = []
  private(set) var names: [Symbol] = []
  private(set) var handlers: [Code.Handler] = []
  private var constantIndex: [ConstantKey: Int] = [:]
  private var nameIndex: [Symbol: Int] = [:]
  private var positions: [Int] = []
  private var fixups: [(instruction: Int, label: Label, isRelative: Bool)] = []
  private var pendingHandlers: [(start: Int, end: Int, label: Label, register: Int)] = []

  /// Index of the next instruction.
  var count: Int { instructions.count }

  init() {
    instructions.reserveCapacity(64)
    spans.reserveCapacity(64)
  }

  mutating func append(_ instruction: Instruction, _ span: SourceSpan) {
    instructions.append(instruction)
    spans.append(span)
  }

  mutating func makeLabel() -> Label {
    positions.append(-1)
    return Label(index: positions.count - 1)
  }

  /// The label stands before the next instruction.
  mutating func place(_ label: Label) {
    positions[label.index] = count
  }

  /// The last instruction's jump operand is to be filled in from `label`.
  mutating func jumps(to label: Label, isRelative: Bool) {
    fixups.append((count - 1, label, isRelative))
  }

  /// Exceptions of instructions start..<end go to `label`.
  mutating func addHandler(start: Int, end: Int, to label: Label, register: Int) {
    pendingHandlers.append((start, end, label, register))
  }

  /// Fills in all jump targets and handlers; false when a relative one does not fit.
  mutating func patch() -> Bool {
    for fixup in fixups {
      let target = positions[fixup.label.index]
      precondition(target >= 0, "jump to a label that was not placed")
      if fixup.isRelative {
        let distance = target - (fixup.instruction + 1)
        guard let short = Int16(exactly: distance) else { return false }
        instructions[fixup.instruction].c = UInt16(bitPattern: short)
      } else {
        instructions[fixup.instruction].bc = target
      }
    }
    // The way back to the head of a `for` loop does the next step as well.
    for (i, instruction) in instructions.enumerated() where instruction.op == .jumpBack {
      let head = instruction.bc
      guard instructions[head].op == .forIter else { continue }
      instructions[i] = Instruction(.forNext, Int(instructions[head].a), bc: head + 1)
      spans[i] = spans[head]
    }
    handlers = pendingHandlers.map {
      Code.Handler(start: $0.start, end: $0.end, target: positions[$0.label.index], register: $0.register)
    }
    return true
  }

  /// The index of a constant; equal constants of one type share it.
  mutating func constant(_ value: Value) -> Int {
    guard let key = ConstantKey(value) else {
      constants.append(value)
      return constants.count - 1
    }
    if let known = constantIndex[key] { return known }
    constants.append(value)
    constantIndex[key] = constants.count - 1
    return constants.count - 1
  }

  mutating func name(_ symbol: Symbol) -> Int {
    if let known = nameIndex[symbol] { return known }
    names.append(symbol)
    nameIndex[symbol] = names.count - 1
    return names.count - 1
  }
}

/// What makes two constants the same: type and value, floats by their bits.
enum ConstantKey: Hashable {
  case none, ellipsis
  case bool(Bool)
  case int(Int)
  case float(UInt64)
  case str([UInt8])
  case tuple([ConstantKey])

  /// nil for constants that are not shared.
  init?(_ value: Value) {
    switch value {
    case .none: self = .none
    case .ellipsis: self = .ellipsis
    case .bool(let b): self = .bool(b)
    case .int(let i): self = .int(i)
    case .float(let d): self = .float(d.bitPattern)
    case .str(let s): self = .str(Array(s.bytes))
    case .tuple(let t):
      // Long tuples are rarely equal: hashing them would cost more than sharing saves.
      guard t.count <= 16 else { return nil }
      var keys: [ConstantKey] = []
      for item in t.items {
        guard let key = ConstantKey(item) else { return nil }
        keys.append(key)
      }
      self = .tuple(keys)
    case .unbound, .notImplemented, .list, .dict, .tensor, .function, .instance, .object: return nil
    }
  }
}
