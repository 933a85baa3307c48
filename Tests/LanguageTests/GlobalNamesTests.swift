import XCTest

@testable import Language

final class GlobalNamesTests: XCTestCase {
  private func names(_ text: String) throws -> GlobalNames { try GlobalNames(Parser.parse(Array(text.utf8))) }

  func testReadAndBoundNames() throws {
    let names = try names("import numpy as np\ny = w @ x + b\nfor i in range(3): y += i\ny")
    XCTAssertEqual(names.bound, ["np", "y", "i"])
    XCTAssertEqual(names.used, ["y", "w", "x", "b", "i", "range"])
    XCTAssertEqual(names.deferred, [:])
  }

  func testFunctionsReadWhenTheyAreCalled() throws {
    let names = try names(
      """
      def model(x, scale=start):
          global count
          count = 1
          inner = lambda: bias
          return [w * k for k in x] + inner()

      class Net(Base):
          size = width
          def forward(self): return helper(self.size)

      key = lambda v: table[v]
      squares = [v * v for v in values if (last := v)]
      """)
    XCTAssertEqual(names.bound, ["model", "Net", "key", "squares", "count", "last"])
    XCTAssertEqual(names.used, ["start", "Base", "values", "width", "table"])
    XCTAssertEqual(names.deferred, ["model": ["bias", "w"], "Net": ["helper"]])
    XCTAssertEqual(names.mentioned, ["start", "Base", "values", "width", "table", "bias", "w", "helper"])
  }

  func testClosureGoesThroughFunctions() {
    XCTAssertEqual(
      GlobalNames.closure(["f"], through: ["f": ["g", "a"], "g": ["f", "b"], "h": ["c"]]), ["f", "g", "a", "b"])
  }

  func testWalkMeetsEveryNode() throws {
    let text = """
      @d(1)
      def f(a: n1 = n2, *b, k=n3, **c) -> n4:
          yield n5
          yield from n6
      class C(n7, m=n8):
          x: n9 = n10
      if n11:
          n12[n13:n14, ...] = -n15
      elif n16: del n17.p
      else: raise n18 from n19
      while n20 and n21 or n22: n23 += n24 if n25 else n26
      try: assert n27, n28
      except n29: pass
      finally: {n30: n31, **n32}, {n33}
      with n34 as n35: (lambda q=n36: n37)(*n38, **n39)
      [n40 for n41 in n42 if n43 < n44], {n45: n46 for n47 in n48}, (n49 := n50), f"{n51:{n52}}"
      """
    let tree = try Parser.parse(Array(text.utf8))
    var seen: Set<String> = []
    var statements = 0
    tree.walk(statement: { _ in statements += 1 }) { if case .name(let name) = $0.kind { seen.insert(name) } }
    for i in 1...52 where i != 49 { XCTAssert(seen.contains("n\(i)"), "n\(i)") }
    XCTAssertEqual(statements, 19)
  }

  func testTalkIsFoundWhereAStatementMayBegin() {
    func talk(_ text: String) -> [String] {
      let bytes = Array(text.utf8)
      return LogicalLines.talk(in: bytes) { $0.first == 0x25 || $0.first == 0x21 || $0.first == 0x3F }
        .map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    XCTAssertEqual(talk("%a\nx = 1\n%b 'it\n!c \"\"\"\n?d (\n%e"), ["%a", "%b 'it", "!c \"\"\"", "?d (", "%e"])
    XCTAssertEqual(talk("x = (1\n% 2)\ny = '''\n%no\n'''\nz = 1 \\\n% 2\n%yes"), ["%yes"])
    XCTAssertEqual(talk("if x:\n    if y:\n        %a\n    %b\n%c"), ["%a", "%b", "%c"])
    XCTAssertEqual(talk("if x:\n        y\n    z\n%a"), ["%a"], "goes on behind what cannot be read")
    XCTAssertEqual(talk("x = '\n%a"), ["%a"])
    XCTAssertEqual(talk(""), [])
    XCTAssertEqual(talk("# %a\n\n\n"), [])
    let many = String(repeating: "%a '\n", count: 20_000)
    XCTAssertEqual(talk(many).count, 20_000)
  }
}
