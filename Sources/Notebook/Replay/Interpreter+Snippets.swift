import Language
import Runtime

/// Code that is run for what it gives: it is no cell, and `In`, `Out` and `_` take no note of it.
extension Interpreter {
  /// Parses a text. `name` stands where a diagnostic would name a file.
  package func parse(_ text: String, name: String) throws(CellError) -> Language.Module {
    let source = CellSource(path: name, text: Array(text.utf8))
    let number = vm.sources.add(name: name, text: source.text)
    sources[number] = source
    do throws(SyntaxError) {
      return try Parser.parse(source.text, source: number)
    } catch {
      throw describe(error)
    }
  }

  /// Compiles a tree, perhaps one that was changed, in the cells' namespace.
  package func compile(_ tree: Language.Module) throws(CellError) -> Code {
    do throws(SyntaxError) {
      return try Compiler.compile(tree, globals: vm.main, displaysLast: true, vm: vm)
    } catch {
      throw describe(error)
    }
  }

  /// Runs code; gives the value of its last expression.
  package func value(of code: Code) throws(CellError) -> Value {
    do throws(ExceptionObject) {
      try vm.run(code, globals: vm.main)
      return vm.displayed ?? .none
    } catch {
      throw describe(error)
    }
  }
}
