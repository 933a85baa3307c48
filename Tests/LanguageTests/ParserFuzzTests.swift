import XCTest

@testable import Language

/// Mutated programs: nothing traps, every span lies inside the text and inside its parent's.
final class ParserFuzzTests: XCTestCase {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  private static let programs: [String] = [
    "def f(a, b: int, /, c, d=1, *e, f, g=2, **h) -> z:\n    global q\n    return [x for x in y if z], lambda k: (yield)\n",
    "with (a as b, c): d\ntry:\n    a\nexcept (B, C) as d:\n    raise e from f\nfinally:\n    del g, h[1:2, ...]\n",
    "class A(B, m=C):\n    x: int = 1\n    @p\n    def f(self): return super().f(*a, **b)\n",
    "print(f'{x!r:>{w}.{p}} {y=} {{}}', rf'\\d{z}', b'\\x41', '\\N{BULLET}\\u00e9')\n",
    "if (n := 10) > 5 and not a or b is not c:\n\tpass\nelif d: pass\nelse:\n\tx += {1: 2, **m}; s = {*t}\n",
    "import a.b as c\nfrom d import (e, f as g)\nx = 0x1F + 1_000 - 1.5e-3 ** -2 // ~y @ z\n",
    "true_w = torch.tensor([2., -3.4])\ny = X @ true_w + 4.2 + torch.randn(100) * 0.01\nloss = ((pred - y) ** 2).mean()\n",
  ]

  private static let pieces: [String] = [
    "(", ")", "[", "]", "{", "}", ",", ":", ";", "=", ":=", "==", "*", "**", "@", ".", "...", "->", "\n", "\n    ", " ",
    "\t", "\\\n", "\\", "#", "'", "\"", "'''", "f'", "f\"{", "}", "b'", "if ", "else ", "for ", " in ", "lambda ",
    "def ",
    "class ", "yield ", "not ", "async ", "await ", "match ", "print ", "0777", "1_", "1j", "é", "“", "\u{0}", "\r",
    "$",
  ]

  private func mutate(_ text: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var text = text
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let position = Int.random(in: 0...text.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: text.insert(contentsOf: Self.pieces.randomElement(using: &generator)!.utf8, at: position)
      case 1: text.removeSubrange(position..<min(text.count, position + Int.random(in: 1...6, using: &generator)))
      case 2:
        let end = min(text.count, position + Int.random(in: 1...20, using: &generator))
        text.insert(contentsOf: Array(text[position..<end]), at: Int.random(in: 0...text.count, using: &generator))
      default:
        if position < text.count { text[position] = UInt8.random(in: 0...255, using: &generator) }
      }
    }
    return text
  }

  /// The reference notebooks, when they are there.
  private static func notebooks() -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Reference")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    let paths = files.compactMap { ($0 as? URL)?.path }.filter { $0.hasSuffix(".tnb") }.sorted()
    return paths.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
      .flatMap { $0.components(separatedBy: "\n# %%") }
  }

  func testMutations() {
    var generator = Generator(state: 7)
    let programs = (Self.programs + Self.notebooks()).map { Array($0.utf8) }
    var accepted = 0
    for round in 0..<2_500 {
      let program =
        round % 2 == 0 ? programs[round / 2 % Self.programs.count] : programs.randomElement(using: &generator)!
      let text = mutate(program, &generator)
      do throws(SyntaxError) {
        let module = try Parser.parse(text)
        accepted += 1
        for statement in module.body { check(statement, text) }
        _ = try SymbolTable(module)
      } catch {
        XCTAssertLessThanOrEqual(error.span.lo, error.span.hi, String(decoding: text, as: UTF8.self))
        XCTAssertLessThanOrEqual(Int(error.span.hi), text.count, String(decoding: text, as: UTF8.self))
        XCTAssertFalse(error.message.isEmpty)
      }
    }
    XCTAssertGreaterThan(accepted, 50)
  }

  /// Statements follow each other inside the text, and a dump visits every node.
  private func check(_ statement: Statement, _ text: [UInt8]) {
    XCTAssertLessThan(statement.span.lo, statement.span.hi, String(decoding: text, as: UTF8.self))
    XCTAssertLessThanOrEqual(Int(statement.span.hi), text.count)
    let dump = TreeDump(withSpans: true).dump(statement)
    for mark in dump.split(separator: "@").dropFirst() {
      let numbers = mark.prefix { $0.isNumber || $0 == "-" }.split(separator: "-").compactMap { Int($0) }
      guard numbers.count == 2 else { continue }
      XCTAssertLessThanOrEqual(numbers[1], text.count + 1, String(decoding: text, as: UTF8.self))
    }
  }
}
