import Foundation
import Notebook
import XCTest

@testable import Shell

final class RecoveryTests: SessionTestCase {
  private func recovery() -> RecoveryFile { RecoveryFile(folder: path("recovery"), seed: 7) }

  private func files() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path("recovery"))) ?? []).sorted()
  }

  /// A session that is killed while its last cell runs: nothing closes the file.
  private func killed(_ cells: [(String, [Record])], running: String?) {
    let recovery = recovery()
    for (code, records) in cells {
      recovery.begin(code)
      recovery.end(records)
    }
    if let running { recovery.begin(running) }
  }

  func testAKilledSessionIsOfferedAndComesBack() throws {
    killed([("x = randn(1)", []), ("x", [Record(.output, "tensor([0.])")])], running: "y = x + 1\ny")
    let lost = RecoveryFile.lost(in: path("recovery"))
    XCTAssertEqual(lost.count, 1)
    XCTAssertEqual(lost[0].finished.count, 2)
    XCTAssertEqual(lost[0].unfinished, "y = x + 1\ny")
    let screen = try transcript("%recover\n\ny - x", recovery: recovery())
    XCTAssertEqual(
      screen,
      """
      In [1]: %recover

      In [1]: x = randn(1)

      In [2]: x
      Out[2]: tensor([-0.1468])

      The last cell was running: it is below, not run again.

      In [3]: y = x + 1
         ...: y
      Out[3]: tensor([0.8532])

      In [4]: y - x
      Out[4]: tensor([1.])
      """)
    XCTAssertEqual(RecoveryFile.lost(in: path("recovery")).count, 0)
  }

  func testASessionThatRunsIsNotOffered() {
    let running = recovery()
    running.begin("x = 1")
    running.end([])
    XCTAssertEqual(RecoveryFile.lost(in: path("recovery")).count, 0)
    running.close(keeping: false)
    XCTAssertEqual(files(), [])
  }

  func testNothingIsWrittenBeforeTheFirstCell() {
    recovery().close(keeping: true)
    XCTAssertEqual(files(), [])
  }

  func testTextThatIsNoProgramIsTakenBack() throws {
    _ = try transcript("x = = 1\n1", recovery: recovery())
    XCTAssertEqual(try contents(of: "recovery/last.tnb"), "# ---\n# tnb: 1\n# seed: 7\n# ---\n\n# %%\n1\n#> 1\n\n")
  }

  func testWhatWasLeftUnsavedIsKeptOnce() throws {
    _ = try transcript("a = 1", recovery: recovery())
    _ = try transcript("b = 1", recovery: recovery())
    XCTAssertEqual(files(), ["last.tnb"])
    let screen = try transcript("%recover\n%recover last\nb\n%recover last", recovery: recovery())
    XCTAssertEqual(
      screen,
      """
      In [1]: %recover
      there is nothing to recover

      In [1]: %recover last

      In [1]: b = 1

      In [2]: b
      Out[2]: 1

      In [3]: %recover last
      there is nothing to recover
      """)
  }

  func testASavedSessionLeavesNothing() throws {
    _ = try transcript("a = 1\n%save a", recovery: recovery())
    XCTAssertEqual(files(), [])
  }

  func testDropAndList() throws {
    killed([("x = 1", [])], running: nil)
    killed([("y = 1", [])], running: nil)
    let screen = try transcript("1\n%recover\n%recover drop\n%recover list\n%recover x", recovery: recovery())
    XCTAssertEqual(
      screen,
      """
      In [1]: 1
      Out[1]: 1

      In [2]: %recover
      this session has cells already, and those to recover would not find the same state
        hint: %reset, then %recover; or %recover in another tnb

      In [2]: %recover drop
      2 sessions dropped.

      In [2]: %recover list
      There is nothing to recover.

      In [2]: %recover x
      %recover takes last, list, drop or nothing, not x
      """)
  }

  func testATornFileIsNoHarm() throws {
    try FileManager.default.createDirectory(atPath: path("recovery"), withIntermediateDirectories: true)
    try write("# ---\n# tnb: 1", to: "recovery/1.tnb")
    try write("", to: "recovery/2.tnb")
    try Data([0, 0xFF]).write(to: folder.appendingPathComponent("recovery/3.tnb"))
    XCTAssertEqual(RecoveryFile.lost(in: path("recovery")).count, 0)
  }
}
