import Foundation
import Language
import XCTest

@testable import Runtime

/// Runs each cell of `Cells/NAME.tnb` and compares what it shows with what CPython 3.11 and IPython showed
/// (`scripts/record-reference` records it again).
final class CellTests: XCTestCase {
  func testNumbers() throws { try check("numbers") }
  func testSequences() throws { try check("sequences") }
  func testAttributes() throws { try check("attributes") }
  func testClasses() throws { try check("classes") }
  func testOperators() throws { try check("operators") }
  func testDisplay() throws { try check("display") }
  func testExceptions() throws { try check("exceptions") }
  func testRecursion() throws { try check("recursion") }
  func testCorners() throws { try check("corners") }

  private func check(_ name: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cells/\(name).tnb")
    let cells = Self.cells(try String(contentsOf: url, encoding: .utf8))
    XCTAssertGreaterThan(cells.count, 20, file: file, line: line)
    // Recursion through natives needs more stack than a test's thread has; the command gives a run a thread of its own too.
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let vm = VM()
      for cell in cells {
        XCTAssertEqual(Self.run(cell.code, vm), cell.record, "\n\(cell.code)\n", file: file, line: line)
      }
      done.signal()
    }
    thread.stackSize = 256 << 20
    thread.start()
    done.wait()
  }

  private static func cells(_ text: String) -> [(code: String, record: [String])] {
    text.components(separatedBy: "\n# %%\n").dropFirst().map { cell in
      let lines = cell.components(separatedBy: "\n")
      let isRecord: (String) -> Bool = { $0.hasPrefix("#> ") || $0.hasPrefix("#! ") || $0 == "#>" || $0 == "#!" }
      return (lines.filter { !isRecord($0) }.joined(separator: "\n"), lines.filter(isRecord))
    }
  }

  private static func run(_ code: String, _ vm: VM) -> [String] {
    var output = ""
    vm.write = { output += $0 }
    var failure = ""
    do {
      let tree = try Parser.parse([UInt8](code.utf8))
      try vm.run(Compiler.compile(tree, globals: vm.main, displaysLast: true, vm: vm), globals: vm.main)
      if let value = vm.displayed, !value.isNone { output += try vm.pretty(value) + "\n" }
    } catch let error as ExceptionObject {
      let message = (try? vm.str(.object(error))) ?? "?"
      failure = message.isEmpty ? error.type.name : "\(error.type.name): \(message)"
    } catch {
      failure = "\(error)"
    }
    let shown = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "#> \($0)" }
    return shown + (failure.isEmpty ? [] : failure.components(separatedBy: "\n").map { "#! \($0)" })
  }
}
