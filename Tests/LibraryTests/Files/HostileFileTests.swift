import Files
import Foundation
import Runtime
import Tensor
import XCTest

/// Files that are cut off, damaged or made to do harm: each ends in a value or in an exception, and takes no more memory than
/// the run has.
final class HostileFileTests: FileTestCase {
  override func setUpWithError() throws {
    try super.setUpWithError()
    MemoryBudget.limit = Int(256 << 20) + residentBytes()
  }

  override func tearDownWithError() throws {
    MemoryBudget.limit = .max
    try super.tearDownWithError()
  }

  private func residentBytes() -> Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
  }

  private func load(_ session: CellSession, _ bytes: [UInt8], _ code: String) -> String {
    session.set("data", .object(BytesObject(bytes)))
    return session.run(code)
  }

  private func header(_ json: String, _ data: Int = 0, length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(json.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) } + Array(json.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  func testSafeTensorsThatLie() {
    let session = CellSession()
    _ = session.run("import io, torch")
    func tensor(_ shape: String, _ from: Int, _ to: Int, type: String = "F32") -> String {
      "{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(from),\(to)]}"
    }
    let cases: [(bytes: [UInt8], expected: String)] = [
      ([1, 2, 3], "header too small"),
      (header("{}", length: 1 << 60), "header too large"),
      (header("{}", length: .max), "header too large"),
      (header("{}", length: 100), "invalid header length"),
      (header("{\"a\":\(tensor("2", 0, 8))}", 7), "incomplete metadata, file not fully covered"),
      (header("{\"a\":\(tensor("2", 0, 8))}", 9), "incomplete metadata, file not fully covered"),
      (
        header("{\"a\":\(tensor("1000000000000000000", 0, 8))}", 8),
        "invalid shape, data type, or offset for tensor `a`"
      ),
      (
        header("{\"a\":\(tensor("4611686018427387904,4611686018427387904", 0, 8))}", 8),
        "overflow computing buffer size from shape and/or element type"
      ),
      (
        header("{\"a\":\(tensor("1000000000000000000", 0, 4_000_000_000_000_000_000))}", 8),
        "incomplete metadata, file not fully covered"
      ),
      (header("{\"a\":\(tensor("2", 0, 8)),\"b\":\(tensor("2", 4, 12))}", 12), "invalid offset for tensor `b`"),
      (header("{\"a\":\(tensor("2", 0, 8)),\"b\":\(tensor("1", 12, 16))}", 16), "invalid offset for tensor `b`"),
      (header("{\"a\":\(tensor("2", 8, 0))}", 8), "invalid offset for tensor `a`"),
      (
        header("{\"a\":\(tensor("2", 0, 8)),\"a\":\(tensor("2", 0, 8))}", 8),
        "invalid JSON in header: Duplicate key: line 1 column 55 (char 54)"
      ),
      (
        header("{\"a\":\(tensor("NaN", 0, 8))}", 8),
        "invalid JSON in header: the tensor `a` has no dtype, shape and data_offsets"
      ),
      (
        header("{\"a\":\(tensor("-2", 0, 8))}", 8),
        "invalid JSON in header: the tensor `a` has no dtype, shape and data_offsets"
      ),
      (
        header("{\"a\":" + String(repeating: "[", count: 100_000)),
        "invalid JSON in header: maximum recursion depth exceeded while decoding a JSON document"
      ),
      (header("{\"__metadata__\":{\"tnb\":\"{\"}}"), "the description of the values in the file is damaged"),
      (
        header(#"{"__metadata__":{"tnb":"{\"version\":1,\"value\":{\"tensor\":\"x\"}}"}}"#),
        "the description of the values in the file is damaged"
      ),
    ]
    for (bytes, expected) in cases {
      XCTAssertEqual(
        load(session, bytes, "torch.load(io.BytesIO(data))"), "SafetensorError: Error while deserializing: \(expected)")
    }
  }

  func testArraysThatLie() {
    let session = CellSession()
    _ = session.run("import io")
    func array(_ dict: String, _ data: Int) -> [UInt8] {
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(dict.utf8.count & 0xFF), UInt8(dict.utf8.count >> 8)]
        + Array(dict.utf8) + [UInt8](repeating: 0, count: data)
    }
    func shape(_ shape: String, _ type: String = "<f8") -> String {
      "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    }
    let cases: [([UInt8], String)] = [
      (
        array(shape("(1000000000000000000,)"), 8),
        "ValueError: EOF: reading array data, expected 8000000000000000000 bytes got 8"
      ),
      (array(shape("(1000000000000,)"), 8), "ValueError: EOF: reading array data, expected 8000000000000 bytes got 8"),
      (
        array(shape("(4294967296, 4294967296, 4294967296)"), 8),
        "ValueError: array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
      ),
      (array(shape("(-1,)"), 8), "ValueError: shape is not valid: (-1,)"),
      (array(shape("(1,)", "|O"), 8), "ValueError: Object arrays cannot be loaded when allow_pickle=False"),
      (array(shape("(1,)", "<U999999999"), 8), "ValueError: descr is not a valid dtype descriptor: '<U999999999'"),
      (
        array(shape("(1, 1, 1, 1, 1, 1, 1, 1, 1)"), 8),
        "ValueError: arrays of more than 8 dimensions are not available in tnb"
      ),
      (
        array("{'descr': '<f8', 'descr': '<f8'}", 8),
        "ValueError: Cannot parse header: \"{'descr': '<f8', 'descr': '<f8'}\""
      ),
    ]
    for (bytes, expected) in cases {
      XCTAssertEqual(load(session, bytes, "np.load(io.BytesIO(data))"), expected)
    }
  }

  /// Pickles by hand: what they name, and what they do.
  func testPicklesThatDoMore() throws {
    let session = try session(in: folder)
    _ = session.run("import torch")
    // Names of everything that could be dangerous are refused before anything is called.
    for (module, name) in [
      ("os", "system"), ("builtins", "eval"), ("posix", "system"), ("subprocess", "Popen"), ("torch", "load"),
      ("torch.nn.modules.linear", "Linear"), ("__builtin__", "getattr"),
    ] {
      let program: [UInt8] =
        [0x80, 2] + Array("c\(module)\n\(name)\n".utf8) + Array("X".utf8) + [4, 0, 0, 0] + Array("echo".utf8)
        + [0x85] + Array("R.".utf8)
      try write(program: program)
      XCTAssertEqual(
        session.run("torch.load('hostile.pt')"),
        "UnpicklingError: Weights only load failed. Unsupported global: GLOBAL \(module).\(name) was not an allowed global by default"
      )
    }
    let damaged = "UnpicklingError: hostile.pt is damaged: its pickle ends in error"
    for program in [
      "", "\u{80}", "\u{80}\u{2}", "\u{80}\u{2}.", "\u{80}\u{2}]e.", "\u{80}\u{2}(.",
      "\u{80}\u{2}X\u{FF}\u{FF}\u{FF}\u{7F}a.",
      "\u{80}\u{2}h\u{5}.", "\u{80}\u{2}NQ.", "\u{80}\u{2}NNR.", "\u{80}\u{2}}(NNNu.",
      "\u{80}\u{2}ctorch\nFloatStorage\n.",
      "\u{80}\u{2}ctorch._utils\n_rebuild_tensor_v2\n)R.",
      "\u{80}\u{2}\u{8D}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{7F}.",
    ] {
      try write(program: program.unicodeScalars.map { UInt8($0.value) })
      XCTAssertEqual(session.run("torch.load('hostile.pt')"), damaged, program)
    }
    // A list in a list, many times over.
    try write(
      program: [0x80, 2] + [UInt8](repeating: UInt8(ascii: "]"), count: 200_000)
        + [UInt8](repeating: UInt8(ascii: "a"), count: 199_999) + [UInt8(ascii: ".")])
    XCTAssertEqual(session.run("len(torch.load('hostile.pt'))"), "1")
  }

  /// An archive whose pickle is `program`.
  private func write(program: [UInt8]) throws {
    let (file, contents) = OpenFile.memory { _ in true }
    let writer = ZipWriter(file)
    try writer.add("hostile/data.pkl", program)
    try writer.finish()
    try Data(contents()).write(to: URL(fileURLWithPath: folder + "/hostile.pt"))
  }

  /// Every kind of file with bytes changed, cut, inserted and numbers made large.
  func testFuzz() throws {
    let files: [(name: String, code: String)] = [
      ("checkpoint.pt", "repr(torch.load(io.BytesIO(data)))"),
      ("model.safetensors", "repr(torch.load(io.BytesIO(data)))"),
      ("fortran.npy", "repr(np.load(io.BytesIO(data)))"),
      ("arrays.npz", "repr([a for _, a in np.load(io.BytesIO(data)).items()])"),
      ("packed.npz", "repr([a for _, a in np.load(io.BytesIO(data)).items()])"),
    ]
    let session = CellSession()
    _ = session.run("import io, torch")
    var random = Mutations(seed: 4_815_162_342)
    for (name, code) in files {
      let bytes = try Self.fixture(name)
      var errors = 0
      for _ in 0..<1_500 {
        let result = load(session, random.mutated(bytes), code)
        if !result.hasPrefix("'"), !result.hasPrefix("\"") { errors += 1 }
      }
      XCTAssertGreaterThan(errors, 300, name)
      XCTAssertFalse(load(session, bytes, code).contains("Error"), name)
    }
  }

  /// Archives that are whole, with members that are not: the changes that a checksum does not find.
  func testFuzzInside() throws {
    let session = CellSession()
    _ = session.run("import io, torch")
    var random = Mutations(seed: 1_618_033)
    for (name, member, code) in [
      ("checkpoint.pt", "checkpoint/data.pkl", "repr(torch.load(io.BytesIO(data)))"),
      ("arrays.npz", "x.npy", "repr([a for _, a in np.load(io.BytesIO(data)).items()])"),
    ] {
      let archive = try ZipReader(OpenFile.of(Self.fixture(name)))
      var errors = 0
      for _ in 0..<1_500 {
        let (file, contents) = OpenFile.memory { _ in true }
        let writer = ZipWriter(file)
        for entry in archive.entries {
          let bytes = try archive.bytes(entry)
          try writer.add(entry.name, entry.name == member ? random.mutated(bytes) : bytes)
        }
        try writer.finish()
        if !load(session, contents(), code).hasPrefix("'") { errors += 1 }
      }
      XCTAssertGreaterThan(errors, 300, name)
    }
  }

  /// Tables and JSON of any bytes.
  func testFuzzText() throws {
    let session = CellSession()
    _ = session.run("import io, json, csv")
    var random = Mutations(seed: 271_828)
    let text = Array("a,b,c\n1,2.5,\"x \"\"y\"\"\"\n-3,nan,z\n4,,\"line\nbreak\"\n".utf8)
    let json = Array(#"{"a": [1, 2.5e3, null, true], "b": {"c": "\u00e4\n"}}"#.utf8)
    for code in [
      "repr(read_csv(io.BytesIO(data)))", "np.genfromtxt(io.BytesIO(data), delimiter=',')",
      "np.loadtxt(io.BytesIO(data))",
      "list(csv.DictReader(io.TextIOWrapper(io.BytesIO(data), errors='replace')))",
    ] {
      for _ in 0..<400 { _ = load(session, random.mutated(text), code) }
    }
    for _ in 0..<400 { _ = load(session, random.mutated(json), "json.load(io.BytesIO(data))") }
    XCTAssertEqual(load(session, json, "json.load(io.BytesIO(data))['b']"), #"{'c': 'ä\n'}"#)
  }
}

/// Changes to bytes, the same for a seed.
struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(limit, 1)
  }

  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...next(4) where !bytes.isEmpty {
      let at = next(bytes.count)
      switch next(7) {
      case 0: bytes[at] = UInt8(next(256))
      case 1: bytes[at] ^= UInt8(1 << next(8))
      case 2: bytes[at] = [0, 1, 0x7F, 0x80, 0xFF][next(5)]
      case 3: bytes.removeSubrange(at..<min(bytes.count, at + 1 + next(8)))
      case 4: bytes.insert(contentsOf: (0...next(8)).map { _ in UInt8(next(256)) }, at: at)
      case 5: bytes.removeSubrange(at...)
      default:
        // A number becomes a large one.
        guard let digit = bytes[at...].firstIndex(where: { (0x30...0x39).contains($0) }) else { continue }
        bytes.replaceSubrange(digit...digit, with: Array("1000000000000000000".utf8))
      }
    }
    return bytes
  }
}
