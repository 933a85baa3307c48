import Language
import Notebook
import Runtime

extension CommandTable {
  /// How long code takes.
  static var timingCommands: [Command] {
    [
      Command(
        "time", usage: "CODE", "Run a cell and tell how long it took.",
        help: """
          The code is a cell as any other; `%%time` above a cell of several lines does the same. The time is that of running
          alone, without what it takes to display the value.
          """, arguments: .expression, takesCell: true
      ) {
        (session, arguments) throws(CommandError) in
        let code = [arguments.text, arguments.cell ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
        guard !code.isEmpty else { throw CommandError("%time needs code to run") }
        let source = CellSource(path: "In [\(session.nextNumber)]", text: Array(code.utf8))
        session.interpreter.isTimed = true
        defer { session.interpreter.isTimed = false }
        session.run(source) {
          let took = session.interpreter.lastDuration
          session.startLine()
          session.print(
            """
            CPU times: user \(TimeText.span(took.user)), sys: \(TimeText.span(took.system)), \
            total: \(TimeText.span(took.user + took.system))
            Wall time: \(TimeText.span(took.wall))

            """)
        }
      },
      Command(
        "timeit", usage: "[-n LOOPS] [-r RUNS] CODE", "Run code many times and tell how long it takes.",
        help: """
          Without `-n` it loops as often as 0.2 seconds need; `-r` says how many such runs there are (7). Variables that the
          code assigns are its own, and everything is afterwards as if nothing had run. In the form `%%timeit SETUP` the lines below are timed, and what stands behind the name runs once before.
          """, arguments: .expression, takesCell: true
      ) {
        (session, arguments) throws(CommandError) in
        try TimeIt(arguments).run(session)
      },
    ]
  }
}

/// One `%timeit`.
private struct TimeIt {
  private var loops: Int?
  private var runs = 7
  private var code: String
  private var setup = ""

  init(_ arguments: CommandArguments) throws(CommandError) {
    var rest = arguments.text[...]
    while rest.hasPrefix("-") {
      let name = rest.dropFirst().prefix { $0.isLetter }
      guard name == "n" || name == "r" else {
        // `-x` is code, too.
        if name.count == 1, rest.dropFirst(2).first == " " {
          throw CommandError("%timeit has no option -\(name)", hint: "%timeit? tells what it has")
        }
        break
      }
      rest = rest.dropFirst(2).drop { $0 == " " }
      let word = rest.prefix { $0 != " " }
      guard let number = Int(word), number > 0 else { throw CommandError("-\(name) needs a number above 0") }
      if name == "n" { loops = number } else { runs = number }
      rest = rest.dropFirst(word.count).drop { $0 == " " }
    }
    code = String(rest)
    if let cell = arguments.cell {
      setup = code
      code = cell
    }
    guard !code.trimmingSpace().isEmpty else { throw CommandError("%timeit needs code to time") }
  }

  func run(_ session: Session) {
    session.startLine()
    session.console.flush()
    let shown = session.probe { () throws(CellError) in try report(session.interpreter) }
    if let shown { session.print(shown) }
  }

  private func report(_ interpreter: Interpreter) throws(CellError) -> String {
    let function = try loop(interpreter)
    func measure(_ count: Int) throws(CellError) -> Double {
      do throws(ExceptionObject) {
        let range = Value.object(RangeObject(0, count, 1)!)
        let start = ProcessClock.wall
        _ = try interpreter.vm.call(function, with: range)
        return ProcessClock.wall - start
      } catch {
        var error = interpreter.describe(error)
        for i in error.frames.indices where error.frames[i].function == ".timeit" {
          error.frames[i].function = "<module>"
        }
        throw error
      }
    }
    var count = loops ?? 1
    if loops == nil {
      while try measure(count) < 0.2, count < 1_000_000_000 { count *= 10 }
    }
    var times: [Double] = []
    for _ in 0..<runs { times.append(try measure(count) / Double(count)) }
    return Self.text(times, loops: count)
  }

  /// A function that runs the code as often as its argument has elements.
  private func loop(_ interpreter: Interpreter) throws(CellError) -> Value {
    if !setup.isEmpty {
      _ = try interpreter.value(of: interpreter.compile(interpreter.parse(setup, name: "%timeit")))
    }
    let tree = try interpreter.parse(code, name: "%timeit")
    let span = tree.body.first?.span ?? SourceSpan(lo: 0, hi: 0)
    func name(_ text: String) -> Expression { Expression(.name(text), span: span) }
    // Names that no program can have.
    let loop = Statement(
      .for(target: name(".i"), iterable: name(".runs"), tree.body, otherwise: []), span: span)
    var parameters = Parameters()
    parameters.positional = [Parameter(name: ".runs", span: span)]
    let definition = FunctionDefinition(
      name: ".timeit", nameSpan: span, parameters: parameters, returns: nil, body: [loop], decorators: [])
    let module = Language.Module(
      body: [
        Statement(.function(definition), span: span), Statement(.expression(name(".timeit")), span: span),
      ], endsInSemicolon: false)
    defer { interpreter.vm.main[Symbol(".timeit")] = nil }
    return try interpreter.value(of: interpreter.compile(module))
  }

  /// IPython's words.
  private static func text(_ times: [Double], loops: Int) -> String {
    let mean = times.reduce(0, +) / Double(times.count)
    let variance = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(times.count)
    let (best, worst) = (times.min() ?? 0, times.max() ?? 0)
    var text = ""
    if worst > 4 * best, best > 0, worst > 1e-6 {
      let ratio = Int((worst / best * 100).rounded())
      text = """
        The slowest run took \(ratio / 100).\(ratio % 100 < 10 ? "0" : "")\(ratio % 100) times longer than the fastest. \
        This could mean that an intermediate result is being cached.

        """
    }
    text += "\(TimeText.span(mean)) ± \(TimeText.span(variance.squareRoot())) per loop (mean ± std. dev. of "
    text +=
      "\(times.count) \(times.count == 1 ? "run" : "runs"), \(grouped(loops)) \(loops == 1 ? "loop" : "loops") each)\n"
    return text
  }

  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (i, digit) in String(number).reversed().enumerated() {
      if i > 0, i % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return text
  }
}
