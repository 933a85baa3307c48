import CKernels
import Language
import Notebook
import Runtime
import Tensor

/// What a command asks of the session's values. It runs the user's code but is no cell: the notebook, `In`, `Out`, variables and
/// the random numbers are afterwards as if it had not run.
extension Session {
  /// Runs `body` with Ctrl-C at hand; an error is shown as a cell's is, and nil given.
  func probe<Result>(_ body: () throws(CellError) -> Result) -> Result? {
    let gradients = GradientJournal.current
    GradientJournal.current = nil
    tnb_interrupt_set(0)
    defer {
      tnb_interrupt_set(0)
      GradientJournal.current = gradients
    }
    do throws(CellError) {
      return try journal.scratch(body)
    } catch {
      fail(error, in: "")
      return nil
    }
  }

  /// The one expression that a command takes.
  func expression(_ text: String, of command: String) throws(CommandError) -> ProbedExpression? {
    guard !text.isEmpty else { throw CommandError("%\(command) needs an expression") }
    guard let tree = probe({ () throws(CellError) in try interpreter.parse(text, name: "%\(command)") }) else {
      return nil
    }
    guard tree.body.count == 1, case .expression(let expression) = tree.body[0].kind else {
      throw CommandError("%\(command) takes one expression, not statements")
    }
    return ProbedExpression(text: text, tree: expression)
  }

  /// The value of an expression; nil when it raised, which is shown.
  func value(of expression: ProbedExpression) -> Value? {
    probe { () throws(CellError) in
      try interpreter.value(of: interpreter.compile(expression.module(expression.tree)))
    }
  }
}

/// An expression that a command was given.
struct ProbedExpression {
  let text: String
  let tree: Expression

  /// The source of a part.
  func text(of part: Expression) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[Int(part.span.lo)..<min(Int(part.span.hi), bytes.count)], as: UTF8.self)
  }

  /// A module whose value `tree` is.
  func module(_ tree: Expression) -> Language.Module {
    Language.Module(body: [Statement(.expression(tree), span: tree.span)], endsInSemicolon: false)
  }
}
