import Notebook
import Runtime
import Tensor

extension CommandTable {
  /// What there is.
  static var variableCommands: [Command] {
    [
      Command("who", usage: "[TYPE...]", "List the names of the variables.", help: "`%who Tensor` lists tensors only.")
      {
        (session, arguments) throws(CommandError) in
        let names = try session.variables(ofTypes: arguments.words)
        for row in ColumnList.rows(names, width: session.width) { session.print(row + "\n") }
      },
      Command(
        "whos", usage: "[TYPE...]", "List the variables with dtype, shape, requires_grad and size.",
        help: "`%whos Tensor` lists tensors only. Names that begin with an underscore are left out."
      ) {
        (session, arguments) throws(CommandError) in
        let vm = session.interpreter.vm
        var table = TextTable(header: ["name", "type", "dtype", "shape", "requires_grad", "size", "value"])
        table.named = ["requires_grad"]
        let names = try session.variables(ofTypes: arguments.words)
        guard !names.isEmpty else { return }
        for name in names {
          guard let value = vm.main[Symbol(name)] else { continue }
          let known = ValueSummary(value, vm)
          table.rows.append([
            name, known.type, known.dtype, known.shape, known.requiresGrad, known.size, known.text,
          ])
        }
        session.print(table.render(width: session.width, session.palette))
      },
      Command(
        "seed", usage: "[N]", "Start torch's random numbers from N, or tell what they started from.",
        help: "In the notebook it is a cell `torch.manual_seed(N)`, so that a replay draws the same numbers."
      ) {
        (session, arguments) throws(CommandError) in
        if arguments.text.isEmpty {
          session.print("torch's random numbers started from \(Generator.global.seed)\n")
          return
        }
        guard let seed = Int64(arguments.text).map({ String($0) }) ?? UInt64(arguments.text).map({ String($0) }) else {
          throw CommandError("%seed takes an integer, not \(arguments.text)")
        }
        session.run("torch.manual_seed(\(seed));")
      },
    ]
  }
}

extension Session {
  /// Columns to lay text out for.
  var width: Int { max(lines?.width ?? 80, 20) }

  /// The variables' names, sorted; of some types only when any are given.
  fileprivate func variables(ofTypes types: [String]) throws(CommandError) -> [String] {
    let vm = interpreter.vm
    let visible = variables.filter { !$0.hasPrefix("_") }.sorted()
    let names = visible.filter { name in
      guard !types.isEmpty, let value = vm.main[Symbol(name)] else { return true }
      return types.contains(vm.type(of: value).name)
    }
    if names.isEmpty {
      print(types.isEmpty ? "There are no variables yet.\n" : "No variable is a \(types.joined(separator: " or ")).\n")
    }
    return names
  }
}
