import Notebook
import XCTest

@testable import Shell

final class CompletionTests: SessionTestCase {
  private var session: Session!

  override func setUpWithError() throws {
    try super.setUpWithError()
    let sink = Console.Sink.closure { _ in }
    session = Session(console: Console(output: sink, errors: sink))
    session.run(
      """
      import torch
      weights = zeros(2, 3)
      config = {"learning rate": 0.1, "layers": [1, 2]}
      class Net:
          kind = 'net'
          def __init__(self, width, depth=2): self.width = width; self.items = [self]
          def forward(self, input, *, scale=1): return input
          @property
          def costly(self): raise SystemExit
          def __getattr__(self, name): raise SystemExit
          def __dir__(self): raise SystemExit
      net = Net(3)
      """)
  }

  /// What Tab offers at the end of a text.
  private func at(_ text: String) -> [String] {
    Completer(session).complete(text, cursor: text.utf8.count).candidates.map(\.text)
  }

  private func assert(
    _ text: String, offers wanted: [String], not unwanted: [String] = [], file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let offered = at(text)
    for name in wanted { XCTAssert(offered.contains(name), "\(name) in \(offered)", file: file, line: line) }
    for name in unwanted { XCTAssertFalse(offered.contains(name), name, file: file, line: line) }
  }

  func testNames() {
    XCTAssertEqual(at("weig"), ["weights"])
    assert("x = ne", offers: ["net"])
    assert("pri", offers: ["print"])
    assert("tor", offers: ["torch"])
    assert("rand", offers: ["rand", "randn", "randint", "randperm"])
    assert("whi", offers: ["while"])
    assert("", offers: ["weights", "torch", "print"], not: ["__name__", "__import__"])
    XCTAssertEqual(at("WEIG"), ["weights"], "in another case when nothing else fits")
    assert("def f(alpha, beta):\n    return al", offers: ["alpha"])
  }

  func testNothingInCommentsAndNumbers() {
    for text in ["# wei", "x = 1  # wei", "12", "'wei", "f'wei", "\"\"\"\nwei"] { XCTAssertEqual(at(text), [], text) }
  }

  func testAttributesOfValues() {
    XCTAssertEqual(at("weights.sha").first, "shape")
    assert("weights.", offers: ["shape", "grad", "sum", "backward", "T"], not: ["__add__"])
    assert("weights.shape.", offers: ["numel", "count"])
    assert("weights.__ad", offers: ["__add__"])
    assert("nn.", offers: ["functional"])
    assert("torch.nn.functional.re", offers: ["relu"])
    assert("x = (torch.", offers: ["zeros", "randn"])
    assert("'a'.upp", offers: ["upper"])
    assert("net.", offers: ["width", "kind", "forward", "costly", "items"])
    assert("net.items[0].wi", offers: ["width"])
    assert("config['layers'].app", offers: ["append"])
    assert("Net.ki", offers: ["kind"])
    XCTAssertEqual(at("nothing."), [])
    XCTAssertEqual(at("net.costly."), [], "a property is not called")
    XCTAssertEqual(at("net.absent."), [], "nor is __getattr__")
    XCTAssertEqual(at("net.forward(1)."), [], "nor a function")
    XCTAssertNil(session.exitStatus)
  }

  func testKeywordsOfCalls() {
    XCTAssertEqual(at("Net("), ["width=", "depth="])
    XCTAssertEqual(
      at("Net(1, de"),
      [
        "depth=", "def", "default_generator", "deg2rad", "deg2rad_", "del", "delattr", "det", "detach", "device",
      ].filter { at("Net(1, de").contains($0) })
    XCTAssertEqual(at("Net(1, de").first, "depth=")
    XCTAssertEqual(at("net.forward(input=1, "), ["scale="])
    assert("randn(2, requires", offers: ["requires_grad="])
    assert("torch.zeros(3, dty", offers: ["dtype="])
    assert("weights.sum(di", offers: ["dim="])
    assert("sorted([1], k", offers: ["key="])
    assert("Net(width=we", offers: ["weights"], not: ["width="])
    assert("Net((we", offers: ["weights"], not: ["width="])
    assert("def Net(wi", offers: [], not: ["width="])
  }

  func testImports() {
    assert("import ma", offers: ["math"])
    assert("from collections import Cou", offers: ["Counter"])
    assert("from math import sq", offers: ["sqrt"])
    XCTAssertEqual(at("from nowhere import "), [])
  }

  func testKeys() {
    XCTAssertEqual(at("config['"), ["layers", "learning rate"])
    XCTAssertEqual(at("config[\"lea"), ["learning rate"])
  }

  func testCommandsAndFiles() throws {
    try write("", to: "lesson one.tnb")
    try write("", to: "data.csv")
    try write("", to: ".hidden")
    try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: true)
    XCTAssertEqual(at("%hist"), ["hist", "history"])
    assert("%", offers: ["quit", "run", "save"])
    XCTAssertEqual(at("%run l"), [#"lesson\ one.tnb"#])
    XCTAssertEqual(at("%run \"l"), ["\"lesson one.tnb\""])
    XCTAssertEqual(at("%load "), ["data.csv", "folder/", #"lesson\ one.tnb"#])
    XCTAssertEqual(at("%load .h"), [".hidden"])
    XCTAssertEqual(at("!cat da"), ["data.csv"])
    XCTAssertEqual(at("open('da"), ["data.csv"])
    XCTAssertEqual(at("np.loadtxt(\"d"), ["data.csv"])
    XCTAssertEqual(at("f('da"), [])
    XCTAssertEqual(at("f('./da"), ["./data.csv"])
    XCTAssertEqual(at("%del wei"), ["weights"])
    XCTAssertEqual(at("%config con"), ["confirm_exit"])
    XCTAssertEqual(at("%recover l"), ["last", "list"])
    XCTAssertEqual(at("%nothing x"), [])
  }

  func testTheListIsThereAtOnce() {
    _ = at("torch.")
    let start = Date()
    XCTAssertGreaterThan(at("torch.").count, 300)
    // 30 ms are promised of a release build.
    XCTAssertLessThan(Date().timeIntervalSince(start), 0.3)
  }
}
