extension Builtins {
  static func output(_ m: inout Members) {
    m.add(
      "print(*args, sep=' ', end='\\n', file=None, flush=False)",
      "Writes the arguments' text, sep between them and end after them."
    ) { (vm, args) throws(ExceptionObject) in
      let separator = try ending(args[1], "sep", " ", vm)
      let end = try ending(args[2], "end", "\n", vm)
      var line = ""
      for (i, item) in (args[0].asTuple?.items ?? []).enumerated() {
        if i > 0 { line += separator }
        if case .str(let s) = item { line += s.string } else { line += try vm.str(item) }
      }
      line += end
      if let file = args.given(3) ?? vm.printTarget?() {
        if file.isNone { return .none }
        _ = try vm.callMethod(file, Symbol("write"), [.text(line)])
        if args.has(4), try vm.isTrue(args[4]), try vm.attribute(file, Symbol("flush")) != nil {
          _ = try vm.callMethod(file, Symbol("flush"))
        }
      } else {
        vm.write(line)
      }
      return .none
    }
    m.add("input(prompt='', /)", "A line from the user; not available in a notebook that replays.") {
      (vm, args) throws(ExceptionObject) in
      throw .runtime("input() is not available in tnb: a notebook must replay without being asked")
    }
    m.add("help(object=None, /)", "Shows the signature and the documentation of anything.") {
      (vm, args) throws(ExceptionObject) in
      if !args.has(0) {
        vm.write(HelpText.overview)
        return .none
      }
      vm.write(PydocText.describe(args[0], vm) ?? HelpText.describe(args[0], vm))
      return .none
    }
  }

  private static func ending(
    _ value: Value, _ name: String, _ standard: String, _ vm: VM
  ) throws(ExceptionObject) -> String {
    switch value {
    case .unbound, .none: return standard
    default:
      guard let text = value.string else {
        throw .type("\(name) must be None or a string, not \(vm.typeName(value))")
      }
      return text
    }
  }
}
