import Language

// Names without a value: fallbacks, built-ins, and the errors.
extension VM {
  /// A global without a value: the namespace's fallback, then built-ins; raises NameError.
  @inline(never) func globalFallback(_ globals: Namespace, _ slot: Int) throws(ExceptionObject) -> Value {
    let name = globals.names[slot]
    if let value = builtins[name] ?? globals.preset(name) { return value }
    throw nameError(name)
  }

  /// A global without a value, through the instruction's cache.
  @inline(never) func builtin(
    _ target: UnsafeMutablePointer<Value>, _ globals: Unmanaged<Namespace>, _ slot: Int,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) throws(ExceptionObject) {
    let version = builtins.version
    if cache.pointee.slot == VM.builtinSlot && cache.pointee.typeVersion == version {
      target.copy(from: cache.valueAddress)
      return
    }
    let globals = globals.takeUnretainedValue()
    if let value = builtins[globals.names[slot]] {
      cache.pointee.slot = VM.builtinSlot
      cache.pointee.typeVersion = version
      cache.pointee.value = value
      target.pointee = value
      return
    }
    target.pointee = try globalFallback(globals, slot)
  }

  /// Marks a cache that holds a built-in.
  private static let builtinSlot: Int32 = -102

  /// A name in a class body.
  @inline(never) func loadName(_ frame: UnsafeMutablePointer<Frame>, _ name: Symbol) throws(ExceptionObject) -> Value {
    if let value = frame.pointee.namespace?.takeUnretainedValue()[name] { return value }
    let function = frame.pointee.function.takeUnretainedValue()
    if let value = function.globals[name] ?? builtins[name] ?? function.globals.preset(name) { return value }
    throw nameError(name)
  }

  @inline(never) func loadClassFree(
    _ frame: UnsafeMutablePointer<Frame>, _ index: Int, _ name: Symbol
  ) throws(ExceptionObject) -> Value {
    if let value = frame.pointee.namespace?.takeUnretainedValue()[name] { return value }
    let value = frame.pointee.function._withUnsafeGuaranteedRef { $0.cells[index].takeUnretainedValue().value }
    if value.isUnbound { throw unboundFree(name) }
    return value
  }

  func nameError(_ name: Symbol) -> ExceptionObject {
    let error = ExceptionObject.name("name '\(name.text)' is not defined")
    error.nearNames = .init(
      wanted: name.text, candidates: currentFrame?.code.takeUnretainedValue().localNames.map(\.text) ?? [])
    return error
  }

  func unboundLocal(_ name: Symbol) -> ExceptionObject {
    .make(
      Types.unboundLocalError,
      "cannot access local variable '\(name.text)' where it is not associated with a value")
  }

  func unboundFree(_ name: Symbol) -> ExceptionObject {
    .name("cannot access free variable '\(name.text)' where it is not associated with a value in enclosing scope")
  }
}
