import Foundation
import Language
import Runtime
import XCTest

@testable import Library

/// Modules and the language, as CPython 3.11 runs the programs in `Snippets`.
final class StandardModuleTests: XCTestCase {
  func testModules() throws { try Snippet.check("modules", beside: #filePath) }

  /// Loops, containers, operators and text where the machine has ways of its own for the common case.
  func testLanguage() throws { try Snippet.check("language", beside: #filePath) }
  func testEnumerations() throws { try Snippet.check("enumerations", beside: #filePath) }
  func testWarnings() throws { try Snippet.check("warning_filters", beside: #filePath) }
  func testPrettyPrinting() throws { try Snippet.check("pretty_printing", beside: #filePath) }
  func testTracebacks() throws { try Snippet.check("tracebacks", beside: #filePath) }
  func testNamespaces() throws { try Snippet.check("namespaces", beside: #filePath) }
  func testReflection() throws { try Snippet.check("reflection", beside: #filePath) }
  func testMessages() throws { try Snippet.check("messages", beside: #filePath) }
  func testHelp() throws { try Snippet.check("help", beside: #filePath) }

  func testAbstractClasses() throws { try Snippet.check("abstract_classes", beside: #filePath) }
  func testAnnotations() throws { try Snippet.check("annotations", beside: #filePath) }

  /// NumPy's arguments, arrays of strings, views, errors and displays, as NumPy 2.4 has them.
  func testNumPyValues() throws { try Snippet.check("numpy_values", beside: #filePath) }

  /// Draws of the legacy stream and of `default_rng`, and where the streams stand after them.
  func testNumPyRandom() throws { try Snippet.check("numpy_random", beside: #filePath) }

  /// Divergences and what else torch's distributions answer, as PyTorch 2.13 prints it.
  func testDistributions() throws { try Snippet.check("distributions", beside: #filePath) }

  func testTimes() throws { try Snippet.check("times", beside: #filePath) }

  func testJSONHooks() throws { try Snippet.check("json_hooks", beside: #filePath) }

  func testTextWrapping() throws { try Snippet.check("text_wrapping", beside: #filePath) }

  func testDifferences() throws { try Snippet.check("differences", beside: #filePath) }

  func testContainersToDeriveFrom() throws { try Snippet.check("containers_to_derive", beside: #filePath) }

  /// Every module that the library offers can be imported.
  func testEveryModuleLoads() throws {
    let vm = VM()
    Library.install(into: vm)
    for name in vm.moduleLoaders.keys.sorted() where !name.hasPrefix("torch") && name != "numpy" {
      XCTAssertEqual(Snippet.run(Array("import \(name)\n".utf8)), "", name)
    }
  }

  func testCollectorsThreshold() throws {
    let output = Snippet.run(
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
}
