extension Code {
  /// The instructions as text, a line each, then exception handlers and the code of inner functions.
  package var disassembly: String {
    var lines = ["\(qualifiedName): \(registerCount) registers"]
    for (index, instruction) in instructions.dropLast(instructions.count - spans.count).enumerated() {
      lines.append("\(index)  \(text(of: instruction, at: index))")
    }
    for handler in handlers {
      lines.append("handler \(handler.start)..<\(handler.end) → \(handler.target) r\(handler.register)")
    }
    var result = lines.joined(separator: "\n")
    for constant in constants {
      if case .object(let object) = constant, let inner = object as? Code { result += "\n\n" + inner.disassembly }
    }
    return result
  }

  /// One instruction: `add r2 r0 r1`.
  private func text(of i: Instruction, at index: Int) -> String {
    let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
    func r(_ register: Int) -> String {
      if register == CodeBuilder.absent { return "-" }
      if register < localNames.count { return localNames[register].text }
      return "r\(register)"
    }
    func k(_ constant: Int) -> String {
      constants.indices.contains(constant) ? Code.text(of: constants[constant]) : "-"
    }
    func n(_ name: Int) -> String { names.indices.contains(name) ? names[name].text : "-" }
    var parts: [String]
    switch i.op {
    case .loadConst: parts = [r(a), k(i.bc)]
    case .loadInt: parts = [r(a), "\(i.bc)"]
    case .loadNone, .clear, .makeCell, .loadAnnotations, .returnValue, .popHandled, .rethrow, .assertFail, .importStar,
      .display, .callSpread:
      parts = [r(a)]
    case .loadBool: parts = [r(a), b != 0 ? "True" : "False"]
    case .move, .storeCell, .neg, .pos, .invert, .not, .getIter, .listAppend, .listExtend, .setAdd, .setUpdate,
      .dictUpdate, .listToTuple, .yieldValue, .yieldFrom, .raise, .pushHandled, .withEnter:
      parts = [r(a), r(b)]
    case .loadGlobal, .storeGlobal: parts = [r(a), "global \(i.bc)"]
    case .deleteGlobal: parts = ["global \(i.bc)"]
    case .checkLocal, .loadName, .storeName: parts = [r(a), n(i.bc)]
    case .deleteName: parts = [n(i.bc)]
    case .loadCell: parts = [r(a), r(b)]
    case .deleteCell: parts = [r(a)]
    case .loadFree, .storeFree, .loadClassFree: parts = [r(a), freeNames[b].text]
    case .deleteFree: parts = [freeNames[b].text]
    case .add, .sub, .mul, .div, .floorDiv, .mod, .pow, .matmul, .shl, .shr, .bitAnd, .bitOr, .bitXor, .eq, .ne, .lt,
      .le, .gt, .ge, .is, .isNot, .contains, .notContains, .getItem, .setItem, .dictSet, .dictMerge, .withExit:
      parts = [r(a), r(b), r(c)]
    case .addK, .subK, .mulK, .divK, .floorDivK, .modK, .powK, .getItemK: parts = [r(a), r(b), k(c)]
    case .inplace: parts = [r(a), r(b), "#\(c)"]
    case .inplaceAddK, .inplaceSubK: parts = [r(a), k(b)]
    case .jumpIfNotEq, .jumpIfNotNe, .jumpIfNotLt, .jumpIfNotLe, .jumpIfNotGt, .jumpIfNotGe, .jumpIfNotMatch:
      parts = [r(a), r(b), "→ \(index + 1 + Int(Int16(bitPattern: i.c)))"]
    case .jumpIfNotEqK, .jumpIfNotNeK, .jumpIfNotLtK, .jumpIfNotLeK, .jumpIfNotGtK, .jumpIfNotGeK:
      parts = [r(a), k(b), "→ \(index + 1 + Int(Int16(bitPattern: i.c)))"]
    case .forNext: parts = [r(a), "→ \(i.bc)"]
    case .jump, .jumpBack: parts = ["→ \(i.bc)"]
    case .jumpIfTrue, .jumpIfFalse, .jumpIfNone, .jumpIfNotNone, .jumpIfUnbound, .forIter: parts = [r(a), "→ \(i.bc)"]
    case .loadAttr, .loadMethod, .importFrom: parts = [r(a), r(b), n(c)]
    case .storeAttr: parts = [r(a), n(c), r(b)]
    case .deleteAttr: parts = [r(a), n(c)]
    case .deleteItem: parts = [r(a), r(b)]
    case .buildList, .buildTuple, .buildSet, .buildDict, .buildString, .unpack:
      parts = [r(a), c == 0 && i.op != .unpack ? "-" : r(b), "×\(c)"]
    case .buildSlice: parts = [r(a), r(b)]
    case .format: parts = [r(a), r(b), r(c)]
    case .unpackStar: parts = [r(a), r(b), "\(c & 0xFF)*\(c >> 8)"]
    case .call: parts = [r(a), "\(b)"]
    case .callKeywords: parts = [r(a), "\(b)", k(c)]
    case .callMethod: parts = c == CodeBuilder.absent ? [r(a), "\(b)"] : [r(a), "\(b)", k(c)]
    case .makeFunction: parts = [r(a), k(b), r(c)]
    case .buildClass: parts = [r(a), n(b)]
    case .importName: parts = [r(a), k(b), c == 1 ? "top" : "module"]
    case .extra: parts = ["\(a)"]
    case .returnNone, .reraise, .makeGenerator: parts = []
    }
    parts.insert("\(i.op)", at: 0)
    return parts.joined(separator: " ")
  }

  private static func text(of constant: Value) -> String {
    switch constant {
    case .unbound: return "unbound"
    case .none: return "None"
    case .notImplemented: return "NotImplemented"
    case .ellipsis: return "..."
    case .bool(let b): return b ? "True" : "False"
    case .int(let i): return "\(i)"
    case .float(let d): return "\(d)"
    case .str(let s): return "'\(s.string)'"
    case .tuple(let t):
      return t.count > 20 ? "(\(t.count) items)" : "(\(t.items.map(text).joined(separator: ", ")))"
    case .object(let o):
      if let code = o as? Code { return "<code \(code.qualifiedName)>" }
      return "<\(o.type.name)>"
    case .list, .dict, .tensor, .function, .instance: return "<object>"
    }
  }
}
