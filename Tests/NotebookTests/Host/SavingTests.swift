import Foundation
import XCTest

@testable import Notebook

final class SavingTests: XCTestCase {
  private var folder: URL!

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
  private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  private func put(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }
  private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? [] }

  private func save(_ text: String, _ name: String, _ overwriting: Overwriting = .always) -> String? {
    do throws(NotebookError) {
      try replaceFile(path(name), with: Array(text.utf8), overwriting: overwriting)
      return nil
    } catch {
      return error.message
    }
  }

  private func mode(_ name: String) -> mode_t {
    var status = stat()
    stat(path(name), &status)
    return status.st_mode & 0o7777
  }

  func testANewFileHasTheModeThatNewFilesHave() throws {
    let mask = umask(0o027)
    defer { umask(mask) }
    XCTAssertNil(save("1", "a"))
    XCTAssertEqual(try text("a"), "1")
    XCTAssertEqual(mode("a"), 0o640)
    XCTAssertEqual(names, ["a"])
  }

  func testModeOwnerAndAttributesStay() throws {
    try put("old", "a")
    chmod(path("a"), 0o4751)
    // Foundation does not show these functions of the C library.
    typealias Attribute =
      @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer, Int, Int32) -> Int
    let set = unsafeBitCast(dlsym(nil, "setxattr"), to: Attribute.self)
    let get = unsafeBitCast(dlsym(nil, "getxattr"), to: Attribute.self)
    var value = Array("kept".utf8)
    let hasAttributes = Int32(truncatingIfNeeded: set(path("a"), "user.note", &value, 4, 0)) == 0
    XCTAssertNil(save("new", "a"))
    XCTAssertEqual(try text("a"), "new")
    XCTAssertEqual(mode("a"), 0o4751)
    if hasAttributes { XCTAssertEqual(get(path("a"), "user.note", &value, 4, 0), 4) }
  }

  func testLinksStay() throws {
    try put("old", "a")
    symlink("a", path("soft"))
    symlink("missing", path("dangling"))
    link(path("a"), path("hard"))
    XCTAssertNil(save("longer than before", "soft"))
    XCTAssertEqual(try text("hard"), "longer than before")
    XCTAssertNil(save("short", "hard"))
    XCTAssertEqual(try text("a"), "short")
    XCTAssertNil(save("made", "dangling"))
    XCTAssertEqual(try text("missing"), "made")
    XCTAssertEqual(try FileManager.default.destinationOfSymbolicLink(atPath: path("dangling")), "missing")
    XCTAssertEqual(names, ["a", "dangling", "hard", "missing", "soft"])
  }

  func testWhatSomebodyElseWroteIsNotOverwritten() throws {
    try put("theirs", "a")
    XCTAssertEqual(
      save("mine", "a", .unchanged(since: Array("read".utf8))), "changed on disk since it was read; nothing was written"
    )
    XCTAssertEqual(try text("a"), "theirs")
    XCTAssertNil(save("mine", "a", .unchanged(since: Array("theirs".utf8))))
    XCTAssertEqual(try text("a"), "mine")
    XCTAssertNil(save("anew", "gone", .unchanged(since: [1])), "there is nothing to lose")
    XCTAssertEqual(save("x", "a", .never), "exists; nothing was written")
    XCTAssertNil(save("x", "b", .never))
    XCTAssertEqual(names, ["a", "b", "gone"])
  }

  func testFailuresLeaveTheOldFile() throws {
    XCTAssertEqual(save("x", "missing/a"), "No such file or directory")
    try FileManager.default.createDirectory(atPath: path("sub"), withIntermediateDirectories: true)
    XCTAssertEqual(save("x", "sub"), "Is a directory")
    XCTAssertNil(save("x", "/../../../../../../../dev/null"), "a device has nothing to lose")
    try put("old", "a")
    var limit = rlimit(rlim_cur: 4096, rlim_max: 0)
    var before = rlimit()
    let files = __rlimit_resource_t(1)
    getrlimit(files, &before)
    let handler = signal(SIGXFSZ, SIG_IGN)
    limit.rlim_max = before.rlim_max
    setrlimit(files, &limit)
    let failure = save(String(repeating: "x", count: 10_000), "a")
    link(path("a"), path("other"))
    let failureInPlace = save(String(repeating: "x", count: 10_000), "a")
    setrlimit(files, &before)
    signal(SIGXFSZ, handler)
    XCTAssertEqual(failure, "File too large")
    XCTAssertEqual(failureInPlace, "File too large")
    XCTAssertEqual(try text("a"), "old")
    XCTAssertEqual(names, ["a", "other", "sub"])
  }

  /// Somebody who reads while it is written sees the old file or the new one, whole.
  func testReadersSeeWholeFiles() throws {
    let versions = (0..<2).map { [UInt8](repeating: 0x61 + UInt8($0), count: 300_000) }
    try replaceFile(path("a"), with: versions[0])
    let target = path("a")
    let done = expectation(description: "written")
    DispatchQueue.global().async {
      for i in 0..<40 { try? replaceFile(target, with: versions[i % 2]) }
      done.fulfill()
    }
    for _ in 0..<200 {
      let now = try readFile(target)
      XCTAssert(now == versions[0] || now == versions[1], "\(now.count) bytes")
    }
    wait(for: [done], timeout: 30)
  }
}
