import Foundation
import XCTest

@testable import Notebook

/// Runs each `NAME.py` here as a cell and compares the diagnostic of its error with `NAME.txt`.
final class DiagnosticTests: XCTestCase {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  func testNearNames() throws {
    try check("near-global")
    try check("near-local")
    try check("near-builtin")
    try check("near-torch-name")
    try check("near-attribute")
    try check("near-instance-attribute")
    try check("near-keyword")
    try check("near-torch-keyword")
    try check("no-near-name")
  }

  func testControlCharactersAreNotSent() throws { try check("control-characters") }

  func testMatrixProducts() throws {
    try check("matmul-transpose")
    try check("matmul-swap")
    try check("matmul-dtype")
    try check("matmul-in-function")
  }

  func testBroadcasting() throws {
    try check("broadcast-unsqueeze")
    try check("broadcast-product")
    try check("broadcast-no-fix")
    try check("broadcast-in-place")
  }

  func testShapesOfNamedArguments() throws { try check("call-shapes") }

  func testPlaces() throws {
    try check("finally-once")
    try check("syntax")
    try check("several-lines")
    try check("recursion")
  }

  private func check(_ name: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let source = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".py"))
    let expected = try String(contentsOf: Self.folder.appendingPathComponent(name + ".txt"), encoding: .utf8)
    let error = try XCTUnwrap(Interpreter().run(CellSource(path: "<command>", text: [UInt8](source))), name)
    XCTAssertEqual(Diagnostic.render(error), expected, name, file: file, line: line)
  }
}
