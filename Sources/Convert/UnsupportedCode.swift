import Language
import Library
import Notebook
import Runtime

/// What of somebody's Python tnb does not know, as far as that is seen without running it: text that is no program to it, and
/// modules that it lacks.
enum UnsupportedCode {
  static func notes(_ notebook: Notebook) -> [Document.Note] {
    var notes: [Document.Note] = []
    let modules = Self.modules
    for (i, cell) in notebook.shownCells.enumerated() where cell.isRunnable {
      let text = CellSource(cell, number: i + 1, path: "").text
      func line(at offset: UInt32) -> Int {
        1 + text[..<min(Int(offset), text.count)].reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
      }
      do throws(SyntaxError) {
        let tree = try Parser.parse(text)
        _ = try SymbolTable(tree)
        var missing: Set<String> = []
        tree.walk { statement in
          let names: [String]
          switch statement.kind {
          case .import(let aliases): names = aliases.map(\.name)
          case .importFrom(let module, _): names = [module]
          default: return
          }
          for name in names where !modules.contains(name) && missing.insert(name).inserted {
            notes.append(.init(cell: i + 1, line: line(at: statement.span.lo), "tnb has no module `\(name)`"))
          }
        }
      } catch {
        // A cell that shows a mistake is meant to.
        if !cell.expectsError {
          notes.append(.init(cell: i + 1, line: line(at: error.span.lo), "\(error.kind.rawValue): \(error.message)"))
        }
      }
    }
    return notes
  }

  /// The modules that cells can import, submodules by their dotted names.
  private static let modules: Set<String> = {
    let vm = VM()
    Library.install(into: vm)
    return Set(vm.moduleLoaders.keys).union(["numpy", "numpy.random", "numpy.linalg"])
  }()
}
