import Foundation
import XCTest

@testable import Files

/// A folder `notebook` beside others, for what a replay may and may not touch.
class SandboxTestCase: XCTestCase {
  private(set) var base: String = ""
  var notebook: String { base + "/notebook" }

  override func setUpWithError() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    for name in ["notebook/sub", "outside/deep"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    base = try XCTUnwrap(realpath(folder.path, nil).map { String(cString: $0) })
    try put("inside", "notebook/a.txt")
    try put("below", "notebook/sub/b.txt")
    try put("secret", "outside/secret.txt")
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: base) }

  func put(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: base + "/" + path))
  }

  func onDisk(_ path: String) -> String? {
    FileManager.default.contents(atPath: base + "/" + path).map { String(decoding: $0, as: UTF8.self) }
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: base + "/" + path, withDestinationPath: target)
  }

  func sandbox(_ options: String..., limit: Int = .max) throws -> SandboxedAccess {
    var permissions = FilePermissions()
    for option in options { XCTAssertTrue(try permissions.take(option)) }
    return try SandboxedAccess(folder: notebook, permissions: permissions) { $0 < limit }
  }

  /// The text of a file, or the number of the error.
  func read(_ files: FileAccess, _ path: String) -> String {
    do {
      let file = try files.open(path, .read)
      return String(decoding: try file.bytes(at: 0, count: file.size()) ?? [], as: UTF8.self)
    } catch {
      return "error \((error as? FileError)?.number ?? 0)"
    }
  }

  func write(_ files: FileAccess, _ path: String, _ text: String) throws {
    try files.open(path, .write).write(Array(text.utf8), at: 0)
  }

  func assertError(
    _ number: Int32, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Void
  ) {
    XCTAssertThrowsError(try body(), file: file, line: line) {
      XCTAssertEqual(($0 as? FileError)?.number, number, file: file, line: line)
    }
  }
}

final class SandboxReadingTests: SandboxTestCase {
  func testReadsTheFolderAndBelow() throws {
    let files = try sandbox()
    for path in ["a.txt", "./a.txt", "sub/../a.txt", "sub/./../sub/..//a.txt", notebook + "/a.txt"] {
      XCTAssertEqual(read(files, path), "inside", path)
    }
    XCTAssertEqual(read(files, "sub/b.txt"), "below")
    XCTAssertEqual(try files.names(in: "."), ["a.txt", "sub"])
    XCTAssertEqual(try files.status("sub").kind, .folder)
    XCTAssertEqual(try files.resolved("sub/../a.txt"), notebook + "/a.txt")
  }

  func testReadsNothingOutside() throws {
    let files = try sandbox()
    let denied = "error \(EACCES)"
    for path in [
      "../outside/secret.txt", "sub/../../outside/secret.txt", base + "/outside/secret.txt", "/etc/passwd", "..", "/",
      notebook + "/../outside/secret.txt", notebook + "x", "../notebook2/a",
    ] {
      XCTAssertEqual(read(files, path), denied, path)
      assertError(EACCES) { _ = try files.status(path) }
      assertError(EACCES) { _ = try files.names(in: path) }
      assertError(EACCES) { try files.removeFile(path) }
      assertError(EACCES) { _ = try files.replace(path) }
    }
    // Out and in again.
    XCTAssertEqual(read(files, "../notebook/a.txt"), "inside")
    XCTAssertEqual(read(files, base + "/outside/../notebook/a.txt"), "inside")
  }

  func testFollowsLinksThatStayInside() throws {
    try link("notebook/short", to: "sub/b.txt")
    try link("notebook/sub/up", to: "../a.txt")
    try link("notebook/folder", to: "sub")
    try link("notebook/whole", to: notebook + "/sub")
    let files = try sandbox()
    XCTAssertEqual(read(files, "short"), "below")
    XCTAssertEqual(read(files, "folder/up"), "inside")
    XCTAssertEqual(read(files, "whole/b.txt"), "below")
    XCTAssertEqual(try files.status("short", followingLinks: false).kind, .link)
    // `..` behind a link goes up from where it leads.
    XCTAssertEqual(read(files, "folder/../a.txt"), "inside")
  }

  func testFollowsNoLinkThatLeadsOut() throws {
    try link("notebook/secret", to: "../outside/secret.txt")
    try link("notebook/absolute", to: base + "/outside/secret.txt")
    try link("notebook/folder", to: "../outside")
    try link("notebook/first", to: "second")
    try link("notebook/second", to: "folder/secret.txt")
    try link("notebook/round", to: "round")
    let files = try sandbox("--allow-write")
    for path in ["secret", "absolute", "folder/secret.txt", "folder/deep/../secret.txt", "first"] {
      XCTAssertEqual(read(files, path), "error \(EACCES)", path)
      assertError(EACCES) { try write(files, path, "changed") }
      assertError(EACCES) { _ = try files.replace(path) }
    }
    assertError(EACCES) { _ = try files.names(in: "folder") }
    assertError(EACCES) { try files.makeFolder("folder/new") }
    assertError(EACCES) { try files.rename("a.txt", to: "folder/a.txt") }
    XCTAssertEqual(read(files, "round"), "error \(ELOOP)")
    XCTAssertEqual(onDisk("outside/secret.txt"), "secret")
    // The link itself may go.
    try files.removeFile("secret")
    XCTAssertEqual(onDisk("outside/secret.txt"), "secret")
  }

  /// A folder that turns into a link and back while a path is gone along.
  func testChangesMeanwhileLeadNowhere() throws {
    try link("notebook/trap", to: "../outside")
    try FileManager.default.createDirectory(atPath: notebook + "/real", withIntermediateDirectories: true)
    try put("inside", "notebook/real/secret.txt")
    let files = try sandbox()
    let running = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    running.pointee = true
    defer { running.deallocate() }
    let folder = notebook
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      while running.pointee {
        _ = rename(folder + "/real", folder + "/door")
        _ = rename(folder + "/door", folder + "/real")
        _ = rename(folder + "/trap", folder + "/door")
        _ = rename(folder + "/door", folder + "/trap")
      }
      done.signal()
    }
    var seen: Set<String> = []
    for _ in 0..<20_000 { seen.insert(read(files, "door/secret.txt")) }
    running.pointee = false
    done.wait()
    XCTAssertFalse(seen.contains("secret"))
    XCTAssertTrue(seen.contains("inside"))
  }

  func testOpensPlainFilesAlone() throws {
    XCTAssertEqual(mkfifo(notebook + "/pipe", 0o600), 0)
    let files = try sandbox("--allow-write")
    XCTAssertEqual(read(files, "pipe"), "error \(EACCES)")
    assertError(EACCES) { _ = try files.replace("pipe") }
    assertError(EISDIR) { _ = try files.open("sub", .read) }
    assertError(ENOTDIR) { _ = try files.open("a.txt/x", .read) }
    assertError(ENOTDIR) { _ = try files.open("a.txt/", .read) }
    assertError(ENOENT) { _ = try files.open("", .read) }
    assertError(ENOENT) { _ = try files.open("none/x", .read) }
    assertError(ENAMETOOLONG) { _ = try files.open(String(repeating: "x", count: 300), .read) }
    assertError(ENAMETOOLONG) { _ = try files.open(String(repeating: "x/", count: 3000), .read) }
  }

  func testTheKernelsFilesAreNobodysData() throws {
    let files = try SandboxedAccess(folder: "/", permissions: FilePermissions()) { _ in true }
    XCTAssertEqual(read(files, "proc/self/status"), "error \(EACCES)")
    XCTAssertEqual(read(files, "/proc/self/environ"), "error \(EACCES)")
    XCTAssertEqual(read(files, notebook + "/a.txt"), "inside")
  }

  func testOtherFoldersAreAdded() throws {
    let files = try sandbox("--allow-read=\(base)/outside")
    XCTAssertEqual(read(files, "../outside/secret.txt"), "secret")
    XCTAssertEqual(read(files, base + "/outside/deep/../secret.txt"), "secret")
    XCTAssertEqual(read(files, "../outside/../notebook/a.txt"), "inside")
    assertError(EACCES) { _ = try files.names(in: base) }
    try write(files, "../outside/secret.txt", "changed")
    XCTAssertEqual(read(files, "../outside/secret.txt"), "changed")
    XCTAssertEqual(onDisk("outside/secret.txt"), "secret")
    XCTAssertEqual(files.notKept.written, [base + "/outside/secret.txt"])
  }

  func testNothingIsAllowedWithoutAFolder() {
    let files = FileAccess()
    XCTAssertEqual(read(files, "/etc/passwd"), "error \(EACCES)")
    assertError(EACCES) { try files.makeFolder("x") }
  }
}

final class SandboxWritingTests: SandboxTestCase {
  func testWritesGoToAnOverlay() throws {
    let files = try sandbox()
    try write(files, "new.txt", "hello")
    try write(files, "sub/b.txt", "changed")
    try files.makeFolder("made")
    try files.makeFolder("made/deep")
    try write(files, "made/deep/c.txt", "c")
    XCTAssertEqual(read(files, "new.txt"), "hello")
    XCTAssertEqual(read(files, "sub/b.txt"), "changed")
    XCTAssertEqual(read(files, "sub/../made/./deep/../deep/c.txt"), "c")
    XCTAssertEqual(try files.names(in: "."), ["a.txt", "made", "new.txt", "sub"])
    XCTAssertEqual(try files.names(in: "made/deep"), ["c.txt"])
    XCTAssertEqual(try files.status("new.txt").size, 5)
    XCTAssertNil(onDisk("notebook/new.txt"))
    XCTAssertEqual(onDisk("notebook/sub/b.txt"), "below")
    XCTAssertEqual(files.notKept.written, ["made/deep/c.txt", "new.txt", "sub/b.txt"])
    XCTAssertEqual(files.notKept.removed, [])
  }

  func testAFileIsChangedInPlaceAsACopy() throws {
    let files = try sandbox()
    var mode = OpenMode(reads: true, writes: true)
    let file = try files.open("a.txt", mode)
    try file.write(Array("IN".utf8), at: 0)
    XCTAssertEqual(read(files, "a.txt"), "INside")
    mode.appends = true
    try files.open("a.txt", mode).write(Array("!".utf8), at: nil)
    XCTAssertEqual(read(files, "a.txt"), "INside!")
    try file.resize(to: 2)
    XCTAssertEqual(read(files, "a.txt"), "IN")
    XCTAssertEqual(onDisk("notebook/a.txt"), "inside")
  }

  func testRemovedFilesAreMissing() throws {
    let files = try sandbox()
    try files.removeFile("a.txt")
    XCTAssertEqual(read(files, "a.txt"), "error \(ENOENT)")
    assertError(ENOENT) { try files.removeFile("a.txt") }
    assertError(ENOTEMPTY) { try files.removeFolder("sub") }
    assertError(EISDIR) { try files.removeFile("sub") }
    assertError(ENOTDIR) { try files.removeFolder("sub/b.txt") }
    try files.removeFile("sub/b.txt")
    try files.removeFolder("sub")
    XCTAssertEqual(try files.names(in: "."), [])
    assertError(ENOENT) { _ = try files.open("sub/b.txt", .write) }
    XCTAssertEqual(files.notKept.removed, ["a.txt", "sub"])
    // A folder of the same name is a new one.
    try files.makeFolder("sub")
    XCTAssertEqual(try files.names(in: "sub"), [])
    XCTAssertEqual(read(files, "sub/b.txt"), "error \(ENOENT)")
    XCTAssertEqual(onDisk("notebook/sub/b.txt"), "below")
  }

  func testWhatIsGoneAgainIsNoNews() throws {
    let files = try sandbox()
    try write(files, "new.txt", "x")
    try files.removeFile("new.txt")
    try write(files, "a.txt", "inside")
    XCTAssertTrue(files.notKept.written.isEmpty)
    XCTAssertTrue(files.notKept.removed.isEmpty)
  }

  func testFilesAreRenamed() throws {
    let files = try sandbox()
    try files.rename("a.txt", to: "sub/c.txt")
    XCTAssertEqual(read(files, "sub/c.txt"), "inside")
    XCTAssertEqual(read(files, "a.txt"), "error \(ENOENT)")
    try files.rename("sub/c.txt", to: "sub/b.txt")
    XCTAssertEqual(read(files, "sub/b.txt"), "inside")
    XCTAssertEqual(onDisk("notebook/sub/b.txt"), "below")
    assertError(ENOENT) { try files.rename("none", to: "x") }
  }

  func testAnUnfinishedReplacementChangesNothing() throws {
    for files in [try sandbox(), try sandbox("--allow-write")] {
      do {
        let pending = try files.replace("a.txt")
        try pending.file.write(Array("half".utf8), at: 0)
      }
      XCTAssertEqual(read(files, "a.txt"), "inside")
      XCTAssertEqual(try files.names(in: "."), ["a.txt", "sub"])
      let pending = try files.replace("a.txt")
      try pending.file.write(Array("whole".utf8), at: 0)
      try pending.commit()
      XCTAssertEqual(read(files, "a.txt"), "whole")
      XCTAssertEqual(try files.names(in: "."), ["a.txt", "sub"])
    }
    XCTAssertEqual(onDisk("notebook/a.txt"), "whole")
  }

  func testAReplacedFileKeepsItsMode() throws {
    XCTAssertEqual(chmod(notebook + "/a.txt", 0o640), 0)
    let pending = try DirectAccess().replace(notebook + "/a.txt")
    try pending.file.write(Array("x".utf8), at: 0)
    try pending.commit()
    XCTAssertEqual(try DirectAccess().status(notebook + "/a.txt").mode, 0o640)
    XCTAssertEqual(onDisk("notebook/a.txt"), "x")
  }

  func testWritesForRealWhereItIsAllowed() throws {
    let own = try sandbox("--allow-write")
    try write(own, "new.txt", "kept")
    try own.makeFolder("made")
    try own.rename("new.txt", to: "made/moved.txt")
    try own.removeFile("a.txt")
    XCTAssertEqual(onDisk("notebook/made/moved.txt"), "kept")
    XCTAssertNil(onDisk("notebook/a.txt"))
    assertError(EACCES) { try write(own, "../outside/x", "no") }

    let other = try sandbox("--allow-write=\(base)/outside")
    try write(other, "../outside/new.txt", "kept")
    try write(other, "here.txt", "dropped")
    XCTAssertEqual(onDisk("outside/new.txt"), "kept")
    XCTAssertNil(onDisk("notebook/here.txt"))
    XCTAssertEqual(other.notKept.written, ["here.txt"])
    assertError(EXDEV) { try other.rename("here.txt", to: "../outside/here.txt") }
  }

  func testTheOverlayHasALimit() throws {
    let files = try sandbox(limit: 1 << 20)
    let file = try files.open("big", .write)
    assertError(ENOMEM) { for i in 0..<64 { try file.write([UInt8](repeating: 1, count: 1 << 18), at: i << 18) } }
    assertError(ENOMEM) { try file.write([1], at: 1 << 60) }
    assertError(ENOMEM) { try file.write([1], at: .max) }
    assertError(ENOMEM) { try file.resize(to: 1 << 50) }
  }

  func testNamesThatAreNoFolders() throws {
    var permissions = FilePermissions()
    XCTAssertFalse(try permissions.take("--other"))
    assertError(ENOENT) { _ = try permissions.take("--allow-read=\(base)/none") }
    assertError(ENOTDIR) { _ = try permissions.take("--allow-write=\(notebook)/a.txt") }
  }
}
