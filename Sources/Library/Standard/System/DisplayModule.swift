import Runtime

/// `IPython.display`, as far as text goes: `display` shows values as a cell's last expression is shown.
enum DisplayModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("IPython.display", "Showing values.")
    m.add("display(*objs, **kwargs)", "Shows values as a cell's last expression is shown.") {
      (vm, args) throws(ExceptionObject) in
      for value in args[0].asTuple?.items ?? [] { vm.write(try vm.pretty(value) + "\n") }
      return .none
    }
    m.add("clear_output(wait=False)", "Nothing: what was printed stays.") { (vm, args) throws(ExceptionObject) in .none
    }
    for name in ["Audio", "HTML", "IFrame", "Image", "Javascript", "Latex", "Markdown", "Math", "SVG", "Video"] {
      m.set(
        name,
        .object(
          NativeFunction(unbound: name + "(*args, **kwargs)", "") { (_, _, _, _) throws(ExceptionObject) in
            throw .notImplemented("IPython.display.\(name) is not available in tnb")
          }))
    }
    return m.module
  }

  static func makePackage(_ vm: VM) -> Module {
    let m = ModuleBuilder("IPython", "What notebooks for IPython name.")
    return m.module
  }
}
