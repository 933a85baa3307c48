import Language

extension VM {
  /// As IPython shows a cell's value: its pretty printer, 79 columns.
  package func pretty(_ value: Value) throws(ExceptionObject) -> String {
    let printer = PrettyPrinter()
    try printer.show(value, self)
    return printer.finish()
  }
}

extension PrettyPrinter {
  /// Writes a value as `RepresentationPrinter.pretty` does.
  package func show(_ value: Value, _ vm: VM) throws(ExceptionObject) {
    try NativeDepth.deeper(" in __instancecheck__") { () throws(ExceptionObject) in
      let id: ObjectIdentifier? = value.object.map { ObjectIdentifier($0) }
      let isCycle = id.map { stack.contains($0) } ?? false
      if let id { stack.append(id) }
      beginGroup()
      defer {
        if id != nil { stack.removeLast() }
      }
      try layOut(value, isCycle: isCycle, vm)
      endGroup()
    }
  }

  private func layOut(_ value: Value, isCycle: Bool, _ vm: VM) throws(ExceptionObject) {
    switch value {
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str: lines(try vm.repr(value))
    case .list(let l): try sequence("[", "]", l.items, isCycle, vm)
    case .tuple(let t): try sequence("(", ")", t.items, isCycle, vm, isTuple: true)
    case .dict(let d): try mapping(d, isCycle, vm)
    case .function(let f):
      if let type = f.customType { return text("<\(vm.qualifiedTypeName(type)) at \(vm.hexAddress(value))>") }
      text("<function \(functionText(f, vm))>")
    case .tensor: try byClass(value, isCycle, vm)
    case .instance: try byClass(value, isCycle, vm)
    case .object(let o):
      if o is TypeObject, vm.type(of: value).ownMethod(Names.repr) != nil {
        lines(try vm.repr(value))
        return
      }
      if let type = o as? TypeObject {
        text(vm.qualifiedTypeName(type))
        return
      }
      try byClass(value, isCycle, vm)
    }
  }

  /// Walks the mro: a class with `_repr_pretty_` or `__repr__` of its own before the built-in printers of its bases.
  private func byClass(_ value: Value, _ isCycle: Bool, _ vm: VM) throws(ExceptionObject) {
    let type = vm.type(of: value)
    for ancestor in type.mro where ancestor !== Types.object {
      if let hook = ancestor.prettyHook { return try hook(self, vm, value) }
      if ancestor.isUserDefined || ancestor.layout == .instance {
        if let method = ancestor.own(Names.reprPretty), case .function = method {
          try PrinterObject.layOut(value, method, self, isCycle: isCycle, vm)
          return
        }
        if let own = ancestor.own(Names.repr) {
          if case .object(let o) = own, let f = o as? NativeFunction, f.isSlotWrapper { continue }
          lines(try vm.repr(value))
          return
        }
      } else {
        try builtin(value, ancestor, isCycle, vm)
        return
      }
    }
    if type.dispatch.repr != nil || value.object.map({ !($0 is Instance) }) ?? true {
      lines(try vm.repr(value))
      return
    }
    beginGroup(1, "<")
    try show(.object(type), vm)
    text(" at \(vm.hexAddress(value))")
    if isCycle { text(" ...") }
    endGroup(1, ">")
  }

  /// The printer that IPython registers for a built-in type.
  private func builtin(_ value: Value, _ type: TypeObject, _ isCycle: Bool, _ vm: VM) throws(ExceptionObject) {
    let plain = vm.plain(value)
    if case .object(let o) = plain, try o.nativePretty(self, vm) { return }
    switch plain {
    case .list(let l):
      if type === Types.list { return try sequence("[", "]", l.items, isCycle, vm) }
    case .tuple(let t):
      if type === Types.tuple { return try sequence("(", ")", t.items, isCycle, vm, isTuple: true) }
    case .dict(let d):
      if let o = value.object, try o.nativePretty(self, vm) { return }
      if type === Types.dict { return try mapping(d, isCycle, vm) }
    case .object(let o):
      switch o {
      case let s as SetObject: return try set(s, vm.type(of: value), isCycle, vm)
      case let e as ExceptionObject: return try exception(e, vm)
      case let f as NativeFunction:
        if !f.isMethod { return text("<function \(nativeText(f))>") }
      case let m as BoundMethod:
        if case .object(let inner) = m.function, let f = inner as? NativeFunction {
          if f.isSlotWrapper { break }
          return text("<function \(nativeText(f, dropsSelf: true))>")
        }
      default: break
      }
    default: break
    }
    let shown = try vm.repr(value)
    if case .object = value, shown == vm.defaultRepr(value) {
      // What has no repr of its own: IPython leaves out the word "object".
      return text("<\(vm.qualifiedTypeName(vm.type(of: value))) at \(vm.hexAddress(value))>")
    }
    lines(shown)
  }

  private func sequence(
    _ open: String, _ close: String, _ items: [Value], _ isCycle: Bool, _ vm: VM, isTuple: Bool = false
  ) throws(ExceptionObject) {
    if isCycle { return text(open + "..." + close) }
    beginGroup(1, open)
    for (i, item) in items.enumerated() {
      if i >= PrettyPrinter.maximumItems {
        text(",")
        breakable()
        text("...")
        break
      }
      if i > 0 {
        text(",")
        breakable()
      }
      try show(item, vm)
    }
    if isTuple && items.count == 1 { text(",") }
    endGroup(1, close)
  }

  /// `{key: value, …}`.
  package func mapping(
    _ d: Dict, _ isCycle: Bool, _ vm: VM, open: String = "{", close: String = "}"
  ) throws(ExceptionObject) {
    if isCycle { return text("{...}") }
    beginGroup(open.count, open)
    var position = 0
    var i = 0
    while let (key, value) = d.next(&position) {
      if i >= PrettyPrinter.maximumItems {
        text(",")
        breakable()
        text("...")
        break
      }
      if i > 0 {
        text(",")
        breakable()
      }
      try show(key, vm)
      text(": ")
      try show(value, vm)
      i += 1
    }
    endGroup(open.count, close)
  }

  private func set(_ s: SetObject, _ type: TypeObject, _ isCycle: Bool, _ vm: VM) throws(ExceptionObject) {
    let open = s.isFrozen ? "frozenset({" : "{"
    let close = s.isFrozen ? "})" : "}"
    if isCycle { return text(open + "..." + close) }
    if s.count == 0 { return text(type.name + "()") }
    beginGroup(open.count, open)
    let members = s.count < PrettyPrinter.maximumItems ? try sorted(s.members, vm) : s.members
    for (i, member) in members.enumerated() {
      if i >= PrettyPrinter.maximumItems {
        text(",")
        breakable()
        text("...")
        break
      }
      if i > 0 {
        text(",")
        breakable()
      }
      try show(member, vm)
    }
    endGroup(open.count, close)
  }

  /// Sorted by value, else by text, else as they are.
  private func sorted(_ members: [Value], _ vm: VM) throws(ExceptionObject) -> [Value] {
    do throws(ExceptionObject) {
      return try merged(members) { (a, b) throws(ExceptionObject) in try vm.isTrue(vm.compare(.less, a, b)) }
    } catch {
      do throws(ExceptionObject) {
        var pairs: [Value] = []
        for member in members { pairs.append(.makeTuple([.text(try vm.str(member)), member])) }
        let order = try merged(pairs) { (a, b) throws(ExceptionObject) in
          guard let x = a.asTuple?[0].asStr, let y = b.asTuple?[0].asStr else { return false }
          return x.order(y) < 0
        }
        return order.compactMap { $0.asTuple?[1] }
      } catch {
        return members
      }
    }
  }

  /// A stable merge sort whose comparison may raise.
  private func merged(
    _ items: [Value], _ isLess: (Value, Value) throws(ExceptionObject) -> Bool
  ) throws(ExceptionObject) -> [Value] {
    if items.count < 2 { return items }
    let middle = items.count / 2
    let left = try merged(Array(items[..<middle]), isLess)
    let right = try merged(Array(items[middle...]), isLess)
    var result: [Value] = []
    result.reserveCapacity(items.count)
    var (i, j) = (0, 0)
    while i < left.count && j < right.count {
      if try isLess(right[j], left[i]) {
        result.append(right[j])
        j += 1
      } else {
        result.append(left[i])
        i += 1
      }
    }
    return result + left[i...] + right[j...]
  }

  private func exception(_ e: ExceptionObject, _ vm: VM) throws(ExceptionObject) {
    try callExpression(vm.qualifiedTypeName(e.type), e.args, [], vm)
  }

  /// `name(arg, key=value)`, wrapped when it does not fit.
  package func callExpression(
    _ name: String, _ arguments: [Value], _ keywords: [(String, Value)], _ vm: VM
  ) throws(ExceptionObject) {
    // IPython hands it to `pretty` as an object of its own, which opens one more group.
    beginGroup()
    let prefix = name + "("
    let width = prefix.unicodeScalars.count
    beginGroup(width, prefix)
    var started = false
    for argument in arguments {
      if started {
        text(",")
        breakable()
      }
      started = true
      try show(argument, vm)
    }
    for (key, value) in keywords {
      if started {
        text(",")
        breakable()
      }
      started = true
      let open = key + "="
      beginGroup(open.unicodeScalars.count, open)
      try show(value, vm)
      endGroup(open.unicodeScalars.count)
    }
    endGroup(width, ")")
    endGroup()
  }

  // MARK: Functions

  /// `__main__.f(x, factor=2)`.
  private func functionText(_ f: Function, _ vm: VM) -> String {
    let module = f.attributes?[Names.module]?.string ?? f.globals.name
    let prefix = module.isEmpty || module == "builtins" ? "" : module + "."
    return prefix + f.qualifiedName.string + SignatureText.of(f, vm)
  }

  private func nativeText(_ f: NativeFunction, dropsSelf: Bool = false) -> String {
    if let shown = f.shownText { return shown() }
    var signature = f.text.firstIndex(of: "(").map { String(f.text[$0...]) } ?? "()"
    if dropsSelf {
      for prefix in ["(self, /, ", "(self, "] where signature.hasPrefix(prefix) {
        signature = "(" + signature.dropFirst(prefix.count)
        break
      }
      if signature == "(self)" || signature == "(self, /)" || signature == "(/)" { signature = "()" }
    }
    return f.fullName + signature
  }
}

/// Signatures as `inspect.signature` writes them.
package enum SignatureText {
  /// `(a, b=1, /, *args, key=None)`; without the first `skipping` parameters: a method's `self`.
  /// What the function wraps (`__wrapped__`) says which they are.
  package static func of(_ function: Function, _ vm: VM, skipping: Int = 0) -> String {
    let (value, skipping) = unwrapped(function, skipping)
    guard case .function(let f) = value else { return nativeSignature(value) }
    if let text = f.attributes?[Names.textSignature]?.string { return text.droppingParameters(skipping) }
    let code = f.code
    let annotations = f.attributes?[Names.annotations]?.asDict
    var parts: [String] = []
    func parameter(_ name: Symbol, _ prefix: String, _ defaultValue: Value?) -> String {
      var out = prefix + name.text
      let annotation = annotations?.get(name.str)
      if let annotation { out += ": " + annotationText(annotation, vm) }
      if let defaultValue {
        let shown = (try? vm.repr(defaultValue)) ?? "..."
        out += annotation == nil ? "=" + shown : " = " + shown
      }
      return out
    }
    let firstDefault = code.positionalCount - f.defaults.count
    for i in 0..<code.positionalCount {
      parts.append(parameter(code.localNames[i], "", i >= firstDefault ? f.defaults[i - firstDefault] : nil))
      if i + 1 == code.positionalOnlyCount { parts.append("/") }
    }
    var next = code.positionalCount + code.keywordOnlyCount
    if code.hasVariadic {
      parts.append(parameter(code.localNames[next], "*", nil))
      next += 1
    } else if code.keywordOnlyCount > 0 {
      parts.append("*")
    }
    for i in 0..<code.keywordOnlyCount {
      let value = i < f.keywordDefaults.count && !f.keywordDefaults[i].isUnbound ? f.keywordDefaults[i] : nil
      parts.append(parameter(code.localNames[code.positionalCount + i], "", value))
    }
    if code.hasKeywords { parts.append(parameter(code.localNames[next], "**", nil)) }
    var out = "(" + parts.dropFirst(skipping).joined(separator: ", ") + ")"
    if let result = annotations?.get(Symbol("return").str) { out += " -> " + annotationText(result, vm) }
    return out
  }

  /// The innermost wrapped function, and how many of its parameters are bound.
  private static func unwrapped(_ function: Function, _ skipping: Int) -> (Value, Int) {
    var (f, skipping) = (function, skipping)
    var seen: Set<ObjectIdentifier> = []
    while let inner = f.attributes?[Names.wrapped], seen.insert(ObjectIdentifier(f)).inserted {
      if case .function(let next) = inner {
        f = next
      } else if let method = inner.object as? BoundMethod, case .function(let next) = method.function {
        (f, skipping) = (next, skipping + 1)
      } else if inner.object is NativeFunction {
        return (inner, skipping)
      } else {
        break
      }
    }
    return (.function(f), skipping)
  }

  private static func nativeSignature(_ value: Value) -> String {
    guard let native = value.object as? NativeFunction, let open = native.text.firstIndex(of: "(") else { return "()" }
    return String(native.text[open...])
  }

  private static func annotationText(_ value: Value, _ vm: VM) -> String {
    if case .object(let o) = value, let type = o as? TypeObject { return vm.qualifiedTypeName(type) }
    let text = (try? vm.repr(value)) ?? "..."
    return vm.type(of: value).module == "typing" ? text.replacing("typing.", with: "") : text
  }
}

extension String {
  /// A signature without its first parameters, which stand before any bracket.
  fileprivate func droppingParameters(_ count: Int) -> String {
    var rest = dropFirst()
    for _ in 0..<count {
      guard let end = rest.firstIndex(where: { $0 == "," || $0 == ")" }) else { break }
      rest = rest[end] == ")" ? rest[end...] : rest[end...].dropFirst(2)
    }
    return "(" + rest
  }
}
