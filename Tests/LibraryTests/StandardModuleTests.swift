import Foundation
import Language
import Runtime
import XCTest

@testable import Library

/// Runs `Snippets/NAME.py` with the library installed and compares with `NAME.txt`, which CPython 3.11 printed.
final class StandardModuleTests: XCTestCase {
  func testModules() throws { try check("modules") }

  /// Loops, containers, operators and text where the machine has ways of its own for the common case.
  func testLanguage() throws { try check("language") }
  func testEnumerations() throws { try check("enumerations") }
  func testWarnings() throws { try check("warning_filters") }
  func testPrettyPrinting() throws { try check("pretty_printing") }
  func testTracebacks() throws { try check("tracebacks") }
  func testNamespaces() throws { try check("namespaces") }
  func testReflection() throws { try check("reflection") }
  func testMessages() throws { try check("messages") }
  func testHelp() throws { try check("help") }

  private func check(_ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snippets")
    let source = try Data(contentsOf: folder.appendingPathComponent("\(name).py"))
    let expected = try String(contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    let output = try run([UInt8](source))
    let (got, wanted) = (output.split(separator: "\n"), expected.split(separator: "\n"))
    for (index, pair) in zip(got, wanted).enumerated() where pair.0 != pair.1 {
      XCTFail("line \(index + 1): got \(pair.0)\n wanted \(pair.1)")
    }
    XCTAssertEqual(got.count, wanted.count, "\(got.suffix(3))")
  }

  /// Every module that the library offers can be imported.
  func testEveryModuleLoads() throws {
    let vm = VM()
    Library.install(into: vm)
    for name in vm.moduleLoaders.keys.sorted() where !name.hasPrefix("torch") && name != "numpy" {
      XCTAssertNoThrow(try run(Array("import \(name)\n".utf8)), name)
    }
  }

  func testCollectorsThreshold() throws {
    let output = try run(
      Array(
        """
        import gc
        class A: pass
        def rings(n):
            for _ in range(n):
                a = A()
                a.a = a
            return gc.get_count()[0]
        before = gc.get_threshold()
        gc.collect()
        gc.set_threshold(50)
        print(gc.get_threshold(), rings(3000) < 2000)
        gc.set_threshold(0)
        gc.collect()
        print(rings(3000), gc.collect())
        gc.set_threshold(*before)
        print(gc.get_threshold() == before)

        """.utf8))
    XCTAssertEqual(output, "(50, 0, 0) True\n3000 3000\nTrue\n")
  }

  func testSeedingWithTextUsesSHA512() {
    let hex = SHA512.digest(Array("abc".utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    XCTAssertTrue(hex.hasPrefix("ddaf35a193617abacc417349ae204131"), hex)
  }

  private func run(_ source: [UInt8]) throws -> String {
    let vm = VM()
    Library.install(into: vm)
    var output = ""
    vm.write = { output += $0 }
    do {
      let tree = try Parser.parse(source, source: vm.sources.add(name: "<stdin>", text: source))
      try vm.run(Compiler.compile(tree, globals: vm.main, displaysLast: false, vm: vm), globals: vm.main)
    } catch let error as ExceptionObject {
      output += "\(error.type.name): \((try? vm.str(.object(error))) ?? "")\n"
    }
    return output
  }
}
