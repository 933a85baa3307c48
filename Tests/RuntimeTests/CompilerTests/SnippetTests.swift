import Foundation
import Language
import XCTest

@testable import Runtime

/// Runs each `Snippets/NAME.py` and compares what it prints with `NAME.txt`, which CPython 3.11 printed.
final class SnippetTests: XCTestCase {
  func testControlFlow() throws { try check("control_flow") }
  func testExceptions() throws { try check("exceptions") }
  func testFunctions() throws { try check("functions") }
  func testClasses() throws { try check("classes") }
  func testBuiltinTypes() throws { try check("builtin_types") }
  func testConversions() throws { try check("conversions") }
  func testSetOrder() throws { try check("set_order") }
  func testFormatting() throws { try check("formatting") }
  func testCaches() throws { try check("caches") }
  func testConstants() throws { try check("constants") }
  func testBytesMethods() throws { try check("bytes_methods") }

  private func check(_ name: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Snippets")
    let source = try Data(contentsOf: folder.appendingPathComponent(name + ".py"))
    let expected = try String(contentsOf: folder.appendingPathComponent(name + ".txt"), encoding: .utf8)
    let vm = VM()
    var output = ""
    vm.write = { output += $0 }
    do {
      try vm.run(
        Compiler.compile(Parser.parse([UInt8](source)), globals: vm.main, displaysLast: false, vm: vm), globals: vm.main
      )
    } catch let error as ExceptionObject {
      let text = (try? vm.str(.object(error))) ?? ""
      let line = error.traceback.map { entry in source[..<Int(entry.span.lo)].reduce(1) { $0 + ($1 == 10 ? 1 : 0) } }
      output += "\(error.type.name): \(text) at lines \(line)\n"
    }
    let (got, wanted) = (output.split(separator: "\n"), expected.split(separator: "\n"))
    for (index, pair) in zip(got, wanted).enumerated() where pair.0 != pair.1 {
      XCTFail("line \(index + 1): got \(pair.0)\n wanted \(pair.1)", file: file, line: line)
    }
    XCTAssertEqual(got.count, wanted.count, "\(got.suffix(3))", file: file, line: line)
  }
}
