import Foundation
import XCTest

/// Tests of the built shell on a terminal.
class ShellTestCase: CommandTestCase {
  /// A shell that shows its first prompt.
  func start(
    columns: Int = 80, rows: Int = 24, term: String = "xterm-256color", environment more: [String: String] = [:],
    banner: Bool = false, arguments: [String] = [], showing prompt: String = "In [1]:", file: StaticString = #filePath,
    line: UInt = #line
  ) throws -> PseudoTerminal {
    var environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "TERM": term, "LANG": "C.UTF-8"]
    environment.merge(more) { $1 }
    if !banner { try settings("banner = False") }
    let terminal = try PseudoTerminal(
      [Command.path] + arguments, environment: environment, folder: folder, columns: columns, rows: rows)
    XCTAssert(
      terminal.wait { $0.text.contains(prompt) }, "no prompt: \(terminal.screen.text)", file: file, line: line)
    return terminal
  }

  /// The windows that most tests are made in: a usual one, and a small one.
  static let sizes = [(columns: 80, rows: 24), (columns: 40, rows: 10)]

  func start(_ size: (columns: Int, rows: Int)) throws -> PseudoTerminal {
    // What a shell of another size left behind is not what this one is about.
    try? FileManager.default.removeItem(at: folder.appendingPathComponent(".local"))
    return try start(columns: size.columns, rows: size.rows)
  }

  func settings(_ text: String) throws {
    let folder = folder.appendingPathComponent(".config/tnb")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data((text + "\n").utf8).write(to: folder.appendingPathComponent("settings"))
  }

  /// Waits for a text on the screen.
  func expect(
    _ text: String, on terminal: PseudoTerminal, seconds: Double = 10, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    XCTAssert(
      terminal.wait(seconds: seconds) { $0.text.contains(text) }, "no \"\(text)\" in\n\(terminal.screen.transcript)",
      file: file, line: line)
  }

  /// Waits until the screen shows just this.
  func expectScreen(
    _ text: String, on terminal: PseudoTerminal, file: StaticString = #filePath, line: UInt = #line
  ) {
    terminal.wait(seconds: 5) { $0.text == text }
    // What is not meant to come would come now.
    while terminal.read(for: 0.05) {}
    XCTAssertEqual(terminal.screen.text, text, file: file, line: line)
    XCTAssertEqual(terminal.screen.unknown, [], file: file, line: line)
  }

  /// A cell that runs for ever, and says when it does.
  static let endless = "for i in range(10**15): i or print('going')"

  /// Starts a cell that runs for ever.
  func runEndlessly(on terminal: PseudoTerminal, file: StaticString = #filePath, line: UInt = #line) {
    terminal.type(Self.endless + "\r")
    XCTAssert(
      terminal.wait { $0.lines.contains("going") }, "not running:\n\(terminal.screen.transcript)", file: file,
      line: line)
  }

  /// Types a cell and waits for the next prompt.
  func run(
    _ cell: String, on terminal: PseudoTerminal, prompt: Int, file: StaticString = #filePath, line: UInt = #line
  ) {
    terminal.type(cell + "\r")
    XCTAssert(
      terminal.wait { $0.lines[$0.cursorRow].hasPrefix("In [\(prompt)]:") && $0.isPasteBracketed },
      "no prompt \(prompt):\n\(terminal.screen.transcript)", file: file, line: line)
  }
}

/// Keys as a terminal sends them.
enum Key {
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let delete = "\u{1B}[3~"
  static let backspace = "\u{7F}"
  static let escape = "\u{1B}"
  static let altEnter = "\u{1B}\r"
  static let f2 = "\u{1B}OQ"

  static func control(_ letter: Character) -> String { String(UnicodeScalar(letter.asciiValue! & 0x1F)) }
  static func alt(_ key: String) -> String { "\u{1B}" + key }
  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}
