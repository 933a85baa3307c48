import Foundation
import XCTest

/// What the commands let cells do with files.
final class FileAccessTests: CommandTestCase {
  private static let saving = """
    with open('out.txt', 'w') as f:
        f.write('kept')
    print(open('out.txt').read())
    """

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  func testAReplayReadsItsFolderAndKeepsNothing() throws {
    try write(Self.saving)
    let run = try tnb("a.tnb")
    XCTAssertEqual(run.output, "kept\n")
    XCTAssertEqual(run.errors, "tnb: out.txt was not kept; --allow-write keeps it\n")
    XCTAssertEqual(run.status, 0)
    XCTAssertFalse(exists("out.txt"))
  }

  func testTheFolderIsTheNotebooks() throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("below"), withIntermediateDirectories: true)
    try write("data", to: "below/data.txt")
    try write("top", to: "top.txt")
    try write("print(open('data.txt').read())\nopen('../top.txt')", to: "below/a.tnb")
    let run = try tnb("below/a.tnb")
    XCTAssertEqual(run.output, "data\n")
    XCTAssertTrue(run.errors.hasPrefix("PermissionError: [Errno 13] Permission denied: '../top.txt'\n"), run.errors)
    XCTAssertTrue(
      run.errors.contains("hint: a replay touches its notebook's folder alone; --allow-read=DIR adds a folder"))
    XCTAssertEqual(run.status, 1)
    XCTAssertEqual(try tnb("--allow-read=.", "below/a.tnb").status, 0)
    XCTAssertEqual(try tnb("below/a.tnb", "--allow-read=" + folder.path).status, 0)
  }

  func testAllowWriteKeepsWhatWasWritten() throws {
    try write(Self.saving)
    let run = try tnb("--allow-write", "a.tnb")
    XCTAssertEqual(run.output, "kept\n")
    XCTAssertEqual(run.errors, "")
    XCTAssertEqual(try contents(of: "out.txt"), "kept")
  }

  func testAllowWriteOfAnotherFolder() throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("results"), withIntermediateDirectories: true)
    try write("open('results/r.txt', 'w').write('r')\nopen('here.txt', 'w').write('h');")
    let run = try tnb("a.tnb", "--allow-write=results")
    XCTAssertEqual(run.errors, "tnb: here.txt was not kept; --allow-write keeps it\n")
    XCTAssertEqual(try contents(of: "results/r.txt"), "r")
    XCTAssertFalse(exists("here.txt"))
  }

  func testCheckAndUpdateKeepNothingEither() throws {
    try write(Self.saving + "\n#> kept\n")
    let check = try tnb("check", "a.tnb")
    XCTAssertEqual(
      check.output,
      "a.tnb: 1 cell passed\n  out.txt was not kept; --allow-write keeps it\n1 passed, 0 failed\n")
    let update = try tnb("update", "a.tnb")
    XCTAssertEqual(
      update.output, "a.tnb: 1 cell, 0 changed\n  out.txt was not kept; --allow-write keeps it\n")
    XCTAssertFalse(exists("out.txt"))
    XCTAssertEqual(try tnb("check", "--allow-write", "a.tnb").output, "a.tnb: 1 cell passed\n1 passed, 0 failed\n")
    XCTAssertTrue(exists("out.txt"))
  }

  func testSeveralFilesAreNamedTogether() throws {
    try write("for i in range(9): open(f'{i}.txt', 'w').close()\nimport os\nos.remove('gone.txt')\nos.remove('0.txt')")
    try write("x", to: "gone.txt")
    XCTAssertEqual(
      try tnb("a.tnb").errors,
      """
      tnb: 1.txt, 2.txt, 3.txt, 4.txt, 5.txt and 3 more files were not kept; --allow-write keeps them
      tnb: gone.txt is still there; --allow-write removes it

      """)
    XCTAssertTrue(exists("gone.txt"))
  }

  func testCodeOfTheCommandLineWritesForReal() throws {
    XCTAssertEqual(try tnb("-c", Self.saving).output, "kept\n")
    XCTAssertEqual(try contents(of: "out.txt"), "kept")
  }

  func testStandardInputIsAReplay() throws {
    let run = try tnb("-", input: Self.saving)
    XCTAssertEqual(run.output, "kept\n")
    XCTAssertFalse(exists("out.txt"))
    XCTAssertEqual(try tnb("-", "--allow-write", input: Self.saving).errors, "")
    XCTAssertTrue(exists("out.txt"))
  }

  func testWhatIsTypedWritesForReal() throws {
    let run = try tnb(input: "f = open('out.txt', 'w')\nf.write('typed')\n")
    XCTAssertEqual(run.output, "5\n")
    // Nobody closed it.
    XCTAssertEqual(try contents(of: "out.txt"), "typed")
  }

  func testAnUnclosedFileIsKeptAtTheEnd() throws {
    try write("f = open('out.txt', 'w')\nf.write('open');")
    XCTAssertEqual(try tnb("--allow-write", "a.tnb").status, 0)
    XCTAssertEqual(try contents(of: "out.txt"), "open")
  }

  func testFoldersThatAreNotThere() throws {
    try write("1")
    let run = try tnb("--allow-read=none", "a.tnb")
    XCTAssertEqual(run.errors, "tnb: --allow-read=none: No such file or directory\nSee `tnb --help`.\n")
    XCTAssertEqual(run.status, 2)
    XCTAssertEqual(try tnb("--allow-read", "a.tnb").status, 2)
  }
}
