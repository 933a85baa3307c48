import Language

/// Where a variable lives, seen from one scope.
enum Place {
  case register(Int)
  /// The register holds a Cell.
  case cell(Int)
  case free(Int)
  /// Slot of the globals.
  case global(Int)
  /// In the namespace of the class body that runs.
  case classNamespace
  /// There, or else a variable of an enclosing function: only where a class body reads it.
  case classFree(Int)
}

extension FunctionCompiler {
  /// Finds a variable. Also gives the name to use in messages: mangled.
  func place(_ written: String, isStore: Bool = false) -> (Place, mangled: String) {
    let name = scope.mangle(written)
    for frame in inlined.reversed() {
      if let register = frame.registerOf[name] { return (.register(register), name) }
    }
    switch functionScope.resolve(written) {
    case .local:
      if kind == .classBody { return (.classNamespace, name) }
      guard let register = registerOf[name] else { return (.global(unit.globals.slot(Symbol(name))), name) }
      return (.register(register), name)
    case .cell:
      return (.cell(registerOf[name]!), name)
    case .free:
      if kind == .classBody && !isStore { return (.classFree(closureIndex(name)!), name) }
      return (.free(closureIndex(name)!), name)
    case .globalExplicit:
      return (.global(unit.globals.slot(Symbol(name))), name)
    case .globalImplicit:
      if kind == .classBody { return (.classNamespace, name) }
      return (.global(unit.globals.slot(Symbol(name))), name)
    }
  }

  /// Whether a plain local certainly has a value here.
  func isAssigned(_ name: String, _ register: Int) -> Bool {
    for frame in inlined.reversed() where frame.registerOf[name] != nil { return frame.assigned.contains(name) }
    return flow.isAssigned(register)
  }

  func loadName(_ written: String, into target: Int, at span: SourceSpan) {
    let (place, name) = place(written)
    switch place {
    case .register(let register):
      check(name, register, at: span)
      if register != target { emit(.move, target, register, at: span) }
    case .cell(let register):
      emit(.loadCell, target, register, self.name(Symbol(name), at: span), at: span)
    case .free(let index):
      emit(.loadFree, target, index, self.name(Symbol(name), at: span), at: span)
    case .global(let slot):
      emit(.loadGlobal, target, bc: slot, at: span)
    case .classNamespace:
      if let value = classConstant(name) { return load(value, into: target, at: span) }
      emit(.loadName, target, bc: code.name(Symbol(name)), at: span)
    case .classFree(let index):
      if let value = classConstant(name) { return load(value, into: target, at: span) }
      emit(.loadClassFree, target, index, self.name(Symbol(name), at: span), at: span)
    }
  }

  /// Raises UnboundLocalError at run time where a local may have no value.
  func check(_ name: String, _ register: Int, at span: SourceSpan) {
    if isAssigned(name, register) { return }
    emit(.checkLocal, register, bc: code.name(Symbol(name)), at: span)
    // Having passed the check it has a value.
    assigned(name, register)
  }

  /// The register of a plain local with a value that nothing changes while an expression is evaluated; nil otherwise.
  func stableRegister(_ written: String, at span: SourceSpan) -> Int? {
    guard case (.register(let register), let name) = place(written) else { return nil }
    if functionScope.reassigned.contains(name) && inlined.last?.registerOf[name] == nil { return nil }
    check(name, register, at: span)
    return register
  }

  func storeName(_ written: String, from source: Int, at span: SourceSpan) {
    let (place, name) = place(written, isStore: true)
    switch place {
    case .register(let register):
      if register != source { emit(.move, register, source, at: span) }
      assigned(name, register)
    case .cell(let register): emit(.storeCell, register, source, at: span)
    case .free(let index): emit(.storeFree, source, index, at: span)
    case .global(let slot): emit(.storeGlobal, source, bc: slot, at: span)
    case .classNamespace, .classFree: emit(.storeName, source, bc: code.name(Symbol(name)), at: span)
    }
  }

  /// Where code continues that may run after a `del` further down (a loop's head) or in the middle of a `try` body.
  func forgetUnset() {
    for name in functionScope.unset {
      if let register = registerOf[name] { flow.unassign(register) }
    }
  }

  /// A local got its value.
  func assigned(_ name: String, _ register: Int) {
    for i in inlined.indices.reversed() where inlined[i].registerOf[name] != nil {
      inlined[i].assigned.insert(name)
      return
    }
    flow.assign(register)
  }

  func deleteName(_ written: String, at span: SourceSpan) {
    let (place, name) = place(written, isStore: true)
    switch place {
    case .register(let register):
      check(name, register, at: span)
      emit(.clear, register, at: span)
      flow.unassign(register)
    case .cell(let register): emit(.deleteCell, register, self.name(Symbol(name), at: span), at: span)
    case .free(let index): emit(.deleteFree, 0, index, self.name(Symbol(name), at: span), at: span)
    case .global(let slot): emit(.deleteGlobal, 0, bc: slot, at: span)
    case .classNamespace, .classFree: emit(.deleteName, 0, bc: code.name(Symbol(name)), at: span)
    }
  }

  /// `__qualname__` and `__module__` inside a class body that does not assign them.
  private func classConstant(_ name: String) -> Value? {
    guard functionScope.resolve(name) != .local else { return nil }
    switch name {
    case "__qualname__": return .text(functionScope.qualifiedName)
    case "__module__": return .text(unit.globals.name)
    default: return nil
    }
  }
}
