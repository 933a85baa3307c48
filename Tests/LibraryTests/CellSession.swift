import Files
import Language
import Library
import Runtime
import XCTest

/// Runs cells in one VM and keeps what they print and display, as a notebook does.
final class CellSession {
  private let vm = VM()
  private var output = ""

  /// `files`: what cells may do with files; nothing, unless it is given.
  init(files: FileAccess = FileAccess()) {
    Library.install(into: vm)
    vm.files = files
    vm.write = { [unowned self] text in output += text }
  }

  /// Gives a variable a value.
  func set(_ name: String, _ value: Value) { vm.main[Symbol(name)] = value }

  /// What the cell prints, displays, or the error that ends it (`Type: message`).
  func run(_ source: String) -> String {
    output = ""
    do throws(SyntaxError) {
      let tree = try Parser.parse(Array(source.utf8), source: 1)
      execute(try Compiler.compile(tree, globals: vm.main, displaysLast: true, vm: vm))
    } catch {
      output += "\(error.kind.rawValue): \(error.message)"
    }
    while output.hasSuffix("\n") { output.removeLast() }
    return output
  }

  private func execute(_ code: Code) {
    vm.displayed = nil
    do throws(ExceptionObject) {
      try vm.run(code, globals: vm.main)
      if let value = vm.displayed, !value.isNone { output += try vm.pretty(value) + "\n" }
    } catch {
      let text = (try? vm.str(.object(error))) ?? ""
      output += error.type.name + (text.isEmpty ? "" : ": " + text)
    }
  }
}

/// Checks a cell's output against what CPython, PyTorch and NumPy give.
func assertCell(
  _ source: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertEqual(CellSession().run(source), expected, file: file, line: line)
}
