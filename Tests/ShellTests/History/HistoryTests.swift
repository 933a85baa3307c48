import Foundation
import XCTest

@testable import Shell

final class HistoryTests: SessionTestCase {
  private func history() -> History { History(file: HistoryFile(path: path("history"))) }

  func testCellsOutliveTheSession() throws {
    let first = history()
    first.add("x = 1", number: 1)
    first.add("def f():\n    return '+'\n\n# %%", number: 2)
    let second = history()
    XCTAssertEqual(second.count, 2)
    XCTAssertEqual(second.text(back: 0), "def f():\n    return '+'\n\n# %%")
    XCTAssertEqual(second.text(back: 1), "x = 1")
    XCTAssertNil(second.text(back: 2))
    second.add("y", number: 1)
    XCTAssertEqual(second.text(back: 0), "y")
    XCTAssertEqual(second.text(back: 1), "def f():\n    return '+'\n\n# %%")
    let mode = try FileManager.default.attributesOfItem(atPath: path("history"))[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
  }

  func testNothingTwiceInARow() {
    let history = history()
    for text in ["a", "a", "b", "a"] { history.add(text, number: 1) }
    XCTAssertEqual(history.own, ["a", "b", "a"])
  }

  func testSeveralShellsAtOnce() {
    let shells = (0..<4).map { _ in history() }
    DispatchQueue.concurrentPerform(iterations: 4) { i in
      for k in 0..<200 { shells[i].add("cell \(i) \(k)\n  second line", number: k) }
    }
    let log = history().all()
    XCTAssertEqual(log.count, 800)
    for i in 0..<log.count { XCTAssert(log.text(i).hasSuffix("\n  second line"), log.text(i)) }
    XCTAssertEqual(shells[0].count, 200, "another shell's cells do not come in between")
  }

  func testADamagedFileIsReadAsFarAsItGoes() throws {
    try write("garbage\n+lost\n#1 s 1\n+x\nmore garbage\n#\n+y\n#2 s 2\n+z", to: "history")
    let history = history()
    XCTAssertEqual((0..<3).map { history.text(back: $0) }, ["z", "y", "x"])
    try Data([0xFF, 0x23, 0x0A, 0x23, 0x31, 0x0A, 0x2B, 0xFF, 0x0A]).write(to: folder.appendingPathComponent("history"))
    XCTAssertEqual(self.history().text(back: 0), "\u{FFFD}")
  }

  func testSearching() {
    let history = history()
    for text in ["torch.randn(3)", "x[0] = 1", "Torch", "y = ü"] { history.add(text, number: 1) }
    XCTAssertEqual(history.find("torch", from: 0, older: true, ignoringCase: true), 1)
    XCTAssertEqual(history.find("torch", from: 2, older: true, ignoringCase: true), 3)
    XCTAssertEqual(history.find("[0]", from: 0, older: true, ignoringCase: true), 2)
    XCTAssertEqual(history.find("ü", from: 0, older: true, ignoringCase: true), 0)
    XCTAssertNil(history.find("nowhere", from: 0, older: true, ignoringCase: true))
    XCTAssertEqual(history.find("Torch", from: 3, older: false, ignoringCase: false), 1)
    let later = self.history()
    XCTAssertEqual(later.find("torch.", from: 0, older: true, ignoringCase: true), 3, "from the file too")
  }

  func testAFolderThatCannotBeWrittenIsNoReasonToStop() {
    let history = History(file: HistoryFile(path: "/nowhere/history"))
    history.add("x", number: 1)
    XCTAssertEqual(history.text(back: 0), "x")
    XCTAssertEqual(history.failure, "/nowhere/history: No such file or directory")
  }

  func testAHundredThousandCellsAreReadInTime() throws {
    let text = (0..<100_000).map { "#\($0) s \($0)\n+x\($0) = randn(\($0))\n+print(x\($0).sum())\n" }.joined()
    try write(text, to: "history")
    let start = Date()
    let history = history()
    XCTAssertEqual(history.text(back: 0), "x99999 = randn(99999)\nprint(x99999.sum())")
    // 50 ms are promised of a release build; tests are not optimised.
    XCTAssertLessThan(Date().timeIntervalSince(start), 0.5)
  }

  // MARK: %history

  func testTheSessionsCells() throws {
    try assertTranscript(
      "x = 1\ndef f():\n    return 2\n\nf()\n%history\n%history -n\n%history -o 3\n%history -p 2\n%history 2-\n%history 9",
      """
      In [1]: x = 1

      In [2]: def f():
         ...:     return 2
         ...:\(" ")

      In [3]: f()
      Out[3]: 2

      In [4]: %history
      x = 1
      def f():
          return 2
      f()

      In [4]: %history -n
      1: x = 1
      2: def f():
             return 2
      3: f()

      In [4]: %history -o 3
      f()
      2

      In [4]: %history -p 2
      >>> def f():
      ...     return 2

      In [4]: %history 2-
      def f():
          return 2
      f()

      In [4]: %history 9
      """)
  }

  func testEarlierSessions() throws {
    _ = try transcript("a = 1\na + 1", history: history())
    _ = try transcript("b = 1\n%pwd\nb + 1", history: history())
    XCTAssertEqual(
      try transcript("c = 1\n%history ~1/1 ~2/2 1\n%history -g *= 1\n%history -l 2\n%history ~5/1", history: history()),
      """
      In [1]: c = 1

      In [2]: %history ~1/1 ~2/2 1
      b = 1
      a + 1
      c = 1

      In [2]: %history -g *= 1
      1/1: a = 1
      2/1: b = 1
      3/1: c = 1

      In [2]: %history -l 2
      %history ~1/1 ~2/2 1
      %history -g *= 1

      In [2]: %history ~5/1
      there are not 5 sessions before this one in the history
      """)
  }

  func testRanges() {
    XCTAssertEqual(CellRange("4")?.numbers, 4...4)
    XCTAssertEqual(CellRange("4-6")?.numbers, 4...6)
    XCTAssertEqual(CellRange("~2/3-5")?.numbers, 3...5)
    XCTAssertEqual(CellRange("~2/3-5")?.sessionsBack, 2)
    XCTAssertEqual(CellRange("~1/")?.sessionsBack, 1)
    for text in ["", "-", "0", "6-4", "a", "~/1", "1/2", "99999999999999999999", "1-2-3"] {
      XCTAssertNil(CellRange(text), text)
    }
  }
}
