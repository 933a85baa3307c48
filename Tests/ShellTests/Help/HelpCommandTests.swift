import Notebook
import Runtime
import XCTest

@testable import Shell

final class HelpCommandTests: SessionTestCase {
  private func answer(_ script: String) throws -> String {
    let last = ("\n\n" + (try transcript(script))).components(separatedBy: "\n\nIn [").last!
    return String(last.drop { $0 != "\n" }.dropFirst())
  }

  func testATensor() throws {
    XCTAssertEqual(
      try answer("w = ones(2, 2, grad)\n?w"),
      """
      Type      Tensor
      Shape     [2, 2], 4 elements, 16 B
      Dtype     float32
      Gradient  wanted: a leaf; backward has not filled .grad
      Value
      tensor([[1., 1.],
              [1., 1.]], requires_grad=True)
      """)
    XCTAssert(try answer("w = ones(2, grad)\ny = w * 2\ny?").contains("Gradient  flows on through MulBackward0"))
    XCTAssert(try answer("w = ones(2)\nw?").contains("Gradient  not recorded (requires_grad is False)"))
  }

  func testOtherValues() throws {
    XCTAssertEqual(
      try answer("x = [1, 2]\nx?"), "Type      list\nLength    2 items\nValue     [1, 2]\n\n" + listDocumentation)
    XCTAssert(try answer("d = {'k': 1}\nd?").hasPrefix("Type      dict\nLength    1 items") == false)
  }

  private var listDocumentation: String {
    (try? answer("list?").components(separatedBy: "\n\n").last) ?? ""
  }

  func testAFunctionOfTheUsers() throws {
    XCTAssertEqual(
      try answer(
        "def area(w, h=2, *, unit='m'):\n    \"\"\"Width times *height*.\n\n    Of a rectangle.\"\"\"\n    return w * h\n\narea?"
      ),
      """
      area(w, h=2, *, unit='m')

      Width times *height*.

      Of a rectangle.

      From In [1]:1; with ?? its source
      """)
  }

  func testAnOperationShowsAnExampleWithItsOutput() throws {
    XCTAssertEqual(
      try answer("exp?"),
      """
      exp(input)

      eˣ.

      Example
          exp(tensor([0., 1., 2.]))
          #> tensor([1.0000, 2.7183, 7.3891])

      Named: torch.exp, Tensor.exp
      """)
    XCTAssert(
      try answer("randn?").hasPrefix("randn(*size, generator=None, dtype=None,"), "the bare name takes flags too")
    XCTAssert(try answer("randn?").contains("`grad`"))
  }

  func testAnExampleLeavesRandomNumbersAlone() throws {
    let screen = try transcript(
      "torch.manual_seed(1); a = rand(1)\ntorch.manual_seed(1);\nrandn?\n(rand(1) == a).item()")
    XCTAssert(screen.hasSuffix("Out[3]: True"), screen)
  }

  func testNamesThatAreNone() throws {
    XCTAssertEqual(try answer("randnn?"), "there is nothing called randnn\n  hint: did you mean randn?")
    XCTAssertEqual(try answer("torch.shpe_of?"), "there is nothing called torch.shpe_of")
    XCTAssertEqual(try answer("w = ones(2)\nw.shap?"), "there is nothing called w.shap\n  hint: did you mean w.shape?")
    XCTAssertEqual(try answer("for?"), "for is a word of the language, not a value")
    XCTAssertEqual(try answer("whos?"), "whos is a command\n  hint: %whos? explains it")
  }

  func testPropertiesOfTheUsersDoNotRun() throws {
    let screen = try transcript(
      "class A:\n    @property\n    def p(self):\n        print('ran')\n\na = A()\na.p?")
    XCTAssertFalse(screen.contains("\nran"), screen)
  }

  func testSource() throws {
    XCTAssertEqual(
      try answer("def f(x):\n    return x  # here\n\nf??"), "# In [1]\ndef f(x):\n    return x  # here")
    XCTAssertEqual(
      try answer("class A(dict):\n    n = 1\n    def m(self):\n        return 2\n\nA??"),
      "# In [1]\nclass A(dict):\n    n = 1\n    def m(self):\n        return 2")
    XCTAssertEqual(
      try answer("class A(dict):\n    n = 1\n    def m(self):\n        return 2\n\nA.m??"),
      "# In [1]\ndef m(self):\n    return 2")
    XCTAssertEqual(try answer("class Empty:\n    n = 1\n\nEmpty??"), "# In [1]\nclass Empty:\n    n = 1")
    XCTAssertEqual(
      try answer("@no_grad()\ndef f(x):\n    return x\n\nf??"), "# In [1]\n@no_grad()\ndef f(x):\n    return x")
  }

  func testSourceOfTheLibrary() throws {
    let text = try answer("import heapq\nheapq.heappush??")
    XCTAssert(text.hasPrefix("# tnb's own heapq\ndef heappush(heap, item):\n"), text)
    XCTAssert(try answer("from fractions import Fraction\nFraction??").contains("\nclass Fraction"))
    XCTAssert(try answer("exp??").hasSuffix("It is built into tnb: there is no source in the language."))
  }

  func testAGradientThatIsNotThere() throws {
    XCTAssert(try answer("w = ones(2, grad)\nw.grad?").hasSuffix("%why w.grad tells why there is none"))
  }

  func testEverythingCanBeExplained() throws {
    let session = Session(console: Console(output: .closure { _ in }, errors: .closure { _ in }))
    let vm = session.interpreter.vm
    var names = vm.builtins.names.map(\.text) + vm.main.fallbackNames()
    for module in ["nn", "F", "torch.linalg", "np", "math"] {
      guard let value = try? Inspection(session).value(module) else { continue }
      names += ValueLookup(vm).attributes(of: value).map { "\(module).\($0)" }
    }
    names += ValueLookup(vm).attributes(of: .object(Types.tensor)).map { "Tensor.\($0)" }
    XCTAssertGreaterThan(names.count, 1000)
    for name in names where !name.contains("__") && name != "optim" {
      do throws(CommandError) {
        let text = try Inspection(session).describe(name)
        XCTAssert(text.hasSuffix("\n") && !text.hasPrefix("\n"), "\(name): \(text)")
      } catch {
        // A property of a class has no value.
        XCTAssert(
          name.hasPrefix("Tensor.") || name == "True" || name == "False" || name == "None", "\(name): \(error.message)")
      }
    }
  }

  func testPatterns() throws {
    XCTAssertEqual(try answer("*logsum*?"), "logsumexp")
    XCTAssertEqual(try answer("torch.*logsum*?"), "torch.logsumexp")
    XCTAssertEqual(try answer("q*zzz?"), "no name matches q*zzz")
  }

  func testCommands() throws {
    let list = try answer("?")
    for command in CommandTable.all { XCTAssert(list.contains("%\(command.name) "), command.name) }
    XCTAssertEqual(try answer("%help"), list)
    XCTAssert(try answer("%seed?").hasPrefix("%seed [N]\n\nStart torch's random numbers from N,"))
    XCTAssertEqual(try answer("%help %sede"), "there is no command %sede\n  hint: did you mean %seed?")
    XCTAssertEqual(try answer("%help exp"), try answer("exp?"))
  }

  func testTheTourFitsOneScreen() throws {
    let tour = try answer("help()")
    XCTAssertEqual(tour, try answer("help"))
    XCTAssertEqual(tour, try answer("%tour"))
    XCTAssert(tour.contains("`%learn`"), tour)
    let lines = tour.split(separator: "\n", omittingEmptySubsequences: false)
    XCTAssertLessThanOrEqual(lines.count, 22, "24 rows, with the prompts around it")
    for line in lines { XCTAssertLessThanOrEqual(line.count, 79, String(line)) }
    for line in Tour.text(width: 40, .plain).split(separator: "\n") {
      XCTAssertLessThanOrEqual(TextWidth.of(line), 40, String(line))
    }
  }

  func testHelpInACellIsOutput() throws {
    XCTAssertEqual(try answer("help(exp)"), "exp(input)\n    eˣ.\n\n  Example:\n    exp(tensor([0., 1., 2.]))")
    XCTAssertEqual(
      try answer("def f(a, /, b=1):\n    'Adds.'\n\nhelp(f)"),
      "Help on function f in module __main__:\n\nf(a, /, b=1)\n    Adds.")
  }

  func testLongSignaturesBreakBehindCommas() {
    XCTAssertEqual(
      SignatureLayout.lines("randn(*size, generator=None, dtype=(1, 2), device=None)", width: 30),
      ["randn(*size, generator=None,", "      dtype=(1, 2),", "      device=None)"])
    XCTAssertEqual(SignatureLayout.lines("f(a, b)", width: 30), ["f(a, b)"])
  }
}
