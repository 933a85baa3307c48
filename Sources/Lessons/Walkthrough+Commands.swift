import Notebook
import Shell

extension Walkthrough {
  /// The commands that only a walkthrough has.
  var commands: [Command] {
    [
      Command(
        "next", "Go on to the next step; the lesson's cell runs if it did not.",
        help: "Later cells need what this one makes. `%skip` goes on without running it."
      ) {
        [unowned self] (session, arguments) throws(CommandError) in
        guard let step else { throw CommandError("this was the last step", hint: "%back goes back, Ctrl-D leaves") }
        if let code = step.code, let cell = step.cell {
          session.print(session.echo(code))
          let count = session.cells.count
          session.submit(code)
          guard session.cells.count > count, let ran = session.cells.last, isExpected(ran, cell) else { return }
        }
        move(to: step.number)
      },
      Command("skip", "Go on to the next step without running the lesson's cell.") {
        [unowned self] (session, arguments) throws(CommandError) in
        guard let step else { throw CommandError("this was the last step", hint: "%back goes back, Ctrl-D leaves") }
        move(to: step.number)
      },
      Command(
        "back", usage: "[N]", "Go back a step, or to step N.",
        help: "Variables stay as they are; `%restart N` makes them anew."
      ) {
        [unowned self] (session, arguments) throws(CommandError) in
        let index = try index(arguments) ?? current - 1
        guard index >= 0 else { throw CommandError("this is the first step") }
        move(to: index)
      },
      Command("list", "Show the steps of the lesson.") {
        [unowned self] (session, arguments) throws(CommandError) in
        session.print(outline)
      },
      Command(
        "restart", usage: "[N]", "Forget all variables and begin the lesson anew, or anew up to step N.",
        help: "With a number the cells before that step run again, unseen."
      ) {
        [unowned self] (session, arguments) throws(CommandError) in
        restart(at: try index(arguments) ?? 0)
      },
    ]
  }

  /// The step that an argument names, as an index.
  private func index(_ arguments: CommandArguments) throws(CommandError) -> Int? {
    if arguments.text.isEmpty { return nil }
    guard let number = Int(arguments.text), (1...lesson.steps.count).contains(number) else {
      throw CommandError("the steps are 1 to \(lesson.steps.count)", hint: "%list shows them")
    }
    return number - 1
  }

  /// A line for each step.
  private var outline: String {
    let palette = session.palette
    let width = String(lesson.steps.count).count
    return lesson.steps.enumerated().map { i, step in
      let number = String(repeating: " ", count: width - String(step.number).count) + String(step.number)
      let line = "\(i == current ? ">" : " ") \(number)  \(step.title)".cut(to: lines.width - 1)
      return palette.paint(line, i == current ? .heading : i < current ? .quiet : .plain) + "\n"
    }.joined()
  }
}
