import Language
import XCTest

@testable import Runtime

/// Compiles snippets and looks at their code.
class CompilerTestCase: XCTestCase {
  func compile(_ source: String, displaysLast: Bool = true) throws -> Code {
    try Compiler.compile(
      Parser.parse(Array(source.utf8)), globals: Namespace(name: "__main__"), displaysLast: displaysLast, vm: VM())
  }

  /// The instructions of the module's code, or of the function `name` defined in it, without their numbers.
  func instructions(_ source: String, of name: String? = nil) throws -> [String] {
    var code = try compile(source)
    if let name { code = try XCTUnwrap(find(name, in: code)) }
    return lines(code)
  }

  func lines(_ code: Code) -> [String] {
    let text = code.disassembly.split(separator: "\n\n", omittingEmptySubsequences: false)[0]
    return text.split(separator: "\n").dropFirst().map { line in
      line.hasPrefix("handler") ? String(line) : String(line.drop { $0 != " " }.drop { $0 == " " })
    }
  }

  func find(_ name: String, in code: Code) -> Code? {
    for constant in code.constants {
      guard case .object(let object) = constant, let inner = object as? Code else { continue }
      if inner.name.text == name { return inner }
      if let found = find(name, in: inner) { return found }
    }
    return nil
  }

  func assertCode(
    _ source: String, of name: String? = nil, _ expected: String, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    XCTAssertEqual(try instructions(source, of: name).joined(separator: "\n"), expected, file: file, line: line)
  }

  /// The body of `def f(parameters):` must compile to `expected`.
  func assertBody(
    _ parameters: String, _ body: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let indented = body.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    try assertCode(
      "def f(\(parameters)):\n" + indented.joined(separator: "\n") + "\n", of: "f", expected, file: file, line: line)
  }
}
