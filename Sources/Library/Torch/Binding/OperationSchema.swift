import Runtime
import Tensor

/// One overload of an operation, its signature parsed.
final class OperationSchema {
  final class Parameter {
    enum Kind {
      case tensor, tensorList, scalar, int, intList, intLists, float, floatList, bool, boolList, string, dtype,
        generator, device,
        layout, memoryFormat, any
    }
    let name: Symbol
    let kind: Kind
    /// `int[2]`: one number stands for a list of as many.
    let acceptsSingle: Bool
    /// `None` may be given.
    let allowsNone: Bool
    /// Text of the default; nil = required.
    let defaultText: String?
    let isKeywordOnly: Bool
    /// Takes the remaining positional arguments: `size...`, `tensors...`.
    let isVariadic: Bool
    /// Other spellings, for NumPy's sake: `axis` for `dim`.
    let aliases: [Symbol]
    let isOptional: Bool

    init(
      name: Symbol, kind: Kind, acceptsSingle: Bool, allowsNone: Bool, defaultText: String?, isKeywordOnly: Bool,
      isVariadic: Bool, aliases: [Symbol]
    ) {
      self.name = name
      self.kind = kind
      self.acceptsSingle = acceptsSingle
      self.allowsNone = allowsNone
      self.defaultText = defaultText
      self.isKeywordOnly = isKeywordOnly
      self.isVariadic = isVariadic
      self.aliases = aliases
      isOptional = defaultText != nil
    }

    /// As PyTorch's messages name the type.
    var typeName: String {
      switch kind {
      case .tensor: "Tensor"
      case .tensorList: "tuple of Tensors"
      case .scalar: "Number"
      case .int: "int"
      case .intList: "tuple of ints"
      case .intLists: "tuple of tuple of ints"
      case .float: "float"
      case .floatList: "tuple of floats"
      case .bool: "bool"
      case .boolList: "tuple of bools"
      case .string: "str"
      case .dtype: "torch.dtype"
      case .generator: "torch.Generator"
      case .device: "torch.device"
      case .layout: "torch.layout"
      case .memoryFormat: "torch.memory_format"
      case .any: "object"
      }
    }

    /// As an annotation in Python names the type.
    var annotation: String {
      switch kind {
      case .tensor: "torch.Tensor"
      case .tensorList: "list[torch.Tensor]"
      case .scalar: "float"
      case .intList: "list[int]"
      case .floatList: "list[float]"
      case .dtype: "int"
      case .int, .intLists, .float, .bool, .boolList, .string, .generator, .device, .layout, .memoryFormat, .any:
        typeName
      }
    }
  }

  let parameters: [Parameter]
  /// Parameters that may be given by position.
  let positionalCount: Int
  /// Parameters without a default.
  let requiredCount: Int
  let body: Body
  let hasOut: Bool
  private let out: OperationDeclaration.Overload.Out
  private lazy var methodTakesLoose = takesLoose(after: 1)
  private lazy var functionTakesLoose = takesLoose(after: 0)
  /// All arguments absent.
  private let defaults: [OperationArgument]
  /// `defaults` while no call uses it: a call binds its arguments in this array's memory.
  private var frame: [OperationArgument]
  /// Where the parameters find their keyword in the last call that had some.
  private var keywordPlan: KeywordPlan?

  /// What an overload runs: an operation of the tensor core, or a function of the library.
  enum Body {
    case core((OperationArguments) throws(TensorError) -> OperationResult)
    case library((VM, OperationArguments) throws(ExceptionObject) -> Value)
  }

  convenience init(_ overload: OperationDeclaration.Overload, hasAliases: Bool = true) {
    self.init(overload.signature, .core(overload.call), out: overload.out, hasAliases: hasAliases)
  }

  init(_ signature: String, _ body: Body, out: OperationDeclaration.Overload.Out = .tensor, hasAliases: Bool = true) {
    self.body = body
    self.out = out
    parameters = OperationSchema.parse(signature, hasAliases: hasAliases)
    positionalCount = parameters.prefix { !$0.isKeywordOnly }.count
    requiredCount = parameters.filter { !$0.isOptional }.count
    hasOut = parameters.contains { $0.name == outName }
    defaults = parameters.map { $0.isVariadic && $0.kind == .tensorList ? .tensors([]) : .absent }
    frame = defaults
  }

  /// Whether the list parameter may be written loose: `x.permute(1, 0)`, `zeros(2, 3)`.
  @inline(__always) func takesLoose(_ isMethod: Bool) -> Bool { isMethod ? methodTakesLoose : functionTakesLoose }

  private func takesLoose(after skip: Int) -> Bool {
    for parameter in parameters where parameter.isVariadic { return true }
    return positionalCount == skip + 1 && parameters[skip].kind == .intList
  }

  /// The arguments of a call, all absent. `giveBack` returns them.
  @inline(__always) func takeFrame() -> [OperationArgument] {
    if frame.isEmpty { return defaults }
    var taken: [OperationArgument] = []
    swap(&taken, &frame)
    return taken
  }

  /// Keeps the array, of which at most the first arguments were bound, for the next call.
  @inline(__always) func giveBack(_ arguments: inout [OperationArgument], first count: Int) {
    for i in 0..<count {
      if case .absent = arguments[i] { continue }
      arguments[i] = defaults[i]
    }
    swap(&arguments, &frame)
  }

  /// Where among a call's keywords each parameter's value stands. Calls in one place pass the same tuple of names.
  struct KeywordPlan {
    let names: Tuple
    /// By parameter, -1: not given.
    let places: [Int]
    /// The place of `out`, -1: not given.
    let out: Int
  }

  func plan(for names: Tuple) -> KeywordPlan {
    if let keywordPlan, keywordPlan.names === names { return keywordPlan }
    func place(_ name: Symbol) -> Int? {
      for i in 0..<names.count {
        if case .str(let s) = names[i], Symbol(s) == name { return i }
      }
      return nil
    }
    let places = parameters.map { parameter in
      place(parameter.name) ?? parameter.aliases.lazy.compactMap { place($0) }.first ?? -1
    }
    let made = KeywordPlan(names: names, places: places, out: place(outName) ?? -1)
    keywordPlan = made
    return made
  }

  /// The signatures as PyTorch's messages show them. What draws random numbers has one with a generator and one without.
  func descriptions(asMethod: Bool) -> [String] {
    hasGeneratorVariant
      ? [description(asMethod, generator: .required), description(asMethod, generator: .absent)]
      : [description(asMethod, generator: .optional)]
  }

  /// How many of the signatures that messages show take as many arguments.
  func fitting(_ count: Int, asMethod: Bool) -> Int {
    let most = parameters.count + (showsOut(asMethod) ? 1 : 0)
    if !hasGeneratorVariant { return count >= requiredCount && count <= most ? 1 : 0 }
    return (count > requiredCount && count <= most ? 1 : 0) + (count >= requiredCount && count < most ? 1 : 0)
  }

  /// Factories that draw; where numbers decide the distribution, the generator is one of the settings.
  private(set) lazy var hasGeneratorVariant =
    isFactory && parameters[0].kind != .float && parameters.contains { $0.kind == .generator }

  private var isFactory: Bool {
    parameters.contains { $0.name.text == "requires_grad" } && parameters.contains { $0.name.text == "dtype" }
  }

  private enum GeneratorDisplay { case required, optional, absent }

  /// Methods leave out the tensor they are called on, functions have an `out`.
  private func description(_ asMethod: Bool, generator: GeneratorDisplay) -> String {
    var shown = Array(parameters.dropFirst(asMethod ? 1 : 0))
    // PyTorch lists a factory's settings in this order.
    if isFactory, let i = shown.firstIndex(where: { $0.name.text == "requires_grad" }) {
      shown.append(shown.remove(at: i))
    }
    if generator == .absent { shown.removeAll { $0.kind == .generator } }
    var pieces: [String] = []
    var starred = false
    func star() {
      if !starred { pieces.append("*") }
      starred = true
    }
    let takesOut = showsOut(asMethod)
    let outText = (out == .tensors ? "tuple of Tensors" : "Tensor") + " out = None"
    var isOutShown = !takesOut
    for p in shown {
      if p.isKeywordOnly {
        star()
        if isFactory && !isOutShown && p.kind != .generator {
          pieces.append(outText)
          isOutShown = true
        }
      }
      let isRequired = p.kind == .generator && generator == .required
      pieces.append(
        p.typeName + " " + p.name.text + (isRequired ? "" : p.defaultText.map { " = " + quoted($0) } ?? ""))
    }
    if !isOutShown {
      star()
      pieces.append(outText)
    }
    return "(" + pieces.joined(separator: ", ") + ")"
  }

  /// The signature in Python's words, as PyTorch's pages show it: `(input, dim=None, *, dtype=None)`.
  func pythonText(asMethod: Bool) -> String {
    var pieces: [String] = []
    var starred = false
    for p in parameters.dropFirst(asMethod ? 1 : 0) {
      if p.isVariadic {
        pieces.append("*" + p.name.text)
        starred = true
        continue
      }
      if p.isKeywordOnly, !starred {
        pieces.append("*")
        starred = true
      }
      pieces.append(p.name.text + (p.defaultText.map { "=" + $0 } ?? ""))
    }
    return "(" + pieces.joined(separator: ", ") + ")"
  }

  /// The signature with the annotations of a Python function: `(input: torch.Tensor, dim: int | None = None) -> torch.Tensor`.
  var annotatedText: String {
    let pieces = parameters.map { p in
      let isOptional = p.allowsNone && (p.defaultText == nil || p.defaultText == "None")
      return "\(p.name.text): \(p.annotation)\(isOptional ? " | None" : "")" + (p.defaultText.map { " = " + $0 } ?? "")
    }
    return "(\(pieces.joined(separator: ", "))) -> torch.Tensor"
  }

  /// A default as PyTorch's messages write it.
  private func quoted(_ text: String) -> String {
    text.hasPrefix("'") ? "\"\(text.dropFirst().dropLast())\"" : text
  }

  /// Whether messages show an `out` that the signature does not have.
  func showsOut(_ isMethod: Bool) -> Bool { !isMethod && !hasOut && out != .none && isCore }

  private var isCore: Bool { if case .core = body { true } else { false } }

  private static func parse(_ signature: String, hasAliases: Bool) -> [Parameter] {
    var result: [Parameter] = []
    var keywordOnly = false
    for piece in split(signature) {
      if piece == "*" {
        keywordOnly = true
        continue
      }
      if piece == "/" { continue }
      let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let words = halves[0].split(separator: " ")
      let type = words.count > 1 ? String(words[0]) : "Any"
      var name = String(words.last ?? "")
      var defaultText = halves.count > 1 ? trimmed(halves[1]) : nil
      var variadic = false
      if name.hasSuffix("...") {
        name.removeLast(3)
        variadic = true
      } else if name.hasPrefix("*") {
        name.removeFirst()
        variadic = true
      }
      let nullable = type.contains("?")
      if nullable && keywordOnly && defaultText == nil { defaultText = "None" }
      var base = type.filter { $0 != "?" }
      var isList = false
      var sized = false
      if let open = base.firstIndex(of: "[") {
        isList = true
        sized = base[base.index(after: open)] != "]"
        base = String(base[..<open])
      }
      result.append(
        Parameter(
          name: Symbol(name), kind: type.contains("[][]") ? .intLists : kind(base, isList: isList),
          acceptsSingle: sized,
          allowsNone: nullable || defaultText == "None", defaultText: defaultText, isKeywordOnly: keywordOnly,
          isVariadic: variadic, aliases: hasAliases ? aliases(name) : []))
      if variadic { keywordOnly = true }
    }
    return result
  }

  private static func kind(_ base: String, isList: Bool) -> Parameter.Kind {
    switch base {
    case "Tensor": isList ? .tensorList : .tensor
    case "Scalar", "Number": isList ? .floatList : .scalar
    case "int", "SymInt": isList ? .intList : .int
    case "float": isList ? .floatList : .float
    case "bool": isList ? .boolList : .bool
    case "str": .string
    case "ScalarType", "dtype": .dtype
    case "Generator": .generator
    case "Device": .device
    case "Layout": .layout
    case "MemoryFormat": .memoryFormat
    default: .any
    }
  }

  private static func aliases(_ name: String) -> [Symbol] {
    switch name {
    case "dim": [Symbol("axis")]
    case "keepdim": [Symbol("keepdims")]
    case "input": [Symbol("x"), Symbol("a"), Symbol("x1"), Symbol("self")]
    case "other": [Symbol("x2")]
    default: []
    }
  }

  /// The parts between the commas of the outer parentheses.
  private static func split(_ signature: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for ch in signature {
      if ch == "(" || ch == "[" {
        depth += 1
        if depth == 1 { continue }
      }
      if ch == ")" || ch == "]" {
        depth -= 1
        if depth == 0 { break }
      }
      if ch == "," && depth == 1 {
        parts.append(trimmed(part[...]))
        part = ""
      } else {
        part.append(ch)
      }
    }
    let last = trimmed(part[...])
    if !last.isEmpty { parts.append(last) }
    return parts
  }

  private static func trimmed(_ text: Substring) -> String {
    var t = text
    while t.first == " " { t.removeFirst() }
    while t.last == " " { t.removeLast() }
    return String(t)
  }
}

let outName = Symbol("out")
let inPlaceName = Symbol("inplace")
