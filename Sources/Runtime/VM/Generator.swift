import Tensor

import CKernels

/// A suspended call: what a function with `yield` returns.
package final class GeneratorObject: IteratorObject {
  package let function: Function
  /// Registers while suspended, moved out of the stack.
  private var saved: UnsafeMutablePointer<Value>
  private let count: Int
  fileprivate var pc: UnsafePointer<Step>
  /// Where the value of `yield` goes on resumption; -1 before the first.
  fileprivate var resumeRegister = -1
  package fileprivate(set) var isRunning = false
  package fileprivate(set) var isFinished = false
  /// What a `return` gave, for `yield from` and StopIteration.
  package fileprivate(set) var result: Value = .none

  fileprivate init(_ function: Function, _ pc: UnsafePointer<Step>) {
    self.function = function
    self.pc = pc
    count = function.code.registerCount
    saved = .allocate(capacity: max(count, 1))
    super.init()
    saved.initialize(repeating: .none, count: count)
    Collector.watch(self)
  }

  override package func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    "<generator object \(function.qualifiedName.string) at \(vm.hexAddress(.object(self)))>"
  }

  override func traverse() {
    Collector.visit(saved, count: count)
    Collector.visit(Unmanaged<Object>.passUnretained(function))
  }
  override func clearReferences() { saved.release(count: count) }

  deinit {
    Collector.forget(self)
    saved.deinitialize(count: count)
    saved.deallocate()
  }

  public override var builtinType: TypeObject { Types.generator }

  /// Where it waits, with the values of its registers.
  public override var contents: Any? {
    get {
      isRunning
        ? nil
        : State(
          registers: (0..<count).map { saved[$0] }, pc: pc, resumeRegister: resumeRegister, isFinished: isFinished,
          result: result)
    }
    set {
      guard let old = newValue as? State else { return }
      for i in 0..<count { saved[i] = old.registers[i] }
      (pc, resumeRegister, isFinished, result) = (old.pc, old.resumeRegister, old.isFinished, old.result)
    }
  }

  private struct State {
    let registers: [Value]
    let pc: UnsafePointer<Step>
    let resumeRegister: Int
    let isFinished: Bool
    let result: Value
  }

  fileprivate func store(from window: UnsafeMutablePointer<Value>) {
    for i in 0..<count { saved[i] = (window + i).take() }
  }

  /// To be called before it goes on in another cell: its loops step through their iterators without telling.
  fileprivate func noteLoops() {
    willChange()
    for i in 0..<count {
      if case .object(let object) = saved[i], object is IteratorObject { object.willChange() }
    }
  }

  fileprivate func restore(to window: UnsafeMutablePointer<Value>) {
    for i in 0..<count { window[i] = (saved + i).take() }
  }

  /// What `return` gave, once; None after that.
  func takeResult() -> Value {
    let value = result
    result = .none
    return value
  }

  func finish() {
    willChange()
    isFinished = true
    isRunning = false
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    try vm.resume(self, .none)
  }

  /// Waits in a `yield from`.
  var isDelegating: Bool { !isFresh && pc.pointee.op == .yieldFrom }

  /// The generator that a `yield from` waits for, if it is one.
  var delegate: GeneratorObject? {
    guard isDelegating, case .object(let object) = saved.at(pc.pointee.b).pointee else { return nil }
    return object as? GeneratorObject
  }

  /// Whether it was never resumed.
  package var isFresh: Bool { resumeRegister < 0 }
}

extension VM {
  /// The running frame becomes a generator that waits before its first statement.
  func suspendNew(_ frame: UnsafeMutablePointer<Frame>) -> GeneratorObject {
    let generator = GeneratorObject(frame.pointee.function.takeUnretainedValue(), frame.pointee.pc)
    generator.store(from: frame.pointee.window)
    return generator
  }

  /// Moves the running generator frame, an entry frame, back into its object.
  func suspend(_ frame: UnsafeMutablePointer<Frame>, resumeRegister: Int) {
    guard let generator = frame.pointee.generator?.takeUnretainedValue() else { return }
    generator.pc = frame.pointee.pc
    generator.resumeRegister = resumeRegister
    generator.isRunning = false
    generator.store(from: frame.pointee.window)
    top -= 1
  }

  /// Runs a generator to its next `yield`: the value, or nil when it returned (see `result`).
  package func resume(_ generator: GeneratorObject, _ sent: Value) throws(ExceptionObject) -> Value? {
    if generator.isRunning { throw .value("generator already executing") }
    if generator.isFinished { return nil }
    if generator.isFresh, !sent.isNone {
      throw .type("can't send non-None value to a just-started generator")
    }
    try pushResumed(generator)
    if generator.resumeRegister >= 0 { top.pointee.window[generator.resumeRegister] = sent }
    return try runResumed(generator)
  }

  /// Raises an exception at the `yield` where the generator waits.
  package func `throw`(_ error: ExceptionObject, into generator: GeneratorObject) throws(ExceptionObject) -> Value? {
    if generator.isRunning { throw .value("generator already executing") }
    if generator.isFinished { throw error }
    if generator.isFresh {
      generator.finish()
      throw error
    }
    if let inner = generator.delegate {
      // Waiting in `yield from`: the inner generator sees the exception first.
      do throws(ExceptionObject) {
        if error.type.isSubtype(of: Types.generatorExit) {
          try close(inner)
        } else if let value = try self.throw(error, into: inner) {
          return value
        } else {
          // It returned: the outer one goes on with its result, at the instruction after `yield from`.
          try pushResumed(generator)
          top.pointee.pc += 1
          top.pointee.window[generator.resumeRegister] = inner.result
          return try runResumed(generator)
        }
      } catch {
        return try raise(error, in: generator)
      }
    }
    return try raise(error, in: generator)
  }

  /// A loop that is left lets go of its iterator: a generator that nobody else holds is closed, so that its `finally` runs.
  @inline(never) func letGo(_ register: UnsafeMutablePointer<Value>) throws(ExceptionObject) {
    guard swift_retainCount(register.address) == 1, case .object(let object) = register.pointee,
      let generator = object as? GeneratorObject, !generator.isRunning
    else { return }
    try close(generator)
  }

  private func raise(_ error: ExceptionObject, in generator: GeneratorObject) throws(ExceptionObject) -> Value? {
    try pushResumed(generator)
    let window = top.pointee.window
    // The instruction that yielded is the one before pc; a `yield from` is the one at pc.
    if generator.isDelegating { top.pointee.pc += 1 }
    do throws(ExceptionObject) {
      try unwind(error)
    } catch {
      stackTop = window
      throw error
    }
    return try runResumed(generator)
  }

  /// `generator.close()`: GeneratorExit at the `yield`, which must not yield again.
  package func close(_ generator: GeneratorObject) throws(ExceptionObject) {
    if generator.isFinished { return }
    if generator.isFresh {
      generator.finish()
      return
    }
    do throws(ExceptionObject) {
      if try self.throw(ExceptionObject(Types.generatorExit, []), into: generator) != nil {
        throw .runtime("generator ignored GeneratorExit")
      }
    } catch {
      if error.type.isSubtype(of: Types.generatorExit) || error.type.isSubtype(of: Types.stopIteration) { return }
      throw error
    }
  }

  private func pushResumed(_ generator: GeneratorObject) throws(ExceptionObject) {
    if tnb_stack_is_low() != 0 { throw recursionError() }
    if generator.epoch != Changes.epoch { generator.noteLoops() }
    let window = stackTop
    let code = generator.function.code
    code.note()
    if top + 1 >= frameLimit { throw recursionError() }
    if window + code.registerCount > stackReady { try extendStack(to: window + code.registerCount) }
    generator.restore(to: window)
    top += 1
    top.initialize(
      to: Frame(
        code: Unmanaged.passUnretained(code), function: Unmanaged.passUnretained(generator.function), window: window,
        pc: generator.pc, target: window, generator: Unmanaged.passUnretained(generator), namespace: nil, ending: .entry
      ))
    generator.isRunning = true
    restoreTop()
  }

  private func runResumed(_ generator: GeneratorObject) throws(ExceptionObject) -> Value? {
    let window = top.pointee.window
    let savedHandled = handled
    defer {
      stackTop = window
      handled = savedHandled
    }
    do throws(ExceptionObject) {
      let value = try run()
      if generator.isRunning {
        // It returned instead of yielding.
        generator.finish()
        generator.result = value
        return nil
      }
      return value
    } catch {
      generator.finish()
      if error.type.isSubtype(of: Types.stopIteration) {
        let wrapped = ExceptionObject.runtime("generator raised StopIteration")
        wrapped.cause = .object(error)
        wrapped.context = .object(error)
        wrapped.traceback = error.traceback
        throw wrapped
      }
      throw error
    }
  }

  /// One step of `yield from`: the next value of the inner iterator, or nil with its result in `register`.
  func delegate(
    _ iterator: UnsafeMutablePointer<Value>, _ register: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> Value? {
    let sent = register.pointee
    if case .object(let object) = iterator.pointee, let inner = object as? GeneratorObject {
      if let value = try resume(inner, sent) { return value }
      register.pointee = inner.result
      return nil
    }
    if !sent.isNone, !sent.isUnbound {
      do throws(ExceptionObject) {
        return try callMethod(iterator.pointee, Symbol("send"), [sent])
      } catch {
        if error.type.isSubtype(of: Types.stopIteration) {
          register.pointee = error.args.first ?? .none
          return nil
        }
        throw error
      }
    }
    if let value = try next(iterator.pointee) { return value }
    register.pointee = .none
    return nil
  }
}
