import Foundation
import Notebook
import Shell
import XCTest

@testable import Lessons

/// Somebody who goes through a lesson, by a script.
final class LessonScript: LineSource {
  enum Input {
    /// Enter on what stands there.
    case enter
    /// A change within it, then Enter.
    case change(String, String)
    /// Something typed behind it, then Enter.
    case append(String)
    /// Something typed in place of it, then Enter.
    case type(String)
    /// Ctrl-C, Ctrl-D.
    case cancel, leave
  }

  let isInteractive = true
  let keys: [KeyDescription] = []
  let width: Int
  let height: Int
  private var inputs: [Input]
  /// What the terminal would show.
  var screen = ""

  init(_ inputs: [Input], width: Int = 60, height: Int = 200) {
    self.inputs = inputs
    self.width = width
    self.height = height
  }

  func othersWrote() {}

  func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    let prompt = Prompt.plain(request.prompt.first)
    func run(_ text: String) -> CellInput {
      let further = "\n" + Prompt.plain(request.prompt.continuation)
      screen += prompt + text.replacingOccurrences(of: "\n", with: further) + "\n"
      return .text(text)
    }
    switch inputs.isEmpty ? .leave : inputs.removeFirst() {
    case .enter: return run(request.initialText)
    case .change(let old, let new):
      XCTAssert(request.initialText.contains(old), "\(old) is not in \(request.initialText)")
      return run(request.initialText.replacingOccurrences(of: old, with: new))
    case .append(let text): return run(request.initialText + text)
    case .type(let text): return run(text)
    case .cancel:
      screen += prompt + "^C\n"
      return .cancelled
    case .leave:
      screen += prompt + "^D\n"
      return .end
    }
  }
}

/// A test that goes through lessons.
class LessonTestCase: XCTestCase {
  private(set) var folder: URL!

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

  func lesson(_ text: String) throws -> Lesson {
    try Lesson(Notebook(Array(text.utf8)), name: "sample", key: "sample")
  }

  var progress: LessonProgress { LessonProgress(path: folder.appendingPathComponent("lessons").path) }

  /// What somebody sees who takes the lesson for the first time, or goes on with it.
  func walk(
    _ lesson: Lesson, _ inputs: [LessonScript.Input], width: Int = 60, height: Int = 200,
    isFirstTime: Bool = true
  ) -> String {
    if isFirstTime {
      var progress = progress
      progress.set(lesson.key, nil)
    }
    let lines = LessonScript(inputs, width: width, height: height)
    let sink = Console.Sink.closure { lines.screen += String(decoding: $0, as: UTF8.self) }
    let session = Session(console: Console(output: sink, errors: sink))
    _ = Walkthrough(lesson, session: session, lines: lines, progress: progress).run()
    return lines.screen
  }

  /// As above, from the rule of a step on.
  func walk(_ lesson: Lesson, from step: Int, _ inputs: [LessonScript.Input]) -> String {
    let screen = walk(lesson, inputs)
    guard let start = screen.range(of: "--- \(step) of ") else { return screen }
    return String(screen[start.lowerBound...])
  }
}
