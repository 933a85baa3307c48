import Language

/// Compiled code of a cell, function, class body, lambda or comprehension.
package final class Code: Object {
  package enum Kind { case module, function, classBody, lambda, comprehension }

  package let kind: Kind
  package let name: Symbol
  /// `outer.<locals>.inner`.
  package let qualifiedName: String
  let qualifiedNameText: Str
  package let instructions: [Instruction]
  /// Of each instruction, for carets.
  package let spans: [SourceSpan]
  package let constants: [Value]
  package let names: [Symbol]
  /// Registers of a frame, temporaries and call space included.
  package let registerCount: Int
  /// Parameters stand in the first registers: positional-only, positional, keyword-only, `*args`, `**kwargs`.
  package let positionalOnlyCount: Int
  /// Positional parameters, positional-only included.
  package let positionalCount: Int
  package let keywordOnlyCount: Int
  package let hasVariadic: Bool
  package let hasKeywords: Bool
  package let isGenerator: Bool
  /// Names of all named locals by register (parameters first), for messages and inspection.
  package let localNames: [Symbol]
  /// Free variables, in closure order.
  package let freeNames: [Symbol]
  /// Where each closure cell comes from when the function is made: a register of the enclosing frame that holds a cell, or an
  /// index in the enclosing function's own closure.
  package let captures: [Capture]
  package let handlers: [Handler]
  package let doc: String?
  /// The whole definition, for `??`.
  package let definitionSpan: SourceSpan

  public override var builtinType: TypeObject { Types.code }

  package enum Capture {
    case register(Int)
    case closure(Int)
  }

  /// While an instruction in start..<end runs, an exception goes to `target` with the exception object in `register`.
  /// Listed innermost first: the first that covers an instruction wins.
  package struct Handler {
    package let start: Int
    package let end: Int
    package let target: Int
    package let register: Int

    package init(start: Int, end: Int, target: Int, register: Int) {
      self.start = start
      self.end = end
      self.target = target
      self.register = register
    }
  }

  /// Inline caches, one per instruction.
  private let cacheBase: UnsafeMutablePointer<InlineCache>
  /// Caches stand as the instructions do, three times as far apart: this and three times the address of an instruction make the
  /// address of the cache of the instruction before it.
  let cacheOrigin: UInt
  /// The constants again, where the loop reads them without a bounds check.
  let constantBase: UnsafeMutablePointer<Value>
  /// The instructions as the loop runs them.
  let start: UnsafePointer<Step>
  /// Neither `*args`, `**kwargs` nor keyword-only parameters: positional arguments are already in place.
  let isSimple: Bool
  /// Named locals: registers that become unbound when a frame begins.
  let localCount: Int
  /// The bytes from a window's beginning to the stack's top above it.
  let windowBytes: Int
  /// Whether it ran since `takeRun` was called last.
  private final var hasRun = false
  /// Called with so many positional arguments a function has them in place and nothing to note; -1 before it ran.
  private(set) final var directCount = -1
  /// Somebody asks what ran.
  nonisolated(unsafe) private static var isNoting = false
  /// What ran since `takeRun` was called last.
  nonisolated(unsafe) private static var ran: [Code] = []

  /// To be called before it runs, but by calls with `directCount` arguments.
  @inline(__always) final func note() {
    if !hasRun { noteRun() }
  }

  @inline(never) private func noteRun() {
    hasRun = true
    if isSimple { directCount = positionalCount }
    if Code.isNoting { Code.ran.append(self) }
  }

  /// The code that ran since the last call. From the first call on it is noted.
  package static func takeRun() -> [Code] {
    let result = ran
    ran = []
    isNoting = true
    for code in result {
      code.hasRun = false
      code.directCount = -1
    }
    return result
  }

  package init(
    kind: Kind, name: Symbol, qualifiedName: String, instructions: [Instruction], spans: [SourceSpan],
    constants: [Value], names: [Symbol], registerCount: Int, positionalOnlyCount: Int, positionalCount: Int,
    keywordOnlyCount: Int, hasVariadic: Bool, hasKeywords: Bool, isGenerator: Bool, localNames: [Symbol],
    freeNames: [Symbol], captures: [Capture], handlers: [Handler], doc: String?, definitionSpan: SourceSpan
  ) {
    self.kind = kind
    self.name = name
    self.qualifiedName = qualifiedName
    qualifiedNameText = Str(qualifiedName)
    self.instructions = instructions
    let steps = UnsafeMutablePointer<Step>.allocate(capacity: max(instructions.count, 1))
    for (i, instruction) in instructions.enumerated() { (steps + i).initialize(to: Step(instruction, at: i)) }
    start = UnsafePointer(steps)
    cacheBase = .allocate(capacity: max(instructions.count, 1))
    cacheBase.initialize(repeating: InlineCache(), count: instructions.count)
    cacheOrigin = UInt(bitPattern: cacheBase) &- UInt(bitPattern: steps + 1) &* 3
    constantBase = .allocate(capacity: max(constants.count, 1))
    constantBase.initialize(from: constants, count: constants.count)
    localCount = localNames.count
    windowBytes = (registerCount + VM.slack) * MemoryLayout<Value>.stride
    isSimple = !hasVariadic && !hasKeywords && keywordOnlyCount == 0
    self.spans = spans
    self.constants = constants
    self.names = names
    self.registerCount = registerCount
    self.positionalOnlyCount = positionalOnlyCount
    self.positionalCount = positionalCount
    self.keywordOnlyCount = keywordOnlyCount
    self.hasVariadic = hasVariadic
    self.hasKeywords = hasKeywords
    self.isGenerator = isGenerator
    self.localNames = localNames
    self.freeNames = freeNames
    self.captures = captures
    self.handlers = handlers
    self.doc = doc
    self.definitionSpan = definitionSpan
    super.init()
  }

  deinit {
    cacheBase.deinitialize(count: instructions.count)
    cacheBase.deallocate()
    constantBase.deinitialize(count: constants.count)
    constantBase.deallocate()
    start.deallocate()
  }

  /// Registers that parameters take.
  package var parameterCount: Int {
    positionalCount + keywordOnlyCount + (hasVariadic ? 1 : 0) + (hasKeywords ? 1 : 0)
  }
}

/// What one instruction learned about the type or shape it saw last.
package struct InlineCache {
  package init() {}
  /// First, so that the VM's loop reaches it through the cache's own address.
  package var value: Value = .unbound
  package var slot: Int32 = -1
  package var typeVersion: UInt32 = 0
  /// Held, so that its address is not another shape's later.
  package var shapeReference: Shape?
  /// The module whose attribute `value` is, or the property that computes it.
  package var owner: Object?
  /// `storeAttr` that adds an attribute: the shape afterwards.
  package var nextShape: Shape?

}

extension UnsafeMutablePointer where Pointee == InlineCache {
  @inline(__always) var valueAddress: UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Value.self)
  }

  /// Fills it for instances of a shape: the slot of the attribute, or the method that was found, or the shape after the attribute was
  /// added. What it held for others is gone: one site may see instances and lists in turn.
  func remember(_ instance: Instance, _ type: TypeObject, slot: Int = -1, _ value: Value = .unbound, next: Shape? = nil)
  {
    pointee.shapeReference = instance.shape
    pointee.typeVersion = type.version
    pointee.slot = Int32(slot)
    pointee.value = value
    pointee.nextShape = next
    pointee.owner = nil
  }

  /// Fills it for anything but instances; `mark` says what for.
  func remember(_ mark: Int32, owner: Object? = nil, version: UInt32 = 0, _ value: Value = .unbound) {
    pointee.shapeReference = nil
    pointee.typeVersion = version
    pointee.slot = mark
    pointee.value = value
    pointee.nextShape = nil
    pointee.owner = owner
  }

  /// Whether the cache was filled for instances of this one's shape and class as they are.
  @inline(__always) func matches(_ instance: Unmanaged<Instance>) -> Bool {
    let known = UnsafeRawPointer(self).load(
      fromByteOffset: MemoryLayout<InlineCache>.offset(of: \.shapeReference)!, as: UnsafeRawPointer?.self)
    return known == instance.shapeAddress && instance.classVersion == pointee.typeVersion
  }
}
