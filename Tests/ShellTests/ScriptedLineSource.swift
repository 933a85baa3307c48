import Foundation
import Notebook
import Shell
import XCTest

/// Types the lines of a script, pressing Enter after each as a person does.
///
/// Lines are written as a person sees them, with their indentation, which the editor typed already. `^C` and `^D` are the keys;
/// `^[^M` at a line's end stands for Alt-Enter.
final class ScriptedLineSource: LineSource {
  let isInteractive = true
  let keys: [KeyDescription] = []
  let width: Int
  let height: Int
  private var lines: [String]
  /// What the terminal would show: prompts, typed text, output.
  fileprivate(set) var screen = ""

  init(_ script: String, width: Int = 80, height: Int = 24) {
    self.width = width
    self.height = height
    lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  func othersWrote() {}

  func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    var text = request.initialText
    var prompt = Prompt.plain(request.prompt.first)
    var indent = ""
    for line in request.initialText.isEmpty ? [] : request.initialText.components(separatedBy: "\n").dropLast() {
      screen += prompt + line + "\n"
      prompt = Prompt.plain(request.prompt.continuation)
    }
    if !request.initialText.isEmpty { screen += prompt + request.initialText.components(separatedBy: "\n").last! }
    while !lines.isEmpty {
      var line = lines.removeFirst()
      if line == "^C" {
        screen += prompt + "^C\n"
        return .cancelled
      }
      if line == "^D" {
        screen += prompt + "^D\n"
        return .end
      }
      let isForced = line.hasSuffix("^[^M")
      if isForced { line.removeLast(4) }
      text += line.hasPrefix(indent) || line.isEmpty ? line : indent + line
      screen += (text == request.initialText + line && !request.initialText.isEmpty ? "" : prompt) + line + "\n"
      prompt = Prompt.plain(request.prompt.continuation)
      if !isForced, case .run = editing.enter(text, cursor: text.utf8.count) { return .text(text) }
      if case .newLine(let next) = editing.enter(text, cursor: text.utf8.count) { indent = next }
      text += "\n"
    }
    return .end
  }
}

/// A test that types into sessions, with a folder of its own for their files.
class SessionTestCase: XCTestCase {
  private(set) var folder: URL!
  private var before = ""

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    before = FileManager.default.currentDirectoryPath
    FileManager.default.changeCurrentDirectoryPath(folder.path)
  }

  override func tearDownWithError() throws {
    FileManager.default.changeCurrentDirectoryPath(before)
    try FileManager.default.removeItem(at: folder)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func contents(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  /// What a session shows when a script is typed into it, from its first prompt on.
  func transcript(
    _ script: String, asks: Bool = false, history: History = History(file: nil), recovery: RecoveryFile? = nil,
    palette: Palette = .plain
  ) throws -> String {
    let settings = Settings(path: path("settings"))
    if !asks { try settings.set("confirm_exit", "False") }
    let lines = ScriptedLineSource(script)
    let sink = Console.Sink.closure { lines.screen += String(decoding: $0, as: UTF8.self) }
    let session = Session(
      console: Console(output: sink, errors: sink), palette: palette, history: history, settings: settings,
      recovery: recovery)
    _ = ShellLoop(session, lines: lines).run()
    var text = lines.screen
    while text.hasPrefix("\n") { text.removeFirst() }
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  /// Compares what a script shows with a transcript.
  func assertTranscript(
    _ script: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    XCTAssertEqual(try transcript(script), expected, file: file, line: line)
  }
}
