import Language
import Library
import Runtime
import Tensor

/// Runs cells in one virtual machine.
package final class Interpreter: CellRunner {
  package let vm = VM()
  /// The cells so far by the number their spans carry.
  private var sources: [UInt32: CellSource] = [:]
  private static let lastValue = Symbol("_")

  package init() { Library.install(into: vm) }

  package var write: (String) -> Void {
    get { vm.write }
    set { vm.write = newValue }
  }

  package func seed(_ seed: UInt64) { Generator.global.manualSeed(seed) }

  package func run(_ cell: CellSource) -> CellError? {
    let number = vm.sources.add(name: cell.path, text: cell.text)
    sources[number] = cell
    do throws(SyntaxError) {
      let tree = try Parser.parse(cell.text, source: number)
      let code = try Compiler.compile(tree, globals: vm.main, displaysLast: true)
      return run(code)
    } catch {
      let frame = source(of: error.span).map {
        CellError.Frame(
          function: "<module>", source: $0, range: Int(error.span.lo)..<max(Int(error.span.lo), Int(error.span.hi)))
      }
      return CellError(type: error.kind.rawValue, message: error.message, frames: frame.map { [$0] } ?? [])
    }
  }

  private func run(_ code: Code) -> CellError? {
    do throws(ExceptionObject) {
      try vm.run(code, globals: vm.main)
      if let value = vm.displayed, !value.isNone {
        vm.main[Self.lastValue] = value
        vm.write(try vm.pretty(value) + "\n")
      }
      return nil
    } catch {
      return describe(error)
    }
  }

  private func describe(_ exception: ExceptionObject) -> CellError {
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

  private func source(of span: SourceSpan) -> CellSource? {
    sources[span.source]
  }
}
