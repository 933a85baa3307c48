import Notebook
import Shell
import XCTest

/// Types the lines of a script, pressing Enter after each as a person does.
final class ScriptedLineSource: LineSource {
  let isInteractive = true
  let width = 80
  let keys: [KeyDescription] = []
  private var lines: [String]
  /// What the terminal would show: prompts, typed text, output.
  fileprivate(set) var screen = ""

  init(_ script: String) { lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    var text = request.initialText
    var prompt = Prompt.plain(request.prompt.first)
    var indent = ""
    while !lines.isEmpty {
      let line = lines.removeFirst()
      if line == "^C" {
        screen += prompt + "^C\n"
        return .cancelled
      }
      // A script writes lines as a person sees them: with their indentation, which the editor typed already.
      text += line.hasPrefix(indent) || line.isEmpty ? line : indent + line
      screen += prompt + line + "\n"
      switch editing.enter(text, cursor: text.utf8.count) {
      case .run: return .text(text)
      case .newLine(let next):
        text += "\n"
        indent = next
        prompt = Prompt.plain(request.prompt.continuation)
      }
    }
    return .end
  }
}

/// What a session shows when a script is typed into it.
func transcript(_ script: String) -> String {
  let lines = ScriptedLineSource(script)
  let sink = Console.Sink.closure { lines.screen += String(decoding: $0, as: UTF8.self) }
  _ = ShellLoop(Session(console: Console(output: sink, errors: sink)), lines: lines).run()
  return lines.screen
}
