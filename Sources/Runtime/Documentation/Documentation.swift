import Language

/// What is known of a value from its declaration: read by `help`, by `x?` and by completion.
package struct Documentation {
  /// `torch.exp`, `nn.Linear`, `Tensor`: how the thing is named; empty for a value without a name.
  package var name = ""
  /// How it is called, one form a line; empty for what is not called.
  package var signatures: [String] = []
  /// Markdown; empty when nothing is said.
  package var text = ""
  /// A cell that shows it; empty when there is none.
  package var example = ""
  /// Where it can be named: `torch.exp`, `Tensor.exp`; empty where there is one place only.
  package var places: [String] = []
  /// The class of the value.
  package var type = ""
  /// Where it was written in the language; nil for what is built in.
  package var definition: SourceSpan?

  /// The documentation of a value. Runs nothing of the user's but `__repr__` of a function's defaults.
  package init(of value: Value, _ vm: VM) {
    type = vm.type(of: value).name
    switch value {
    case .function(let function): describe(function, vm)
    case .object(let object): describe(object, value, vm)
    default: describeInstance(value, vm)
    }
  }

  /// The words about a native function that are kept beside its body.
  package struct Details {
    /// With the function's name before the parameters.
    package var signatures: [String]
    package var example: String
    package var places: [String]

    package init(signatures: [String], example: String = "", places: [String] = []) {
      self.signatures = signatures
      self.example = example
      self.places = places
    }
  }

  private mutating func describe(_ function: Function, _ vm: VM) {
    name = function.qualifiedName.string
    signatures = [function.name.string + SignatureText.of(function, vm)]
    let set = function.attributes.flatMap { $0[Names.doc] }
    text = (set.map { $0.string ?? "" } ?? function.code.doc ?? "").cleanedDocumentation()
    definition = function.code.definitionSpan
  }

  private mutating func describe(_ object: Object, _ value: Value, _ vm: VM) {
    switch object {
    case let native as NativeFunction: describe(native)
    case let method as BoundMethod:
      self = Documentation(of: method.function, vm)
      type = vm.type(of: value).name
    case let module as Module:
      name = module.name
      text = module.doc ?? ""
    case let class_ as TypeObject: describe(class_, vm)
    case let property as NativeProperty:
      name = property.name.text
      text = property.doc
    default: describeInstance(value, vm)
    }
  }

  private mutating func describe(_ native: NativeFunction) {
    name = native.qualifiedName ?? native.name.text
    text = native.doc
    let details = native.details?()
    example = details?.example ?? ""
    signatures = details?.signatures ?? []
    places = details?.places ?? []
    if signatures.isEmpty { signatures = [native.text] }
    // A decorated function keeps what it wraps.
    if case .function(let wrapped)? = native.attributes?[Symbol("__wrapped__")] {
      definition = wrapped.code.definitionSpan
    }
  }

  private mutating func describe(_ class_: TypeObject, _ vm: VM) {
    name = class_.qualifiedName
    text = class_.documentation
    if case .function(let initializer)? = class_.lookup(Names.initialize) {
      signatures = [class_.name + SignatureText.of(initializer, vm, skipping: 1)]
    } else if let construct = class_.construct, class_.layout == .instance || !class_.isUserDefined {
      signatures = construct.details?().signatures ?? [construct.text]
      example = construct.details?().example ?? ""
    } else {
      signatures = ["\(class_.name)()"]
    }
  }

  private mutating func describeInstance(_ value: Value, _ vm: VM) {
    text = vm.type(of: value).documentation
  }
}

extension TypeObject {
  /// Its docstring, from a class statement or from the declaration.
  fileprivate var documentation: String {
    if let text = attributes[Names.doc]?.string { return text.cleanedDocumentation() }
    return (doc ?? "").cleanedDocumentation()
  }
}

extension String {
  /// A docstring without the indentation of the code it stands in, as `inspect.cleandoc` has it.
  package func cleanedDocumentation() -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
    func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }
    let common = lines.dropFirst().filter { !isBlank($0) }.map(indent).min() ?? 0
    for i in lines.indices {
      let count = i == 0 ? indent(lines[i]) : min(common, indent(lines[i]))
      lines[i] = String(lines[i].dropFirst(count))
    }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    while let first = lines.first, isBlank(first) { lines.removeFirst() }
    return lines.joined(separator: "\n")
  }
}
