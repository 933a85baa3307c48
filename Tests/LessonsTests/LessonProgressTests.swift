import Foundation
import Notebook
import Shell
import XCTest

@testable import Lessons

final class LessonProgressTests: LessonTestCase {
  func testPlacesAreKept() throws {
    var first = progress
    XCTAssertNil(first["a"])
    first.set("a", .init(done: 2, total: 5))
    first.set("/a b/c.tnb", .init(done: 5, total: 5))
    XCTAssertEqual(progress["a"], .init(done: 2, total: 5))
    XCTAssertEqual(progress["/a b/c.tnb"]?.isFinished, true)
    first.set("a", nil)
    XCTAssertEqual(progress.keys, ["/a b/c.tnb"])
  }

  func testTwoShellsDoNotTakeEachOthersNotes() {
    var one = progress
    var two = progress
    one.set("a", .init(done: 1, total: 2))
    two.set("b", .init(done: 1, total: 2))
    one.set("a", .init(done: 2, total: 2))
    XCTAssertEqual(Set(progress.keys), ["a", "b"])
  }

  func testADamagedFile() throws {
    try Data("x\n1 2\n-1 2 k\n1 0 z\n1 2 good\n\u{FF}".utf8).write(to: folder.appendingPathComponent("lessons"))
    XCTAssertEqual(progress.keys, ["good"])
  }

  func testWithoutAFolder() {
    var progress = LessonProgress(path: "/nonexistent/x")
    progress.set("a", .init(done: 1, total: 2))
    XCTAssertEqual(progress["a"]?.done, 1)
  }

  func testTheList() {
    var progress = progress
    progress.set("linear-regression", .init(done: 22, total: 22))
    progress.set("tensors", .init(done: 6, total: 23))
    progress.set("/home/a/own.tnb", .init(done: 1, total: 3))
    XCTAssertEqual(
      LessonList.text(progress, width: 80, .plain),
      """
      Lessons

        linear-regression  Linear regression, from one number up     done
        tensors            Tensors                                   step 7 of 23
        gradients          Gradients                                 not begun

      Files

        /home/a/own.tnb
          step 2 of 3

      `tnb learn tensors` begins or goes on; `tnb learn FILE.tnb` goes through any
      notebook.

      """)
    for line in LessonList.text(progress, width: 40, .plain).split(separator: "\n") {
      XCTAssertLessThanOrEqual(line.count, 45, String(line))
    }
  }

  func testLearnInTheShellComesBack() throws {
    let lines = LessonScript([
      .type("x = 1; torch.manual_seed(4); a = rand(1)"), .type("torch.manual_seed(4);"), .type("%learn tensors"),
      .enter, .leave,
      .type("x, (rand(1) == a).item()"), .type("%learn nosuch"), .type("%learn"), .leave,
    ])
    let sink = Console.Sink.closure { text in lines.screen.append(String(decoding: text, as: UTF8.self)) }
    let session = Session(console: Console(output: sink, errors: sink))
    let progress = progress
    LearnCommand.install(in: session) { progress }
    _ = ShellLoop(session, lines: lines).run()
    XCTAssert(lines.screen.contains("--- 1 of 23"), lines.screen)
    XCTAssert(
      lines.screen.contains("Back in the shell.\n\nIn [3]: x, (rand(1) == a).item()\nOut[3]: (1, True)"), lines.screen)
    XCTAssert(lines.screen.contains("nosuch: there is no lesson of this name"), lines.screen)
    XCTAssert(lines.screen.contains("Lessons\n\n  linear"), lines.screen)
  }
}
