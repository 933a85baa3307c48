import Foundation
import Notebook
import Shell
import XCTest

@testable import Lessons

/// Reading lessons, and the lessons that ship.
final class LessonTests: LessonTestCase {
  func testStepsOfANotebook() throws {
    let lesson = try lesson(
      "first()\n\n# %% [markdown]\n# ## A *heading*\n#\n# text\n# %% [md]\n# more\n# %% named exercise=1 hint=\"a b\" check=loss<5\nsecond()\n# %%\n\n# %% [markdown]\n# end\n"
    )
    XCTAssertEqual(lesson.steps.map(\.number), [1, 2, 3])
    XCTAssertEqual(lesson.steps.map(\.code), ["first()", "second()", nil])
    XCTAssertEqual(lesson.steps.map(\.title), ["first()", "named", "The end"])
    XCTAssertEqual(lesson.steps[1].prose, "## A *heading*\n\ntext\n\nmore")
    XCTAssertEqual(lesson.title, "A heading")
    // Exercises, their checks and hints are for a later version: they are read and kept.
    XCTAssertEqual(lesson.steps[1].cell?.options.map(\.key), ["exercise", "hint", "check"])
    XCTAssertEqual(lesson.steps[1].cell?.options.map(\.value), ["1", "a b", "loss<5"])
  }

  func testAFileWithoutMarksIsOneStep() throws {
    let lesson = try lesson("x = 1\ny = 2\n")
    XCTAssertEqual(lesson.steps.count, 1)
    XCTAssertEqual(lesson.title, "sample")
    XCTAssertThrowsError(try self.lesson("# %%\n\n"))
  }

  func testFinding() throws {
    XCTAssertEqual(try LessonLibrary.lesson("tensors").title, "Tensors")
    let path = folder.appendingPathComponent("own.tnb").path
    try "# %%\n1\n".write(toFile: path, atomically: true, encoding: .utf8)
    XCTAssertEqual(try LessonLibrary.lesson(path).key, UserFiles.absolute(path))
    func message(_ name: String) -> String {
      do {
        _ = try LessonLibrary.lesson(name)
        return ""
      } catch {
        return (error as? NotebookError)?.description ?? ""
      }
    }
    XCTAssertEqual(message("tensor"), "tensor: there is no lesson of this name; did you mean tensors?")
    XCTAssertEqual(
      message("xyzzy"), "xyzzy: there is no lesson of this name; `tnb learn` lists them, and a file's name ends in .tnb"
    )
    XCTAssertEqual(message("no/such.tnb"), "no/such.tnb: No such file or directory")
  }

  // MARK: The lessons that ship

  private var files: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/lessons")
  }

  func testEveryFileShipsAndPassesItsCheck() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: files.path).filter { $0.hasSuffix(".tnb") }.sorted()
    XCTAssertEqual(names, LessonLibrary.entries.map { $0.name + ".tnb" }.sorted())
    for entry in LessonLibrary.entries {
      let path = files.appendingPathComponent(entry.name + ".tnb").path
      XCTAssertEqual(
        entry.bytes(), Array(try Data(contentsOf: URL(fileURLWithPath: path))), "\(entry.name) in the binary")
      let report = Checker().check(path) { Interpreter() }
      XCTAssert(report.failed == 0 && report.error == nil, report.rendered())
      XCTAssertGreaterThan(report.passed, 10)
    }
  }

  func testEveryLessonCanBeGoneThroughWithEnterAlone() throws {
    for entry in LessonLibrary.entries {
      let lesson = try XCTUnwrap(entry.lesson)
      let screen = walk(lesson, lesson.steps.map { _ in .enter } + [.leave])
      XCTAssert(screen.contains("This is the end of the lesson."), entry.name)
      XCTAssertFalse(screen.contains("In the lesson this cell"), screen)
      XCTAssertFalse(screen.contains("cell comes back as it was"), screen)
      XCTAssertEqual(progress[entry.name]?.isFinished, true)
    }
  }

  func testProseIsMadeForSmallSteps() throws {
    for entry in LessonLibrary.entries {
      let lesson = try XCTUnwrap(entry.lesson)
      for step in lesson.steps where step.code != nil {
        let lines = MarkdownText.lines(step.prose, width: 76, .plain)
        XCTAssertLessThanOrEqual(lines.count, 20, "\(entry.name), step \(step.number): too much for one screen")
        for line in step.code!.split(separator: "\n") { XCTAssertLessThanOrEqual(line.count, 72, String(line)) }
      }
    }
  }

  func testCommandsThatTheProseNamesExist() throws {
    for entry in LessonLibrary.entries {
      let lesson = try XCTUnwrap(entry.lesson)
      let session = Session(console: Console(output: .closure { _ in }, errors: .closure { _ in }))
      let walkthrough = Walkthrough(
        lesson, session: session, lines: LessonScript([]), progress: LessonProgress(path: nil))
      for step in lesson.steps {
        for match in step.prose.matches(of: #/`%([a-z]+) ?([^`]*)`/#) {
          XCTAssertNotNil(session.command(String(match.1)), "\(entry.name), step \(step.number): %\(match.1)")
          // "%restart 22 comes back to this place".
          if match.1 == "restart", !match.2.isEmpty { XCTAssertEqual(Int(match.2), step.number, entry.name) }
        }
      }
      _ = walkthrough
    }
  }

  /// What the prose invites to type works where it says so.
  func testInvitationsWork() throws {
    for entry in LessonLibrary.entries {
      let lesson = try XCTUnwrap(entry.lesson)
      for step in lesson.steps {
        let invited = step.prose.matches(of: #/`(%(?:graph|why|shapes|gradcheck) [^`]+)`/#).map { String($0.1) }
        guard !invited.isEmpty else { continue }
        // After the step's own cell, whose names it may speak of.
        let before = lesson.steps.prefix(step.number).filter { $0.code != nil }.map { _ in LessonScript.Input.enter }
        let screen = walk(lesson, before + [.cancel] + invited.map { .type($0) } + [.leave])
        for command in invited {
          let answer = screen.components(separatedBy: "]: \(command)\n").last!
          XCTAssertFalse(answer.hasPrefix("NameError"), "\(entry.name), step \(step.number), \(command): \(answer)")
        }
      }
    }
  }
}
