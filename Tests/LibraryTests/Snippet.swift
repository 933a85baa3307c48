import Foundation
import Language
import Library
import Runtime
import XCTest

/// Programs and what Python prints for them: `Snippets/NAME.py` and `NAME.txt`.
enum Snippet {
  /// Runs the program of this name in the folder beside a test's file, and compares.
  static func check(_ name: String, beside file: String) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Snippets")
    let source = try Data(contentsOf: folder.appendingPathComponent("\(name).py"))
    let expected = try String(contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    let output = run([UInt8](source))
    let (got, wanted) = (output.split(separator: "\n"), expected.split(separator: "\n"))
    for (index, pair) in zip(got, wanted).enumerated() where pair.0 != pair.1 {
      XCTFail("line \(index + 1): got \(pair.0)\n wanted \(pair.1)")
    }
    XCTAssertEqual(got.count, wanted.count, "\(got.suffix(3))")
  }

  /// What a program prints, and the error that ends it.
  static func run(_ source: [UInt8]) -> String {
    let vm = VM()
    Library.install(into: vm)
    var output = ""
    vm.write = { output += $0 }
    do {
      let tree = try Parser.parse(source, source: vm.sources.add(name: "<stdin>", text: source))
      try vm.run(Compiler.compile(tree, globals: vm.main, displaysLast: false, vm: vm), globals: vm.main)
    } catch let error as ExceptionObject {
      output += "\(error.type.name): \((try? vm.str(.object(error))) ?? "")\n"
    } catch {
      output += "\(error)\n"
    }
    return output
  }
}
