import Notebook
import Runtime
import Tensor
import XCTest

@testable import Shell

/// Whatever is done to a notebook in the shell, its state and outputs are afterwards those of a fresh run.
final class TimelinePropertyTests: XCTestCase {
  private static let pool = [
    "x = randn(3)", "x = randn(4)[:3]", "x = ones(3)", "y = x * 2", "y = x", "v = x[1:]", "v.add_(1)", "x[0] = 7",
    "w = zeros(3, requires_grad=True)", "loss = ((w - x) ** 2).sum(); loss.backward()", "loss = (w * 2).sum()",
    "loss.backward()", "with torch.no_grad(): w -= 0.1 * w.grad", "w.grad.zero_()", "w.grad = None", "w.grad",
    "L = [1, 2]", "L.append(len(L))", "M = L", "M[0] = 5", "L = L + [0]", "d = {'a': L}", "d['b'] = x.sum().item()",
    "d", "L",
    "def f(z): return z + y.sum()", "def f(z):\n    global k\n    k = z\n    return k", "r = f(1)", "f(2)",
    "class A:\n    n = 0\n    def step(self):\n        A.n += 1\n        self.k = A.n\n        return self.k",
    "a = A()",
    "a.step()", "A.n = 10", "a.extra = L", "vars(a)",
    "import random", "import numpy as np", "np.random.rand(2)", "q = random.random()", "q", "random.seed(3)",
    "np.random.seed(2)", "torch.manual_seed(1)", "torch.seed()", "rng = np.random.default_rng()", "rng.random()",
    "torch.get_rng_state().sum()", "state = random.getstate()", "random.setstate(state)", "torch.rand(2)",
    "torch.set_printoptions(precision=2)", "torch.set_printoptions(profile='default')", "x", "print(x, L)", "_",
    "In[-1]", "len(Out)", "k = 1", "k = 2", "k += 1", "k", "del k", "s = 'abc'", "s += 'd'", "s", "n = 10 ** 30",
    "t = (1, 2.5, 'a')", "t", "g = (i for i in range(100))", "next(g)", "list(g)[:2]",
    "def count():\n    c = 0\n    def up():\n        nonlocal c\n        c += 1\n        return c\n    return up",
    "up = count()", "up()", "1/0", "L.append(9); 1/0", "sorted(n for n in globals() if len(n) == 1)",
    "import itertools; it = itertools.count()", "next(it)", "print = str", "del print", "pass", "# nothing",
    "for i in range(3): L.append(i)", "x = x + 1", "x += 1", "z = x.numpy()", "z[0] = 9", "dict(L=L)", "id = 3",
    "c = torch.Generator()", "torch.rand(2, generator=c)", "torch.set_default_dtype(torch.float64)",
    "torch.set_default_dtype(torch.float32)", "lst = [lambda: k]", "lst[0]()", "import math; math.extra = k",
    "math.extra",
    "import io; b = io.BytesIO(b'abcdefgh')", "b.read(1)", "import io; t = io.StringIO('abcdef')", "t.read(2)",
    "from collections import deque, defaultdict, Counter; q = deque(L)", "q.append(k)", "q.rotate(1)", "list(q)",
    "def rows():\n    for i in range(9):\n        yield i\ng = rows()", "m = map(lambda v: v + k, L)", "next(m)",
    "e = enumerate(L)", "next(e)", "cy = itertools.cycle(L)", "next(cy)",
    "try:\n    next(g)\nexcept Exception as err:\n    k = 0",
    "it2, it3 = itertools.tee(L)", "next(it2), next(it3)", "a = {1, 2}", "a.add(k)",
    "cc = Counter('abca'); cc['z'] += 1",
    "rows = iter(x)", "next(rows)", "x.requires_grad_()", "h = x.sum(); h.backward()",
    "w.register_hook(lambda g: g * 2)", "with torch.no_grad():\n    x.zero_()", "u = w.detach(); u[0] = 3",
    "w.data = ones(3)", "x.resize_(2)",
  ]

  private final class Notebook {
    let session: Session
    private(set) var screen = ""

    init() {
      var write: (String) -> Void = { _ in }
      let sink = Console.Sink.closure { write(String(decoding: $0, as: UTF8.self)) }
      session = Session(console: Console(output: sink, errors: sink))
      write = { [unowned self] in screen += $0 }
    }

    /// Everything that can be seen: outputs, variables, the random streams.
    var state: String {
      session.console.flush()
      let vm = session.interpreter.vm
      var lines = session.cells.map { "\($0.number) \($0.text) -> \($0.records.map(\.line))" }
      for name in session.variables.sorted() {
        lines.append("\(name) = \(vm.main[Symbol(name)].map { describe($0, vm) } ?? "")")
      }
      lines.append("torch \(Generator.global.snapshot.digest) entropy \(Entropy.shared.contents)")
      return lines.joined(separator: "\n").replacing(#/0x[0-9a-f]+/#, with: "0x")
    }

    private func describe(_ value: Value, _ vm: VM) -> String {
      guard case .tensor(let t) = value else { return (try? vm.repr(value)) ?? "?" }
      func text(_ t: Tensor) -> String {
        "\((try? vm.repr(.tensor(t))) ?? "?") \(t.elementIndices().map { t.scalar(at: $0) }) \(t.strides.description) v\(t.version)"
      }
      return text(t)
        + " grad \(t.grad.map(text) ?? "None") node \(t.node?.name ?? "-") released \(t.node?.isReleased ?? false)"
    }

    /// A run of the same cells in a fresh session; both are then changed in the same way, which shows what shares memory.
    func replay() -> Notebook {
      let fresh = Notebook()
      fresh.session.start(seed: session.seed)
      for cell in session.cells { fresh.session.run(cell.text) }
      return fresh
    }
  }

  func testEveryNotebookIsWhatAFreshRunGives() throws {
    for seed in 1...20 {
      try check(seed: UInt64(seed), steps: 24)
    }
  }

  private func check(seed: UInt64, steps: Int) throws {
    var random = Xorshift(seed)
    let notebook = Notebook()
    let session = notebook.session
    session.start(seed: 42)
    var log: [String] = []
    for _ in 0..<steps {
      let count = session.cells.count
      let any = count == 0 ? 1 : 1 + random.next(count)
      let text = Self.pool[random.next(Self.pool.count)]
      let command: String
      switch count < 3 ? 0 : random.next(16) {
      case 0..<6: command = text
      case 6, 7: command = "%%edit \(any)\n\(text)"
      case 8: command = "%undo \(1 + random.next(min(3, count)))"
      case 9: command = session.sheet.undone.isEmpty ? text : "%redo"
      case 10: command = "%drop \(any)"
      case 11: command = "%move \(any) \(1 + random.next(count))"
      case 12: command = "%rerun \(any)"
      case 13: command = "%goto \(random.next(session.sheet.cells.count + 1))"
      case 14: command = "%%edit -n \(any)\n\(text)"
      default: command = "%rerun"
      }
      log.append(command)
      session.submit(command)
      let state = notebook.state
      let pending = session.cells.contains { $0.edit != nil }
      // Two interpreters share some state: the fresh one has its turn, then the session's is put back.
      var expected = ""
      session.apart { expected = notebook.replay().state }
      guard state == expected else {
        let difference = zip(state.split(separator: "\n"), expected.split(separator: "\n")).filter { $0 != $1 }
        XCTFail(
          """
          seed \(seed), after \(log.count) steps\(pending ? " (edits pending)" : ""):
          \(log.joined(separator: "\n---\n"))
          \(difference.prefix(6).map { "is  \($0)\nnot \($1)" }.joined(separator: "\n"))
          """)
        return
      }
    }
  }
}

extension Generator.Snapshot {
  fileprivate var digest: Int { withUnsafeBytes(of: self) { $0.prefix(2504).reduce(17) { $0 &* 31 &+ Int($1) } } }
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
