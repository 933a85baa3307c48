import Language

/// What `help` prints of functions and classes that a cell defines, as pydoc lays it out.
enum PydocText {
  /// nil for what no cell defined.
  static func describe(_ value: Value, _ vm: VM) -> String? {
    switch value {
    case .function(let f) where isUsers(f, vm):
      return heading("function \(f.name.string)", f, vm) + routine(f, vm) + "\n"
    case .object(let object):
      if let method = object as? BoundMethod, case .function(let f) = method.function, isUsers(f, vm) {
        let owner = vm.qualifiedTypeName(vm.type(of: method.receiver))
        let note = " method of \(owner) instance"
        return heading("method \(f.name.string)", f, vm) + routine(f, vm, skipping: 1, note: note) + "\n"
      }
      guard let type = object as? TypeObject, type.isUserDefined, type.attributes[Names.module]?.string == "__main__"
      else { return nil }
      return "Help on class \(type.name) in module __main__:\n\n" + PydocClass(type, vm).text + "\n"
    default: return nil
    }
  }

  private static func isUsers(_ f: Function, _ vm: VM) -> Bool {
    vm.sources[f.code.definitionSpan.source]?.isLibrary == false
  }

  private static func heading(_ what: String, _ f: Function, _ vm: VM) -> String {
    let module = f.attributes?[Names.module]?.string ?? f.globals.name
    return "Help on \(what) in module \(module):\n\n"
  }

  /// A signature, and below it the documentation.
  static func routine(
    _ f: Function, _ vm: VM, skipping: Int = 0, note: String = "", fallback: String = ""
  ) -> String {
    var signature = SignatureText.of(f, vm, skipping: skipping)
    if f.name.string == "<lambda>" { signature = " lambda " + signature.dropFirst().dropLast() }
    let own = documentation(of: f)
    return "\(f.name.string)\(signature)\(note)\n" + block(own.isEmpty ? fallback : own)
  }

  static func documentation(of f: Function) -> String {
    let set = f.attributes.flatMap { $0[Names.doc] }
    return (set.map { $0.string ?? "" } ?? f.code.doc ?? "").cleanedDocumentation()
  }

  /// Indented, with a line end; nothing for nothing.
  static func block(_ text: String) -> String { text.isEmpty ? "" : indented(text, by: "    ") + "\n" }

  static func indented(_ text: String, by prefix: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }.joined(separator: "\n")
  }
}

/// The page of a class: its signature, its documentation, and its attributes by kind and by the class they come from.
struct PydocClass {
  let type: TypeObject
  let vm: VM
  private var parts: [String] = []
  private var hasSection = false

  init(_ type: TypeObject, _ vm: VM) {
    self.type = type
    self.vm = vm
    describe()
  }

  var text: String {
    let bases = type.bases.map(name).joined(separator: ", ")
    var body = parts.joined(separator: "\n")
    while let last = body.last, last.isWhitespace { body.removeLast() }
    return "class \(type.name)(\(bases))\n" + (body.isEmpty ? "" : PydocText.indented(body, by: " |  ") + "\n")
  }

  private func name(_ other: TypeObject) -> String {
    let module = other.attributes[Names.module]?.string ?? other.module
    return module == "__main__" ? other.name : "\(module).\(other.name)"
  }

  private mutating func describe() {
    if case .function(let initializer)? = type.lookup(Names.initialize) {
      let signature = SignatureText.of(initializer, vm, skipping: 1)
      if signature != "()" { parts.append(type.name + signature + "\n") }
    }
    let doc = (type.attributes[Names.doc]?.string ?? "").cleanedDocumentation()
    if !doc.isEmpty { parts.append(doc + "\n") }
    if type.mro.count > 2 {
      parts.append("Method resolution order:")
      for base in type.mro { parts.append("    " + name(base)) }
      parts.append("")
    }
    var seen: Set<Symbol> = []
    for owner in type.mro where owner !== Types.object {
      let tag = owner === type ? "defined here" : "inherited from \(name(owner))"
      let names =
        owner.isUserDefined ? TypeMethods.attributes(owner).keys.compactMap { $0.string.map { Symbol($0) } } : []
      let shown = names.filter { isVisible($0.text) && seen.insert($0).inserted }.sorted { $0.text < $1.text }
      describe(shown, of: owner, tag)
    }
  }

  private static let hidden: Set<String> = [
    "__author__", "__builtins__", "__cached__", "__credits__", "__date__", "__doc__", "__docformat__", "__file__",
    "__loader__", "__module__", "__name__", "__package__", "__path__", "__qualname__", "__slots__", "__spec__",
    "__version__",
  ]

  private func isVisible(_ name: String) -> Bool {
    if PydocClass.hidden.contains(name) { return false }
    return !name.hasPrefix("_") || name.hasPrefix("__") && name.hasSuffix("__")
  }

  /// How pydoc sorts an attribute in, and its entry.
  private enum Kind: String, CaseIterable {
    case method = "Methods"
    case classMethod = "Class methods"
    case staticMethod = "Static methods"
    case property = "Readonly properties"
    case descriptor = "Data descriptors"
    case data = "Data and other attributes"
  }

  private mutating func describe(_ names: [Symbol], of owner: TypeObject, _ tag: String) {
    var entries: [Kind: [String]] = [:]
    for name in names {
      let (kind, text) = entry(name, of: owner)
      entries[kind, default: []].append(text)
    }
    for kind in Kind.allCases {
      guard let texts = entries[kind] else { continue }
      if hasSection { parts.append(String(repeating: "-", count: 70)) }
      hasSection = true
      parts.append("\(kind.rawValue) \(tag):\n")
      parts += texts
    }
  }

  private func entry(_ name: Symbol, of owner: TypeObject) -> (Kind, String) {
    let value = owner.attributes[name] ?? .none
    switch value {
    case .function(let f):
      return (.method, PydocText.routine(f, vm, fallback: inherited(name, above: owner)))
    case .object(let object):
      switch object {
      case let method as ClassMethodObject:
        guard case .function(let f) = method.function else { break }
        return (.classMethod, PydocText.routine(f, vm, skipping: 1, note: " from builtins.type"))
      case let method as StaticMethodObject:
        guard case .function(let f) = method.function else { break }
        return (.staticMethod, PydocText.routine(f, vm))
      case let property as PropertyObject:
        let isReadOnly = property.setter.isNone && property.deleter.isNone
        let doc = (try? vm.getAttribute(value, Names.doc).string ?? "") ?? ""
        return (isReadOnly ? .property : .descriptor, name.text + "\n" + PydocText.block(doc.cleanedDocumentation()))
      case is SlotMember: return (.descriptor, name.text + "\n")
      default: break
      }
    default: break
    }
    if name == Names.dict, owner.attributes[name] == nil {
      return (.descriptor, "__dict__\n" + PydocText.block("dictionary for instance variables"))
    }
    if name == Names.weakref, owner.attributes[name] == nil {
      return (.descriptor, "__weakref__\n" + PydocText.block("list of weak references to the object"))
    }
    return (.data, line(name.text, value) + "\n")
  }

  /// `name = value`, cut off at 70 columns.
  private func line(_ name: String, _ value: Value) -> String {
    let shown = (try? vm.repr(value)) ?? "..."
    let room = 70 - name.unicodeScalars.count - 3
    guard shown.unicodeScalars.count > room else { return "\(name) = \(shown)" }
    return "\(name) = \(String(String.UnicodeScalarView(shown.unicodeScalars.prefix(max(room, 0)))))..."
  }

  /// The documentation of a method that has none of its own: that of the method it overrides.
  private func inherited(_ name: Symbol, above owner: TypeObject) -> String {
    for base in owner.mro.dropFirst() {
      if case .function(let f)? = base.attributes[name] {
        let text = PydocText.documentation(of: f)
        if !text.isEmpty { return text }
      }
    }
    return PydocClass.ofObject[name.text] ?? ""
  }

  /// What the methods of `object` say of themselves.
  private static let ofObject = [
    "__init__": "Initialize self.  See help(type(self)) for accurate signature.",
    "__new__": "Create and return a new object.  See help(type) for accurate signature.",
    "__repr__": "Return repr(self).", "__str__": "Return str(self).", "__hash__": "Return hash(self).",
    "__eq__": "Return self==value.", "__ne__": "Return self!=value.", "__lt__": "Return self<value.",
    "__le__": "Return self<=value.", "__gt__": "Return self>value.", "__ge__": "Return self>=value.",
    "__getattribute__": "Return getattr(self, name).", "__setattr__": "Implement setattr(self, name, value).",
    "__delattr__": "Implement delattr(self, name).", "__format__": "Default object formatter.",
    "__dir__": "Default dir() implementation.", "__sizeof__": "Size of object in memory, in bytes.",
    "__reduce__": "Helper for pickle.",
  ]
}
