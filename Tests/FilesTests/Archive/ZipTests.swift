import Foundation
import XCTest

@testable import Files

final class ZipTests: XCTestCase {
  private static let big = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7 &* 31) }

  private func archive(_ build: (ZipWriter) throws -> Void) throws -> [UInt8] {
    let contents = MemoryContents { _ in true }
    let writer = ZipWriter(MemoryFile(contents, path: "a.zip"))
    try build(writer)
    try writer.finish()
    return Array(contents.buffer)
  }

  private func open(_ bytes: [UInt8]) throws -> ZipReader {
    let contents = MemoryContents { _ in true }
    bytes.withUnsafeBytes { _ = contents.write($0, at: 0) }
    return try ZipReader(MemoryFile(contents, path: "a.zip"))
  }

  private func sample() throws -> [UInt8] {
    try archive { writer in
      try writer.add("plain", Array("hello".utf8))
      try writer.add("folder/packed", Self.big, compressed: true)
      try writer.add("aligned", [1, 2, 3], alignment: 64)
      try writer.add("empty", [UInt8]())
      try writer.add("äöü", [UInt8](), compressed: true)
    }
  }

  /// What an archive holds, or why it cannot be read.
  private func contents(_ bytes: [UInt8]) -> [String: [UInt8]]? {
    guard let reader = try? open(bytes) else { return nil }
    var result: [String: [UInt8]] = [:]
    for entry in reader.entries {
      guard entry.size < 1 << 24, let bytes = try? reader.bytes(entry) else { return nil }
      result[entry.name] = bytes
    }
    return result
  }

  func testRoundTrip() throws {
    let bytes = try sample()
    XCTAssertLessThan(bytes.count, 20_000)
    XCTAssertEqual(
      contents(bytes),
      ["plain": Array("hello".utf8), "folder/packed": Self.big, "aligned": [1, 2, 3], "empty": [], "äöü": []])
    XCTAssertEqual(try open(bytes)["aligned"].map { $0.dataOffset % 64 }, 0)
    XCTAssertEqual(try sample(), bytes)
  }

  func testPythonReadsIt() throws {
    guard
      let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else {
      throw XCTSkip("no Python")
    }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString).zip")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(try sample()).write(to: path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      "-c",
      "import zipfile, sys; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; assert z.namelist() == ['plain', 'folder/packed', 'aligned', 'empty', 'äöü']; assert z.read('plain') == b'hello'",
      path.path,
    ]
    try process.run()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 0)
  }

  func testDamagedArchivesAreRefused() throws {
    let bytes = try sample()
    XCTAssertNil(contents([]))
    XCTAssertNil(contents(Array("PK".utf8)))
    for cut in stride(from: 0, to: bytes.count, by: 97) { XCTAssertNil(contents(Array(bytes[..<cut])), "\(cut)") }
    var changed = bytes
    changed[35] ^= 1
    XCTAssertNil(contents(changed), "contents with another checksum")
    XCTAssertNil(contents([0] + bytes), "moved")
  }

  /// Two entries over the same bytes: how small bombs are made.
  func testEntriesShareNoBytes() throws {
    var bytes = try archive { writer in
      try writer.add("a", Array("12345678".utf8))
      try writer.add("b", Array("12345678".utf8))
    }
    let directory = try XCTUnwrap(bytes.indices.last { bytes[$0...].starts(with: [0x50, 0x4B, 0x01, 0x02]) })
    // The second entry's header becomes the first's.
    for i in 0..<4 { bytes[directory + 42 + i] = 0 }
    XCTAssertNil(contents(bytes))
  }

  func testNamesAreUnique() throws {
    XCTAssertNil(
      contents(
        try archive { writer in
          try writer.add("a", [1])
          try writer.add("a", [2])
        }))
  }

  func testSizesThatDeflateCannotReachAreRefused() throws {
    var bytes = try archive { try $0.add("bomb", [UInt8](repeating: 0, count: 1000), compressed: true) }
    let directory = try XCTUnwrap(bytes.indices.last { bytes[$0...].starts(with: [0x50, 0x4B, 0x01, 0x02]) })
    for i in 0..<4 { bytes[directory + 24 + i] = i == 3 ? 0x7F : 0xFF }
    XCTAssertNil(contents(bytes))
  }

  /// Whatever is done to an archive, reading it ends in contents or in an error.
  func testFuzz() throws {
    let bytes = try sample()
    var random = SplitMix(state: 20_240_611)
    var read = 0
    for round in 0..<4_000 {
      var changed = bytes
      for _ in 0...Int(random.next() % 4) {
        // Near the end stands the directory.
        let near = random.next() % 2 == 0 ? min(bytes.count, 400) : bytes.count
        let at = bytes.count - 1 - Int(random.next() % UInt64(near))
        switch random.next() % 4 {
        case 0: changed[min(at, changed.count - 1)] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed[min(at, changed.count - 1)] = [0, 0x7F, 0x80, 0xFF][round % 4]
        case 2 where at < changed.count && changed.count > 100: changed.removeSubrange(at...)
        default: changed.insert(UInt8(truncatingIfNeeded: random.next()), at: min(at, changed.count))
        }
      }
      if contents(changed) != nil { read += 1 }
    }
    XCTAssertLessThan(read, 1_000)
  }
}

/// Random numbers from a seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
