import Language

// The instruction set of the register machine.
//
// A frame is a window of registers R: parameters first, then other locals, then temporaries. Operands a, b, c are 16-bit
// register numbers unless said otherwise; `bc` is the 32-bit number made of b (low half) and c (high half). K is the code's
// constants, N its names (symbols). Jump targets are absolute instruction indices. "raises" = throws a Python exception.
//
// Captured variables: a local that an inner function captures lives in a Cell object held by its register (`makeCell` at
// function entry, for parameters too); it is read and written with loadCell/storeCell. Free variables are the function's
// closure, in the order of `Code.freeNames`.
//
// Calls: the callee goes to register a, its arguments to a+1, a+2 …; the callee's own window begins at a+1, so arguments are
// passed without copying. Registers from a on are dead after the call but for a, which takes the result. Therefore the
// compiler evaluates a call's callee and arguments into fresh temporaries at the top of its register stack.
package enum Opcode: UInt8 {
  // Moves and constants
  /// R[a] = K[bc]
  case loadConst
  /// R[a] = int(bc), signed
  case loadInt
  /// R[a] = None
  case loadNone
  /// R[a] = bool(b)
  case loadBool
  /// R[a] = R[b]
  case move
  /// R[a] = unbound (end of an `except … as name`, deleted temporaries)
  case clear

  // Variables
  /// R[a] = global slot bc of the function's globals; without a value: its fallback, then built-ins, else raises NameError
  case loadGlobal
  /// global slot bc = R[a]
  case storeGlobal
  /// delete global slot bc; raises NameError when it has no value
  case deleteGlobal
  /// raises UnboundLocalError for name N[bc] when R[a] is unbound (emitted only where a local may be unset)
  case checkLocal
  /// R[a] = new Cell(R[a])
  case makeCell
  /// R[a] = value of the cell in R[b]; raises UnboundLocalError with name N[c] when it has none
  case loadCell
  /// cell in R[a] takes R[b]
  case storeCell
  /// empties the cell in R[a]; raises for name N[b] when it was empty
  case deleteCell
  /// R[a] = value of closure cell b; raises NameError "cannot access free variable…" for N[c]
  case loadFree
  /// closure cell b takes R[a]
  case storeFree
  /// empties closure cell b
  case deleteFree
  /// Class bodies: R[a] = name N[bc] in the class namespace, else global, else built-in
  case loadName
  /// Class bodies: R[a] = name N[c] in the class namespace, else closure cell b
  case loadClassFree
  /// Class bodies: namespace name N[bc] = R[a]
  case storeName
  /// Class bodies: delete name N[bc]
  case deleteName
  /// R[a] = the dict `__annotations__` of the class body that runs, otherwise of the globals; made when absent
  case loadAnnotations

  // Arithmetic: R[a] = R[b] op R[c]
  case add, sub, mul, div, floorDiv, mod, pow, matmul, shl, shr, bitAnd, bitOr, bitXor
  // R[a] = R[b] op K[c]: the right operand is a number constant
  case addK, subK, mulK, divK, floorDivK, modK, powK
  /// R[a] = R[a] op= R[b], operator c (index in BinaryOperator.allCases): in-place when the type has it
  case inplace
  /// R[a] += K[b], number constant
  case inplaceAddK
  /// R[a] -= K[b], number constant
  case inplaceSubK
  // R[a] = op R[b]
  case neg, pos, invert, not

  // Comparison: R[a] = R[b] op R[c]
  case eq, ne, lt, le, gt, ge, `is`, isNot, contains, notContains
  // Fused comparison and jump: when `R[a] op R[b]` is FALSE, jump forward or back by signed c relative to the next instruction
  case jumpIfNotEq, jumpIfNotNe, jumpIfNotLt, jumpIfNotLe, jumpIfNotGt, jumpIfNotGe
  // R[a] compared with constant K[b]; jump when false, as above
  case jumpIfNotEqK, jumpIfNotNeK, jumpIfNotLtK, jumpIfNotLeK, jumpIfNotGtK, jumpIfNotGeK

  // Control
  /// pc = bc
  case jump
  /// pc = bc, a back-edge: polls the interrupt flag
  case jumpBack
  /// if truth(R[a]) pc = bc
  case jumpIfTrue
  /// if not truth(R[a]) pc = bc
  case jumpIfFalse
  /// if R[a] is None pc = bc
  case jumpIfNone
  /// if R[a] is not None pc = bc
  case jumpIfNotNone
  /// if R[a] is unbound pc = bc (defaults that were not passed are filled by the call; used by generated code only)
  case jumpIfUnbound

  // Iteration
  /// R[a] = iterator of R[b]; raises TypeError when not iterable
  case getIter
  /// R[a] = next item of the iterator in R[a - 1], or pc = bc at its end (the iterator register is then cleared).
  /// The compiler keeps iterator and item in two neighbouring registers: iterator in a-1, item in a.
  case forIter
  /// The way back to a `forIter`, one step included: polls the interrupt flag; R[a] = next item of the iterator in R[a - 1] and
  /// pc = bc, the instruction after that `forIter`; at the end its target. Made from a `jumpBack` by `CodeBuilder.patch`.
  case forNext

  // Attributes and items. `loadAttr`, `storeAttr`, `loadMethod` and the calls own an inline cache found by instruction index.
  /// R[a] = R[b].N[c]
  case loadAttr
  /// R[a].N[c] = R[b]
  case storeAttr
  /// del R[a].N[c]
  case deleteAttr
  /// For `x.name(…)`: R[a] = function, R[a+1] = receiver when the attribute is a plain method (the callMethod that follows
  /// passes it first); otherwise R[a] = the attribute's value and R[a+1] = unbound.  Receiver object is R[b], name N[c].
  case loadMethod
  /// R[a] = R[b][R[c]]
  case getItem
  /// R[a] = R[b][K[c]]: the index is an int constant
  case getItemK
  /// R[a][R[b]] = R[c]
  case setItem
  /// del R[a][R[b]]
  case deleteItem

  // Building
  /// R[a] = [R[b], … c items]
  case buildList
  /// R[a] = (R[b], … c items)
  case buildTuple
  /// R[a] = {R[b], … c items}
  case buildSet
  /// R[a] = {R[b]: R[b+1], … c pairs}
  case buildDict
  /// R[a] = slice(R[b], R[b+1], R[b+2])
  case buildSlice
  /// R[a] = "".join of c strings from R[b] on
  case buildString
  /// R[a] = format(R[b], R[c])  with conversion in the following `extra` instruction: a = 0 none, 1 str, 2 repr, 3 ascii;
  /// c = 0xFFFF: no format spec
  case format
  /// list R[a].append(R[b])
  case listAppend
  /// list R[a].extend(R[b]); c - 1 is the register of the callee whose only positional argument it is, c = 0: none
  case listExtend
  /// set R[a].add(R[b])
  case setAdd
  /// set R[a].update(R[b])
  case setUpdate
  /// dict R[a][R[b]] = R[c]
  case dictSet
  /// dict R[a].update(R[b]): `{**m}`
  case dictUpdate
  /// dict R[a].update(R[b]) for `f(**m)`: raises TypeError for a repeated or non-string key; R[c] is the callee, for the message
  case dictMerge
  /// R[a] = tuple(list R[b])
  case listToTuple
  /// R[b] … R[b+c-1] = the c items of R[a]; raises ValueError when the count differs. They may be locals, so nothing is written
  /// before all items are there
  case unpack
  /// R[b] … = items of R[a] with a star: c = before | after << 8; the list of the rest stands between
  case unpackStar

  // Calls
  /// R[a] = R[a](R[a+1] … b positional arguments)
  case call
  /// As call, with keywords: b positional arguments, then the values for the names in the tuple K[c]
  case callKeywords
  /// R[a] = R[a](R[a+2] …, b positional arguments): follows loadMethod; when R[a+1] is not unbound it is passed first.
  /// Keyword names in K[c], or c = 0xFFFF for none
  case callMethod
  /// R[a] = R[a](*R[a+1], **R[a+2]): a tuple or list, and a dict or None
  case callSpread
  /// return R[a]
  case returnValue
  /// return None
  case returnNone

  // Functions and classes
  /// R[a] = function of code K[b]; registers from c: defaults tuple (or None), keyword-defaults dict (or None), annotations
  /// dict (or None); c = 0xFFFF: none of them. Its closure is listed in the code: `Code.captures`.
  case makeFunction
  /// R[a] = class built by calling the function in R[a] as body; R[a+1] = tuple of bases, R[a+2] = dict of keywords or None;
  /// name N[b]. The body returns the cell of `__class__` for the class to be put in, or None
  case buildClass

  // Generators
  /// The frame becomes a generator object, returned to the caller at once (first instruction after cells are made)
  case makeGenerator
  /// yields R[b]; on resumption R[a] = the value sent
  case yieldValue
  /// One step of `yield from`: R[b] is the iterator, R[a] the value to send. Yields its next value and repeats; at its end R[a] =
  /// its result and execution goes on
  case yieldFrom

  // Exceptions
  /// raise R[a] from R[b]; b = 0xFFFF: no cause
  case raise
  /// re-raise the exception being handled; RuntimeError "No active exception to reraise" when there is none
  case reraise
  /// Handler entry: R[a] = the exception caught (set by the unwinder before jumping here) becomes the one being handled;
  /// R[b] = the previous one, saved
  case pushHandled
  /// The exception being handled is again the one saved in R[a]
  case popHandled
  /// if the exception R[a] does not match the class or tuple R[b], pc = c relative (signed, to the next instruction)
  case jumpIfNotMatch
  /// raise the exception object in R[a] again as it is, traceback kept (end of finally and with)
  case rethrow
  /// raise AssertionError, with R[a] unless a = 0xFFFF
  case assertFail

  // With
  /// R[a] = context manager R[b].__enter__(); R[a+1] = bound __exit__; raises TypeError when it is none
  case withEnter
  /// R[a] = R[b](type, value, traceback) for the exception in R[c]: its truth says whether it is swallowed
  case withExit

  // Modules
  /// R[a] = module named by K[b] (a string); c = 1: the top package of a dotted name, 0: the module itself
  case importName
  /// R[a] = attribute or submodule N[c] of the module R[b]; raises ImportError "cannot import name…"
  case importFrom
  /// every public name of the module R[a] becomes a global
  case importStar

  /// Carries further operands of the instruction before it
  case extra
  /// R[a] is the value a cell displays: kept as the cell's result
  case display
}

extension Opcode {
  /// The operator of an arithmetic instruction, and whether its right operand is a constant.
  var binaryOperator: (BinaryOperator, constant: Bool)? {
    switch self {
    case .add: (.add, false)
    case .sub: (.subtract, false)
    case .mul: (.multiply, false)
    case .div: (.divide, false)
    case .floorDiv: (.floorDivide, false)
    case .mod: (.modulo, false)
    case .pow: (.power, false)
    case .matmul: (.matmul, false)
    case .shl: (.leftShift, false)
    case .shr: (.rightShift, false)
    case .bitAnd: (.bitAnd, false)
    case .bitOr: (.bitOr, false)
    case .bitXor: (.bitXor, false)
    case .addK: (.add, true)
    case .subK: (.subtract, true)
    case .mulK: (.multiply, true)
    case .divK: (.divide, true)
    case .floorDivK: (.floorDivide, true)
    case .modK: (.modulo, true)
    case .powK: (.power, true)
    default: nil
    }
  }
}

package struct Instruction {
  package var op: Opcode
  package var a: UInt16
  package var b: UInt16
  package var c: UInt16

  @inline(__always) package init(_ op: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    self.op = op
    self.a = UInt16(truncatingIfNeeded: a)
    self.b = UInt16(truncatingIfNeeded: b)
    self.c = UInt16(truncatingIfNeeded: c)
  }

  @inline(__always) package init(_ op: Opcode, _ a: Int, bc: Int) {
    self.init(op, a, bc & 0xFFFF, bc >> 16)
  }

  /// The signed 32-bit operand made of b and c.
  @inline(__always) package var bc: Int {
    get { Int(Int32(bitPattern: UInt32(b) | UInt32(c) << 16)) }
    set {
      b = UInt16(truncatingIfNeeded: newValue)
      c = UInt16(truncatingIfNeeded: newValue >> 16)
    }
  }
}
