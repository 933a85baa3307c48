import CKernels
import Language

extension VM {
  // MARK: Calls from Swift

  /// Calls anything callable.
  package func call(
    _ function: Value, _ arguments: [Value] = [], _ keywords: [(Symbol, Value)] = []
  ) throws(ExceptionObject) -> Value {
    let base = stackTop
    let count = arguments.count + keywords.count
    if base + count + 2 * VM.slack > stackReady { try extendStack(to: base + count + 2 * VM.slack) }
    base.pointee = function
    var slot = base + 1
    for argument in arguments {
      slot.pointee = argument
      slot += 1
    }
    var names: Tuple?
    if !keywords.isEmpty {
      for (_, value) in keywords {
        slot.pointee = value
        slot += 1
      }
      names = Tuple(keywords.map { .str($0.0.str) })
    }
    return try callPrepared(base, arguments.count, names)
  }

  /// Calls with one argument, without making an array.
  package func call(_ function: Value, with argument: Value) throws(ExceptionObject) -> Value {
    let base = stackTop
    if base + 2 * VM.slack > stackReady { try extendStack(to: base + 2 * VM.slack) }
    base.pointee = function
    (base + 1).pointee = argument
    return try callPrepared(base, 1, nil)
  }

  /// Calls with two arguments, without making an array.
  package func call(_ function: Value, with first: Value, _ second: Value) throws(ExceptionObject) -> Value {
    let base = stackTop
    if base + 2 * VM.slack > stackReady { try extendStack(to: base + 2 * VM.slack) }
    base.pointee = function
    (base + 1).pointee = first
    (base + 2).pointee = second
    return try callPrepared(base, 2, nil)
  }

  /// Calls a method by name; raises AttributeError when there is none.
  package func callMethod(
    _ receiver: Value, _ name: Symbol, _ arguments: [Value] = []
  ) throws(ExceptionObject) -> Value {
    try call(getAttribute(receiver, name), arguments)
  }

  /// Callee at `base`, arguments above it, everything at the top of the stack.
  private func callPrepared(
    _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) -> Value {
    let saved = stackTop
    let argumentCount = positional + (names?.count ?? 0)
    stackTop = base + 1 + argumentCount + VM.slack
    defer { stackTop = saved }
    do throws(ExceptionObject) {
      if tnb_stack_is_low() != 0 { throw recursionError() }
      if try invoke(base, positional, names) == .entered {
        top.pointee.makeEntry()
        base.pointee = try run()
      }
    } catch {
      base.release(count: argumentCount + 2)
      throw error
    }
    return base.take()
  }

  // MARK: Calls from the loop

  /// Enters a function whose parameters are all positional and given, with the arguments in place. False: use `invoke`.
  @inline(__always) func enterSimple(
    _ function: Unmanaged<Function>, _ window: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(ExceptionObject) -> Bool {
    let code = function._withUnsafeGuaranteedRef { Unmanaged.passUnretained($0.code) }
    if code._withUnsafeGuaranteedRef({ $0.directCount }) != count { return false }
    try push(function, code, window, count, target: window - 1)
    return true
  }

  /// Enters a method of two parameters for an operator: the operands are copied above the running frame's window, the result
  /// goes to `target`. False: nothing was done.
  @inline(__always) func enterOperator(
    _ method: Unmanaged<Function>, _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>,
    target: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> Bool {
    let code = method._withUnsafeGuaranteedRef { Unmanaged.passUnretained($0.code) }
    if code._withUnsafeGuaranteedRef({ $0.directCount }) != 2 { return false }
    let base = stackTop - VM.slack
    tnb_retain(method.toOpaque())
    base.store(Int(bitPattern: method.toOpaque()), ValueLayout.function)
    (base + 1).initializeCopy(from: x)
    (base + 2).initializeCopy(from: y)
    do throws(ExceptionObject) {
      try push(method, code, base + 1, 2, .operation, target: target)
    } catch {
      base.release(count: 3)
      throw error
    }
    return true
  }

  /// Pushes a frame whose first `filled` registers are set; the other locals become unbound. The code's run has been noted.
  @inline(__always) func push(
    _ function: Unmanaged<Function>, _ code: Unmanaged<Code>, _ window: UnsafeMutablePointer<Value>, _ filled: Int,
    _ ending: Frame.Ending = .call, target: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) {
    let (bytes, locals, start) = code._withUnsafeGuaranteedRef { ($0.windowBytes, $0.localCount, $0.start) }
    let frame = top + 1
    if frame >= frameLimit { throw recursionError() }
    let above = (UnsafeMutableRawPointer(window) + bytes).assumingMemoryBound(to: Value.self)
    if above > stackReady { try extendStack(to: above) }
    if tnb_interrupt_pending() != 0 { throw interrupt() }
    var i = filled
    while i < locals {
      (window + i).setUnbound()
      i &+= 1
    }
    frame.initialize(
      to: Frame(
        code: code, function: function, window: window, pc: start, target: target, generator: nil, namespace: nil,
        ending: ending))
    top = frame
    stackTop = above
  }

  /// Calls what stands at `base` with the arguments above it: `positional` values, then one for each of `names`.
  func invoke(
    _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) -> Invocation {
    switch base.pointee {
    case .function(let function):
      try bind(function, base + 1, positional, names)
      function.code.note()
      try push(
        Unmanaged.passUnretained(function), Unmanaged.passUnretained(function.code), base + 1,
        function.code.parameterCount, target: base)
      return .entered
    case .object(let object):
      let kind = ObjectIdentifier(Swift.type(of: object))
      if kind == ObjectIdentifier(NativeFunction.self) {
        try callNative(
          Unmanaged.passUnretained(unsafeDowncast(object, to: NativeFunction.self)), base, positional, names)
        return .finished
      }
      if kind == ObjectIdentifier(BoundMethod.self) {
        let method = unsafeDowncast(object, to: BoundMethod.self)
        makeRoom(base, positional + (names?.count ?? 0))
        (base + 1).pointee = method.receiver
        base.pointee = method.function
        return try invoke(base, positional + 1, names)
      }
      if kind == ObjectIdentifier(TypeObject.self) {
        return try construct(unsafeDowncast(object, to: TypeObject.self), base, positional, names)
      }
      return try invokeThroughType(base, positional, names)
    case .instance, .tensor, .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .list, .tuple,
      .dict:
      return try invokeThroughType(base, positional, names)
    }
  }

  /// Shifts `count` arguments up by one, for a receiver.
  @inline(__always) private func makeRoom(_ base: UnsafeMutablePointer<Value>, _ count: Int) {
    // The slot above the arguments may hold what a temporary left behind.
    (base + count + 1).release()
    var i = count
    while i > 0 {
      (base + i + 1).store((base + i).intPayload, (base + i).tag)
      i &-= 1
    }
    (base + 1).store(ValueLayout.none, ValueLayout.empty)
  }

  private func invokeThroughType(
    _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) -> Invocation {
    let receiver = base.pointee
    guard let method = type(of: receiver).dispatch.call else {
      throw .type("'\(type(of: receiver).messageName)' object is not callable")
    }
    if isPlainMethod(method) {
      makeRoom(base, positional + (names?.count ?? 0))
      (base + 1).pointee = receiver
      base.pointee = method
      return try invoke(base, positional + 1, names)
    }
    base.pointee = try getAttribute(receiver, Names.call)
    return try invoke(base, positional, names)
  }

  /// Calls a plain class with an `__init__` in the language: enters that without leaving the loop. False: nothing was done.
  @inline(__always) func constructPlainly(
    _ type: Unmanaged<TypeObject>, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) -> Bool {
    guard let initializer = type._withUnsafeGuaranteedRef({ $0.plainInitializer }) else { return false }
    let code = initializer._withUnsafeGuaranteedRef { Unmanaged.passUnretained($0.code) }
    let (direct, isGenerator) = code._withUnsafeGuaranteedRef { ($0.directCount, $0.isGenerator) }
    if isGenerator { return false }
    let instance = Unmanaged.passRetained(type._withUnsafeGuaranteedRef { Instance($0) }).toOpaque()
    makeRoom(base, positional + (names?.count ?? 0))
    // Two references: the result's, and `self`'s. The class, whose register the result takes, is kept by the instance.
    tnb_retain(instance)
    (base + 1).store(Int(bitPattern: instance), ValueLayout.instance)
    base.replace(Int(bitPattern: instance), ValueLayout.instance)
    if direct == positional + 1 && names == nil {
      try push(initializer, code, base + 1, direct, .initializer, target: base)
    } else {
      let function = initializer.takeUnretainedValue()
      try bind(function, base + 1, positional + 1, names)
      function.code.note()
      try push(initializer, code, base + 1, function.code.parameterCount, .initializer, target: base)
    }
    return true
  }

  /// Calls a class.
  private func construct(
    _ type: TypeObject, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) -> Invocation {
    if type.plainInitializer != nil {
      let plain = try constructPlainly(Unmanaged.passUnretained(type), base, positional, names)
      if plain { return .entered }
    }
    // A built-in type itself: its constructor takes the arguments where they stand.
    if !type.isUserDefined, type.customType == nil, let constructor = type.construct, type.abstractNames.isEmpty {
      try callNative(Unmanaged.passUnretained(constructor), base, positional, names)
      return .finished
    }
    if let native = type.construct, !type.isUserDefined, type.customType == nil, type.abstractNames.isEmpty,
      type !== Types.type
    {
      base.setObject(native, ValueLayout.object)
      try callNative(Unmanaged.passUnretained(native), base, positional, names)
      return .finished
    }
    let (arguments, keywords) = takeArguments(base + 1, positional, names)
    let result = try instantiate(type, arguments, keywords)
    base.pointee = result
    return .finished
  }

  /// Moves a call's arguments out of the stack.
  func takeArguments(
    _ from: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) -> ([Value], [(Symbol, Value)]) {
    var arguments: [Value] = []
    arguments.reserveCapacity(positional)
    for i in 0..<positional { arguments.append((from + i).take()) }
    var keywords: [(Symbol, Value)] = []
    if let names {
      for (i, name) in names.items.enumerated() {
        if case .str(let text) = name { keywords.append((Symbol(text), (from + positional + i).take())) }
      }
    }
    return (arguments, keywords)
  }

  func callSpread(_ a: UnsafeMutablePointer<Value>) throws(ExceptionObject) {
    let function = a.pointee
    let arguments: [Value]
    switch a[1] {
    case .list(let list): arguments = list.items
    case .tuple(let tuple): arguments = tuple.items
    default: arguments = try items(a[1])
    }
    var keywords: [(Symbol, Value)] = []
    if case .dict(let dict) = a[2] {
      var position = 0
      while let (key, value) = dict.next(&position) {
        guard let name = key.asStr else { throw .type("keywords must be strings") }
        keywords.append((Symbol(name), value))
      }
    }
    a[1] = .none
    a[2] = .none
    a.pointee = try call(function, arguments, keywords)
  }

  // MARK: Returning

  /// Pops the running frame, with its result in `value`, a register of it. True: the caller's frame goes on. False: the run ends
  /// and its value is in `returned`.
  @inline(__always) func leave(_ value: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    let frame = top
    if frame.pointee.ending != .call { return try leaveOtherwise(value) }
    let payload = value.intPayload
    let tag = value.tag
    value.store(ValueLayout.none, ValueLayout.empty)
    let window = frame.pointee.window
    window.release(count: frame.pointee.code._withUnsafeGuaranteedRef { $0.registerCount })
    top = frame - 1
    (window - 1).replace(payload, tag)
    restoreTop()
    return true
  }

  @inline(never) private func leaveOtherwise(_ register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    let frame = top
    let window = frame.pointee.window
    let payload = register.intPayload
    let tag = register.tag
    register.store(ValueLayout.none, ValueLayout.empty)
    window.release(count: frame.pointee.code._withUnsafeGuaranteedRef { $0.registerCount })
    switch frame.pointee.ending {
    case .call, .entry:
      top = frame - 1
      withUnsafeMutablePointer(to: &returned) { $0.replace(payload, tag) }
      return false
    case .initializer, .entryInitializer:
      if tag != ValueLayout.empty || payload != ValueLayout.none {
        register.store(payload, tag)
        throw .type("__init__() should return None, not '\(typeName(register.take()))'")
      }
      top = frame - 1
      if frame.pointee.isEntry {
        returned = (window - 1).pointee
        return false
      }
      restoreTop()
      return true
    case .operation:
      let target = frame.pointee.target
      top = frame - 1
      (window - 1).release()
      restoreTop()
      if tag == ValueLayout.empty && payload == ValueLayout.notImplemented {
        raisesInCaller = true
        throw unsupportedOperands()
      }
      target.replace(payload, tag)
      return true
    }
  }

  /// The TypeError for the operator that the running frame's last instruction is.
  private func unsupportedOperands() -> ExceptionObject {
    let frame = top.pointee
    let code = frame.code.takeUnretainedValue()
    let instruction = (frame.pc - 1).pointee
    guard let (op, constant) = instruction.op.binaryOperator else { return .type("unsupported operand types") }
    let y = constant ? code.constantBase.at(instruction.c) : frame.window.at(instruction.c)
    return unsupported(op.rawValue, frame.window.at(instruction.b).pointee, y.pointee)
  }

  @inline(__always) func takeReturned() -> Value {
    let value = returned
    returned = .none
    return value
  }

  /// The stack's top belongs to the running frame again.
  @inline(__always) func restoreTop() {
    let bytes = top.pointee.code._withUnsafeGuaranteedRef { $0.windowBytes }
    stackTop = (UnsafeMutableRawPointer(top.pointee.window) + bytes).assumingMemoryBound(to: Value.self)
  }

  /// Finds the handler of an exception, popping frames. Returns with the frame that handles it on top and its pc at the handler;
  /// throws when the run that was entered last has none.
  func unwind(_ error: ExceptionObject) throws(ExceptionObject) {
    if error.context.isNone, case .object(let object) = handled, object !== error { error.context = handled }
    while true {
      let frame = top
      let code = frame.pointee.code.takeUnretainedValue()
      let index = max(0, frame.pointee.pc - code.start - 1)
      // Where `finally`, `with` or a bare `raise` let it go on is no place of its own.
      let op = code.instructions[index].op
      if (op != .rethrow && op != .reraise) || error.traceback.isEmpty {
        error.traceback.append(.init(function: code.qualifiedName, span: code.spans[index]))
      }
      for handler in code.handlers where handler.start <= index && index < handler.end {
        frame.pointee.window[handler.register] = .object(error)
        frame.pointee.pc = code.start + handler.target
        restoreTop()
        return
      }
      frame.pointee.window.release(count: code.registerCount)
      let isEntry = frame.pointee.isEntry
      if frame.pointee.ending == .operation { (frame.pointee.window - 1).release() }
      if let generator = frame.pointee.generator?.takeUnretainedValue() { generator.finish() }
      top = frame - 1
      if isEntry { throw error }
    }
  }

  func recursionError() -> ExceptionObject {
    .make(Types.recursionError, "maximum recursion depth exceeded")
  }

  /// The exception that a pending interrupt stands for; the flag is taken back.
  package func interrupt() -> ExceptionObject { Interrupts.take() }

}
