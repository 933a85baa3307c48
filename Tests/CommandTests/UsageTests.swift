import XCTest

final class UsageTests: CommandTestCase {
  func testHelpAndVersionSucceed() throws {
    let help = try tnb("--help")
    XCTAssertEqual(help.status, 0)
    for word in ["check", "update", "convert", "-c CODE", "--max-memory"] {
      XCTAssert(help.output.contains(word), word)
    }
    let version = try tnb("--version")
    XCTAssertEqual(version.status, 0)
    XCTAssertEqual(version.output.split(separator: ".").count, 3, version.output)
  }

  func testWrongUsageExitsWith2() throws {
    for arguments in [
      ["--bogus"], ["check"], ["update"], ["a.tnb", "b.tnb"], ["-c"], ["-c", "1", "2"],
      ["--max-memory", "lots", "-c", "1"],
      ["check", "--bogus", "."], ["check", "--jobs", "0", "."], ["check", "--timeout", "0", "."],
      ["check", "--timeout", "soon", "."], ["convert"], ["convert", "a.tnb"], ["convert", "a.tnb", "b.py", "c.py"],
    ] {
      let result = try Command.run(arguments, folder: folder)
      XCTAssertEqual(result.status, 2, "\(arguments)")
      XCTAssertEqual(result.output, "", "\(arguments)")
      XCTAssert(result.errors.hasPrefix("tnb: "), "\(arguments): \(result.errors)")
    }
  }

  func testTheShellIsThereByName() throws {
    XCTAssertEqual(try tnb("shell", input: "6 * 7\n").output, "42\n")
    XCTAssertEqual(try tnb("--max-memory", "1G", input: "x = 1\nx\n").output, "1\n")
    // A notebook to go on with, or a new one.
    XCTAssert(
      try tnb("shell", "new", input: "x = 2\n%save\n").output.hasSuffix("new.tnb: 1 cell saved\n"))
    let withFile = try tnb("shell", "new.tnb", input: "x + 1\n%cells\n")
    XCTAssertEqual(withFile.output, "new.tnb: 1 of 1 cell ran\n3\n1  x = 2\n2  x + 1\n")
    let broken = try tnb("shell", "a.py", input: "1\n")
    XCTAssertEqual(broken.status, 2)
    XCTAssert(broken.errors.contains("a.py"), broken.errors)
  }

  func testFilesThatCannotBeReadExitWith2() throws {
    let missing = try tnb("missing.tnb")
    XCTAssertEqual(missing.status, 2)
    XCTAssertEqual(missing.errors, "tnb: missing.tnb: No such file or directory\n")
    XCTAssertEqual(try tnb(".").errors, "tnb: .: Is a directory\n")
    XCTAssertEqual(try tnb("check", "missing").status, 2)
    XCTAssertEqual(try tnb("update", "missing.tnb").status, 2)

    try write("1\n\u{0}\n")
    let binary = try tnb("a.tnb")
    XCTAssertEqual(binary.status, 2)
    XCTAssertEqual(binary.errors, "tnb: a.tnb:2: a NUL byte: this is not a text file\n")
    try write("# ---\n# tnb: 99\n# ---\n1\n")
    for arguments in [["a.tnb"], ["check", "a.tnb"], ["update", "a.tnb"]] {
      let result = try Command.run(arguments, folder: folder)
      XCTAssertEqual(result.status, 2, "\(arguments)")
      XCTAssert(result.errors.contains("a.tnb:2: format version 99 is not supported"), result.errors)
    }
    XCTAssertEqual(try tnb("-", input: "\u{0}").errors, "tnb: <stdin>:1: a NUL byte: this is not a text file\n")
    let none = try tnb("check", ".")
    XCTAssertEqual(none.status, 2, "a.tnb is malformed")
  }
}
