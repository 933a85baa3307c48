import Language

/// The attributes of code objects, of cells, and of generators.
enum CodeAttributes {
  static func install() {
    ObjectModel.whenUsed(Types.code, code)
    ObjectModel.whenUsed(Types.cell) {
      ObjectModel.property(
        Types.cell, "cell_contents",
        { (_, value) throws(ExceptionObject) in
          guard let cell = value.object as? Cell else { return .none }
          if cell.value.isUnbound { throw .value("Cell is empty") }
          return cell.value
        },
        set: { (_, value, new) throws(ExceptionObject) in
          guard let cell = value.object as? Cell else { return }
          cell.willChange()
          cell.value = new
        })
    }
    ObjectModel.whenUsed(Types.generator) {
      generator("__name__") { .str($0.function.name) }
      generator("__qualname__") { .str($0.function.qualifiedName) }
      generator("gi_running") { .bool($0.isRunning) }
      generator("gi_code") { .object($0.function.code) }
    }
  }

  private static func code() {
    property("co_name") { (_, c) in .str(c.name.str) }
    property("co_qualname") { (_, c) in .text(c.qualifiedName) }
    property("co_argcount") { (_, c) in .int(c.positionalCount) }
    property("co_posonlyargcount") { (_, c) in .int(c.positionalOnlyCount) }
    property("co_kwonlyargcount") { (_, c) in .int(c.keywordOnlyCount) }
    property("co_varnames") { (_, c) in names(c.variableNames) }
    property("co_nlocals") { (_, c) in .int(c.variableNames.count) }
    property("co_cellvars") { (_, c) in names(c.cellNames) }
    property("co_freevars") { (_, c) in names(c.freeNames) }
    property("co_filename") { (vm, c) in .text(vm.sources[c.definitionSpan.source]?.name ?? "") }
    property("co_firstlineno") { (vm, c) in .int(vm.sources.line(of: c.definitionSpan)) }
  }

  private static func names(_ names: [Symbol]) -> Value { .makeTuple(names.map { .str($0.str) }) }

  private static func property(_ name: String, _ get: @escaping (VM, Code) -> Value) {
    ObjectModel.property(
      Types.code, name,
      { (vm, value) throws(ExceptionObject) in (value.object as? Code).map { get(vm, $0) } ?? .none })
  }

  private static func generator(_ name: String, _ get: @escaping (GeneratorObject) -> Value) {
    ObjectModel.property(
      Types.generator, name,
      { (_, value) throws(ExceptionObject) in (value.object as? GeneratorObject).map(get) ?? .none })
  }
}

extension Code {
  /// Locals that inner functions capture, in the order of their names.
  fileprivate var cellNames: [Symbol] {
    var found: Set<Symbol> = []
    for instruction in instructions where instruction.op == .makeCell {
      let register = Int(instruction.a)
      if localNames.indices.contains(register) { found.insert(localNames[register]) }
    }
    return found.sorted { $0.text < $1.text }
  }

  /// Parameters, and locals that nobody captures.
  fileprivate var variableNames: [Symbol] {
    let cells = Set(cellNames)
    return localNames.enumerated().compactMap { (i, name) in
      i < parameterCount || !cells.contains(name) && !name.text.hasPrefix(".") ? name : nil
    }
  }
}
