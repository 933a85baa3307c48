import Runtime
import XCTest

@testable import Library

/// The table of what the parts written in the language have says what they define.
final class NumPyPartsTests: XCTestCase {
  func testNamesArePlaced() throws {
    let vm = VM()
    Library.install(into: vm)
    for (part, names) in NumPyParts.all {
      let listed = Set(names.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
      for name in listed {
        XCTAssertEqual(NumPyParts.part(of: name), "_numpy_" + part, name)
        XCTAssertNoThrow(try vm.getAttribute(vm.importedModule("_numpy_" + part), Symbol(name)), name)
      }
    }
  }
}
