import Language
import Tensor
import XCTest

@testable import Library
@testable import Runtime

/// Whatever a cell changed comes back exactly when it is undone, and comes again when it is redone.
final class JournalTests: XCTestCase {
  /// Cells that change what earlier ones made, in every way there is.
  private static let setUp = """
    import random, collections, itertools, copy
    import numpy as np
    class Thing:
        total = 0
        def __init__(self, x): self.x = x
        def grow(self): self.x += 1; Thing.total += 1
    w = randn(3, 4, requires_grad=True)
    b = zeros(3)
    view = b[1:]
    xs, ys = [1, [2, 3], 'a'], list(range(50))
    d = {'k': 1, 2: [4]}
    s = {1, 2, 3}
    thing, other = Thing(1), Thing([5])
    q = collections.deque([1, 2], maxlen=4)
    arr = np.arange(6.)
    rng = np.random.default_rng(7)
    g = torch.Generator()
    it, pairs = iter(ys), enumerate(xs)
    def counter():
        n = 0
        while True:
            yield n
            n += 1
    gen = counter()
    def make():
        count = 0
        def step():
            nonlocal count
            count += 1
            return count
        return step
    step = make()
    def f(a, b=[]):
        b.append(a); return b
    counts = collections.Counter('aab')
    dd = collections.defaultdict(list)
    """

  private static let cells = [
    "loss = (w * 2).sum()\nloss.backward()", "w.grad = None", "w.grad.zero_() if w.grad is not None else None",
    "with torch.no_grad():\n  w -= 0.1 * (w.grad if w.grad is not None else 1)", "b += 1", "view.mul_(2)", "b[0] = 7",
    "w.requires_grad_(False)",
    "w.requires_grad_(True)", "xs.append(len(xs))", "xs[0] = 'new'", "xs.append(1); xs.sort(key=str)",
    "ys.sort(reverse=True)",
    "ys.pop()", "del ys[:2]", "ys.reverse(); ys.insert(1, 9)", "xs[1].append(8)", "d['new'] = len(d)",
    "d.pop('k', None)", "d.clear()",
    "d.update(a=1, b=2); d[2] = 0", "s.add(len(s) + 5)", "s.discard(2)", "s |= {9, 10}", "thing.grow()",
    "thing.fresh = [1]",
    "del thing.x; thing.x = 0", "other.__dict__['z'] = 3", "Thing.extra = 4", "Thing.grow = lambda self: None",
    "q.append(5)", "q.rotate(1)",
    "q.popleft(); q.append(0)", "arr[2] = -1", "arr += 1", "rng.random()", "rng.normal(size=3)", "rand(2, generator=g)",
    "randn(20)", "rand(1)",
    "torch.manual_seed(3)", "random.random()", "random.shuffle(ys)", "np.random.rand(2)", "np.random.seed(1)",
    "next(it)", "for v in it:\n  if v > 3: break",
    "next(pairs, None)", "next(gen)", "step()", "f(1)", "counts.update('xyz')", "dd['k'].append(1)",
    "new_name = [1, 2]", "del b; b = zeros(3); view = b[1:]",
    "w.data = w.data * 2", "w.data.add_(1)", "w2 = (w.exp() if w.requires_grad else w).sum()",
    "w2.backward() if w2.requires_grad and w2.grad_fn else None",
    "torch.set_printoptions(precision=2)", "torch.set_default_dtype(torch.float64)",
    "torch.set_default_dtype(torch.float32)", "b.resize_(4)", "b.unsqueeze_(0)",
    "h = w.register_hook(lambda g: g * 2) if w.requires_grad else None", "b.tag = 'x'", "f.note = 1", "1 / 0",
    "p = w.register_post_accumulate_grad_hook(lambda t: t.grad.mul_(2)) if w.requires_grad else None",
    "torch.autograd.set_detect_anomaly(True)", "torch.autograd.set_detect_anomaly(False)",
    "xs.append(1); d['q'] = 2; raise ValueError('half way')",
    "view[0] = 100; undefined_name", "w.retain_grad() if w.requires_grad else None", "ys += [1, 2]; ys *= 2",
    "ys[1:3] = [0]", "copy.copy(thing).x = 5", "b.t_() if b.dim() == 2 else None",
    "other = thing; other.x = 'shared'", "thing.self = thing", "global_list = [thing, xs, d]; global_list[1].append(0)",
  ]

  private final class Session {
    let vm = VM()
    let journal: Journal
    var number: UInt32 = 1

    init() {
      Library.install(into: vm)
      Generator.global.manualSeed(0)
      vm.write = { _ in }
      journal = Journal(vm)
    }

    func run(_ source: String) {
      journal.begin()
      number += 1
      do throws(SyntaxError) {
        let tree = try Parser.parse(Array(source.utf8), source: number)
        let code = try Compiler.compile(tree, globals: vm.main, displaysLast: true, vm: vm)
        execute(code)
      } catch {
        XCTFail("\(error.message): \(source)")
      }
      journal.end()
    }

    private func execute(_ code: Code) {
      do throws(ExceptionObject) { try vm.run(code, globals: vm.main) } catch {}
    }

    /// All the state there is, as text.
    var state: String {
      var seen: [ObjectIdentifier: Int] = [:]
      var lines: [String] = []
      for name in vm.main.names.map(\.text).sorted() {
        guard let value = vm.main[Symbol(name)] else { continue }
        lines.append("\(name) = \(text(value, &seen, 0))")
      }
      lines.append(
        "rng \(withUnsafeBytes(of: Generator.global.snapshot) { bytes in bytes.reduce(0) { $0 &* 31 &+ Int($1) } })")
      return lines.joined(separator: "\n")
    }

    private func text(_ value: Value, _ seen: inout [ObjectIdentifier: Int], _ depth: Int) -> String {
      if let object = value.object {
        switch value {
        case .str(let s): return "'\(s.string)'"
        default: break
        }
        if let known = seen[ObjectIdentifier(object)] { return "#\(known)" }
        seen[ObjectIdentifier(object)] = seen.count
      }
      switch value {
      case .list(let l): return "[" + l.items.map { text($0, &seen, depth + 1) }.joined(separator: ", ") + "]"
      case .tuple(let t): return "(" + t.items.map { text($0, &seen, depth + 1) }.joined(separator: ", ") + ")"
      case .dict(let d):
        return "{"
          + zip(d.keys, d.values).map { text($0, &seen, depth + 1) + ": " + text($1, &seen, depth + 1) }.joined(
            separator: ", ") + "}"
      case .tensor(let t): return describe(t, &seen, depth)
      case .instance(let i):
        var parts = i.ownNames.map { "\($0.text)=\(i.own($0).map { text($0, &seen, depth + 1) } ?? "-")" }
        if let payload = i.payload { parts.append(text(payload, &seen, depth + 1)) }
        return "\(i.type.name)(\(parts.joined(separator: ", ")))"
      case .function(let f):
        let cells = f.closure.map { text($0.value, &seen, depth + 1) }
        let attributes =
          f.attributes.map { a in a.names.map { "\($0.text)=\(a[$0].map { text($0, &seen, depth + 1) } ?? "")" } } ?? []
        return "def \(f.name.string)(\(f.defaults.map { text($0, &seen, depth + 1) }))\(cells)\(attributes)"
      case .object(let o):
        if let type = o as? TypeObject {
          guard type.isUserDefined else { return type.name }
          return "class \(type.name){"
            + type.attributes.names.map { n in
              "\(n.text)=\(type.attributes[n].map { text($0, &seen, depth + 1) } ?? "-")"
            }.joined(separator: ",") + "}"
        }
        if let set = o as? SetObject {
          return "{" + set.members.map { text($0, &seen, depth + 1) }.sorted().joined(separator: ", ") + "}"
        }
        if let generator = o as? Runtime.GeneratorObject {
          return "gen \(String(describing: generator.contents))".filter { !$0.isHexDigit || $0.isNumber }
        }
        if let array = o as? NDArray { return "array " + describe(array.tensor, &seen, depth) }
        if o is Runtime.Module || o is NativeFunction { return "\(type(of: o))" }
        if let contents = o.contents { return "\(type(of: o)) \(flat(contents))" }
        // Streams of numpy are no objects themselves: their next number tells, on a copy.
        return "\(type(of: o))"
      default: return "\(value)"
      }
    }

    private func flat(_ contents: Any) -> String {
      if let values = contents as? ([Value], Int, Int) { return "\(values.0.map { "\($0)" }) \(values.1) \(values.2)" }
      return "\(contents)".replacingOccurrences(of: "Runtime.", with: "")
    }

    private func describe(_ t: Tensor, _ seen: inout [ObjectIdentifier: Int], _ depth: Int) -> String {
      if let known = seen[ObjectIdentifier(t)] { return "#\(known)" }
      seen[ObjectIdentifier(t)] = seen.count
      let elements = t.uncheckedElementIndices().map { t.scalar(at: $0) }
      let grad = t.grad.map { describe($0, &seen, depth + 1) } ?? "nil"
      return
        "\(t.dtype) \(t.shape.description) \(t.strides.description) \(elements) v\(t.version) rg\(t.requiresGrad) \(t.node?.name ?? "-") released\(t.node?.isReleased ?? false) grad \(grad)"
    }
  }

  private func describeDifference(_ a: String, _ b: String) -> String {
    zip(a.split(separator: "\n"), b.split(separator: "\n")).filter { $0 != $1 }.map { "  is  \($0)\n  was \($1)" }
      .joined(separator: "\n")
  }

  func testEachChangeComesBack() {
    for cell in Self.cells {
      let session = Session()
      session.run(Self.setUp)
      session.run("w2 = w.exp().sum(); h = None")
      let before = session.state
      session.run(cell)
      let after = session.state
      XCTAssertTrue(session.journal.go(to: 2))
      XCTAssertTrue(session.state == before, "undo of: \(cell)\n\(describeDifference(session.state, before))")
      XCTAssertTrue(session.journal.go(to: 3))
      XCTAssertTrue(session.state == after, "redo of: \(cell)\n\(describeDifference(session.state, after))")
    }
  }

  func testRandomWalksThroughAHistory() {
    for seed in 0..<12 {
      var random = Xorshift(UInt64(seed + 1))
      let session = Session()
      session.run(Self.setUp)
      session.run("w2 = w.exp().sum(); h = None")
      var states = ["", "", session.state]
      for _ in 0..<60 {
        if random.next(4) == 0 {
          let target = 2 + random.next(states.count - 2)
          XCTAssertTrue(session.journal.go(to: target))
          XCTAssertTrue(session.state == states[target], describeDifference(session.state, states[target]))
        } else {
          states.removeSubrange((session.journal.position + 1)...)
          session.run(Self.cells[random.next(Self.cells.count)])
          states.append(session.state)
        }
      }
    }
  }

  func testABackwardCanBeDoneAgainAfterItsUndo() {
    let session = Session()
    session.run("x = tensor([2., 3.], requires_grad=True)\nloss = (x ** 2).sum()")
    session.run("loss.backward()")
    session.run("first = x.grad.clone()")
    XCTAssertTrue(session.journal.go(to: 1))
    session.run("loss.backward()\nassert x.grad.tolist() == [4., 6.]\ndone = True")
    XCTAssertNotNil(session.vm.main[Symbol("done")])
  }

  func testTheHistoryIsBounded() {
    let session = Session()
    session.journal.limit = 1 << 20
    session.run("big = zeros(100000)")
    for _ in 0..<10 {
      session.run("big += 1")
      _ = session.journal.trim()
    }
    XCTAssertGreaterThan(session.journal.forgotten, 0)
    XCTAssertFalse(session.journal.go(to: 0))
    XCTAssertTrue(session.journal.go(to: session.journal.position - 1))
  }

  func testWhatACellWroteAndRan() {
    let session = Session()
    session.run("a = 1\ndef f(): return a")
    session.run("b = f()")
    let changes = session.journal.cells[1]
    XCTAssertEqual(changes.written, [Symbol("b")])
    XCTAssertTrue(changes.code.contains { $0.name.text == "f" })
  }
}

private struct Xorshift {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }
  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}

/// What a cell may depend on.
final class DependenceTests: XCTestCase {
  private func reads(_ source: String) throws -> Set<String> {
    let vm = VM()
    let code = try Compiler.compile(
      try Parser.parse(Array(source.utf8), source: 1), globals: vm.main, displaysLast: true, vm: vm)
    return Set(code.globalUse.reads.map { vm.main.names[$0].text })
  }

  func testNamesThatAreReadBeforeTheyAreSet() throws {
    XCTAssertEqual(try reads("a = b + 1\na"), ["b"])
    XCTAssertEqual(try reads("if c:\n  x = 1\nprint(x)"), ["c", "print", "x"])
    XCTAssertEqual(try reads("if c:\n  x = 1\nelse:\n  x = 2\nx"), ["c"])
    XCTAssertEqual(try reads("for i in r:\n  y = i\ny"), ["r", "y"])
    XCTAssertEqual(try reads("total = 0\nfor i in r:\n  total += i\ntotal"), ["r"])
    XCTAssertEqual(try reads("try:\n  z = f()\nexcept E:\n  pass\nz"), ["f", "E", "z"])
    XCTAssertEqual(try reads("del q"), ["q"])
    XCTAssertEqual(try reads("while p:\n  k = 1\n  break\nelse:\n  k = 2\nk"), ["p"])
  }

  func testWhatCanBeReached() throws {
    let vm = VM()
    Library.install(into: vm)
    func run(_ source: String) throws {
      let tree = try Parser.parse(Array(source.utf8), source: 1)
      try vm.run(try Compiler.compile(tree, globals: vm.main, displaysLast: false, vm: vm), globals: vm.main)
    }
    try run(
      """
      import numpy as np
      inner = [1]
      class A:
        shared = inner
      a = A()
      x = tensor([1., 2.], requires_grad=True)
      y = (x * x).sum()
      array = x.detach().numpy()
      rng = np.random.default_rng(0)
      def f(d=(inner,)): return g()
      alone = [2]
      """)
    func reach(_ name: String) -> Reach {
      var reach = Reach()
      reach.add(vm.main[Symbol(name)]!)
      return reach
    }
    func id(_ name: String) -> ObjectIdentifier {
      let value = vm.main[Symbol(name)]!
      return value.object.map { ObjectIdentifier($0) } ?? ObjectIdentifier(value.asTensor!)
    }
    XCTAssertTrue(reach("a").subjects.contains(id("inner")))
    XCTAssertFalse(reach("a").subjects.contains(id("alone")))
    XCTAssertTrue(reach("f").subjects.contains(id("inner")))
    XCTAssertTrue(reach("y").subjects.contains(id("x")))
    XCTAssertTrue(reach("array").subjects.contains(ObjectIdentifier(vm.main[Symbol("x")]!.asTensor!.storage.root)))
    XCTAssertFalse(reach("alone").subjects.contains(id("inner")))
  }
}
