/// An instruction as the VM's loop runs it, made from the compiler's when the code is complete.
///
/// Operands are byte offsets: of a register within the window, of a constant, of a global's slot, of the instruction to go on
/// with. That spares the loop their scaling, a tenth of all it did. An absent operand is -1; a count or an index of a name is
/// scaled with the others and read through `indexA` … `indexC`.
struct Step {
  let op: Opcode
  let a: Int32
  /// Also the wide operand: of the instructions with one it is the whole.
  let b: Int32
  let c: Int32

  static let scale: Int32 = 16

  init(_ instruction: Instruction, at index: Int) {
    func scaled(_ operand: UInt16) -> Int32 {
      // Both halves of `unpackStar`'s last operand may be all ones.
      operand == UInt16(CodeBuilder.absent) && instruction.op != .unpackStar ? -1 : Int32(operand) * Step.scale
    }
    op = instruction.op
    a = scaled(instruction.a)
    switch instruction.op.wideOperand {
    case .none:
      b = scaled(instruction.b)
      c = scaled(instruction.c)
    case .relative:
      b = scaled(instruction.b)
      c = Int32(Int16(bitPattern: instruction.c)) * Step.scale
    case .jump:
      b = Int32(truncatingIfNeeded: instruction.bc - index - 1) * Step.scale
      c = 0
    case .number:
      b = Int32(truncatingIfNeeded: instruction.bc)
      c = 0
    case .index:
      b = Int32(truncatingIfNeeded: instruction.bc) * Step.scale
      c = 0
    }
  }

  @inline(__always) var indexA: Int { Int(a >> 4) }
  @inline(__always) var indexB: Int { Int(b >> 4) }
  @inline(__always) var indexC: Int { Int(c >> 4) }
}

extension UnsafePointer where Pointee == Step {
  /// The instruction `offset` bytes further on.
  @inline(__always) func after(_ offset: Int32) -> UnsafePointer<Step> {
    (UnsafeRawPointer(self) + Int(offset)).assumingMemoryBound(to: Step.self)
  }
}

extension Opcode {
  /// What an instruction's b and c are together.
  enum WideOperand { case none, relative, jump, number, index }

  var wideOperand: WideOperand {
    switch self {
    case .loadInt: .number
    case .loadConst, .loadGlobal, .storeGlobal, .deleteGlobal, .checkLocal, .loadName, .storeName, .deleteName: .index
    case .jump, .jumpBack, .jumpIfTrue, .jumpIfFalse, .jumpIfNone, .jumpIfNotNone, .jumpIfUnbound, .forIter, .forNext: .jump
    case .jumpIfNotEq, .jumpIfNotNe, .jumpIfNotLt, .jumpIfNotLe, .jumpIfNotGt, .jumpIfNotGe, .jumpIfNotEqK, .jumpIfNotNeK,
      .jumpIfNotLtK, .jumpIfNotLeK, .jumpIfNotGtK, .jumpIfNotGeK, .jumpIfNotMatch:
      .relative
    default: .none
    }
  }
}
