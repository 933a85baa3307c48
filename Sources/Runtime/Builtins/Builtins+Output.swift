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
        vm.write("help(object) shows what object is for; in the shell, object? does the same.\n")
        return .none
      }
      vm.write(HelpText.describe(args[0], vm))
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

/// What `help` shows.
enum HelpText {
  static func describe(_ value: Value, _ vm: VM) -> String {
    let (title, doc) = parts(value, vm)
    guard let doc, !doc.isEmpty else { return title + "\n" }
    let lines = doc.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
    return title + "\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func parts(_ value: Value, _ vm: VM) -> (title: String, doc: String?) {
    switch value {
    case .function(let f): return (signature(of: f, vm), text(try? vm.attribute(value, Names.doc)))
    case .object(let o):
      switch o {
      case let native as NativeFunction: return (native.text, native.doc)
      case let method as BoundMethod: return parts(method.function, vm)
      case let module as Module: return ("module \(module.name)", module.doc)
      case let type as TypeObject:
        return (type.construct?.text ?? "class \(type.name)", type.doc ?? text(try? vm.attribute(value, Names.doc)))
      case let property as NativeProperty: return (property.name.text, property.doc)
      default: break
      }
    default: break
    }
    let type = vm.type(of: value)
    return ("\(type.name) object", type.doc)
  }

  private static func text(_ value: Value??) -> String? { (value ?? nil)?.string }

  /// `name(parameters)` of a function of the language.
  static func signature(of function: Function, _ vm: VM) -> String {
    let code = function.code
    var parts: [String] = []
    let firstDefault = code.positionalCount - function.defaults.count
    func shown(_ value: Value) -> String { (try? vm.repr(value)) ?? "..." }
    for i in 0..<code.positionalCount {
      let name = code.localNames[i].text
      parts.append(i >= firstDefault ? "\(name)=\(shown(function.defaults[i - firstDefault]))" : name)
      if i + 1 == code.positionalOnlyCount { parts.append("/") }
    }
    let keywordOnlyEnd = code.positionalCount + code.keywordOnlyCount
    if code.hasVariadic {
      parts.append("*" + code.localNames[keywordOnlyEnd].text)
    } else if code.keywordOnlyCount > 0 {
      parts.append("*")
    }
    for i in code.positionalCount..<keywordOnlyEnd {
      let name = code.localNames[i].text
      let k = i - code.positionalCount
      let hasDefault = k < function.keywordDefaults.count && !function.keywordDefaults[k].isUnbound
      parts.append(hasDefault ? "\(name)=\(shown(function.keywordDefaults[k]))" : name)
    }
    if code.hasKeywords { parts.append("**" + code.localNames[keywordOnlyEnd + (code.hasVariadic ? 1 : 0)].text) }
    return "\(function.name.string)(\(parts.joined(separator: ", ")))"
  }
}
