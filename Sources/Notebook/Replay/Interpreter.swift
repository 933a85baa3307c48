import Files
import Language
import Library
import Runtime
import Tensor

/// Runs cells in one virtual machine.
package final class Interpreter: CellRunner {
  package let vm = VM()
  /// The cells so far by the number their spans carry.
  var sources: [UInt32: CellSource] = [:]
  /// How long the cell that ran last took, without what comes before and after: parsing, and displaying its value.
  package private(set) var lastDuration = ProcessClock()
  /// Somebody wants to know it: asking the system takes longer than a small cell.
  package var isTimed = false
  private let results: CellResults

  package init() {
    Library.install(into: vm)
    results = CellResults(vm)
  }

  package var write: (String) -> Void {
    get { vm.write }
    set { vm.write = newValue }
  }

  package var files: FileAccess {
    get { vm.files }
    set { vm.files = newValue }
  }

  package func seed(_ seed: UInt64) { Library.seed(seed) }

  package func run(_ cell: CellSource) -> CellError? {
    switch evaluate(cell) {
    case .nothing: return nil
    case .value(_, let text):
      vm.write(text + "\n")
      return nil
    case .invalid(let error), .failure(let error): return error
    }
  }

  /// What running a cell came to.
  package enum Outcome {
    case nothing
    /// The value of its last expression, and how that is displayed.
    case value(Value, String)
    /// It is no program: nothing ran.
    case invalid(CellError)
    case failure(CellError)
  }

  /// Runs a cell without displaying its value; what it prints goes to `write`. `In`, `Out` and `_` take note of it.
  package func evaluate(_ cell: CellSource) -> Outcome {
    do throws(CellError) {
      return run(try prepare(cell))
    } catch {
      return .invalid(error)
    }
  }

  /// A cell that is a program.
  package struct PreparedCell {
    fileprivate let source: CellSource
    fileprivate let code: Code
  }

  /// Parses and compiles a cell; throws when it is no program.
  package func prepare(_ cell: CellSource) throws(CellError) -> PreparedCell {
    let number = vm.sources.add(name: cell.path, text: cell.text)
    sources[number] = cell
    do throws(SyntaxError) {
      let tree = try Parser.parse(cell.text, source: number)
      return PreparedCell(source: cell, code: try Compiler.compile(tree, globals: vm.main, displaysLast: true, vm: vm))
    } catch {
      throw describe(error)
    }
  }

  /// Runs a cell as `evaluate` does.
  package func run(_ cell: PreparedCell) -> Outcome {
    results.begin(cell.source.string)
    return run(cell.code)
  }

  /// Makes `In`, `Out` and `_` what they are after just these cells, of which some displayed a value.
  package func setResults(_ cells: [(text: String, value: Value?)]) { results.set(cells) }

  /// Forgets what cells gave, and also what they were when `inputs`.
  package func clearResults(inputs: Bool) { results.clear(all: inputs) }

  /// Lets go of what variables hold, where cells displayed it.
  package func forgetResults(of names: [String]) {
    for name in names { if let value = vm.main[Symbol(name)] { results.forget(value) } }
  }

  private func run(_ code: Code) -> Outcome {
    do throws(ExceptionObject) {
      try timed { () throws(ExceptionObject) in try vm.run(code, globals: vm.main) }
      guard let value = vm.displayed, !value.isNone else { return .nothing }
      let text = try vm.pretty(value)
      results.add(value)
      return .value(value, text)
    } catch {
      return .failure(describe(error))
    }
  }

  private func timed(_ body: () throws(ExceptionObject) -> Void) throws(ExceptionObject) {
    guard isTimed else { return try body() }
    let start = ProcessClock.now
    defer { lastDuration = ProcessClock.now - start }
    try body()
  }

  func describe(_ error: SyntaxError) -> CellError {
    guard let source = source(of: error.span) else {
      return CellError(type: error.kind.rawValue, message: error.message)
    }
    var range = Int(error.span.lo)..<max(Int(error.span.lo), Int(error.span.hi))
    var message = error.message
    let line = source.line(at: range.lowerBound)
    if let talk = ShellTalk.mistake(in: source.text, line: line.start..<(line.start + line.text.count)) {
      (message, range) = talk
    }
    let frame = CellError.Frame(function: "<module>", source: source, range: range)
    return CellError(type: error.kind.rawValue, message: message, frames: [frame])
  }

  /// An exception that left a cell, with where it came from and what may help.
  package func describe(_ exception: ExceptionObject) -> CellError {
    vm.explain(exception)
    let frames = exception.traceback.reversed().compactMap { entry in
      source(of: entry.span).map {
        CellError.Frame(
          function: entry.function, source: $0,
          range: Int(entry.span.lo)..<max(Int(entry.span.lo), Int(entry.span.hi)))
      }
    }
    var message: String
    do throws(ExceptionObject) {
      message = try vm.str(.object(exception))
    } catch {
      message = "<exception str() failed>"
    }
    var exitStatus: ExitStatus?
    if exception.type.isSubtype(of: Types.systemExit) {
      // As Python: nothing or 0 is success; a text is a message, and failure.
      switch exception.args.first ?? .none {
      case .none, .int(0), .bool(false): exitStatus = .success
      default: exitStatus = .failure
      }
    }
    return CellError(
      type: exception.type.name, message: message, frames: frames, hints: exception.hints, exitStatus: exitStatus)
  }

  /// The cell or snippet that a span lies in; nil for the library.
  package func source(of span: SourceSpan) -> CellSource? {
    sources[span.source]
  }
}
