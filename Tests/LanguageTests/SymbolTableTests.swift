import XCTest

@testable import Language

/// Where names live, by CPython's symtable rules.
final class SymbolTableTests: XCTestCase {
  /// Every scope as `name: locals | cells | free`, outermost first.
  private func describe(_ text: String) throws -> [String] {
    let table = try SymbolTable(try Parser.parse(Array(text.utf8)))
    var lines: [String] = []
    var pending = [table.module]
    while let scope = pending.popLast() {
      if scope.kind != .module {
        let lists = [scope.locals, scope.cells, scope.free].map { $0.joined(separator: " ") }
        lines.append("\(scope.qualifiedName): " + lists.joined(separator: " | "))
      }
      pending.append(contentsOf: scope.children.reversed())
    }
    return lines
  }

  private func scopes(_ text: String) throws -> [Scope] {
    try SymbolTable(try Parser.parse(Array(text.utf8))).module.children
  }

  func testClosures() throws {
    XCTAssertEqual(
      try describe("def f(a, *b, c=1, **d):\n  e = a\n  def g():\n    return a + e + h\n  return g"),
      ["f: a c b d e g | a e | ", "f.<locals>.g:  |  | a e"])
    XCTAssertEqual(
      try describe("def f():\n  x = 1\n  def g():\n    def h():\n      return x"),
      ["f: x g | x | ", "f.<locals>.g: h |  | x", "f.<locals>.g.<locals>.h:  |  | x"])
  }

  func testGlobalAndNonlocal() throws {
    XCTAssertEqual(
      try describe(
        "def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n  def h():\n    global x\n    def i(): return x"),
      ["f: x g h | x | ", "f.<locals>.g:  |  | x", "f.<locals>.h: i |  | ", "f.<locals>.h.<locals>.i:  |  | "])
    let scope = try scopes("def f():\n  global x\n  x = y")[0]
    XCTAssertEqual(scope.resolve("x"), .globalExplicit)
    XCTAssertEqual(scope.resolve("y"), .globalImplicit)
  }

  func testModuleNamesAreGlobal() throws {
    let table = try SymbolTable(try Parser.parse(Array("x = 1\ndef f(): return x".utf8)))
    XCTAssertEqual(table.module.resolve("x"), .globalImplicit)
    XCTAssertEqual(table.module.children[0].resolve("x"), .globalImplicit)
  }

  func testClassesAreSkipped() throws {
    XCTAssertEqual(
      try describe("def f():\n  x = 1\n  class A:\n    x = 2\n    def g(self): return x, A"),
      ["f: x A | x A | ", "f.<locals>.A: x g |  | x A", "f.<locals>.A.g: self |  | x A"])
    let scope = try scopes("class A:\n  x = 1\n  def g(self): return x")[0]
    XCTAssertEqual(scope.resolve("x"), .local)
    XCTAssertEqual(scope.children[0].resolve("x"), .globalImplicit)
  }

  func testComprehensions() throws {
    XCTAssertEqual(
      try describe("def f(a):\n  return [x + y for x in a for z in b(x)]"),
      ["f: a |  | ", "f.<locals>.<listcomp>: x z |  | "])
    XCTAssertEqual(
      try describe("def f(a):\n  return (lambda: a + k for k in a)"),
      ["f: a | a | ", "f.<locals>.<genexpr>: k | k | a", "f.<locals>.<genexpr>.<locals>.<lambda>:  |  | a k"])
  }

  func testNamedExpressionBindsAroundComprehensions() throws {
    XCTAssertEqual(
      try describe("def f(a):\n  any(y := x for x in a)\n  return y"),
      ["f: a y | y | ", "f.<locals>.<genexpr>: x |  | y"])
    XCTAssertEqual(
      try describe("def f(a):\n  [y := x for x in a]\n  return y"),
      ["f: a y |  | ", "f.<locals>.<listcomp>: x |  | "])
    XCTAssertEqual(try scopes("[y := x for x in a]")[0].resolve("y"), .globalExplicit)
  }

  func testClassCellAndMangling() throws {
    let scope = try scopes("class _A:\n  __x = 1\n  def f(self): return super().g(self.__x, __y__)")[0]
    XCTAssertTrue(scope.needsClassCell)
    XCTAssertEqual(scope.locals, ["_A__x", "f"])
    XCTAssertEqual(scope.children[0].free, ["__class__"])
    XCTAssertEqual(scope.children[0].mangle("__x"), "_A__x")
    XCTAssertEqual(scope.children[0].mangle("__y__"), "__y__")
    XCTAssertEqual(scope.resolve("__x"), .local)
    XCTAssertFalse(try scopes("class A:\n  def f(self): pass")[0].needsClassCell)
  }

  func testGenerators() throws {
    XCTAssertEqual(
      try scopes("def f(): yield\ndef g(): return\ndef h(): x = lambda: (yield)").map(\.isGenerator),
      [true, false, false])
  }

  func testScopesAreFoundByNode() throws {
    let module = try Parser.parse(Array("f = lambda x: [y for y in x]\nclass A: pass".utf8))
    let table = try SymbolTable(module)
    guard case .assign(_, let lambda) = module.body[0].kind, case .lambda(_, let body) = lambda.kind else {
      return XCTFail("no lambda")
    }
    XCTAssertEqual(table.scope(of: lambda).kind, .lambda)
    XCTAssertEqual(table.scope(of: body).kind, .listComprehension)
    XCTAssertEqual(table.scope(of: module.body[1]).name, "A")
  }
}
